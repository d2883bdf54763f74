import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaWrongIdentifierQuote } from '../../../../src/lint/rules/athena/athena-wrong-identifier-quote';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaWrongIdentifierQuote);

test('backticks are marked in queries, views, and tables made by a query', () => {
  check(`
    select \`a\` from t
    --     ^^^ error: write "a"
  `);
  check(`
    create view v as select a from \`db\`.t
    --                             ^^^^ error
  `);
  check(`
    insert into t select a from t as \`x\`
    --                               ^^^
  `);
});

test('double quotes are marked in DDL of files', () => {
  check(`
    create external table "t" (a string) stored as parquet
    --                    ^^^ error: write \`t\`
  `);
  check(`
    drop table if exists "my-table"
    --                   ^^^^^^^^^^ error
  `);
  check(`
    alter table t add columns ("b" string)
    --                         ^^^
  `);
});

test('each side with its own quotes is left alone, and so are strings in double quotes', () => {
  check('select "a" from "t"');
  check('create external table `t` (`a` string) stored as parquet');
  check('create external table t (a string) stored as parquet tblproperties ("classification" = "parquet")');
  check('alter table t add if not exists partition (dt = "2025-03-09")');
  check('create table "t" with (format = \'ORC\') as select "a" from "s"');
  check('drop view "v"');
  check('select `a` from {{ ref("t") }}');
});

test('the quotes are swapped', () => {
  assert.equal(check.fixed('select `a`, `b c` from t'), 'select "a", "b c" from t');
  assert.equal(check.fixed('drop table "t"'), 'drop table `t`');
});
