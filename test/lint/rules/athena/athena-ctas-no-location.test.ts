import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaCtasNoLocation } from '../../../../src/lint/rules/athena/athena-ctas-no-location';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaCtasNoLocation);

test('a table over files without a place is marked', () => {
  check(`
    create table db.counts as select a from t
    --           ^^^^^^^^^ information: counts
  `);
  check(`
    create table counts with (format = 'ORC') as select a from t
    --           ^^^^^^ information
  `);
});

test('placed, passing, Iceberg and templated tables are left alone', () => {
  check("create table counts with (external_location = 's3://b/counts/') as select a from t");
  for (const name of ['tmp_counts', 'counts_tmp', 'staging_counts', 'counts_test'])
    check(`create table ${name} as select a from t`);
  check("create table counts with (table_type = 'ICEBERG', location = 's3://b/c/') as select a from t");
  check('create table {{ this }} as select a from t');
  check('create table counts as select a from {{ source }}');
});

test('the property is a scaffold in the list that is there', () => {
  assert.equal(
    check.fixed("create table counts with (format = 'ORC') as select a from t"),
    "create table counts with (format = 'ORC', external_location = 's3://bucket/counts/') as select a from t",
  );
  const sql = 'create table counts as select a from t';
  assert.equal(check.find(sql)[0]?.fixes[0]?.scaffold, true);
  assert.equal(
    check.fixed(sql),
    "create table counts WITH (external_location = 's3://bucket/counts/') as select a from t",
  );
});
