import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaV3SystemTime } from '../../../../src/lint/rules/athena/athena-v3-system-time';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaV3SystemTime);

test('the old spellings are marked and mended', () => {
  check(`
    select a from t for system_time as of current_timestamp
    --              ^^^^^^^^^^^^^^^ error: FOR TIMESTAMP AS OF
    ;
    select a from t for system_version as of 42
    --              ^^^^^^^^^^^^^^^^^^ error: FOR VERSION AS OF
  `);
  assert.equal(
    check.fixed('select a from t for system_version as of 42'),
    'select a from t for VERSION as of 42',
  );
});

test('the new spellings are left alone', () => {
  check("select a from t for timestamp as of timestamp '2025-03-09 00:00:00 UTC'");
  check('select a from t for version as of 42');
});
