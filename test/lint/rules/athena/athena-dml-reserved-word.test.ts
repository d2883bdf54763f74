import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaDmlReservedWord } from '../../../../src/lint/rules/athena/athena-dml-reserved-word';
import { ruleChecker } from '../../../support/ruleChecker';

import { lintDocument } from '../../../../src/lint/lint';
import { readDocument } from '../../../../src/sql/document';

const check = ruleChecker(athenaDmlReservedWord);
const codes = (sql: string): readonly string[] =>
  lintDocument(readDocument(sql, 'athena'), {
    catalog: { table: () => undefined },
    config: { rules: {} },
  }).findings.map(({ code }) => code);

test('a reserved word where a name belongs is told apart from other mistakes', () => {
  assert.deepEqual(codes('select a, end from t'), ['ATH202']);
  assert.deepEqual(codes('select t.order from t'), ['ATH202']);
  assert.deepEqual(codes('create view v as select skip, a from t'), ['ATH202']);
});

test('a missing item, a clause and a CASE without its END stay what they are', () => {
  for (const sql of [
    'select a, from t',
    'select case when a then 1, end, b from t',
    'select a from where b = 1',
  ]) {
    assert.ok(!codes(sql).includes('ATH202'), sql);
  }
});

test('words that only DDL reserves, quoted words, and words that belong there are accepted', () => {
  check('select date, day, user, timestamp from t where date = 1');
  check('select "end", "order" from t order by "end"');
  check('select extract(day from d), first_value(a) over (order by b), trim(both from c) from t');
  check('select case when a then b end as c from t group by cube (a, b)');
});

test('double quotes mend it', () => {
  assert.match(check.fixed('select a, order from t'), /a, "order" from t/);
});
