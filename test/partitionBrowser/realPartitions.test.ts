import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Table } from '../../src/catalog/catalog';
import { readRealPartitions } from '../../src/partitionBrowser/realPartitions';
import { connection, never, objectsOf, partitionLake, partitionsOf, salesTable } from './partitionLake';

async function read(table: Table, registered: readonly string[], keys: readonly string[]) {
  const lake = partitionLake({
    table,
    partitions: () => partitionsOf(table, registered),
    buckets: { lake: objectsOf(keys) },
  });
  const request = { connection, table, onProgress: () => undefined };
  const { real, template } = await readRealPartitions({ ...lake, random: () => 0 }, request, never);
  return {
    values: [...real.each()].map(({ values }) => values.join('/')).toSorted(),
    from: real.from,
    template,
    asked: lake.asked.length > 0,
    listed: lake.requests.list > 0,
    real,
  };
}

test('the catalog’s partitions are the real ones, with the template they follow', async () => {
  const { real, ...found } = await read(
    salesTable(),
    ['2023/12 -> s3://lake/sales/2023/12/', '2024/01 -> s3://lake/sales/2024/01/'],
    [],
  );
  assert.deepEqual(found, {
    values: ['2023/12', '2024/01'],
    from: 'the catalog',
    template: 's3://lake/sales/${year}/${month}/',
    asked: true,
    listed: false,
  });
  assert.deepEqual([real.has(['2024', '01']), real.has(['2024', '02'])], [true, false]);
});

test('where the catalog has none the folders tell them', async () => {
  const { real, ...found } = await read(
    salesTable(),
    [],
    ['sales/year=2024/month=01/a', 'sales/year=2024/month=2/b'],
  );
  assert.deepEqual(found, {
    values: ['2024/01', '2024/2'],
    from: 'the folders below s3://lake/sales/',
    template: undefined,
    asked: true,
    listed: true,
  });
  assert.equal(real.count, 2);
});

test('of a projected table the folders are read by its template, and the catalog is not asked', async () => {
  const table = salesTable({
    parameters: {
      'projection.enabled': 'true',
      'storage.location.template': 's3://lake/elsewhere/${year}-${month}/',
    },
  });
  const { real, ...found } = await read(
    table,
    ['1999/01'],
    ['elsewhere/2024-01/a', 'sales/year=2023/month=01/b'],
  );
  assert.deepEqual(found, {
    values: ['2024/01'],
    from: 'the folders below s3://lake/elsewhere/${year}-${month}/',
    template: 's3://lake/elsewhere/${year}-${month}/',
    asked: false,
    listed: true,
  });
  assert.equal(real.count, 1);
});

test('a table without a location says that there is nothing to list', async () => {
  const { location: _, ...table } = salesTable();
  await assert.rejects(
    read(table, [], []),
    (error) => error instanceof Problem && /has no location in S3/.test(error.message),
  );
});
