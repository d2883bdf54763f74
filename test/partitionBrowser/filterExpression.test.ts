import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from '../../src/catalog/catalog';
import { checkFilter } from '../../src/partitionBrowser/filterExpression';
import { suggestFilters } from '../../src/partitionBrowser/suggestFilters';

const keys: readonly Column[] = [
  { name: 'year', type: 'string' },
  { name: 'month', type: 'int' },
  { name: 'dt', type: 'date' },
  { name: 'flag', type: 'boolean' },
];

function refusal(text: string): string {
  const checked = checkFilter(text, keys);
  assert.equal(checked.kind, 'invalid', text);
  return checked.kind === 'invalid' ? checked.message : '';
}

test('what Glue takes is let through as it was typed, without the space around it', () => {
  for (const text of [
    "year = '2024'",
    "year='2024' and month>=6",
    "  (year IN ('2023', '2024') OR NOT month BETWEEN 1 AND 3)",
    "year LIKE '202%' AND dt > '2024-01-01'",
    "dt >= date '2024-01-01'",
    'month IS NOT NULL',
    "year NOT IN ('1999')",
    "month = '06'",
    `"year" <> 'it''s'`,
  ]) {
    assert.deepEqual({ text, kind: checkFilter(text, keys).kind }, { text, kind: 'valid' });
  }
  const checked = checkFilter("  year = '2024' ", keys);
  assert.equal(checked.kind === 'valid' && checked.expression, "year = '2024'");
  assert.equal(checkFilter('  ', keys).kind, 'empty');
});

test('what Glue refuses is told in a sentence with the right form', () => {
  assert.equal(refusal("moth = 6 AND year = '2024'"), 'moth is no partition key: did you mean month?');
  assert.equal(refusal('year = 2024'), "year is a string: write '2024' in single quotes.");
  assert.equal(refusal('dt > 2024-01-01'), "2024-01-01 is no value: write '2024-01-01' in single quotes.");
  assert.equal(refusal('year = "2024"'), "A value stands in single quotes: write '2024'.");
  assert.equal(refusal("year = '2024"), 'A quote is not closed: add one at the end of the text.');
  assert.equal(refusal("month = 'June'"), "month is an int, which 'June' is not: write month = 1.");
  assert.equal(
    refusal("substr(year, 1, 2) = '20'"),
    'Glue calls no function such as substr(…): compare the key itself with a value.',
  );
  assert.equal(refusal("year = '2024' month = 6"), 'month is one too many: join comparisons by AND or OR.');
  assert.equal(refusal("(year = '2024'"), 'A bracket is not closed: add ) at its end.');
  assert.equal(refusal("year = '2024')"), 'A bracket is closed that was not opened: remove ).');
  assert.equal(
    refusal('year'),
    'year is followed by the end: compare it with =, <>, <, <=, >, >=, IN, BETWEEN or LIKE.',
  );
  assert.equal(refusal('month BETWEEN 1 6'), 'BETWEEN needs two values: write month BETWEEN a AND b.');
  assert.equal(refusal('flag = true'), 'Glue does not filter by flag, since it is a boolean.');
  assert.match(
    refusal("'2024' = year"),
    /^A filter names a partition key here and not '2024': the keys are year/,
  );
  assert.match(refusal(`year IN (${"'2024',".repeat(400)}'1')`), /2,?\d+ bytes and Glue takes 2048/);
});

test('comparisons that must all hold are what an index can use', () => {
  const terms = (text: string): readonly string[] => {
    const checked = checkFilter(text, keys);
    return checked.kind === 'valid' ? checked.terms.map(({ key, operator }) => `${key} ${operator}`) : [];
  };
  assert.deepEqual(terms("year = '2024' AND (month >= 6 AND dt BETWEEN '2024-01-01' AND '2024-02-01')"), [
    'year =',
    'month >=',
    'dt BETWEEN',
  ]);
  assert.deepEqual(terms("year = '2024' OR month = 6"), []);
  assert.deepEqual(terms("NOT year = '2024' AND month <> 6 AND year IN ('1')"), []);
});

test('suggested filters are quoted as the types of the keys ask, and are taken by the check', () => {
  const suggestions = suggestFilters(keys.slice(0, 3), ['2024', '06', '2024-06-30']);
  assert.deepEqual(suggestions, [
    "year = '2024'",
    "year >= '2024'",
    "year = '2024' AND month >= 6",
    "year = '2024' AND month = 6 AND dt >= '2024-06-30'",
    "year = '2024' AND month = 6 AND dt = '2024-06-30'",
  ]);
  for (const text of suggestions) assert.equal(checkFilter(text, keys).kind, 'valid');
  assert.deepEqual(suggestFilters(keys.slice(0, 2), ["it's", '__HIVE_DEFAULT_PARTITION__']), [
    "year = 'it''s'",
    "year >= 'it''s'",
  ]);
});
