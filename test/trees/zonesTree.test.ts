import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPatterns } from '../../src/zones/zones';
import { zonesTree } from '../../src/trees/zonesTree';
import { connection, fakeStore, fault } from '../support/fakes';
import { nodeAt, outline } from '../support/outline';

const signal = new AbortController().signal;

function treeOf(store: ReturnType<typeof fakeStore>, pageSize = 200) {
  return zonesTree({
    store,
    connection: async () => connection,
    patterns: () => defaultPatterns,
    pageSize,
  });
}

test('the zones tree shows zones, prefixes, partitions and objects with their sizes', async () => {
  const store = fakeStore({
    'bank-lake': [
      'raw/a.csv',
      'processed/t/year=2024/month=01/p.parquet',
      'processed/t/year=__HIVE_DEFAULT_PARTITION__/p.parquet',
      'processed/t/city=S%C3%A3o Paulo/p.parquet',
      'tmp/x.bin',
    ],
    'bank-archive': ['old/1.gz'],
    misc: ['readme.txt'],
  });
  assert.equal(
    await outline(treeOf(store).root),
    `Zones
  raw  1 place
    bank-lake/raw
      a.csv  9 KB
  processed  1 place
    bank-lake/processed
      t/
        city=São Paulo
          p.parquet  41 KB
        year=2024
          month=01
            p.parquet  40 KB
        year=NULL
          p.parquet  53 KB
  archive  1 bucket
    bank-archive
      old/
        1.gz  8 KB
  Other  2 buckets
    bank-lake
      processed/
        t/
          city=São Paulo
            p.parquet  41 KB
          year=2024
            month=01
              p.parquet  40 KB
          year=NULL
            p.parquet  53 KB
      raw/
        a.csv  9 KB
      tmp/
        x.bin  9 KB
    misc
      readme.txt  10 KB`,
  );
});

test('a long listing is paged and keeps what is loaded when a later page fails', async () => {
  let broken = false;
  const keys = Array.from({ length: 5 }, (_, at) => `k${at}`);
  const store = fakeStore({ raw: keys }, (action) => {
    if (action === 'list' && broken)
      throw fault('signed-out', 'The sign-in of profile p has expired: sign in again.');
  });
  const tree = treeOf(store, 2);
  const bucket = await nodeAt(tree.root, ['raw', 'raw']);
  const labels = async () => ((await bucket.children?.(signal)) ?? []).map((node) => node.label);
  assert.deepEqual(await labels(), ['k0', 'k1', 'Load more…']);
  assert.deepEqual(await labels(), ['k0', 'k1', 'Load more…'], 'a redraw loads nothing');
  broken = true;
  assert.equal(tree.more(bucket.id), true);
  assert.deepEqual(await labels(), ['k0', 'k1', 'Sign in']);
  const problem = (await bucket.children?.(signal))?.at(-1);
  assert.equal(problem?.hint, 'The sign-in of profile p has expired: sign in again.');
  assert.deepEqual(problem?.command, {
    id: 'lakeWorkbench.signIn',
    title: 'Sign in',
    arguments: [connection],
  });
  broken = false;
  tree.more(bucket.id);
  assert.deepEqual(await labels(), ['k0', 'k1', 'k2', 'k3', 'Load more…']);
  tree.more(bucket.id);
  assert.deepEqual(await labels(), ['k0', 'k1', 'k2', 'k3', 'k4']);
  tree.forget(bucket.id);
  assert.deepEqual(await labels(), ['k0', 'k1', 'k2', 'k3', 'k4'], 'a refresh reads as much again');
});

test('a bucket that denies its listing stays under Other, and both the view and the bucket say so', async () => {
  const store = fakeStore({ closed: [], 'raw-data': ['a'] }, (action, target) => {
    if (action === 'list' && target.startsWith('closed/')) throw fault('denied', 'S3 denied s3:ListBucket.');
  });
  assert.equal(
    await outline(treeOf(store).root),
    `Zones
  raw  1 bucket
    raw-data
      a  1 KB
  Other  1 bucket
    closed
      Not permitted  S3 denied s3:ListBucket.
  Not permitted: 1 bucket not looked into  S3 denied s3:ListBucket.`,
  );
});

test('without buckets, without permission and without a connection the tree says so', async () => {
  assert.equal(await outline(treeOf(fakeStore({})).root), 'Zones\n  No buckets in this account');
  const denied = fakeStore({}, () => {
    throw fault('denied', 'S3 denied s3:ListAllMyBuckets.');
  });
  assert.equal(await outline(treeOf(denied).root), 'Zones\n  Not permitted  S3 denied s3:ListAllMyBuckets.');
  const tree = zonesTree({
    store: fakeStore({}),
    connection: async () => {
      throw fault('invalid', 'Profile x names no region.');
    },
    patterns: () => defaultPatterns,
  });
  assert.equal(await outline(tree.root), 'Zones\n  Cannot be asked  Profile x names no region.');
});

test('an empty bucket says that it is empty, and a folder marker is not an object', async () => {
  const tree = treeOf(fakeStore({ raw: [], 'raw-2': ['f/', 'f/a'] }));
  assert.equal(
    await outline(tree.root),
    'Zones\n  raw  2 buckets\n    raw\n      No objects in this bucket\n    raw-2\n      f/\n        a  3 KB',
  );
});

test('node ids are unique, stable and carry the connection', async () => {
  const store = fakeStore({ raw: ['a/b', 'a', 'c=1/x', 'C=1/x'] });
  const ids = async (): Promise<string[]> => {
    const bucket = await nodeAt(treeOf(store).root, ['raw', 'raw']);
    return ((await bucket.children?.(signal)) ?? []).map((node) => node.id);
  };
  const first = await ids();
  assert.equal(new Set(first).size, 4);
  assert.deepEqual(await ids(), first);
  for (const id of first) assert.match(id, /test@eu-west-1@/);
});
