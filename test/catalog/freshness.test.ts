import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedAge } from '../../src/catalog/freshness';

const table = { database: 'lake', name: 'sales_daily' };
const found = (expected: Readonly<Record<string, unknown>>): readonly unknown[] => {
  const age = expectedAge(expected, table);
  return age === undefined ? [] : [age.pattern, age.text, age.ms / 3_600_000];
};

test('the pattern with the most letters of its own says how old a table may be', () => {
  assert.deepEqual(found({ '*': '2d', 'lake.*': 26, 'other.*': '1h' }), ['lake.*', '26h', 26]);
  assert.deepEqual(found({ 'lake.sales_daily': '1w', 'lake.*_daily': '2d' }), [
    'lake.sales_daily',
    '1w',
    168,
  ]);
  assert.deepEqual(found({ 'LAKE.*_DAILY': '90m' }), ['LAKE.*_DAILY', '90m', 1.5]);
  assert.deepEqual(found({ 'lake.s*s*y': '2d' }), ['lake.s*s*y', '2d', 48]);
  assert.deepEqual(found({ 'lake.sales': '2d', 'ake.*': '2d', 'lake.sales_daily*y': '1d' }), []);
  assert.deepEqual(found({}), []);
});

test('an age that cannot be read is told with a form that can', () => {
  assert.throws(() => found({ 'lake.*': 'soon' }), /“soon” is no age: write one such as 26h, 2d or 1w\./);
  assert.throws(() => found({ 'lake.*': 0 }), /“0h” is no age/);
});
