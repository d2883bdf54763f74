import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lintDocument } from '../../src/lint/lint';
import { readDocument } from '../../src/sql/document';
import type { Dialect } from '../../src/sql/ast';
import { catalogFrom } from '../support/ruleChecker';

const samples: readonly (readonly [name: string, dialect: Dialect])[] = [
  ['athena-mistakes.sql', 'athena'],
  ['redshift-mistakes.sql', 'redshift'],
];

/** Lints and holds every offset against the text. */
function lintSafely(sql: string, dialect: Dialect): void {
  const { findings } = lintDocument(readDocument(sql, dialect), {
    catalog: catalogFrom('', dialect),
    config: { rules: {} },
  });
  for (const { start, end, fixes, message } of findings) {
    const spans = [{ start, end }, ...fixes.flatMap(({ edits }) => edits)];
    for (const span of spans) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= sql.length, message);
    }
  }
}

test('a file cut off at any place is linted without a failure', () => {
  for (const [name, dialect] of samples) {
    const sql = readFileSync(`test/fixtures/lint/${name}`, 'utf8');
    for (let end = 0; end < sql.length; end += 17) lintSafely(sql.slice(0, end), dialect);
  }
});

test('a file with any one character gone is linted without a failure', () => {
  for (const [name, dialect] of samples) {
    const sql = readFileSync(`test/fixtures/lint/${name}`, 'utf8');
    for (let at = 0; at < sql.length; at += 13) lintSafely(sql.slice(0, at) + sql.slice(at + 1), dialect);
  }
});

test('the rules of the one dialect read the SQL of the other without a failure', () => {
  for (const [name, dialect] of samples) {
    const sql = readFileSync(`test/fixtures/lint/${name}`, 'utf8');
    lintSafely(sql, dialect === 'athena' ? 'redshift' : 'athena');
  }
});
