import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaFunctionOnPartitionColumn } from '../../../../src/lint/rules/athena/athena-function-on-partition-column';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins, transactions } from './bankTables';

const check = ruleChecker(athenaFunctionOnPartitionColumn, transactions + logins + customers);

test('a key inside a function, a cast or arithmetic is a hint', () => {
  check(`
    select account from logins where substr(dt, 1, 7) = '2025-03'
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint: the list of all partitions
  `);
  check(`
    select amount from customer_transactions where year * 100 + month = 202503
    --                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint
  `);
});

test('it is worse where there are more than ten thousand partitions', () => {
  ruleChecker(athenaFunctionOnPartitionColumn, logins, { figures: { logins: { partitionCount: 20_000 } } })(`
    select account from logins where lower(dt) = 'x'
    --                               ^^^^^^^^^^^^^^^ warning: all 20,000 partitions
  `);
});

test('a plain comparison beside it, bare keys, and data columns are left alone', () => {
  check("select account from logins where substr(dt, 1, 7) = '2025-03' and dt > '2025'");
  check(
    "select account from logins where dt = cast(current_date - interval '1' day as varchar) and dt > 'a'",
  );
  check("select account from logins where dt like '2025-03%'");
  check("select account from logins where lower(account) = 'x' and dt = 'y'");
});

test('projected tables ask Glue for nothing', () => {
  const projected = logins.replace("logins/';", "logins/' tblproperties ('projection.enabled' = 'true');");
  ruleChecker(athenaFunctionOnPartitionColumn, projected)("select account from logins where lower(dt) = 'x'");
});

test('the beginning of a date becomes a range', () => {
  const after = (condition: string): string =>
    check.fixed(`select account from logins where ${condition}`).replace(/^.*where /, '');
  assert.equal(after("substr(dt, 1, 7) = '2025-12'"), "dt >= '2025-12' AND dt < '2026-01'");
  assert.equal(after("substring(dt, 1, 4) = '2025'"), "dt >= '2025' AND dt < '2026'");
  for (const other of ["substr(dt, 2, 7) = '2025-12'", "substr(dt, 1, 6) = '2025-12'", "lower(dt) = 'x'"])
    assert.equal(after(other), other);
});
