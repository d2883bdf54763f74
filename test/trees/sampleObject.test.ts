import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { firstFile, tableSample } from '../../src/trees/sampleObject';
import { connection, fakeCatalog, fakeStore, tableOf } from '../support/fakes';

const { signal } = new AbortController();
const name = { database: 'd', name: 't' };

test('a partitioned table is shown by a file of its newest partition', async () => {
  const table = tableOf('d.t(x int) by day string', { location: 's3://b/t' });
  const partitions = ['2026-01-01', '2026-01-02'].map((day) => ({
    values: [day],
    location: `s3://b/t/day=${day}`,
  }));
  const catalog = fakeCatalog({ tables: [table], partitions: { t: partitions } });
  const store = fakeStore({ b: ['t/day=2026-01-01/old.parquet', 't/day=2026-01-02/new.parquet'] });
  const found = await tableSample({ catalog, store }, { connection, name }, signal);
  assert.deepEqual([found.bucket, found.object.key], ['b', 't/day=2026-01-02/new.parquet']);
});

test('a table without partitions is shown by the first file that a query would read', async () => {
  const table = tableOf('d.t(x int)', { location: 's3://b/t' });
  const catalog = fakeCatalog({ tables: [table] });
  const store = fakeStore({ b: ['t/.hidden', 't/_SUCCESS', 't/part-0.csv', 'tx/other.csv'] });
  const { object } = await tableSample({ catalog, store }, { connection, name }, signal);
  assert.equal(object.key, 't/part-0.csv');
});

test('nothing at the place, and no place at all, are one sentence each', async () => {
  const store = fakeStore({ b: [] });
  await assert.rejects(
    firstFile(store, { connection, location: 's3://b/t' }, signal),
    (error) => error instanceof Problem && error.message.includes('No file lies at s3://b/t'),
  );
  const catalog = fakeCatalog({ tables: [tableOf('d.t(x int)')] });
  await assert.rejects(
    tableSample({ catalog, store }, { connection, name }, signal),
    (error) => error instanceof Problem && error.message.includes('no location for d.t'),
  );
});
