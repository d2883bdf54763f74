import assert from 'node:assert/strict';
import test from 'node:test';
import { parseStatement } from '../../src/sql/parse';
import { childrenOf } from '../../src/sql/walk';
import { lowerOf, upperOf } from '../../src/sql/wordCase';

test('a word comes back in lower case as it would by itself, or not at all', () => {
  assert.equal(upperOf('Customer_Id'), 'CUSTOMER_ID');
  assert.equal(lowerOf('CUSTOMER_ID'), 'customer_id');
  upperOf('strasse');
  assert.equal(upperOf('straße'), 'STRASSE');
  assert.equal(lowerOf('STRASSE'), undefined);
  assert.equal(upperOf('ŒUVRE'), 'ŒUVRE');
  assert.equal(lowerOf('ŒUVRE'), undefined);
});

test('names of other letters stay what they are beside those of plain ones', () => {
  const { body } = parseStatement('select strasse, straße, ſales, sales from t', 'athena');
  assert.deepEqual(
    childrenOf(body)
      .flatMap(childrenOf)
      .flatMap(childrenOf)
      .flatMap((node) =>
        node.kind === 'SelectItem' && node.expression.kind === 'ColumnRef'
          ? node.expression.name.parts[0]?.name
          : [],
      ),
    ['strasse', 'straße', 'ſales', 'sales'],
  );
});

test('more words than are remembered are all turned right', () => {
  const words = Array.from({ length: 45_000 }, (_, at) => `word_${at}`);
  for (const word of words) {
    const upper = upperOf(word);
    assert.equal(upper, word.toUpperCase());
    assert.equal(lowerOf(upper), word);
  }
});
