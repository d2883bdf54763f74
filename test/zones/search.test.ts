import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCancel, Problem } from '../../src/base/problem';
import { searchObjects } from '../../src/zones/search';
import { nearestKnown, searchCostSentence, searchEstimate } from '../../src/zones/searchCost';
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

test('the cost is told as a sentence before anything is asked, with its basis where there is one', () => {
  const at = new Date(Date.UTC(2026, 0, 31));
  const sentence = (glob: string, objects?: number): string =>
    searchCostSentence('b', glob, searchEstimate(glob, objects === undefined ? undefined : { objects, at }));
  assert.equal(
    sentence('raw/**/x'),
    'Lists every object below s3://b/raw/, a request for each 1,000: how many there are is not known; $0.005 for 1,000 requests.',
  );
  assert.equal(
    sentence('raw/**/x', 1_000_000),
    'Lists every object below s3://b/raw/: at most about 1,082 requests, $0.005 (up to 1,000,000 objects, counted 2026-01-31).',
  );
  assert.equal(
    sentence('raw/*/x'),
    'Lists the folders below s3://b/raw/ that can match, a request each or more: how many is not known; $0.005 for 1,000 requests.',
  );
  assert.match(
    sentence('raw/*/x', 1_000_000),
    /that can match.*listing everything takes about 1,082 requests/,
  );
  assert.match(
    sentence('raw/*/x', 900),
    /^Lists every object below s3:\/\/b\/raw\/: at most about 1 request,/,
  );
  assert.match(sentence('raw/x'), /^One request/);
});

test('a folder that was counted bounds everything below it', () => {
  const summary = {
    objects: 7,
    bytes: 1,
    small: 0,
    smallBytes: 1,
    formats: [],
    partitionKeys: [],
    at: new Date(0),
  };
  const asked: string[] = [];
  const found = nearestKnown({ bucket: 'b', prefix: 'raw/2024/sal' }, ({ prefix }) => {
    asked.push(prefix);
    return prefix === 'raw/' ? summary : undefined;
  });
  assert.equal(found, summary);
  assert.deepEqual(asked, ['raw/2024/sal', 'raw/2024/', 'raw/']);
  assert.equal(
    nearestKnown({ bucket: 'b', prefix: 'raw//x' }, () => undefined),
    undefined,
  );
});

test('a flat search lists in pieces side by side, finds each match once, and rests while nobody takes', async () => {
  const many = Array.from({ length: 60_000 }, (_, index) => ({
    key: `raw/dt=${String(index % 300).padStart(3, '0')}/${index}.csv`,
    bytes: 1,
  }));
  const { store, requests } = keyStore(many);
  const found = new Set<string>();
  const flatSearch = { connection, bucket: 'b', glob: 'raw/**/*7.csv' };
  for await (const { key } of searchObjects(store, flatSearch, never)) {
    assert.ok(!found.has(key), key);
    found.add(key);
  }
  assert.equal(found.size, 6000);
  assert.ok(requests.most > 4, `${requests.most} side by side`);
  const flat = new Set<string>();
  const before = requests.made;
  for await (const { key } of searchObjects(
    store,
    { ...flatSearch, glob: 'raw/dt=00?/*.csv', way: 'flat' },
    never,
  ))
    flat.add(key);
  assert.equal(flat.size, 2000);
  assert.ok(requests.made - before < 30, 'the literal beginning is what S3 lists by');
});

test('throttling slows a search and ends it not, and a refusal ends it with its own sentence', async () => {
  const objects = Array.from({ length: 5000 }, (_, index) => ({
    key: `raw/f${index % 9}/${index}`,
    bytes: 1,
  }));
  const throttled = keyStore(objects, {
    before: (request) => {
      if (request % 4 === 0) throw new Problem('S3 is still throttling.', 'throttled');
    },
  });
  let found = 0;
  for await (const _ of searchObjects(throttled.store, { connection, bucket: 'b', glob: 'raw/*/*' }, never))
    found += 1;
  assert.equal(found, 5000);
  const denied = keyStore(objects, {
    before: (request) => {
      if (request === 3) throw new Problem('S3 denied s3:ListBucket.', 'denied');
    },
  });
  await assert.rejects(async () => {
    for await (const _ of searchObjects(denied.store, { connection, bucket: 'b', glob: 'raw/*/*' }, never));
  }, /denied s3:ListBucket/);
});
