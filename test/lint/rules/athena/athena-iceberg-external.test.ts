import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaIcebergExternal } from '../../../../src/lint/rules/athena/athena-iceberg-external';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaIcebergExternal);

const iceberg = "location 's3://b/t/' tblproperties ('table_type' = 'ICEBERG')";

test('EXTERNAL, a type among the partitions, and a field without a column are marked', () => {
  check(`
       create external table t (a bigint) ${iceberg}
    --        ^^^^^^^^ error
  `);
  assert.deepEqual(
    check
      .find(`create table t (a bigint, d date) partitioned by (d date) ${iceberg}`)
      .map(({ message }) => message),
    ['d is a column already, and PARTITIONED BY gives it no type.'],
  );
  check(`
    create table t (a bigint) partitioned by (day(d), bucket(4, a)) ${iceberg}
    --                                        ^^^^^^ error: not in the list
  `);
});

test('fields of the list, plain or transformed, and tables over files are left alone', () => {
  check(`create table t (a bigint, d date) partitioned by (d, bucket(16, a), truncate(3, a)) ${iceberg}`);
  check(`create table t (a bigint, d date) partitioned by (day(d)) ${iceberg}`);
  check("create external table t (a bigint) partitioned by (d date) stored as orc location 's3://b/t/'");
});

test('the column moves into the list', () => {
  assert.equal(
    check.fixed(`create external table t (a bigint) partitioned by (d date) ${iceberg}`),
    `create table t (a bigint, d date) partitioned by (d) ${iceberg}`,
  );
  assert.equal(
    check.fixed(`create table t (a bigint, d date) partitioned by (d date) ${iceberg}`),
    `create table t (a bigint, d date) partitioned by (d) ${iceberg}`,
  );
});
