import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaLikeChain } from '../../../../src/lint/rules/athena/athena-like-chain';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaLikeChain);
const where = (condition: string): string => `select a from t where ${condition}`;

test('three searches through one column are a hint, once', () => {
  check(`
    select a from t where b = 1 and (url like '%x%' or url like '%y%' or url like '%z%')
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint: 3 searches through url
  `);
});

test('two, other columns, beginnings, escapes and negations are left alone', () => {
  check(where("url like '%x%' or url like '%y%'"));
  check(where("a like '%x%' or b like '%y%' or c like '%z%'"));
  check(where("url like 'x%' or url like 'y%' or url like 'z%'"));
  check(where("url like '%x!%%' escape '!' or url like '%y!%%' escape '!' or url like '%z%' escape '!'"));
  check(where("url not like '%x%' or url not like '%y%' or url not like '%z%'"));
  check(where("url like '%x%' and url like '%y%' and url like '%z%'"));
});

test('the words become one pattern, their special characters escaped', () => {
  assert.equal(
    check.fixed(where("u like '%a.b%' or u like '%c?%' or u like '%d''s%'")),
    where("regexp_like(u, 'a\\.b|c\\?|d''s')"),
  );
});

test('patterns that say more, and other conditions in the chain, are only explained', () => {
  for (const condition of [
    "u like '%a_b%' or u like '%c%' or u like '%d%'",
    "u like '%a' or u like '%b%' or u like '%c%'",
    "u like '%a%' or u like '%b%' or u like '%c%' or v = 1",
  ]) {
    assert.equal(check.find(where(condition)).length, 1);
    assert.equal(check.fixed(where(condition)), where(condition));
  }
});
