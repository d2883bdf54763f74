import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaV3BreakingFunction } from '../../../../src/lint/rules/athena/athena-v3-breaking-function';
import { ruleChecker } from '../../../support/ruleChecker';

import { customers } from './bankTables';

const check = ruleChecker(
  athenaV3BreakingFunction,
  `${customers} create table kept (id bigint) location 's3://b/k/' tblproperties ('table_type' = 'iceberg');`,
);

test('concat of one argument, and a call with too many, are marked', () => {
  check(`
    select concat(name) from customers
    --     ^^^^^^^^^^^^ error: two arguments
  `);
  const many = Array.from({ length: 128 }, (_, at) => at).join(', ');
  check(`
    select greatest(${many}) from customers
    --     ^^^^^^^^ error: 128 arguments
  `);
  check(`select coalesce(${many}) from customers`);
  check("select concat(name, 'x') from customers");
});

test('a time stuck to its date by a dash is marked where it is cast', () => {
  check(`
    select cast('2025-03-09-10:00:00' as timestamp)
    --          ^^^^^^^^^^^^^^^^^^^^^ error
  `);
  assert.equal(
    check.fixed("select cast('2025-03-09-10:00:00' as timestamp)"),
    "select cast('2025-03-09 10:00:00' as timestamp)",
  );
  check("select cast('2025-03-09 10:00:00' as timestamp), try_cast('2025-03-09-10:00:00' as timestamp)");
});

test('uuid() is marked only where it would be stored in a table over files', () => {
  check(`
    create table k with (format = 'ORC') as select uuid() as id, name from customers
    --                                             ^^^^^^ error: CAST(uuid() AS varchar)
  `);
  check(`
    insert into customers select uuid(), name, since, score from customers
    --                           ^^^^^^ error
  `);
  check('select uuid() from customers');
  check("create table k with (format = 'ORC') as select cast(uuid() as varchar) as id from customers");
  check(
    "create table k with (table_type = 'ICEBERG', is_external = false) as select uuid() as id from customers",
  );
  check('insert into kept select uuid()');
});
