import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCancel, Problem } from '../../src/base/problem';
import type { StoredObject } from '../../src/zones/objectStore';
import { expectedListCost } from '../../src/zones/listPrice';
import { prefixStatistics } from '../../src/zones/statistics';
import { walkKeys } from '../../src/zones/walkKeys';
import { memoryConnection as connection } from '../support/memoryLake';
import { keyStore } from './keyStore';

const never = new AbortController().signal;
const random = (): number => 0;

const pad = (number: number, width: number): string => String(number).padStart(width, '0');
const keysOf = (count: number, name: (index: number) => string): StoredObject[] =>
  Array.from({ length: count }, (_, index) => ({ key: name(index), bytes: index }));

/** A small generator of its own, so that a failure comes again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const shapes: Readonly<Record<string, readonly StoredObject[]>> = {
  'no object': [],
  'one object': keysOf(1, () => 'p/a'),
  'a flat folder of numbers': keysOf(30_000, (index) => `p/part-${pad(index, 7)}.parquet`),
  'a flat folder of hexadecimal names': keysOf(
    20_000,
    (index) => `p/${pad(index * 2_654_435_761, 16)}-${index.toString(16)}`,
  ),
  'folders by day and hour': keysOf(
    30_000,
    (index) =>
      `p/dt=2024-${pad(1 + (index % 12), 2)}-${pad(1 + (index % 28), 2)}/hour=${pad(index % 24, 2)}/${index}`,
  ),
  'one huge folder among small ones': [
    ...keysOf(500, (index) => `p/a${index}/x`),
    ...keysOf(15_000, (index) => `p/m/deep/er/${pad(index, 5)}`),
    ...keysOf(500, (index) => `p/z${index}/x`),
  ],
  'odd keys': keysOf(
    9000,
    (index) =>
      `p/${['a b', '100%', 'c+d', 'e:f', 'ü', '😀', '\uffee', '', 'A', 'a'][index % 10] ?? ''}/${index % 7 === 0 ? '/' : ''}${index}`,
  ),
  'random keys': ((next) =>
    keysOf(20_000, (index) => {
      const part = (): string => String.fromCharCode(33 + Math.floor(next() * 90));
      return `p/${part()}${part()}/${part()}${index}${part()}`;
    }))(seeded(7)),
};

for (const [title, objects] of Object.entries(shapes)) {
  test(`every object is seen once: ${title}`, async () => {
    const outside = [
      { key: 'o', bytes: 1 },
      { key: 'p', bytes: 1 },
      { key: 'p0', bytes: 1 },
    ];
    const { store, requests } = keyStore([...objects, ...outside]);
    const seen: string[] = [];
    const onPage = (page: readonly StoredObject[]): void => void seen.push(...page.map(({ key }) => key));
    const made = await walkKeys(store, { connection, bucket: 'b', prefix: 'p/', onPage, random }, never);
    assert.deepEqual(seen.toSorted(), objects.map(({ key }) => key).toSorted());
    assert.equal(made, requests.made);
    assert.ok(requests.most <= 64, `${requests.most} requests at once`);
    if (objects.length >= 20_000)
      assert.ok(requests.most >= 8, `${title}: only ${requests.most} side by side`);
  });
}

test('a listing of three pages costs at most twenty requests, one of one page costs one', async () => {
  const { store, requests } = keyStore(keysOf(2500, (index) => `p/${index}`));
  await walkKeys(store, { connection, bucket: 'b', prefix: 'p/', onPage: () => undefined, random }, never);
  assert.ok(requests.made <= 20, `${requests.made} requests`);
  const one = keyStore(keysOf(999, (index) => `p/${index}`));
  await walkKeys(
    one.store,
    { connection, bucket: 'b', prefix: 'p/', onPage: () => undefined, random },
    never,
  );
  assert.equal(one.requests.made, 1);
});

test('with half the calls throttled nothing is lost and nothing is counted twice', async () => {
  const objects = keysOf(30_000, (index) => `p/dt=2024-01-${pad(1 + (index % 30), 2)}/${index}`);
  const { store, requests } = keyStore(objects, {
    before: (request) => {
      if (request % 2 === 0) throw new Problem('S3 is still throttling.', 'throttled');
    },
  });
  const found = await prefixStatistics(
    { store, connection, random },
    { place: { bucket: 'b', prefix: 'p/' } },
    never,
  );
  assert.equal(found.objects, 30_000);
  assert.equal(
    found.bytes,
    objects.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  assert.ok(found.cost.requests < requests.made);
});

test('a refusal ends it with its own sentence', async () => {
  const { store } = keyStore(
    keysOf(5000, (index) => `p/${index}`),
    {
      before: (request) => {
        if (request === 3) throw new Problem('S3 denied s3:ListBucket.', 'denied');
      },
    },
  );
  await assert.rejects(
    prefixStatistics({ store, connection, random }, { place: { bucket: 'b', prefix: 'p/' } }, never),
    /denied s3:ListBucket/,
  );
});

test('a cancel stops the requests', async () => {
  const stop = new AbortController();
  const { store, requests } = keyStore(
    keysOf(50_000, (index) => `p/${pad(index, 6)}`),
    {
      before: (request) => {
        if (request === 10) stop.abort();
      },
    },
  );
  await assert.rejects(
    prefixStatistics({ store, connection, random }, { place: { bucket: 'b', prefix: 'p/' } }, stop.signal),
    isCancel,
  );
  const made = requests.made;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(requests.made, made);
  assert.ok(made < 30, `${made} requests after a cancel at the tenth`);
});

test('formats, classes, partitions, sizes and dates are told', async () => {
  const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
  const { store } = keyStore([
    { key: 'p/dt=2024-01-01/', bytes: 0, modifiedAt: at(1) },
    { key: 'p/dt=2024-01-01/a.parquet', bytes: 5 * 2 ** 20, modifiedAt: at(2), storageClass: 'STANDARD' },
    { key: 'p/dt=2024-01-01/b.parquet', bytes: 10, modifiedAt: at(4), storageClass: 'GLACIER' },
    { key: 'p/dt=__HIVE_DEFAULT_PARTITION__/c.csv.gz', bytes: 20, modifiedAt: at(3) },
    { key: 'p/skipped/d', bytes: 7, modifiedAt: at(9) },
  ]);
  const { cost, ...found } = await prefixStatistics(
    { store, connection },
    { place: { bucket: 'b', prefix: 'p/' }, except: ['p/skipped/'] },
    never,
  );
  assert.deepEqual(found, {
    objects: 3,
    bytes: 5 * 2 ** 20 + 30,
    small: 2,
    smallBytes: 2 ** 20,
    sizes: [
      { under: 2 ** 17, objects: 2, bytes: 30 },
      { under: 2 ** 20, objects: 0, bytes: 0 },
      { under: 2 ** 24, objects: 1, bytes: 5 * 2 ** 20 },
      { under: 2 ** 27, objects: 0, bytes: 0 },
      { under: 2 ** 30, objects: 0, bytes: 0 },
      { objects: 0, bytes: 0 },
    ],
    newest: at(4),
    oldest: at(2),
    formats: { Parquet: { objects: 2, bytes: 5 * 2 ** 20 + 10 }, CSV: { objects: 1, bytes: 20 } },
    storageClasses: { STANDARD: { objects: 2, bytes: 5 * 2 ** 20 + 20 }, GLACIER: { objects: 1, bytes: 10 } },
    partitions: [
      {
        key: 'dt',
        cut: false,
        values: [
          { value: '2024-01-01', objects: 2, bytes: 5 * 2 ** 20 + 10, newest: at(4) },
          { value: '__HIVE_DEFAULT_PARTITION__', objects: 1, bytes: 20, newest: at(3) },
        ],
      },
    ],
    largest: [
      { key: 'p/dt=2024-01-01/a.parquet', bytes: 5 * 2 ** 20 },
      { key: 'p/dt=__HIVE_DEFAULT_PARTITION__/c.csv.gz', bytes: 20 },
      { key: 'p/dt=2024-01-01/b.parquet', bytes: 10 },
    ],
  });
  assert.deepEqual(cost, { requests: 1, usd: 0.005 / 1000 });
});

test('the expected cost is one request for a page and a little more than the pages for many', () => {
  assert.deepEqual(expectedListCost(1000), { requests: 1, usd: 0.000_005 });
  assert.equal(expectedListCost(1_000_000).requests, 1082);
});
