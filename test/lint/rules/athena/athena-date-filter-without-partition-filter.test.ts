import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../../../src/catalog/catalog';
import { athenaDateFilterWithoutPartitionFilter } from '../../../../src/lint/rules/athena/athena-date-filter-without-partition-filter';
import { catalogFrom, ruleChecker } from '../../../support/ruleChecker';
import { crawled, customers, logins, transactions } from './bankTables';

const rule = athenaDateFilterWithoutPartitionFilter;
const check = ruleChecker(rule, transactions + logins + customers);

function withFacts(ddl: string, more: Partial<Table>) {
  const catalog = catalogFrom(ddl, 'athena');
  return ruleChecker(rule, {
    table: (parts) => {
      const table = catalog.table(parts);
      return table === undefined ? undefined : { ...table, ...more };
    },
  });
}

test('a filter on a date column of a table by year, month and day is marked where it stands', () => {
  const [finding] = check(`
    select amount from customer_transactions where transaction_date = date '2024-01-15'
    --                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: by transaction_date but not by year, month or day
  `);
  assert.equal(finding?.fixes[0]?.scaffold, true);
  check(`
    select account from logins where logged_at >= timestamp '2024-01-15 00:00:00'
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: by logged_at but not by dt
  `);
  check(`
    select account from logins where sent_at between '2024-01-15' and '2024-01-16 12:00:00'
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: by sent_at
  `);
});

test('it is marked too where the date is compared with a string, or depends on the day of the run', () => {
  check(`
    select amount from customer_transactions where transaction_date = '2024-01-15'
    --                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  `);
  const [finding] = check(`
    select amount from customer_transactions where transaction_date >= current_date - interval '7' day
    --                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  `);
  assert.deepEqual(finding?.fixes, []);
});

test('a key that is filtered as well, and a date that is no filter, are left alone', () => {
  check(
    `select amount from customer_transactions where transaction_date = date '2024-01-15' and year = 2024`,
  );
  check(`select amount from customer_transactions where transaction_date <> date '2024-01-15'`);
  check(`select amount from customer_transactions where transaction_date is not null`);
  check(`select amount from customer_transactions where transaction_date = date '2024-01-15' or amount > 1`);
  check(`select name from customers where since = date '2024-01-15'`);
  check(`select amount from customer_transactions where transaction_date = date '2024-01-15' and {{ more }}`);
});

const fixes: readonly (readonly [where: string, fixed: string])[] = [
  ["transaction_date = date '2024-01-15'", 'year = 2024 AND month = 1 AND day = 15'],
  ["date '2024-01-15' = transaction_date", 'year = 2024 AND month = 1 AND day = 15'],
  [
    "transaction_date between date '2024-01-05' and date '2024-01-15'",
    'year = 2024 AND month = 1 AND day BETWEEN 5 AND 15',
  ],
  ["transaction_date between date '2024-02-01' and date '2024-02-29'", 'year = 2024 AND month = 2'],
  [
    "transaction_date between date '2024-02-01' and date '2024-05-10'",
    'year = 2024 AND month BETWEEN 2 AND 5',
  ],
  ["transaction_date between date '2024-01-01' and date '2024-12-31'", 'year = 2024'],
  ["transaction_date between date '2023-12-30' and date '2024-01-02'", 'year BETWEEN 2023 AND 2024'],
  ["transaction_date >= date '2024-03-01'", 'year >= 2024'],
  ["transaction_date < date '2024-01-01'", 'year <= 2023'],
];

test('the days of the filter become conditions on the keys that hold for each of them', () => {
  for (const [where, condition] of fixes) {
    const sql = `select amount from customer_transactions where ${where}`;
    assert.equal(check.fixed(sql), `${sql} AND ${condition}`, where);
  }
});

test('text keys are quoted and padded as their partitions are', () => {
  const sql = "select amount from customer_transactions where transaction_date = date '2024-01-05'";
  assert.equal(withFacts(crawled, {}).fixed(sql), `${sql} AND year = '2024' AND month = '01' AND day = '05'`);
  assert.equal(
    withFacts(crawled, { newestPartition: ['2024', '3', '11'] }).fixed(sql),
    `${sql} AND year = '2024' AND month = '1' AND day = '5'`,
  );
  const range =
    "select amount from customer_transactions where transaction_date between date '2024-02-08' and date '2024-02-11'";
  assert.equal(
    withFacts(crawled, { newestPartition: ['2024', '3', '11'] }).fixed(range),
    `${range} AND year = '2024' AND month = '2' AND day IN ('8', '9', '10', '11')`,
  );
  const login = "select account from logins where logged_at < timestamp '2024-01-15 00:00:00'";
  assert.equal(check.fixed(login), `${login} AND dt <= '2024-01-14'`);
  assert.equal(
    withFacts(logins, { newestPartition: ['20240301'] }).fixed(login),
    `${login} AND dt <= '20240114'`,
  );
});

test('the edit goes where the keys have names, and keeps what OR means', () => {
  assert.equal(
    check.fixed(
      "select amount from customer_transactions where (transaction_date = date '2024-01-15' or transaction_date = date '2024-01-16')",
    ),
    "select amount from customer_transactions where ((transaction_date = date '2024-01-15' or transaction_date = date '2024-01-16') AND year = 2024 AND month = 1 AND day BETWEEN 15 AND 16)",
  );
  assert.equal(
    check.fixed(
      "with s as (select * from customer_transactions) select amount from s where transaction_date = date '2024-01-15'",
    ),
    "with s as (select * from customer_transactions WHERE year = 2024 AND month = 1 AND day = 15) select amount from s where transaction_date = date '2024-01-15'",
  );
  assert.equal(
    check.fixed(
      "select t.amount from customer_transactions t join customers c on c.customer_id = t.customer_id\n  and t.transaction_date = date '2024-01-15'",
    ),
    "select t.amount from customer_transactions t join customers c on c.customer_id = t.customer_id\n  and t.transaction_date = date '2024-01-15'\n  AND t.year = 2024 AND t.month = 1 AND t.day = 15",
  );
});

test('the figures that are known are named', () => {
  withFacts(transactions, { partitionCount: 731, bytes: 88 * 1024 ** 3 })(`
    select amount from customer_transactions where transaction_date = date '2024-01-15'
    --                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: all 731 partitions, 88 GB, will be read (about $0.43)
  `);
});
