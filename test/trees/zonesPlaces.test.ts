import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Connection } from '../../src/connection/connection';
import type { TreeNode } from '../../src/trees/node';
import { zonesTree, type KeptPlace, type ZonesTreeOptions } from '../../src/trees/zonesTree';
import type { StatisticsSummary } from '../../src/zones/keptStatistics';
import type { ObjectStore } from '../../src/zones/objectStore';
import { defaultPatterns } from '../../src/zones/zones';
import { connection, fakeStore, fault } from '../support/fakes';
import { nodeAt, outline } from '../support/outline';
import { keyStore } from '../zones/keyStore';

const signal = new AbortController().signal;
const second: Connection = { ...connection, name: 'prod', region: 'us-east-1', production: true };
const other = (resolve: () => Promise<Connection>, label = 'prod') => ({ id: label, label, resolve });

function treeOf(store: ObjectStore, options: Partial<ZonesTreeOptions> = {}) {
  return zonesTree({
    store,
    connection: async () => connection,
    patterns: () => defaultPatterns,
    ...options,
  });
}
const labels = async (node: TreeNode): Promise<string[]> =>
  ((await node.children?.(signal)) ?? []).map(({ label }) => label);

/** Each connection sees buckets of its own. */
function perConnection(stores: Readonly<Record<string, ObjectStore>>): ObjectStore {
  const of = ({ name }: Connection): ObjectStore => {
    const found = stores[name];
    if (found === undefined) throw new Error(`No store for ${name}`);
    return found;
  };
  return {
    buckets: (at, ...rest) => of(at).buckets(at, ...rest),
    list: (at, ...rest) => of(at).list(at, ...rest),
    head: (at, ...rest) => of(at).head(at, ...rest),
    read: (at, ...rest) => of(at).read(at, ...rest),
  };
}

