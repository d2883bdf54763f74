import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaCtasPartitionColumnsLast } from '../../../../src/lint/rules/athena/athena-ctas-partition-columns-last';
import { ruleChecker } from '../../../support/ruleChecker';
import { crawled, logins } from './bankTables';

const check = ruleChecker(athenaCtasPartitionColumnsLast, crawled + logins);

test('keys that do not come last, or in another order, are marked', () => {
  check(`
    create table s with (partitioned_by = array['year', 'month']) as select year, month, sum(amount) as total from customer_transactions group by 1, 2
    --                                                                      ^^^^ error: year and month must be the last columns selected, in this order
  `);
  check(`
    create table s with (partitioned_by = array['year', 'month']) as select amount, month, year from customer_transactions
    --                                                                                     ^^^^ error: in this order
  `);
  check(`
    unload (select dt, account from logins) to 's3://b/o/' with (format = 'PARQUET', partitioned_by = array['dt'])
    --             ^^ error: dt must be the last column
  `);
  check(`
    create table s with (partitioned_by = array['month']) as select * from customer_transactions
    --                                    ^^^^^^^^^^^^^^ error
  `);
});

test('a key that is not selected is marked at partitioned_by', () => {
  check(`
    create table s with (partitioned_by = array['region']) as select amount, year from customer_transactions
    --                                    ^^^^^^^^^^^^^^^ error: partitioned_by names region, which the query does not select
  `);
});

test('keys in their place, Iceberg, and columns that are not known are left alone', () => {
  check(
    `create table s with (partitioned_by = array['YEAR', 'month']) as select amount, year, month from customer_transactions`,
  );
  check(`create table s with (partitioned_by = array['day']) as select * from customer_transactions`);
  check(
    `create table s with (table_type = 'ICEBERG', is_external = false, partitioned_by = array['year']) as select year, amount from customer_transactions`,
  );
  check(
    `create table s with (table_type = 'ICEBERG', partitioning = array['year']) as select year, amount from customer_transactions`,
  );
  check(`create table s with (partitioned_by = array['year']) as select * from elsewhere`);
  check(`create table s with (partitioned_by = array['year']) as select a, {{ columns }} from elsewhere`);
  check(`create table s with (format = 'ORC') as select year, amount from customer_transactions`);
});

test('an INSERT that names a key in another place is a warning', () => {
  check(`
    insert into logins select account, dt, logged_at, sent_at, succeeded, login_id from logins
    --                                 ^^ warning: dt would be stored in account
  `);
  check('insert into logins select login_id, account, logged_at, sent_at, succeeded, dt from logins');
  check(
    'insert into logins select login_id, account, logged_at, sent_at, succeeded, substr(dt, 1, 7) from logins',
  );
  check(
    'insert into logins (dt, login_id, account, logged_at, sent_at, succeeded) select dt, login_id, account, logged_at, sent_at, succeeded from logins',
  );
});

test('the keys are moved and positions renumbered', () => {
  assert.equal(
    check.fixed(
      "create table s with (partitioned_by = array['year', 'month']) as select year, month, sum(amount) as total from customer_transactions group by 1, 2 order by 3",
    ),
    "create table s with (partitioned_by = array['year', 'month']) as select sum(amount) as total, year, month from customer_transactions group by 2, 3 order by 1",
  );
});
