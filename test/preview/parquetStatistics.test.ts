import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnMetaData, SchemaElement, Statistics } from 'hyparquet/src/types.js';
import { profileOf } from '../../src/preview/parquetStatistics';

function chunk(statistics: Statistics | undefined, values = 10n): ColumnMetaData {
  return {
    type: 'INT64',
    encodings: [],
    path_in_schema: [],
    codec: 'SNAPPY',
    num_values: values,
    total_compressed_size: 1n,
    total_uncompressed_size: 1n,
    data_page_offset: 4n,
    ...(statistics === undefined ? {} : { statistics }),
  };
}

const long: SchemaElement = { name: 'x', type: 'INT64' };
const string: SchemaElement = { name: 'x', type: 'BYTE_ARRAY', converted_type: 'UTF8' };
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

test('all row groups count, and one that tells no extreme makes it unknown', () => {
  const low = chunk({ min_value: -5n, max_value: 3n, null_count: 1n });
  const high = chunk({ min_value: 7n, max_value: 9n, null_count: 2n });
  assert.deepEqual(profileOf([high, low], long), { nulls: 3, values: 20, min: '-5', max: '9' });
  assert.deepEqual(profileOf([low, chunk({ null_count: 0n })], long), { nulls: 1, values: 20 });
  assert.deepEqual(profileOf([low, chunk(undefined)], long), {});
  // Of NULLs alone, or without values, a row group has none to tell.
  assert.deepEqual(profileOf([low, chunk({ null_count: 10n }), chunk(undefined, 0n)], long), {
    nulls: 11,
    values: 20,
    min: '-5',
    max: '3',
  });
});

test('text is compared by its bytes, and a bound that was cut is said to be one', () => {
  const first = chunk({ min_value: bytes('\uFF5E'), max_value: bytes('\uFF5E'), null_count: 0n });
  const second = chunk({ min_value: bytes('𝄞'), max_value: bytes('𝄞'), null_count: 0n });
  // In UTF-16 the second would come first.
  assert.deepEqual(profileOf([first, second], string).max, '𝄞');
  const cut = chunk({
    min_value: bytes('aa'),
    max_value: bytes('zb'),
    is_min_value_exact: true,
    is_max_value_exact: false,
  });
  assert.deepEqual(profileOf([cut], string), { min: 'aa', max: 'zb', maxIsBound: true });
  const exact = chunk({ min_value: bytes('aa'), max_value: bytes('zb') });
  assert.equal(profileOf([exact, cut], string).maxIsBound, true);
  assert.equal(
    profileOf([chunk({ min_value: bytes('a'), max_value: bytes('zz') }), cut], string).maxIsBound,
    undefined,
  );
});

test('bytes that are no text are shown as such', () => {
  const raw: SchemaElement = { name: 'x', type: 'BYTE_ARRAY' };
  const statistics = { min_value: new Uint8Array([0, 255]), max_value: bytes('text') };
  assert.deepEqual(profileOf([chunk(statistics)], raw), { min: '0x00ff', max: 'text' });
});

test('the deprecated extremes are trusted for signed numbers alone', () => {
  assert.deepEqual(profileOf([chunk({ min: 1n, max: 2n })], long), { min: '1', max: '2' });
  assert.deepEqual(profileOf([chunk({ min: bytes('a'), max: bytes('b') })], string), {});
  assert.deepEqual(profileOf([chunk({ min: bytes('a'), max: bytes('a') })], string), { min: 'a', max: 'a' });
  const unsigned: SchemaElement = { name: 'x', type: 'INT64', converted_type: 'UINT_64' };
  assert.deepEqual(profileOf([chunk({ min: 1n, max: 2n })], unsigned), {});
  assert.deepEqual(profileOf([chunk({ min_value: 1n, max_value: 2n })], unsigned), { min: '1', max: '2' });
});

test('what has no order has no extremes: NaN and INT96', () => {
  const double: SchemaElement = { name: 'x', type: 'DOUBLE' };
  assert.deepEqual(profileOf([chunk({ min_value: 1, max_value: Number.NaN })], double), { min: '1' });
  const old: SchemaElement = { name: 'x', type: 'INT96' };
  assert.deepEqual(profileOf([chunk({ min_value: bytes('aaaaaaaaaaaa'), max_value: bytes('b') })], old), {});
});

test('decimals are exact in bytes too, and have their point where only the newer annotation is set', () => {
  const decimal = { converted_type: 'DECIMAL', scale: 2, precision: 38 } as const;
  const inBytes: SchemaElement = { name: 'x', type: 'BYTE_ARRAY', ...decimal };
  const statistics = { min_value: new Uint8Array([255]), max_value: new Uint8Array([1, 0]) };
  assert.deepEqual(profileOf([chunk(statistics)], inBytes), { min: '-0.01', max: '2.56' });
  const newer: SchemaElement = {
    name: 'x',
    type: 'INT32',
    logical_type: { type: 'DECIMAL', scale: 2, precision: 9 },
  };
  assert.deepEqual(profileOf([chunk({ min_value: -5, max_value: 112512 })], newer), {
    min: '-0.05',
    max: '1125.12',
  });
});

test('times of day are written as such', () => {
  const time: SchemaElement = { name: 'x', type: 'INT32', converted_type: 'TIME_MILLIS' };
  assert.deepEqual(profileOf([chunk({ min_value: 0, max_value: 3_723_004 })], time), {
    min: '00:00:00',
    max: '01:02:03.004',
  });
});
