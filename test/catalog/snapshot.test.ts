import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Table } from '../../src/catalog/catalog';
import { readSnapshot, writeSnapshot } from '../../src/catalog/snapshot';
import { schemaFault } from '../../src/catalog/schemaCheck';
import { snapshotSchema } from '../../src/catalog/snapshotSchema';

const table: Table = {
  database: 'lake',
  name: 'trades',
  columns: [{ name: 'id', type: 'bigint', comment: 'key' }],
  partitionKeys: [{ name: 'day', type: 'date' }],
  location: 's3://lake/trades/',
  kind: 'hive',
  format: 'parquet',
  rows: 12,
  newestPartition: ['2026-11-01'],
};

test('a snapshot reads back as it was written, sorted and without times', () => {
  const other: Table = { ...table, name: 'accounts', updatedAt: new Date(0) };
  const text = writeSnapshot({ databases: [{ name: 'lake' }], tables: [table, other] });
  const { updatedAt: _, ...untimed } = other;
  assert.deepEqual(readSnapshot(text, 'x.json'), { databases: [{ name: 'lake' }], tables: [untimed, table] });
  assert.equal(text, writeSnapshot({ databases: [{ name: 'lake' }], tables: [other, table] }));
  assert.equal(schemaFault(JSON.parse(text), snapshotSchema), undefined);
});

test('a snapshot that cannot be used is refused in one sentence that says what to do', () => {
  const cases: readonly (readonly [text: string, sentence: RegExp])[] = [
    ['', /^lake\.catalog\.json is empty: write it again/],
    [
      writeSnapshot({ databases: [], tables: [table] }).slice(0, 80),
      /is not whole JSON \(it has \d+ lines\)/,
    ],
    ['{"version": 9, "tables": []}', /has version 9 and this Lake Workbench reads up to 1: update/],
    ['{"version": 1}', /\(tables is missing\)/],
    ['{"version": 1, "tables": [{"database": "d", "name": 3}]}', /\(tables\[0\]\.columns is missing\)/],
    [
      '{"version": 1, "tables": [{"database": "d", "name": 3, "columns": [], "partitionKeys": []}]}',
      /\(tables\[0\]\.name must be a string\)/,
    ],
    ['[1]', /\(it must be an object\)/],
    ['{"version": "1", "tables": []}', /\(version must be 1\)/],
  ];
  for (const [text, sentence] of cases) {
    assert.throws(
      () => readSnapshot(text, 'lake.catalog.json'),
      (error: unknown) =>
        error instanceof Problem && error.kind === 'invalid' && sentence.test(error.message),
      `${text} gives ${String(sentence)}`,
    );
  }
});

test('keys that a newer writer adds within version 1 are passed over', () => {
  const read = readSnapshot('{"version": 1, "made": "today", "tables": []}', 'x.json');
  assert.deepEqual(read, { databases: [], tables: [] });
});
