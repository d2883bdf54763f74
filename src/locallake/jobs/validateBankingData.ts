import { bucket, executionDate } from './executionDate';
import type { Handler } from './handler';

const expected = ['transaction_id', 'customer_id', 'amount', 'transaction_type', 'channel', 'created_at'];

/** Looks whether the legacy files of a day have arrived and have the columns the migration reads. */
export const validateBankingData: Handler = async ({ event, lake, log, error }) => {
  const date = executionDate(event);
  const prefix = `raw/legacy_data/${date}/`;
  const files = (await lake.list(bucket, prefix)).filter(({ key }) => key.endsWith('.csv'));
  if (files.length === 0) {
    error(`ERROR No file under s3://${bucket}/${prefix}`);
    throw named('MissingFiles', `No legacy file for ${date} under s3://${bucket}/${prefix}`);
  }
  for (const { key, size } of files) {
    const [header = ''] = (await lake.read(bucket, key)).split('\n', 1);
    const missing = expected.filter((column) => !header.trim().split(',').includes(column));
    if (missing.length > 0) {
      error(`ERROR ${key} lacks ${missing.join(', ')}`);
      throw named('InvalidFile', `${key} lacks the columns ${missing.join(', ')}`);
    }
    log(`${key}: ${size} bytes, header is complete`);
  }
  return { execution_date: date, files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
};

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
