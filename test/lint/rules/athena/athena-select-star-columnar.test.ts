import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaSelectStarColumnar } from '../../../../src/lint/rules/athena/athena-select-star-columnar';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, transactions } from './bankTables';

const wide = `create external table wide (
  a string, b string, c string, d string, e string, f string, g string, h string, i string, j string, k string
) partitioned by (dt string) stored as parquet location 's3://b/wide/';`;
const text = wide
  .replace('table wide', 'table notes')
  .replace('stored as parquet', "row format serde 'org.openx.data.jsonserde.JsonSerDe'");
const check = ruleChecker(athenaSelectStarColumnar, wide + text + transactions + customers);

test('a star is a warning above ten columns, information from six, and nothing below', () => {
  check(`
    select * from wide where dt = 'x'
    --     ^ warning: * reads all 12 columns of wide
  `);
  check(`
    select t.* from customer_transactions t where year = 2024
    --     ^^^ information: all 8 columns
  `);
  check('select * from customers');
});

test('a star is followed through stars, and each branch of a UNION is looked at', () => {
  check(`
    with s as (select * from wide) select * from s where dt = 'x'
    --                                    ^ warning
  `);
  check(`
    select a from wide where dt = 'x' union all select * from wide where dt = 'y'
    --                                                 ^ warning
  `);
  check(`
    unload (select * from wide where dt = 'x') to 's3://b/o/' with (format = 'PARQUET')
    --             ^ warning
  `);
});

test('a star that costs nothing or is meant is left alone', () => {
  check(
    "select a from wide w where dt = 'x' and exists (select * from wide v where v.dt = 'x' and v.a = w.a)",
  );
  check("select count(*) from wide where dt = 'x'");
  check("select a from (select * from wide where dt = 'x') s");
  check("select * from (select a, b, c, d, e, f, g, h, i, j, k, dt from wide where dt = 'x') s");
  check("select * from notes where dt = 'x'");
  check('select * from (values (1, 2, 3, 4, 5, 6, 7)) v');
  check('select * from elsewhere');
  check('select * from "wide$partitions"');
  check("explain select * from wide where dt = 'x'");
});

test('a copy is information, a look at one partition a hint', () => {
  check(`
    create table copy with (format = 'ORC') as select * from wide where dt = 'x'
    --                                                ^ information
  `);
  check(`
    select * from wide where dt = 'x' limit 20
    --     ^ hint
  `);
  check(`
    select * from wide where dt > 'x' limit 20
    --     ^ warning
  `);
});

test('the columns are written out, with the table where there are several', () => {
  assert.equal(
    check.fixed("select * from wide where dt = 'x'"),
    "select a, b, c, d, e, f, g, h, i, j, k, dt from wide where dt = 'x'",
  );
  assert.equal(
    check.fixed(
      'select t.*, 1 from customer_transactions t join customers c using (customer_id) where t.year = 1',
    ),
    'select t.transaction_id, t.customer_id, t.transaction_date, t.amount, t.transaction_type, t.year, t.month, t.day, 1 from customer_transactions t join customers c using (customer_id) where t.year = 1',
  );
  assert.equal(
    check.fixed('select * from customer_transactions t, customers c where t.year = 1'),
    'select t.transaction_id, t.customer_id, t.transaction_date, t.amount, t.transaction_type, t.year, t.month, t.day, c.customer_id, c.name, c.since, c.score from customer_transactions t, customers c where t.year = 1',
  );
});
