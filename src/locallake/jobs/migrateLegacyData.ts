import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { quoteText } from '../engine/lexer';
import { openSession } from '../engine/session';
import { isFields } from '../wire/input';
import { bucket, executionDate, transactionsOf } from './executionDate';
import type { Handler } from './handler';

/**
 * The migration of one day: reads the legacy files, keeps rows with a customer and an amount above zero, one for each
 * transaction id, with amounts as decimal(18,2), and writes them as Parquet into the day's folder of the transactions.
 * Fails when no row is left. With `--pause_seconds` it waits before it writes, so that a run can be watched and stopped.
 */
export const migrateLegacyData: Handler = async ({ event, lake, log, error }) => {
  const date = executionDate(event);
  const prefix = `raw/legacy_data/${date}/`;
  const keys = (await lake.list(bucket, prefix)).map(({ key }) => key).filter((key) => key.endsWith('.csv'));
  log(`INFO Reading ${keys.length} ${keys.length === 1 ? 'file' : 'files'} under s3://${bucket}/${prefix}`);
  if (keys.length === 0) {
    error(`ERROR Nothing to process: s3://${bucket}/${prefix} holds no file`);
    throw new Error(`Nothing to process for ${date}: s3://${bucket}/${prefix} holds no file`);
  }
  const files = await Promise.all(keys.map((key) => lake.file(bucket, key)));
  const session = await openSession();
  try {
    await session.connection.run(
      `create table raw as select * from read_csv([${files.map(quoteText).join(', ')}], header = true, all_varchar = true);
       create table valid as select transaction_id, customer_id,
         try_cast(created_at as timestamp)::date as transaction_date,
         try_cast(amount as decimal(18, 2)) as amount, upper(trim(transaction_type)) as transaction_type,
         upper(trim(channel)) as channel, merchant, try_cast(created_at as timestamp) as created_at
       from raw where nullif(trim(customer_id), '') is not null and try_cast(amount as decimal(18, 2)) > 0
         and nullif(trim(transaction_id), '') is not null;
       create table clean as select * from valid
         qualify row_number() over (partition by transaction_id order by created_at) = 1 order by transaction_id`,
    );
    const count = async (table: string): Promise<number> =>
      Number((await session.rows(`select count(*) from ${table}`))[0]?.[0]);
    const [read, valid, written] = [await count('raw'), await count('valid'), await count('clean')];
    log(`INFO ${read} rows read, ${read - valid} without customer or amount, ${valid - written} repeated`);
    if (written === 0) {
      error(`ERROR Nothing to process: all ${read} rows of ${date} lack a customer or an amount above zero`);
      throw new Error(
        `Nothing to process for ${date}: none of ${read} rows has a customer and an amount above zero`,
      );
    }
    const pause = isFields(event) ? Number(event['--pause_seconds'] ?? 0) : 0;
    if (pause > 0) {
      log(`INFO Waiting for ${pause} s before the write`);
      await wait(pause * 1000);
    }
    const path = join(await lake.scratch(), 'part-00000.parquet');
    await session.connection.run(`copy clean to ${quoteText(path)} (format parquet, compression snappy)`);
    const key = `${transactionsOf(date)}part-00000.snappy.parquet`;
    await lake.adopt(bucket, key, path);
    log(`INFO ${written} rows written to s3://${bucket}/${key}`);
    return { read, written };
  } finally {
    session.close();
  }
};
