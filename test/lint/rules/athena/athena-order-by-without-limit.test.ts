import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaOrderByWithoutLimit } from '../../../../src/lint/rules/athena/athena-order-by-without-limit';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaOrderByWithoutLimit);

test('an order over all rows is a hint', () => {
  check(`
    select a, b from t order by a desc, b
    --                          ^^^^^^^^^ hint
  `);
});

test('the first rows, groups, aggregates, unions and what is stored are left alone', () => {
  check('select a from t order by a limit 10');
  check('select a from t order by a fetch first 10 rows only');
  check('select a, count(*) from t group by a order by 2');
  check('select distinct a from t order by a');
  check('select max(a) as m from t order by m');
  check('select a from t union all select a from s order by a');
  check('select * from (select a from t order by a limit 3) x');
  check('select a from t order by a {{ limit }}');
});

test('a LIMIT is offered as a scaffold', () => {
  const sql = 'select a from t order by a';
  assert.equal(check.fixed(sql), `${sql} LIMIT 1000`);
  assert.equal(check.find(sql)[0]?.fixes[0]?.scaffold, true);
});
