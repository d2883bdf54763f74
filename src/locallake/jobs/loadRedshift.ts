import { join } from 'node:path';
import { quoteText } from '../engine/lexer';
import { openSession } from '../engine/session';
import { bucket, executionDate, transactionsOf } from './executionDate';
import type { Handler } from './handler';

/**
 * Prepares a day for the warehouse: checks what the migration wrote, and writes the rows that `COPY` takes with the
 * manifest it reads.
 */
export const loadRedshift: Handler = async ({ event, lake, log, error }) => {
  const date = executionDate(event);
  const prefix = transactionsOf(date);
  const keys = (await lake.list(bucket, prefix))
    .map(({ key }) => key)
    .filter((key) => key.endsWith('.parquet'));
  if (keys.length === 0) {
    error(`ERROR No Parquet file under s3://${bucket}/${prefix}`);
    throw new Error(`Nothing to load for ${date}: s3://${bucket}/${prefix} is empty`);
  }
  const files = await Promise.all(keys.map((key) => lake.file(bucket, key)));
  const target = `analytics/warehouse_load/fct_customer_transactions/load_date=${date}/`;
  const session = await openSession();
  try {
    const path = join(await lake.scratch(), 'rows.parquet');
    const source = `read_parquet([${files.map(quoteText).join(', ')}])`;
    await session.connection.run(
      `copy (select transaction_id, customer_id, transaction_date, amount, transaction_type, channel from ${source})
       to ${quoteText(path)} (format parquet, compression snappy)`,
    );
    const rows = Number((await session.rows(`select count(*) from ${quoteText(path)}`))[0]?.[0]);
    await lake.adopt(bucket, `${target}rows.parquet`, path);
    const url = `s3://${bucket}/${target}rows.parquet`;
    await lake.write(
      bucket,
      `${target}manifest.json`,
      JSON.stringify({ entries: [{ url, mandatory: true }] }),
    );
    log(`${rows} rows for fct_customer_transactions in ${url}`);
    return { execution_date: date, table: 'fct_customer_transactions', rows };
  } finally {
    session.close();
  }
};
