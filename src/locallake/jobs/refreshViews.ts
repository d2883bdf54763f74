import { join } from 'node:path';
import { quoteText } from '../engine/lexer';
import { openSession } from '../engine/session';
import { isFields, list } from '../wire/input';
import { bucket, executionDate } from './executionDate';
import type { Handler } from './handler';

/** What each view holds of one day's rows. */
const views: Readonly<Record<string, string>> = {
  daily_totals:
    'select transaction_date, count(*) as transactions, sum(amount)::decimal(18, 2) as total from rows group by 1',
  channel_totals:
    'select transaction_date, channel, sum(amount)::decimal(18, 2) as total from rows group by 1, 2 order by 2',
};

/** Computes the views of a day anew, all of them unless the event's `views` names some. Fails on a name it does not know. */
export const refreshViews: Handler = async ({ event, lake, log, error }) => {
  const date = executionDate(event);
  const asked = isFields(event) ? list(event, 'views').map(String) : [];
  const names = asked.length === 0 ? Object.keys(views) : asked;
  const key = `analytics/warehouse_load/fct_customer_transactions/load_date=${date}/rows.parquet`;
  const session = await openSession();
  try {
    await session.connection.run(
      `create view rows as select * from ${quoteText(await lake.file(bucket, key))}`,
    );
    for (const name of names) {
      const query = views[name];
      if (query === undefined) {
        error(`ERROR relation "${name}" does not exist`);
        throw new Error(`relation "${name}" does not exist`);
      }
      const path = join(await lake.scratch(), `${name}.parquet`);
      await session.connection.run(`copy (${query}) to ${quoteText(path)} (format parquet)`);
      await lake.adopt(bucket, `analytics/views/${name}/load_date=${date}/part-00000.parquet`, path);
      log(`Refreshed ${name} for ${date}`);
    }
    return { execution_date: date, refreshed: names };
  } finally {
    session.close();
  }
};
