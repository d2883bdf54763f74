import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { firstFile, tableSample } from '../../src/trees/sampleObject';
import { fixtureReader, newestMetadata } from '../iceberg/fixture';
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

test('where the newest partition is empty, the newest with files is shown', async () => {
  const table = tableOf('d.t(x int) by day string', { location: 's3://b/t' });
  const partitions = ['2026-01-02', '2026-01-03'].map((day) => ({
    values: [day],
    location: `s3://b/t/day=${day}`,
  }));
  const catalog = fakeCatalog({ tables: [table], partitions: { t: partitions } });
  const store = fakeStore({ b: ['t/day=2026-01-01/a.parquet', 't/day=2026-01-02/b.parquet'] });
  const { object } = await tableSample({ catalog, store }, { connection, name }, signal);
  assert.equal(object.key, 't/day=2026-01-02/b.parquet');
});

test('of a projected table the newest folder is shown, by its template where it has one', async () => {
  const parameters = { 'projection.enabled': 'true' };
  const hive = tableOf('d.t(x int) by day int', { location: 's3://b/t', parameters });
  const store = fakeStore({
    b: ['t/day=9/a.csv', 't/day=10/b.csv', 't/v1-9/eu/c.csv', 't/v1-10/us/d.csv', 't/zzz/e.csv'],
  });
  const sampleOf = async (table: typeof hive) =>
    (await tableSample({ catalog: fakeCatalog({ tables: [table] }), store }, { connection, name }, signal))
      .object.key;
  assert.equal(await sampleOf(hive), 't/day=10/b.csv');
  const template = tableOf('d.t(x int) by day int, region string', {
    location: 's3://b/t',
    parameters: { ...parameters, 'storage.location.template': 's3://b/t/v1-${day}/${region}/' },
  });
  assert.equal(await sampleOf(template), 't/v1-10/us/d.csv');
});

test('of an Iceberg table a data file of the newest partition is shown, by its metadata alone', async () => {
  const table = tableOf('d.t(x int)', {
    kind: 'iceberg',
    location: 's3://elsewhere/t',
    parameters: { metadata_location: newestMetadata },
  });
  const asked: string[] = [];
  const read = fixtureReader((uri) => asked.push(uri));
  const store = {
    ...fakeStore({}),
    read: (_: unknown, { bucket, key }: { bucket: string; key: string }) =>
      read(`s3://${bucket}/${key}`, signal),
  };
  const found = await tableSample(
    { catalog: fakeCatalog({ tables: [table] }), store },
    { connection, name },
    signal,
  );
  assert.match(found.object.key, /^analytics\/loan_events\/data\/.*2024-03.*\.parquet$/);
  assert.ok(found.object.bytes > 0);
  assert.equal(asked.length, 3); // the metadata, its list and one manifest
});