test('several connections stand side by side, and nothing is asked of one before it is opened', async () => {
  const first = fakeStore({ 'raw-data': ['a'] });
  const prod = fakeStore({ curated: ['b/c'] });
  const used: string[] = [];
  const tree = treeOf(perConnection({ test: first, prod }), {
    connection: async () => {
      used.push('active');
      return connection;
    },
    current: async () => connection,
    others: () => [other(async () => second)],
  });
  const groups = (await tree.root.children?.(signal)) ?? [];
  assert.deepEqual(
    groups.map(({ label, hint, menu }) => [label, hint, menu]),
    [
      ['test', 'eu-west-1', 'connection'],
      ['prod', 'us-east-1', 'connection.added'],
    ],
  );
  assert.deepEqual([first.requests, prod.requests, used], [[], [], []]);
  const prodNode = await nodeAt(tree.root, ['prod']);
  assert.equal(
    await outline(prodNode),
    'prod  us-east-1\n  analytics  1 bucket\n    curated\n      b/\n        c  3 KB',
  );
  assert.deepEqual(first.requests, [], 'opening one asks nothing of the other');
  const object = await nodeAt(tree.root, ['prod', 'analytics', 'curated', 'b/', 'c']);
  assert.match(object.id, /^zones\/prod@us-east-1@\//);
  assert.equal(object.subject?.connection, second);
});

test('one connection that is denied, signed out or unknown leaves the others as they are', async () => {
  const store = perConnection({
    test: fakeStore({ 'raw-data': ['a'] }),
    prod: fakeStore({}, () => {
      throw fault('signed-out', 'The sign-in of profile prod has expired: sign in again.');
    }),
  });
  const unknown = async (): Promise<Connection> => {
    throw new Problem('There is no profile gone: choose one of test.', 'invalid');
  };
  const tree = treeOf(store, {
    others: () => [other(async () => second), other(unknown, 'gone'), other(async () => connection, 'same')],
  });
  assert.equal(
    await outline(tree.root),
    `Zones
  test  eu-west-1
    raw  1 bucket
      raw-data
        a  1 KB
  prod  us-east-1
    Sign in  The sign-in of profile prod has expired: sign in again.
  gone  There is no profile gone: choose one of test.
    Cannot be asked  There is no profile gone: choose one of test.`,
  );
  const signIn = await nodeAt(tree.root, ['prod', 'Sign in']);
  assert.deepEqual(signIn.command?.arguments, [second], 'signs in to that connection, not to the active one');
  const ids = ((await tree.root.children?.(signal)) ?? []).map(({ id }) => id);
  assert.equal(new Set(ids).size, 3);
});

const kept: readonly KeptPlace[] = [
  { bucket: 'lake', key: '' },
  { bucket: 'lake', key: 'raw/x/' },
  { bucket: 'lake', key: 'mart/x/' },
  { bucket: 'lake', key: 'raw/x', kind: 'object' },
  { bucket: 'lake', key: 'raw/x' },
];

test('favourites stand first and opened places next, also where buckets may not be listed', async () => {
  const store = fakeStore({ lake: ['raw/x/1', 'raw/x', 'raw/x-2', 'mart/x/2'] }, (action) => {
    if (action === 'buckets') throw fault('denied', 'S3 denied s3:ListAllMyBuckets.');
  });
  const tree = treeOf(store, {
    favourites: ({ name }) => (name === 'test' ? kept : []),
    opened: () => [{ bucket: 'lake', key: 'mart/' }],
  });
  assert.equal(
    await outline(tree.root),
    `Zones
  Favourites  5 places
    lake
      mart/
        x/
          2  8 KB
      raw/
        x/
          1  7 KB
        x  5 KB
        x-2  7 KB
    lake/raw/x/
      1  7 KB
    lake/mart/x/
      2  8 KB
    lake/raw/x
    lake/raw/x
      x/
        1  7 KB
      x  5 KB
      x-2  7 KB
  Opened places  1 place
    lake/mart/
      x/
        2  8 KB
  Not permitted  S3 denied s3:ListAllMyBuckets.`,
  );
  const ids: string[] = [];
  const collect = async (node: TreeNode): Promise<void> => {
    ids.push(node.id);
    for (const child of (await node.children?.(signal)) ?? []) await collect(child);
  };
  await collect(tree.root);
  assert.equal(new Set(ids).size, ids.length, 'ids are unique over the whole tree');
});

test('what was counted stands on its node and is added up on its zone, with a warning in words', async () => {
  const summary = (objects: number, small: number): StatisticsSummary => ({
    objects,
    bytes: objects * 1024,
    small,
    smallBytes: 2 ** 20,
    formats: ['Parquet', 'CSV'],
    partitionKeys: ['year', 'month'],
    at: new Date(Date.UTC(2026, 0, 31, 8)),
  });
  const known = new Map([['raw-a/', summary(2000, 1990)]]);
  const store = fakeStore({ 'raw-a': ['t/x'], 'raw-b': [] });
  const tree = treeOf(store, {
    facts: { known: (_, { bucket, prefix }) => known.get(`${bucket}/${prefix}`), filterOf: () => '' },
  });
  const zone = await nodeAt(tree.root, ['raw']);
  const bucket = await nodeAt(tree.root, ['raw', 'raw-a']);
  assert.equal(zone.hint, '2 buckets · 2 MB · 2,000 objects in 1 of 2');
  assert.equal(bucket.hint, '2 MB · 2,000 objects ⚠');
  assert.match(
    bucket.tooltip ?? '',
    /counted 2026\\-01\\-31 08:00:00 UTC[\s\S]*Parquet, CSV · partitioned by year, month[\s\S]*99 % of the 2,000 objects/,
  );
  // Counting further changes what the same nodes show: VS Code knows them by their objects.
  known.set('raw-b/', summary(10, 0));
  known.set('raw-a/t/', summary(1, 1));
  assert.equal(zone.hint, '2 buckets · 2 MB · 2,010 objects');
  assert.equal((await nodeAt(bucket, ['t/'])).hint, '1 KB · 1 object');
});

test('a filter is asked of S3 itself, stands on the node and above its list, and is cleared again', async () => {
  const filters = new Map<string, string>();
  const store = fakeStore({ raw: ['t/2023/a', 't/2024-01/a', 't/2024-02/a', 't/2024.csv'] });
  const tree = treeOf(store, {
    facts: { known: () => undefined, filterOf: (id) => filters.get(id) ?? '' },
  });
  const node = await nodeAt(tree.root, ['raw', 'raw', 't/']);
  assert.deepEqual(await labels(node), ['2023/', '2024-01/', '2024-02/', '2024.csv']);
  filters.set(node.id, '2024-0');
  assert.deepEqual(await labels(node), ['Names that begin with 2024-0', '2024-01/', '2024-02/']);
  assert.equal(store.requests.at(-1), 'list raw/t/2024-0');
  assert.equal(node.hint, 'begins with 2024-0');
  const [row] = (await node.children?.(signal)) ?? [];
  assert.deepEqual(row?.command?.arguments, [node.id]);
  filters.set(node.id, 'x');
  assert.deepEqual(await labels(node), [
    'Names that begin with x',
    'Nothing below this prefix begins with x',
  ]);
  filters.delete(node.id);
  assert.deepEqual(await labels(node), ['2023/', '2024-01/', '2024-02/', '2024.csv']);
  assert.equal(node.hint, undefined);
});

test('the first page of a prefix costs one request, however it was reached', async () => {
  const { store, requests } = keyStore(
    Array.from({ length: 5000 }, (_, index) => ({ key: `raw/${String(index).padStart(5, '0')}`, bytes: 1 })),
  );
  const tree = treeOf(store, { favourites: () => [{ bucket: 'b', key: 'raw/' }] });
  const node = await nodeAt(tree.root, ['Favourites', 'b/raw/']);
  assert.equal(requests.made, 0);
  assert.equal((await labels(node)).length, 201);
  assert.equal(requests.made, 1);
});

test('two that open the zones at once ask for them once, and a cancel of one leaves the other', async () => {
  const store = fakeStore({ 'raw-a': [], misc: ['x'] });
  const tree = treeOf(store);
  const [one, another] = await Promise.all([labels(tree.root), labels(tree.root)]);
  assert.deepEqual(one, another);
  assert.deepEqual(store.requests, ['buckets ', 'list misc/']);
  tree.forget();
  const stop = new AbortController();
  const slow = fakeStore({ 'raw-a': [] });
  let asked = 0;
  const waiting = treeOf({
    ...slow,
    buckets: async (at, request, own) => {
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      own.throwIfAborted();
      return await slow.buckets(at, request, own);
    },
  });
  const given = waiting.root.children?.(stop.signal);
  const stays = labels(waiting.root);
  stop.abort();
  await assert.rejects(given ?? Promise.resolve());
  assert.deepEqual(await stays, ['raw']);
  assert.equal(asked, 2);
});
