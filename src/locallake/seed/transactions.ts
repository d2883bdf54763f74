import type { SeedTable, SeedWriter } from './seedWriter';
import { lakeBucket } from './seedWriter';

const columns = {
  transaction_id: 'string',
  customer_id: 'string',
  transaction_date: 'date',
  amount: 'decimal(18,2)',
  transaction_type: 'string',
  channel: 'string',
  merchant: 'string',
  created_at: 'timestamp',
};

/** The fact table, by day: what real lakes go through has happened to its partitions. */
const customerTransactions: SeedTable = {
  name: 'customer_transactions',
  prefix: 'processed/transactions/',
  description: 'Every transaction of every account, one folder a day',
  columns,
  keys: { year: 'int', month: 'int', day: 'int' },
};

/** One partition was loaded again, into another place. */
const reloaded = { values: ['2024', '02', '29'], prefix: 'processed/transactions_reloaded/2024-02-29/' };

/** Writes the transactions and registers their partitions, all but the last three days, and two days without files. */
export async function seedTransactions(writer: SeedWriter): Promise<void> {
  const days = writer.small ? 61 : 731;
  const perDay = writer.small ? 50 : 1368;
  // The little lake has the last two months, so that the newest days are the same in both.
  const first = writer.small ? '2024-11-01' : '2023-01-01';
  const query = transactionsQuery({ first, days, perDay });
  await writer.parquet(query, { prefix: customerTransactions.prefix, keys: ['year', 'month', 'day'] });
  writer.table(customerTransactions);
  for (let at = 0; at < days - 3; at++) {
    const date = new Date(Date.parse(first) + at * 86_400_000).toISOString().slice(0, 10).split('-');
    if (date.join() !== reloaded.values.join()) writer.partition(customerTransactions, date);
  }
  await reload(writer, perDay);
  for (const day of ['30', '31']) writer.partition(customerTransactions, ['2022', '12', day]);
}

async function reload(writer: SeedWriter, perDay: number): Promise<void> {
  const query = transactionsQuery({ first: '2024-02-29', days: 1, perDay });
  await writer.parquet(`select * exclude (year, month, day) from (${query})`, { prefix: reloaded.prefix });
  // The first load of that day is gone: only the new place has it.
  const old = `${customerTransactions.prefix}year=2024/month=02/day=29/`;
  for (const { key } of Array.from(writer.store.under(lakeBucket, old)))
    writer.store.remove({ bucket: lakeBucket, key });
  writer.partition(customerTransactions, reloaded.values, {
    location: `s3://${lakeBucket}/${reloaded.prefix}`,
  });
}

function transactionsQuery({ first, days, perDay }: { first: string; days: number; perDay: number }): string {
  // Multiplications by primes instead of random numbers: the same rows on every machine.
  return `
    select 'TXN-' || strftime(d, '%Y%m%d') || '-' || lpad(n::varchar, 6, '0') as transaction_id,
      'CUST-' || lpad(((h * 7919) % 20000)::varchar, 6, '0') as customer_id,
      d as transaction_date,
      (((h * 104729) % 500000) / 100.0 - case when h % 11 = 0 then 800 else 0 end)::decimal(18, 2) as amount,
      ['PURCHASE', 'TRANSFER', 'DEPOSIT', 'WITHDRAWAL', 'FEE'][1 + (h % 5)] as transaction_type,
      ['ONLINE', 'BRANCH', 'ATM', 'MOBILE'][1 + ((h // 3) % 4)] as channel,
      case when h % 5 = 0 then ['Alder Books', 'Brook Café', 'Corner "Deli"', 'Dockside Fuel, Ltd', 'Elm Pharmacy'][1 + ((h // 7) % 5)] when h % 97 = 1 then '' end as merchant,
      d::timestamp + to_seconds((h * 613) % 86400) as created_at,
      strftime(d, '%Y') as year, strftime(d, '%m') as month, strftime(d, '%d') as day
    from (
      select date '${first}' + (i // ${perDay})::integer as d, i % ${perDay} as n,
        ((date '${first}' + (i // ${perDay})::integer) - date '2020-01-01') * ${perDay} + i % ${perDay} as h
      from range(${days * perDay}) r(i)
    )`;
}
