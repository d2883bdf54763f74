import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaLocationFormat } from '../../../../src/lint/rules/athena/athena-location-format';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaLocationFormat);

const at = (location: string): string =>
  `create external table t (a string) stored as orc location '${location}'`;
const found = (location: string): readonly string[] =>
  check.find(at(location)).map(({ severity }) => severity);

test('addresses that are no folder of S3 are graded', () => {
  assert.deepEqual(found('https://lake.s3.amazonaws.com/t/'), ['error']);
  assert.deepEqual(found('arn:aws:s3:::lake/t/'), ['error']);
  assert.deepEqual(found('s3a://lake/t/'), ['warning']);
  assert.deepEqual(found('s3://lake/t/*'), ['warning']);
  assert.deepEqual(found('s3://lake//t/'), ['warning']);
  assert.deepEqual(found('s3://lake/t/part-0.parquet'), ['warning']);
  assert.deepEqual(found('s3://lake/t'), ['hint']);
});

test('folders, access points, and places filled in later are left alone', () => {
  for (const location of [
    's3://lake/t/',
    's3://points-alias-s3alias/t/',
    's3://${bucket}//t',
    's3://lake/{day}/*',
  ])
    assert.deepEqual(found(location), []);
});

test('partitions, moved tables, and tables made by a query are looked at too', () => {
  check(`
    alter table t add if not exists partition (d = '1') location 's3n://b/t/d=1/'
    --                                                           ^^^^^^^^^^^^^^^^ warning
    ;
    alter table t set location 's3://b/t/*'
    --                         ^^^^^^^^^^^^ warning
    ;
    create table c with (external_location = 's3://b//c/') as select a from t
    --                                       ^^^^^^^^^^^^ warning
  `);
});

test('the folder that was meant is offered', () => {
  for (const [from, to] of [
    ['https://lake.s3.eu-west-1.amazonaws.com/t/', 's3://lake/t/'],
    ['arn:aws:s3:::lake/t', 's3://lake/t/'],
    ['s3a://lake/t/*', 's3://lake/t/'],
    ['s3://lake//t', 's3://lake/t/'],
    ['s3://lake/t/part-0.parquet', 's3://lake/t/'],
  ] as const) {
    assert.equal(check.fixed(at(from)), at(to));
  }
});
