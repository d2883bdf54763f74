import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaUnsupportedStatement } from '../../../../src/lint/rules/athena/athena-unsupported-statement';
import { ruleChecker } from '../../../support/ruleChecker';

import { customers } from './bankTables';

const check = ruleChecker(
  athenaUnsupportedStatement,
  `${customers} create table kept (id bigint) location 's3://b/k/' tblproperties ('table_type' = 'iceberg');`,
);

test('statements of other engines are marked by their verb', () => {
  check(`
       truncate table customers
    -- ^^^^^^^^^^^^^^ error: Athena has no TRUNCATE TABLE
    ;
       start transaction
    -- ^^^^^^^^^^^^^^^^^ error
    ;
       commit
    -- ^^^^^^ error
    ;
       lock table customers
    -- ^^^^^^^^^^ error
    ;
       grant select on customers to someone
    -- ^^^^^ error: policies
    ;
       call refresh()
    -- ^^^^ error: stored procedures
  `);
});

test('CREATE TABLE LIKE is marked, and made by a query instead', () => {
  check(`
    create table c2 like customers
    --                   ^^^^^^^^^ error: WITH NO DATA
  `);
  assert.equal(
    check.fixed('create table c2 like customers'),
    'create table c2 AS SELECT customer_id, name, since, score FROM customers WITH NO DATA',
  );
});

test('only Iceberg tables can be renamed', () => {
  check(`
    alter table customers rename to clients
    --                    ^^^^^^^^^^^^^^^^^ error: Iceberg tables only
  `);
  check('alter table kept rename to old');
  check('alter table nobody_knows rename to old');
});

test('what Athena has is left alone', () => {
  check(
    'show tables; describe customers; msck repair table logins; vacuum kept; execute q; deallocate prepare q',
  );
  check('{{ begin() }} commit');
});
