import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaHiveTypeInCast } from '../../../../src/lint/rules/athena/athena-hive-type-in-cast';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaHiveTypeInCast);

test('types of DDL are marked in casts', () => {
  check(`
    select cast(a as string), try_cast(b as float) from t
    --               ^^^^^^ error: write varchar
    --                                      ^^^^^ error: write real
  `);
  check(`
    select cast(a as binary), cast(b as array<string>) from t
    --               ^^^^^^
    --                                  ^^^^^^^^^^^^^
  `);
});

test('types of queries, and DDL itself, are left alone', () => {
  check(
    'select cast(a as varchar), cast(b as int), cast(c as real), cast(d as double), cast(e as date) from t',
  );
  check('select cast(a as array(varchar)), cast(b as row(x bigint)), cast(c as map(varchar, json)) from t');
  check('create external table t (a string, b float, c array<string>, d binary) stored as parquet');
  check('select cast(a as {{ type }}) from t');
});

test('the name of the query side is offered, inside of nested types too', () => {
  assert.equal(check.fixed('select cast(a as string) from t'), 'select cast(a as varchar) from t');
  assert.equal(
    check.fixed('select cast(a as struct<x:string,y:array<float>>) from t'),
    'select cast(a as row(x varchar, y array(real))) from t',
  );
  assert.equal(
    check.fixed('select cast(a as map<string,decimal(10,2)>) from t'),
    'select cast(a as map(varchar, decimal(10,2))) from t',
  );
});
