import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaUnionDistinct } from '../../../../src/lint/rules/athena/athena-union-distinct';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaUnionDistinct);

test('a bare UNION is a hint', () => {
  check(`
    select a from t union select a from s
    --              ^^^^^ hint: searches all rows
  `);
});

test('sides that differ in a constant have no doubles between them', () => {
  check(`
    select a, 'web' as source from t union select a, 'shop' from s
    --                               ^^^^^ information: differ in a constant
  `);
  check(`
    select a, 'web' as source from t union select a, 'web' from s
    --                               ^^^^^ hint
  `);
});

test('UNION ALL, UNION DISTINCT and other operators are left alone', () => {
  check('select a from t union all select a from s');
  check('select a from t union distinct select a from s');
  check('select a from t intersect select a from s');
});

test('ALL is added', () => {
  assert.equal(
    check.fixed('select a from t union select a from s'),
    'select a from t union ALL select a from s',
  );
});
