import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaExactCountDistinct } from '../../../../src/lint/rules/athena/athena-exact-count-distinct';
import { ruleChecker } from '../../../support/ruleChecker';
import { logins } from './bankTables';

const check = ruleChecker(athenaExactCountDistinct, logins, {
  figures: { logins: { bytes: 40 * 1024 ** 3, partitionCount: 100 } },
});

test('one over a large input, or several in one select, are marked', () => {
  check(`
    select count(distinct account) from logins
    --     ^^^^^^^^^^^^^^^^^^^^^^^ hint: over about 40 GB
  `);
  check(`
    select count(distinct a), 2 * count(distinct b) from elsewhere
    --     ^^^^^^^^^^^^^^^^^ hint
    --                            ^^^^^^^^^^^^^^^^^ hint
  `);
});

test('one over a small or unknown input, and other distinct aggregates, are left alone', () => {
  check("select count(distinct account) from logins where dt = '2025-03-09'");
  check('select count(distinct a) from elsewhere');
  check('select sum(distinct a), sum(distinct b), count(a), count(b) from elsewhere');
  check('select count(distinct a), (select count(distinct b) from t) from elsewhere');
});

test('the estimate is a scaffold, since it is another number', () => {
  const sql = 'select count(distinct account) from logins';
  assert.equal(check.fixed(sql), 'select approx_distinct(account) from logins');
  assert.equal(check.find(sql)[0]?.fixes[0]?.scaffold, true);
});
