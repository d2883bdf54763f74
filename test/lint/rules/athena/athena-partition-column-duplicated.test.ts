import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaPartitionColumnDuplicated } from '../../../../src/lint/rules/athena/athena-partition-column-duplicated';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaPartitionColumnDuplicated);

test('a key among the columns is marked, whatever its case', () => {
  check(`
    create external table t (a string, DT string) partitioned by (dt string) stored as orc
    --                                 ^^^^^^^^^ error
  `);
});

test('Iceberg wants it there, and other names are other columns', () => {
  check("create table t (a string, dt date) partitioned by (dt) tblproperties ('table_type' = 'ICEBERG')");
  check('create external table t (a string, dt2 string) partitioned by (dt string) stored as orc');
});

test('the column is removed with its comma', () => {
  const rest = 'partitioned by (dt string) stored as orc';
  assert.equal(
    check.fixed(`create external table t (a int, dt string) ${rest}`),
    `create external table t (a int) ${rest}`,
  );
  assert.equal(
    check.fixed(`create external table t (dt string, a int) ${rest}`),
    `create external table t (a int) ${rest}`,
  );
  const only = `create external table t (dt string) ${rest}`;
  assert.equal(check.fixed(only), only);
});
