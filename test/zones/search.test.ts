import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCancel } from '../../src/base/problem';
import { searchEstimate, searchObjects } from '../../src/zones/search';
import { memoryConnection as connection } from '../support/memoryLake';
import { keyStore } from './keyStore';

const never = new AbortController().signal;
const keys = [
  'raw/2023/a.csv',
  'raw/2024/a.csv',
  'raw/2024/b.parquet',
  'raw/2024/deep/c.parquet',
  'raw/2024/deep/er/d.parquet',
  'raw/a b+c/%41:ü.parquet',
  'raw//e.parquet',
  'raw/top.parquet',
  'silver/x.parquet',
];

async function search(glob: string): Promise<{ readonly found: string[]; readonly prefixes: string[] }> {
  const { store, requests } = keyStore(keys.map((key) => ({ key, bytes: 1 })));
  const found: string[] = [];
  for await (const { key } of searchObjects(store, { connection, bucket: 'b', glob }, never)) found.push(key);
  return { found: found.toSorted(), prefixes: requests.prefixes };
}

const cases: readonly (readonly [glob: string, found: readonly string[], prefixes: readonly string[]])[] = [
  ['raw/**/*.parquet', keys.filter((key) => key.startsWith('raw/') && key.endsWith('.parquet')), ['raw/']],
  ['raw/202?/*.csv', ['raw/2023/a.csv', 'raw/2024/a.csv'], ['raw/202', 'raw/2023/', 'raw/2024/']],
  ['raw/2024/*.parquet', ['raw/2024/b.parquet'], ['raw/2024/']],
  [
    'raw/*/deep/*',
    ['raw/2024/deep/c.parquet'],
    ['raw/', 'raw//', 'raw/2023/', 'raw/2024/', 'raw/2024/deep/', 'raw/a b+c/'],
  ],
  ['raw/2024/a.csv', ['raw/2024/a.csv'], ['raw/2024/a.csv']],
  ['raw/a b+c/%41*', ['raw/a b+c/%41:ü.parquet'], ['raw/a b+c/%41']],
  [
    'raw/2024/**',
    ['raw/2024/a.csv', 'raw/2024/b.parquet', 'raw/2024/deep/c.parquet', 'raw/2024/deep/er/d.parquet'],
    ['raw/2024/'],
  ],
  ['nothing/*', [], ['nothing/']],
];
for (const [glob, found, prefixes] of cases) {
  test(`${glob} finds what it names and lists only folders that can hold it`, async () => {
    const result = await search(glob);
    assert.deepEqual(result.found, found.toSorted());
    assert.deepEqual(result.prefixes.toSorted(), prefixes.toSorted());
  });
}

test('matches come before the listing has ended, and who leaves ends the requests', async () => {
  const many = Array.from({ length: 50_000 }, (_, index) => ({ key: `raw/${index}.csv`, bytes: 1 }));
  const { store, requests } = keyStore(many);
  for await (const { key } of searchObjects(
    store,
    { connection, bucket: 'b', glob: 'raw/**/*.csv' },
    never,
  )) {
    assert.equal(key, 'raw/0.csv');
    break;
  }
  assert.equal(requests.made, 1);
});

test('a cancel ends a search', async () => {
  const stop = new AbortController();
  const { store } = keyStore(Array.from({ length: 5000 }, (_, index) => ({ key: `raw/${index}`, bytes: 1 })));
  await assert.rejects(async () => {
    for await (const _ of searchObjects(store, { connection, bucket: 'b', glob: 'raw/*' }, stop.signal))
      stop.abort();
  }, isCancel);
});

test('an estimate says what S3 filters by and whether everything below it is listed', () => {
  const least = { requests: 1, usd: 0.000_005 };
  assert.deepEqual(searchEstimate('raw/2024/s*/x'), { least, flat: false, prefix: 'raw/2024/s' });
  assert.deepEqual(searchEstimate('raw/**/x'), { least, flat: true, prefix: 'raw/' });
});
