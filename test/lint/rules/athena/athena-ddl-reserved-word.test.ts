import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaDdlReservedWord } from '../../../../src/lint/rules/athena/athena-ddl-reserved-word';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaDdlReservedWord);

test('a reserved word as a column, key or table of DDL is marked', () => {
  check(`
    create external table t (date date, a string) partitioned by (user string) stored as parquet
    --                       ^^^^ error: write \`date\`
    --                                                            ^^^^ error
  `);
  check(`
    create external table orders (order int, id string) stored as parquet
    --                            ^^^^^ error: order
  `);
  check(`
    alter table orders add columns (date string)
    --                              ^^^^ error
  `);
  check(`
    drop table interval
    --         ^^^^^^^^
  `);
});

test('quoted words, types, and words that AWS itself writes bare are left alone', () => {
  check('create external table t (`date` date, `user` string) stored as parquet');
  check('create external table t (timestamp string, time string, start bigint) stored as parquet');
  check('create external table t (a array<int>, b map<string, date>) stored as parquet');
});

test('queries, views and tables made by a query follow the other list', () => {
  check('select date, user from t');
  check("create table date with (format = 'ORC') as select a from t");
  check('create view v as select date from t');
});

test('backticks mend it', () => {
  assert.equal(
    check.fixed('create external table t (date date) stored as orc'),
    'create external table t (`date` date) stored as orc',
  );
});
