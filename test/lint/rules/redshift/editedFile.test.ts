import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDocument } from '../../../../src/lint/lint';
import { readDocument } from '../../../../src/sql/document';
import { catalogFrom } from '../../../support/ruleChecker';

const options = { catalog: catalogFrom('', 'redshift'), config: { rules: {} } };

/** The codes found after an edit, worked out from the result before it; they must be those of a fresh look. */
function afterEdit(before: string, after: string): readonly string[] {
  const old = readDocument(before, 'redshift');
  const previous = lintDocument(old, options);
  const document = readDocument(after, 'redshift', old);
  const { findings } = lintDocument(document, { ...options, previous });
  assert.deepEqual(findings, lintDocument(readDocument(after, 'redshift'), options).findings);
  return findings.map(({ code }) => code);
}

const copy = "COPY orders FROM 's3://b/o/' IAM_ROLE default CSV";
const cases = [
  {
    code: 'RS114',
    without: 'CREATE TABLE k (id INT PRIMARY KEY) DISTSTYLE ALL; CREATE TABLE o (id INT) DISTSTYLE ALL',
    more: 'MERGE INTO k USING s ON k.id = s.id REMOVE DUPLICATES',
  },
  { code: 'RS205', without: `${copy} MAXERROR 50`, more: 'SELECT query FROM stl_load_errors' },
  { code: 'RS208', without: `${copy} STATUPDATE OFF`, more: 'ANALYZE orders' },
  {
    code: 'RS412',
    without: "SELECT date_parse(d, '%Y') FROM t",
    more: 'CREATE FUNCTION date_parse(VARCHAR, VARCHAR) RETURNS DATE STABLE AS $$ SELECT TO_DATE($1, $2) $$ LANGUAGE sql',
  },
  { code: 'RS413', without: "SET query_group TO 'load'", more: 'RESET query_group' },
];

for (const { code, without, more } of cases) {
  test(`${code} goes when another statement of the file takes its reason away, and comes back with it`, () => {
    assert.ok(!afterEdit(without, `${without};\n${more}`).includes(code));
    assert.ok(afterEdit(`${without};\n${more}`, without).includes(code));
  });
}

test('what stands directly before a statement is asked again after each edit', () => {
  const row = (n: number): string => `INSERT INTO t (a) VALUES (${n})`;
  const rows = `${row(1)};\n${row(2)};\n${row(3)}`;
  assert.ok(afterEdit(`${row(1)};\n${row(3)}`, rows).includes('RS207'));
  assert.ok(!afterEdit(rows, `${row(1)};\nSELECT 1;\n${row(3)}`).includes('RS207'));
  const upsert =
    'DELETE FROM t USING s WHERE t.id = s.id;\nINSERT INTO t SELECT id FROM s WHERE id IS NOT NULL';
  assert.ok(!afterEdit(upsert, `BEGIN;\n${upsert};\nCOMMIT`).includes('RS308'));
  assert.ok(afterEdit(`BEGIN;\n${upsert};\nCOMMIT`, upsert).includes('RS308'));
});
