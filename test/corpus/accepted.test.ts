import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '../../src/sql/parse';
import { validCorpus } from './corpus';

test('at least 99.5 % of the frozen corpus is accepted', () => {
  const corpus = validCorpus();
  const refused = corpus.flatMap(({ dialect, id, text }) =>
    parseStatement(text, dialect).problems.map(({ message }) => `${id}: ${message}\n  ${text}`),
  );
  const accepted = 1 - new Set(refused.map((line) => line.split(': ', 1)[0])).size / corpus.length;
  assert.ok(accepted >= 0.995, `${(accepted * 100).toFixed(2)} %:\n${refused.join('\n')}`);
});
