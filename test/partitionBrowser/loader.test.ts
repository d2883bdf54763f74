import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Partition } from '../../src/catalog/catalog';
import { partitionLoader } from '../../src/partitionBrowser/loader';
import { orderedRows } from '../../src/partitionBrowser/rowOrder';
import { connection, never, partitionLake, partitionsOf, salesTable } from './partitionLake';

const table = salesTable({ by: 'year int, n int' });
const many = (count: number): Partition[] =>
  partitionsOf(
    table,
    Array.from({ length: count }, (_, n) => `${2020 + (n % 5)}/${n}`),
  );
const random = (): number => 0;

test('pages come one at a time, and loading all goes on in ten segments without telling anything twice', async () => {
  const all = many(12_345);
  const lake = partitionLake({ table, partitions: () => all });
  const loader = partitionLoader({ catalog: lake.catalog, random }, { connection, table }, never);
  await loader.next(never);
  assert.deepEqual([loader.rows.count, loader.complete, lake.asked], [1000, false, ['page']]);
  const told: number[] = [];
  await loader.all((count) => told.push(count), never);
  assert.deepEqual([loader.rows.count, loader.complete, loader.twice], [12_345, true, 0]);
  assert.equal(told.at(-1), 12_345);
  assert.equal(loader.requests, 1 + 20); // two pages a segment
  const found = new Set([...loader.rows.allValues()].map((values) => values.join('/')));
  assert.deepEqual(found, new Set(all.map(({ values }) => values.join('/'))));
  assert.equal(loader.rows.location(0), 's3://lake/sales/year=2020/n=0/');
  assert.equal(loader.rows.find(['2024', '9']) === undefined, false);
  assert.equal(loader.rows.find(['2024', '10']), undefined);
});

test('a cancel and a failure keep what came, and the next call reads the rest only', async () => {
  const all = many(20_000);
  const lake = partitionLake({ table, partitions: () => all });
  const loader = partitionLoader({ catalog: lake.catalog, random }, { connection, table }, never);
  const stop = new AbortController();
  await assert.rejects(
    loader.all((count) => {
      if (count >= 12_000) stop.abort();
    }, stop.signal),
    { name: 'AbortError' },
  );
  const kept = loader.rows.count;
  assert.ok(kept >= 10_000 && kept < 20_000, String(kept));
  lake.before = (_, target) => {
    if (target === 'segment 7') throw new Problem('Glue denied glue:GetPartitions on lake.sales.', 'denied');
  };
  await assert.rejects(
    loader.all(() => undefined, never),
    /denied glue:GetPartitions/,
  );
  lake.before = () => undefined;
  lake.asked.length = 0;
  await loader.all(() => undefined, never);
  assert.deepEqual([loader.rows.count, loader.complete], [20_000, true]);
  assert.ok(lake.asked.length <= 10, String(lake.asked.length));
});

test('throttled pages are asked for again until they come', async () => {
  const all = many(3000);
  const lake = partitionLake({ table, partitions: () => all });
  let calls = 0;
  lake.before = () => {
    calls += 1;
    if (calls % 2 === 1) throw new Problem('Glue asked to slow down.', 'throttled');
  };
  const loader = partitionLoader({ catalog: lake.catalog, random }, { connection, table }, never);
  await loader.all(() => undefined, never);
  assert.equal(loader.rows.count, 3000);
});

test('a table that changes while it is read has no partition twice, and those that came twice are counted', async () => {
  const all = many(30_000);
  const lake = partitionLake({ table, partitions: () => all });
  let changed = false;
  lake.before = () => {
    if (changed || lake.asked.length < 12) return;
    changed = true;
    all.splice(0, 0, ...partitionsOf(table, ['1999/1', '1999/2', '1999/3'])); // everything moves by three places
  };
  const loader = partitionLoader({ catalog: lake.catalog, random }, { connection, table }, never);
  await loader.all(() => undefined, never);
  const names = [...loader.rows.allValues()].map((values) => values.join('/'));
  assert.equal(new Set(names).size, names.length);
  assert.ok(loader.twice > 0);
});

test('200,000 partitions take less than 40 MB', async () => {
  const all = { count: 200_000 };
  const lake = partitionLake({ table, partitions: () => [] });
  const loader = partitionLoader({ catalog: lake.catalog, random }, { connection, table }, never);
  global.gc?.();
  const before = process.memoryUsage();
  for (let n = 0; n < all.count; n += 1) {
    const values = [String(2000 + (n % 20)), String(n % 10_000), String(n)].slice(0, 2);
    loader.rows.add({
      values: [values[0] ?? '', String(Math.floor(n / 20))],
      location: `s3://lake/sales/year=${values[0]}/n=${Math.floor(n / 20)}/`,
      createdAt: new Date(n),
    });
  }
  const after = process.memoryUsage();
  assert.equal(loader.rows.count, all.count);
  const bytes = after.arrayBuffers - before.arrayBuffers;
  assert.ok(bytes < 40 * 2 ** 20, `${bytes} bytes of arrays`);
  assert.equal([...loader.rows.unusual()].length, 0); // the usual places take no memory of their own
});

test('rows are put in the order of their keys, numbers as numbers and NULL last', () => {
  const lake = partitionLake({ table, partitions: () => [] });
  const loader = partitionLoader({ catalog: lake.catalog, random }, { connection, table }, never);
  for (const one of partitionsOf(table, ['2024/10', '2024/9', '__HIVE_DEFAULT_PARTITION__/1', '2023/100'])) {
    loader.rows.add(one);
  }
  const order = orderedRows(loader.rows, { by: 'keys', figures: undefined });
  assert.deepEqual(
    [...order].map((row) => loader.rows.values(row).join('/')),
    ['2023/100', '2024/9', '2024/10', '__HIVE_DEFAULT_PARTITION__/1'],
  );
});

test('a location is kept as the catalog has it, however it is written', () => {
  const lake = partitionLake({ table, partitions: () => [] });
  const { rows } = partitionLoader({ catalog: lake.catalog, random }, { connection, table }, never);
  const locations = [
    's3://lake/sales/year=2024/n=1/',
    's3://lake/sales/year=2024/n=2',
    's3://lake/sales/year=2024/n=03/',
    's3://other/elsewhere',
    's3a://lake/sales/year=2024/n=5/',
  ];
  locations.forEach((location, at) => rows.add({ values: ['2024', String(at + 1)], location }));
  rows.add({ values: ['2024', '6'] });
  assert.deepEqual(
    [...locations, undefined].map((_, row) => rows.location(row)),
    [...locations, undefined],
  );
});
