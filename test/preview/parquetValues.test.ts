import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileMetaData, SchemaElement } from 'hyparquet/src/types.js';
import { cellText, decimalStatistic, exactTimes, withStoredValues } from '../../src/preview/parquetValues';

const decimal = (name: string, rest: Partial<SchemaElement>): SchemaElement => ({
  name,
  converted_type: 'DECIMAL',
  scale: 2,
  precision: 38,
  ...rest,
});

function columns(...schema: readonly SchemaElement[]) {
  const root: SchemaElement = {
    name: 'schema',
    num_children: schema.filter(({ name }) => !name.startsWith('.')).length,
  };
  const metadata: FileMetaData = {
    version: 1,
    schema: [root, ...schema],
    num_rows: 0n,
    row_groups: [],
    metadata_length: 0,
  };
  return withStoredValues(metadata);
}

test('decimals are shown as they are stored, to the last digit', () => {
  const { metadata, columns: found } = columns(
    decimal('small', { type: 'INT32' }),
    decimal('large', { type: 'INT64' }),
    decimal('huge', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 }),
  );
  const [small, large, huge] = found;
  assert.equal(metadata.schema[1]?.converted_type, undefined);
  assert.equal(cellText(112512, small), '1125.12');
  assert.equal(cellText(-5, small), '-0.05');
  assert.equal(cellText(0, small), '0.00');
  assert.equal(cellText(null, small), null);
  assert.equal(cellText(9_007_199_254_740_993n, large), '90071992547409.93');
  const bytes = new Uint8Array(16).fill(255);
  assert.equal(cellText(bytes, huge), '-0.01');
});

test('decimals inside of structures and lists are exact too', () => {
  const { columns: found } = columns(
    { name: 'order', num_children: 2 },
    decimal('.total', { type: 'INT64' }),
    { name: '.paid', type: 'DOUBLE' },
    { name: 'amounts', num_children: 1, converted_type: 'LIST' },
    { name: '.list', num_children: 1, repetition_type: 'REPEATED' },
    decimal('.element', { type: 'INT64' }),
  );
  const [order, amounts] = found;
  assert.equal(cellText({ '.total': 112512n, '.paid': 0.1 }, order), '{".total":"1125.12",".paid":0.1}');
  assert.equal(cellText([1n, -112512n], amounts), '["0.01","-1125.12"]');
});

test('a decimal of the statistics has its digits, and says so where the reader could not keep them', () => {
  assert.equal(decimalStatistic(-793.4300000000001, 2), '-793.43');
  assert.equal(decimalStatistic(12.5, 2), '12.50');
  assert.match(decimalStatistic(1e20, 2), /^about /);
});

test('times keep what is smaller than a millisecond, before 1970 too', () => {
  assert.equal(exactTimes.timestampFromMicroseconds(1_733_011_462_123_456n), '2024-12-01 00:04:22.123456');
  assert.equal(exactTimes.timestampFromNanoseconds(-1n), '1969-12-31 23:59:59.999999999');
  assert.equal(exactTimes.timestampFromMilliseconds(0n), '1970-01-01 00:00:00');
  assert.equal(exactTimes.dateFromDays(-1), '1969-12-31');
  assert.equal(exactTimes.dateFromDays(2 ** 31), 'a date out of range');
});
