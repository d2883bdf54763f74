import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lensesOf } from '../../src/language/lenses';
import type { Finding, Severity } from '../../src/lint/finding';
import { readDocument } from '../../src/sql/document';

const sql = 'select 1;\n\n-- second\nselect * from sales;\n';

function finding(code: string, severity: Severity, at: string): Finding {
  const start = sql.indexOf(at);
  return {
    rule: code.toLowerCase(),
    code,
    severity,
    message: code,
    fixes: [],
    start,
    end: start + at.length,
  };
}

const shown = (findings: readonly Finding[]): string[] =>
  lensesOf(readDocument(sql, 'athena'), findings).map(({ title, start }) => `${title} @${start}`);

test('each Athena statement gets a Run above its first word, comments before it left out', () => {
  assert.deepEqual(shown([]), ['▶ Run @0', `▶ Run @${sql.indexOf('select *')}`]);
});

test('a Redshift document gets none: it is not run here', () => {
  assert.deepEqual(lensesOf(readDocument(sql, 'redshift'), []), []);
});

test('a full scan is said above its own statement only', () => {
  assert.deepEqual(shown([finding('ATH101', 'warning', 'sales')]), [
    '▶ Run @0',
    `▶ Run @${sql.indexOf('select *')}`,
    `reads all partitions @${sql.indexOf('select *')}`,
  ]);
});

test('an error beats a scan, and a hint says nothing', () => {
  const both = [finding('ATH101', 'warning', 'sales'), finding('ATH109', 'error', 'sales')];
  assert.equal(shown(both).at(-1), `Athena will reject this @${sql.indexOf('select *')}`);
  assert.equal(shown([finding('ATH101', 'hint', 'sales'), finding('SQL001', 'hint', 'sales')]).length, 2);
});
