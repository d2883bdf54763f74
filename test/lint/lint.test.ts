import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogSnapshot, Table } from '../../src/catalog/catalog';
import { linter, lintDocument } from '../../src/lint/lint';
import { withoutLesser } from '../../src/lint/precedence';
import { defineRule } from '../../src/lint/rule';
import { readDocument } from '../../src/sql/document';
import { catalogFrom } from '../support/ruleChecker';

const nothing: CatalogSnapshot = { table: () => undefined };
const plain = { catalog: nothing, config: { rules: {} } };

/** Reports each table reference with the number of columns known, and counts how often it was asked. */
function countingRule() {
  let runs = 0;
  const rule = defineRule({
    code: 'RS999',
    id: 'columns-known',
    dialects: ['redshift'],
    severity: 'warning',
    title: 'Counts',
    why: 'For these tests only',
    sources: [],
    bad: 'SELECT 1',
    good: 'SELECT 1',
    on: {
      TableRef(ref, { catalog, report }) {
        runs++;
        const table = catalog.table(ref.name.parts.map(({ name }) => name));
        report(ref, `${table?.columns.length ?? 'no'} columns`);
      },
    },
  });
  return { lint: linter([rule]), runs: () => runs };
}

test('an edit lints only the statement it touched, and the others move', () => {
  const { lint, runs } = countingRule();
  const before = readDocument('SELECT 1 FROM a;\nSELECT 2 FROM b;\nSELECT 3 FROM c;', 'redshift');
  const first = lint(before, plain);
  assert.equal(runs(), 3);
  const after = readDocument('SELECT 100 FROM a;\nSELECT 2 FROM b;\nSELECT 3 FROM c;', 'redshift', before);
  const second = lint(after, { ...plain, previous: first });
  assert.equal(runs(), 4);
  assert.deepEqual(
    second.findings.map(({ start }) => after.text[start]),
    ['a', 'b', 'c'],
  );
});

test('a kept finding is worked out again when the catalog answers differently', () => {
  const { lint, runs } = countingRule();
  const document = readDocument('SELECT 1 FROM a; SELECT 2 FROM b;', 'redshift');
  const first = lint(document, { ...plain, catalog: catalogFrom('CREATE TABLE a (x INT)', 'redshift') });
  const same = lint(document, {
    ...plain,
    catalog: catalogFrom('CREATE TABLE a (x INT)', 'redshift'),
    previous: first,
  });
  assert.equal(runs(), 2);
  assert.deepEqual(same.findings, first.findings);
  const changed = lint(document, {
    ...plain,
    catalog: catalogFrom('CREATE TABLE a (x INT, y INT)', 'redshift'),
    previous: same,
  });
  assert.equal(runs(), 3);
  assert.deepEqual(
    changed.findings.map(({ message }) => message),
    ['2 columns', 'no columns'],
  );
});

test('a changed setting is never answered from what was kept', () => {
  const document = readDocument('DELETE FROM a', 'redshift');
  const first = lintDocument(document, plain);
  assert.equal(first.findings[0]?.severity, 'warning');
  const severity = (setting: 'off' | 'error') =>
    lintDocument(document, {
      catalog: nothing,
      config: { rules: { 'redshift-delete-all': setting } },
      previous: first,
    }).findings.map((finding) => finding.severity);
  assert.deepEqual(severity('error'), ['error']);
  assert.deepEqual(severity('off'), []);
});

test('DDL above a statement in the file goes before the catalog, DDL below it does not count', () => {
  const { lint } = countingRule();
  const sql = `SELECT 1 FROM a;
    CREATE TABLE a (x INT, y INT);
    SELECT 2 FROM a;
    ALTER TABLE a ADD COLUMN z INT;
    SELECT 3 FROM a;
    DROP TABLE a;
    SELECT 4 FROM a;`;
  const catalog = catalogFrom('CREATE TABLE a (x INT)', 'redshift');
  const { findings, unknownTables } = lint(readDocument(sql, 'redshift'), { ...plain, catalog });
  assert.deepEqual(
    findings.map(({ message }) => message),
    ['1 columns', '2 columns', '3 columns', 'no columns'],
  );
  assert.deepEqual(unknownTables, [['a']]);
});

test('offsets of findings and fixes are those of the document', () => {
  const sql = '-- 😀 first\nSELECT 1;\n\n  DELETE FROM orders;';
  const [finding] = lintDocument(readDocument(sql, 'redshift'), plain).findings;
  assert.equal(sql.slice(finding?.start, finding?.end), 'DELETE FROM orders');
  const edit = finding?.fixes[0]?.edits[0];
  assert.equal(sql.slice(edit?.start, edit?.end), 'DELETE FROM ');
});

test('a syntax error leaves the rest of the file checked, and the meant word is a fix', () => {
  const sql = 'SELCT 1;\nDELETE FROM orders;';
  const { findings } = lintDocument(readDocument(sql, 'redshift'), plain);
  assert.deepEqual(
    findings.map(({ code, severity }) => [code, severity]),
    [
      ['SQL001', 'error'],
      ['RS306', 'warning'],
    ],
  );
  assert.deepEqual(findings[0]?.fixes[0]?.edits, [{ start: 0, end: 5, text: 'SELECT' }]);
});

test('rules of one dialect say nothing in the other', () => {
  assert.deepEqual(lintDocument(readDocument('DELETE FROM a WHERE b = 1', 'athena'), plain).findings, []);
});

test('of two rules that see one defect the more exact one speaks', () => {
  const at = (start: number) => ({ start, end: start + 1 });
  const codes = (...findings: { code: string; subject?: { start: number; end: number } }[]) =>
    withoutLesser(findings).map(({ code }) => code);
  assert.deepEqual(codes({ code: 'ATH101' }, { code: 'ATH113' }), ['ATH113']);
  assert.deepEqual(codes({ code: 'ATH101', subject: at(1) }, { code: 'ATH113', subject: at(1) }), ['ATH113']);
  assert.deepEqual(codes({ code: 'ATH101', subject: at(1) }, { code: 'ATH113', subject: at(9) }), [
    'ATH101',
    'ATH113',
  ]);
  assert.deepEqual(codes({ code: 'ATH101' }, { code: 'RS107' }), ['ATH101', 'RS107']);
});

test('any text gives findings and no exception', () => {
  const texts = [
    '',
    ';',
    "'",
    '/*',
    'SELECT',
    'SELECT * FROM',
    '\u0000\u0001',
    '(((((',
    'CREATE TABLE (',
    '-- x',
  ];
  for (const text of texts) {
    for (const dialect of ['athena', 'redshift'] as const) {
      const { findings } = lintDocument(readDocument(text, dialect), plain);
      for (const { start, end } of findings) assert.ok(0 <= start && start <= end && end <= text.length);
    }
  }
});

test('a table that another source knows with rows keeps them under the DDL of the file', () => {
  const table: Table = { database: '', name: 'a', columns: [], partitionKeys: [], rows: 5e7 };
  const { findings } = lintDocument(readDocument('CREATE TABLE a (x INT) DISTSTYLE AUTO', 'redshift'), {
    ...plain,
    catalog: catalogFrom([table], 'redshift'),
  });
  assert.deepEqual(
    findings.map(({ code, severity }) => [code, severity]),
    [['RS102', 'warning']],
  );
});
