import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDocument, type LintResult } from '../../src/lint/lint';
import { readDocument, type SqlDocument } from '../../src/sql/document';
import { athenaLines } from '../bench/sqlText';

const options = { catalog: { table: () => undefined }, config: { rules: {} } };
const anew = (text: string): Pick<LintResult, 'findings' | 'unknownTables'> => {
  const { findings, unknownTables } = lintDocument(readDocument(text, 'athena'), options);
  return { findings, unknownTables };
};
const after = (text: string, document: SqlDocument, previous: LintResult): LintResult =>
  lintDocument(readDocument(text, 'athena', document), { ...options, previous });

test('one earlier result serves several later states of a file, and each gets the findings it would get anew', () => {
  const text = athenaLines(60);
  const document = readDocument(text, 'athena');
  const previous = lintDocument(document, options);
  for (const later of [`-- more\n${text}`, text.replace('amount', 'amoun'), text.slice(0, 300), text]) {
    const { findings, unknownTables } = after(later, document, previous);
    assert.deepEqual({ findings, unknownTables }, anew(later));
  }
});

test('what is kept of a file does not grow with the number of its keystrokes', () => {
  let text = athenaLines(40);
  let document = readDocument(text, 'athena');
  let result = lintDocument(document, options);
  for (let stroke = 0; stroke < 500; stroke += 1) {
    text = text.replace('LIMIT ', 'LIMIT 1');
    document = readDocument(text, 'athena', document);
    result = lintDocument(document, { ...options, previous: result });
  }
  assert.ok(
    result.kept.size <= 2 * document.statements.length + 101,
    `${result.kept.size} statements are kept`,
  );
  assert.deepEqual(result.findings, anew(text).findings);
});
