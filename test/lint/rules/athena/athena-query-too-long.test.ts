import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaQueryTooLong } from '../../../../src/lint/rules/athena/athena-query-too-long';
import { ruleChecker } from '../../../support/ruleChecker';

import { linter } from '../../../../src/lint/lint';
import { readDocument } from '../../../../src/sql/document';

const find = (sql: string): readonly string[] =>
  linter([athenaQueryTooLong])(readDocument(sql, 'athena'), {
    catalog: { table: () => undefined },
    config: { rules: {} },
  }).findings.map(({ severity, message }) => `${severity}: ${message}`);

test('bytes are counted, not characters, and from four fifths on it is a warning', () => {
  const query = (text: string): string => `select '${text}' as a`;
  assert.deepEqual(find(query('x'.repeat(200_000))), []);
  assert.deepEqual(find(query('x'.repeat(262_144 - 14))), [
    'warning: The statement has 262,144 bytes, and Athena takes 262,144.',
  ]);
  assert.deepEqual(find(query('x'.repeat(262_144 - 13))), [
    'error: The statement has 262,145 bytes, and Athena takes 262,144.',
  ]);
  assert.deepEqual(find(query('é'.repeat(131_072))), [
    'error: The statement has 262,158 bytes, and Athena takes 262,144.',
  ]);
});

test('what a template becomes may be shorter', () => {
  assert.deepEqual(find(`select '${'x'.repeat(300_000)}' as a from {{ table }}`), []);
});

test('it is the statement that counts, not the file', () => {
  const check = ruleChecker(athenaQueryTooLong);
  check(`select '${'x'.repeat(150_000)}' as a; select '${'x'.repeat(150_000)}' as a`);
});
