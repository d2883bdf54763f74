import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaCtasOrderByIgnored } from '../../../../src/lint/rules/athena/athena-ctas-order-by-ignored';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaCtasOrderByIgnored);

test('an order that nobody will see is marked', () => {
  check(`
    create table c with (format = 'ORC') as select a from t order by a, b desc
    --                                                      ^^^^^^^^^^^^^^^^^^ information: ignores ORDER BY
    ;
    unload (select a from t order by a) to 's3://b/x/' with (format = 'ORC')
    --                      ^^^^^^^^^^ information: each file
  `);
});

test('the first rows of an order, an order inside, and queries that show it are left alone', () => {
  check("create table c with (format = 'ORC') as select a from t order by a limit 10");
  check("create table c with (format = 'ORC') as select a from t order by a fetch first 10 rows only");
  check("create table c with (format = 'ORC') as select a from t order by a offset 5");
  check("create table c with (format = 'ORC') as select rank() over (order by a) r from t");
  check("create table c with (format = 'ORC') as select a from (select a from t order by a limit 3) s");
  check('select a from t order by a');
});

test('the clause is removed', () => {
  assert.equal(
    check.fixed("unload (select a from t order by a) to 's3://b/x/' with (format = 'ORC')"),
    "unload (select a from t) to 's3://b/x/' with (format = 'ORC')",
  );
});
