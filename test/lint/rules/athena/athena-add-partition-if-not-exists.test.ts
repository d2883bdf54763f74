import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaAddPartitionIfNotExists } from '../../../../src/lint/rules/athena/athena-add-partition-if-not-exists';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaAddPartitionIfNotExists);

test('an unguarded ADD PARTITION is marked and guarded', () => {
  check(`
    alter table t add partition (d = '1')
    --            ^^^ warning
  `);
  assert.equal(
    check.fixed("alter table t add partition (d = '1') partition (d = '2')"),
    "alter table t add IF NOT EXISTS partition (d = '1') partition (d = '2')",
  );
});

test('guarded ones, other actions, and Iceberg partition fields are left alone', () => {
  check("alter table t add if not exists partition (d = '1')");
  check("alter table t drop partition (d = '1')");
  check('alter table t add columns (b string)');
});
