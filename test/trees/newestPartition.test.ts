import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestPartition } from '../../src/trees/newestPartition';
import { connection, fakeCatalog, fakeStore, tableOf } from '../support/fakes';

const signal = new AbortController().signal;
const table = tableOf('d.t(x int) by year int, month int', { location: 's3://b/t' });

/** `count` partitions in Glue's order, by text: 10 before 2. */
function partitions(years: readonly number[]) {
  return years
    .flatMap((year) =>
      Array.from({ length: 12 }, (_, month) => ({ values: [String(year), String(month + 1)] })),
    )
    .toSorted((a, b) => (a.values.join() < b.values.join() ? -1 : 1));
}

test('of a small table the greatest partition is found by number in one request', async () => {
  const catalog = fakeCatalog({ tables: [table], partitions: { t: partitions([2023, 2024]) } });
  const found = await newestPartition({ catalog, store: fakeStore({}) }, { connection, table }, signal);
  assert.deepEqual(found, ['2024', '12']);
  assert.deepEqual(catalog.requests, ['partitions']);
});

test('of a large table S3 is walked and the catalog confirms, in a bounded number of requests', async () => {
  const all = partitions(Array.from({ length: 300 }, (_, at) => 1800 + at));
  const catalog = fakeCatalog({ tables: [table], partitions: { t: all }, pageSize: 1000 });
  const store = fakeStore({ b: all.map(({ values }) => `t/year=${values[0]}/month=${values[1]}/p`) });
  assert.deepEqual(await newestPartition({ catalog, store }, { connection, table }, signal), ['2099', '12']);
  assert.deepEqual(catalog.requests, ['partitions', 'partitions', 'partitions year = 2099 AND month = 12']);
  assert.deepEqual(store.requests, ['list b/t/', 'list b/t/year=2099/']);
});

test('a partition of S3 that the catalog lacks is not taken for the newest', async () => {
  const all = partitions(Array.from({ length: 300 }, (_, at) => 1800 + at));
  const catalog = fakeCatalog({ tables: [table], partitions: { t: all }, pageSize: 1000 });
  const store = fakeStore({ b: ['t/year=2100/month=1/p'] });
  const found = await newestPartition({ catalog, store }, { connection, table }, signal);
  assert.equal(found?.length, 2);
  assert.notEqual(found?.[0], '2100');
});

test('a table without partitions has no newest one', async () => {
  const plain = tableOf('d.t(x int)');
  const catalog = fakeCatalog({ tables: [plain] });
  const from = { catalog, store: fakeStore({}) };
  assert.equal(await newestPartition(from, { connection, table: plain }, signal), undefined);
  assert.equal(await newestPartition(from, { connection, table }, signal), undefined);
});

test('of a projected table S3 alone tells, and the catalog is not asked', async () => {
  const projected = { ...table, parameters: { 'projection.enabled': 'true' } };
  const catalog = fakeCatalog({ tables: [projected] });
  const store = fakeStore({ b: ['t/year=2024/month=9/p', 't/year=2024/month=10/p', 't/year=99/month=1/p'] });
  const found = await newestPartition({ catalog, store }, { connection, table: projected }, signal);
  assert.deepEqual(found, ['2024', '10']);
  assert.deepEqual(catalog.requests, []);
});
