import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileColumns } from '../../src/catalog/fileColumns';

test('types of a Parquet footer are told in Hive’s words, and a nested column once and without one', () => {
  const columns = fileColumns([
    { name: 'Id', type: 'int64' },
    { name: 'price', type: 'decimal(18,2)' },
    { name: 'at', type: 'timestamp (micros, UTC)' },
    { name: 'flags', type: 'uint32' },
    { name: 'address.city', type: 'string' },
    { name: 'address.zip', type: 'int32' },
    { name: 'odd', type: 'interval' },
    { name: 'none' },
    { name: 'old', type: 'int_8' },
  ]);
  assert.deepEqual(
    columns.map(({ name, type }) => `${name} ${type}`.trim()),
    [
      'id bigint',
      'price decimal(18,2)',
      'at timestamp',
      'flags bigint',
      'address',
      'odd',
      'none',
      'old tinyint',
    ],
  );
});
