import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaAddPartitionLocationMismatch } from '../../../../src/lint/rules/athena/athena-add-partition-location-mismatch';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaAddPartitionLocationMismatch);

test('each value that differs from its folder is marked', () => {
  check(`
    alter table t add partition (year = 2024, month = 1, day = 15) location 's3://b/t/year=2024/month=01/day=15/'
    --                                                ^ warning: month = 1, but its folder is named month=01
  `);
  check(`
    alter table t add if not exists partition (dt = '2024-01-15') location 's3://b/t/dt=2024-01-16/' partition (dt = 'a') location 's3://b/t/dt=a/'
    --                                              ^^^^^^^^^^^^ warning
  `);
});

test('values that agree once decoded, and folders without names, are left alone', () => {
  check(`alter table t add partition (ts = '10:30') location 's3://b/t/ts=10%3A30/'`);
  check(`alter table t add partition (month = '01') location 's3://b/t/Month=01/'`);
  check(`alter table t add partition (month = 1) location 's3://b/t/2024/01/'`);
  check(`alter table t add partition (month = 1)`);
  check(`alter table t add partition (month = '\${month}') location 's3://b/t/month=01/'`);
  check(`alter table t drop partition (month = 1)`);
});

test('the value is taken from the folder', () => {
  assert.equal(
    check.fixed(
      "alter table t add partition (year = 2024, month = 1) location 's3://b/t/year=2024/month=01/'",
    ),
    "alter table t add partition (year = 2024, month = '01') location 's3://b/t/year=2024/month=01/'",
  );
});
