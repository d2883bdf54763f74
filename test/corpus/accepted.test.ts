import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '../../src/sql/parse';
import { validCorpus } from './corpus';

// The aim is 99.5 %: raise it when WITH before UPDATE and DELETE, UNSET TBLPROPERTIES and COLLATE() are read.
test('at least 99.4 % of the frozen corpus is accepted', () => {
  const corpus = validCorpus();
  const refused = corpus.flatMap(({ dialect, id, text }) =>
    parseStatement(text, dialect).problems.map(({ message }) => `${id}: ${message}\n  ${text}`),
  );
  const accepted = 1 - new Set(refused.map((line) => line.split(': ', 1)[0])).size / corpus.length;
  assert.ok(accepted >= 0.994, `${(accepted * 100).toFixed(2)} %:\n${refused.join('\n')}`);
});
