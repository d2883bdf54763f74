import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import { catalogFindings } from '../../src/partitionBrowser/catalogFindings';
import { measurePartitions, measurePlan } from '../../src/partitionBrowser/measure';
import { measureFindings } from '../../src/partitionBrowser/measureFindings';
import { partitionRows, type PartitionRows } from '../../src/partitionBrowser/partitionRows';
import { connection, never, objectsOf, partitionLake, partitionsOf, salesTable } from './partitionLake';

const now = new Date('2024-03-10T12:00:00Z');

function rowsOf(table: Table, texts: readonly string[]): PartitionRows {
  const rows = partitionRows(table.partitionKeys, table.location);
  for (const one of partitionsOf(table, texts)) rows.add(one);
  return rows;
}

const ofCatalog = (table: Table, texts: readonly string[], rest: { readonly filtered?: boolean } = {}) =>
  catalogFindings({
    table,
    rows: rowsOf(table, texts),
    complete: true,
    filtered: false,
    twice: 0,
    now,
    ...rest,
  });

async function ofStore(table: Table, texts: readonly string[], keys: readonly string[]) {
  const rows = rowsOf(table, texts);
  const lake = partitionLake({ table, partitions: () => [], buckets: { lake: objectsOf(keys) } });
  const plan = measurePlan(table, rows, { filtered: false });
  const measured = await measurePartitions(
    lake.store,
    { connection, table, rows, plan, random: () => 0 },
    never,
  );
  return measureFindings(rows, measured, { registered: true });
}

test('partitions that lie elsewhere and those that share a location are told with their places', () => {
  const table = salesTable({ by: 'n int' });
  const found = ofCatalog(table, [
    '1',
    '2 -> s3://cold/archive/2/',
    '3 -> s3://lake/old/3/',
    '4 -> s3://lake/old/3',
  ]);
  assert.deepEqual(
    found.map(({ severity, sentence, items }) => [severity, sentence, items]),
    [
      [
        'note',
        '3 partitions lie outside of the table’s location, some in another bucket (cold).',
        ['2: s3://cold/archive/2/', '3: s3://lake/old/3/', '4: s3://lake/old/3'],
      ],
      [
        'problem',
        '1 partition has the location of another one, so that its rows are read for both.',
        ['3 and 4: s3://lake/old/3'],
      ],
    ],
  );
});

test('a table without a partition is told with the way to mend it, and under a filter with none', () => {
  const table = salesTable();
  assert.deepEqual(
    ofCatalog(table, []).map(({ sentence, action }) => [sentence, action?.kind]),
    [['The catalog has no partitions, so queries on this table find no rows.', 'repair']],
  );
  assert.deepEqual(ofCatalog(table, [], { filtered: true }), []);
});

test('of many gaps the first are told one by one, and how many dates are left', () => {
  const table = salesTable({ by: 'dt string' });
  const days = Array.from({ length: 301 }, (_, day) =>
    new Date(Date.UTC(2023, 0, 1 + 2 * day)).toISOString().slice(0, 10),
  );
  const gaps = ofCatalog(table, days).find(({ sentence }) => sentence.includes('no partition between'));
  assert.equal(gaps?.sentence, '300 days have no partition between 2023-01-01 and 2024-08-23.');
  assert.deepEqual(
    [gaps?.items?.length, gaps?.items?.[0], gaps?.items?.at(-1)],
    [101, '2023-01-02', 'and 200 days more'],
  );
  assert.equal(
    ofCatalog(table, ['2024-01-01', '2024-01-02'], { filtered: true })[0]?.sentence,
    'No day is missing between 2024-01-01 and 2024-01-02, within the filter.',
  );
});

test('one partition far larger than the others is a problem that names the largest', async () => {
  const table = salesTable({ by: 'n int' });
  const names = Array.from({ length: 20 }, (_, n) => String(n));
  const found = await ofStore(
    table,
    names,
    names.map((n) => `sales/n=${n}/a ${n === '7' ? 50_000_000 : 1_000_000}`),
  );
  const [skew] = found;
  assert.equal(skew?.severity, 'problem');
  assert.equal(
    skew?.sentence,
    'The median partition holds 977 KB and the largest 48 MB, 50 times as much; the largest tenth holds 74 % of 66 MB.',
  );
  assert.equal(skew?.items?.[0], 'n=7: 48 MB in 1 file');
  assert.match(found.at(-1)?.sentence ?? '', /^Counted from 20 objects by 1 LIST request \(<\$0\.001\)\.$/);
});

test('many small files are told, and of many missing partitions the first and how many are left', async () => {
  const table = salesTable({ by: 'n int' });
  const names = Array.from({ length: 260 }, (_, n) => String(n));
  const found = await ofStore(
    table,
    names,
    names.slice(0, 110).map((n) => `sales/n=${n}/a 1000`),
  );
  const [missing] = found;
  assert.equal(missing?.sentence, '150 partitions of the catalog have nothing at their location in S3.');
  assert.deepEqual(
    [missing?.items?.length, missing?.items?.at(-1), missing?.action?.kind],
    [101, 'and 50 more', 'repair'],
  );
  assert.ok(found.some(({ sentence }) => sentence.startsWith('Files are small: 110 of 1,000 B on average')));
});
