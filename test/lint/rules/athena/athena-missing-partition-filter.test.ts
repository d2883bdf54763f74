import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../../../src/catalog/catalog';
import { athenaMissingPartitionFilter } from '../../../../src/lint/rules/athena/athena-missing-partition-filter';
import { ruleChecker } from '../../../support/ruleChecker';
import { crawled, customers, logins, transactions } from './bankTables';

const check = ruleChecker(athenaMissingPartitionFilter, transactions + logins + customers);

const known: Partial<Table> = {
  name: 'payments',
  columns: [
    { name: 'id', type: 'string' },
    { name: 'amount', type: 'double' },
  ],
  partitionKeys: [
    { name: 'year', type: 'int' },
    { name: 'month', type: 'string' },
  ],
  kind: 'hive',
  format: 'parquet',
};
const withFigures = (more: Partial<Table>) =>
  ruleChecker(athenaMissingPartitionFilter, [{ ...known, ...more }]);

test('each reading of a partitioned table without a filter is marked, and no other table', () => {
  check(`
    select t.amount from customer_transactions t join customers c on t.customer_id = c.customer_id
    --                   ^^^^^^^^^^^^^^^^^^^^^ warning: read without a filter on year, month or day: every partition
  `);
  check(`
    select amount from customer_transactions where transaction_type = 'CARD'
    --                 ^^^^^^^^^^^^^^^^^^^^^ warning: is filtered, but not on year, month or day
  `);
  check(`
    insert into customers select account, account, null, 1e0 from logins
    --                                                            ^^^^^^
  `);
  check(`
    create table x with (format = 'ORC') as select account from logins
    --                                                          ^^^^^^
  `);
  check(`
    unload (select account from logins) to 's3://bank/out/' with (format = 'PARQUET')
    --                          ^^^^^^
  `);
  check(`
    create view v as select account from logins
    --                                   ^^^^^^ information
  `);
});

test('a view that gives a key can be filtered on it, and a plain LIMIT ends early: a hint is enough', () => {
  check(`
    create view v as select account, dt from logins
    --                                       ^^^^^^ hint
  `);
  check(`
    create view v as select * from logins
    --                             ^^^^^^ hint
  `);
  check(`
    select account from logins limit 10
    --                  ^^^^^^ hint
  `);
  check(`
    select account from logins order by account limit 10
    --                  ^^^^^^ warning
  `);
});

test('a filter on any key is enough, wherever the optimizer moves it down from', () => {
  check(`select amount from customer_transactions where month = 3`);
  check(`select amount from (select amount, day as d from customer_transactions) s where d = 1`);
  check(`with s as (select * from logins) select account from s where dt = '2025-03-09'`);
  check(
    `select l.account from logins l join customers c on c.customer_id = l.account and l.dt = '2025-03-09'`,
  );
  check(`select account from logins where dt = 'a' union all select account from logins where dt = 'b'`);
  check(`select amount from customer_transactions where cast(year as varchar) || '-x' = '2025-x'`);
});

test('what stops the filter is said', () => {
  check(`
    select account from (select account, dt from logins limit 10) s where dt = '2025-03-09'
    --                                           ^^^^^^ warning: since it comes after a LIMIT
  `);
  check(`
    select c.name from logins l left join customers c on c.customer_id = l.account and l.dt = 'x'
    --                 ^^^^^^ warning: outer join
  `);
  check(`
    select account from (select account, dt, rank() over (order by logged_at) r from logins) s where dt = 'x'
    --                                                                               ^^^^^^ warning: window
  `);
});

test('a key that a join, subquery, parameter, template or broken text may limit is left alone', () => {
  check(`select l.account from logins l join customers c on l.dt = c.name`);
  check(`select account from logins where dt = (select max(name) from customers)`);
  check(`select account from logins where dt = ?`);
  check(`select account from logins where dt = '\${day}'`);
  check(`select account from logins where {{ condition }}`);
  check(`
    select account from logins where
    --                         ^^^^^ error: Expected
  `);
  check(`select account from logins, customers c where dt2 = dt`);
});

test('an OR, and a filter by date, are left to the rules that know more', () => {
  check(`select account from logins where dt = 'x' or account = 'A'`);
  check(`select amount from customer_transactions where transaction_date = date '2025-03-09'`);
});

test('metadata is not the table', () => {
  check(`select * from "logins$partitions"`);
  check(`select * from "othercatalog"."db"."logins"`);
  check(`explain select account from logins`);
  check(`show partitions logins`);
});

test('what footers answer, and what is small, is a hint', () => {
  check(`
    select count(*) from logins
    --                   ^^^^^^ hint
    ;
    select distinct dt from logins
    --                      ^^^^^^ hint
    ;
    select account from logins where "$path" like '%x%'
    --                  ^^^^^^ hint
  `);
  withFigures({ bytes: 5_000_000, partitionCount: 12 })(`
    select id from payments
    --             ^^^^^^^^ hint: all 12 partitions, 4.8 MB, will be read
  `);
});

test('the partitions, bytes and dollars that are known are named', () => {
  const [finding] = withFigures({ bytes: 88 * 1024 ** 3, partitionCount: 1731 })(`
    select id from payments
    --             ^^^^^^^^ warning
  `);
  assert.equal(
    finding?.message,
    'payments is read without a filter on year or month: all 1,731 partitions, 88 GB, will be read (about $0.43).',
  );
});

test('tables that are not pruned by keys, or have one partition, are left alone', () => {
  withFigures({ kind: 'iceberg' })('select id from payments');
  withFigures({ parameters: { table_type: 'ICEBERG' } })('select id from payments');
  withFigures({ partitionCount: 1 })('select id from payments');
  withFigures({ parameters: { 'projection.enabled': 'true', 'projection.month.type': 'injected' } })(
    'select id from payments',
  );
});

test('the newest partition is offered as a filter, where the clause belongs', () => {
  const { fixed } = withFigures({ newestPartition: ['2025', '03'] });
  assert.equal(
    fixed('select id from payments'),
    "select id from payments WHERE year = 2025 AND month = '03'",
  );
  assert.equal(
    fixed('select id\nfrom payments\nwhere amount > 1'),
    "select id\nfrom payments\nwhere amount > 1\n  AND year = 2025 AND month = '03'",
  );
  assert.equal(
    fixed(
      'select p.id from payments p join payments q on p.id = q.id and q.year = 1 where p.id = 1 or p.amount = 2 order by 1',
    ),
    "select p.id from payments p join payments q on p.id = q.id and q.year = 1 where (p.id = 1 or p.amount = 2) AND p.year = 2025 AND p.month = '03' order by 1",
  );
  const [finding] = withFigures({ newestPartition: ['2025', '03'] })(`
    select id from payments
    --             ^^^^^^^^
  `);
  assert.equal(finding?.fixes[0]?.scaffold, true);
});

test('text keys are named like number keys', () => {
  ruleChecker(
    athenaMissingPartitionFilter,
    crawled,
  )(`
    select amount from customer_transactions
    --                 ^^^^^^^^^^^^^^^^^^^^^ warning: year, month or day
  `);
});
