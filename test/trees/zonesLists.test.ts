import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { TreeNode } from '../../src/trees/node';
import { zonesTree } from '../../src/trees/zonesTree';
import type { ObjectStore } from '../../src/zones/objectStore';
import { defaultPatterns } from '../../src/zones/zones';
import { connection } from '../support/fakes';
import { nodeAt } from '../support/outline';
import { keyStore } from '../zones/keyStore';

const signal = new AbortController().signal;
const pad = (index: number): string => String(index).padStart(6, '0');

function openedTree(store: ObjectStore, pageSize: number) {
  const tree = zonesTree({
    store,
    connection: async () => connection,
    patterns: () => defaultPatterns,
    favourites: () => [{ bucket: 'b', key: 'raw/' }],
    pageSize,
  });
  return { tree, node: nodeAt(tree.root, ['Favourites', 'b/raw/']) };
}
const labels = async (node: TreeNode): Promise<string[]> =>
  ((await node.children?.(signal)) ?? []).map(({ label }) => label);

/** A store whose tokens are good until `expire` is called. */
function expiring(keys: readonly string[], problem: Problem) {
  const { store, requests } = keyStore(keys.map((key) => ({ key, bytes: 1 })));
  let epoch = 0;
  const starts: (string | undefined)[] = [];
  const wrapped: ObjectStore = {
    ...store,
    list: async (at, { next, ...request }, stop) => {
      starts.push(next === undefined ? request.startAfter : 'token');
      const [from, number] = next?.split(' ') ?? [];
      if (number !== undefined && number !== String(epoch)) throw problem;
      const page = await store.list(at, { ...request, ...(from === undefined ? {} : { next: from }) }, stop);
      return { ...page, ...(page.next === undefined ? {} : { next: `${page.next} ${epoch}` }) };
    },
  };
  return { store: wrapped, requests, starts, expire: () => (epoch += 1) };
}

const mixed = ['raw/a', 'raw/b/1', 'raw/b/2', 'raw/b-', 'raw/c/1', 'raw/d', 'raw/é', 'raw/😀', 'raw/z/9'];
const inOrder = ['a', 'b-', 'b/', 'c/', 'd', 'z/', 'é', '😀'];

for (const size of [1, 2, 3, 5]) {
  test(`load more goes on behind what is shown when the token has expired, ${size} at a time`, async () => {
    const lake = expiring(mixed, new Problem('S3 did not accept the token.', 'invalid'));
    const { tree, node: coming } = openedTree(lake.store, size);
    const node = await coming;
    // One that makes no headway must end too.
    for (let page = 0; page <= mixed.length && (await labels(node)).at(-1) === 'Load more…'; page += 1) {
      lake.expire();
      tree.more(node.id);
    }
    assert.deepEqual((await labels(node)).toSorted(), inOrder.toSorted());
    assert.ok(lake.starts.includes('token'), 'the token is tried first');
  });
}

test('an error keeps what was loaded and its place, and the next try goes on from there', async () => {
  let broken: Problem | undefined;
  const { store, requests } = keyStore(
    Array.from({ length: 7 }, (_, index) => ({ key: `raw/${index}`, bytes: 1 })),
    {
      before: () => {
        if (broken !== undefined) throw broken;
      },
    },
  );
  const { tree, node: coming } = openedTree(store, 3);
  const node = await coming;
  await labels(node);
  for (const kind of ['throttled', 'offline', 'denied', 'signed-out'] as const) {
    broken = new Problem('It failed.', kind);
    tree.more(node.id);
    const shown = await labels(node);
    assert.deepEqual(shown.slice(0, 3), ['0', '1', '2'], kind);
    assert.equal(shown.length, 4, 'the problem stands where the list ends');
    const made = requests.made;
    await labels(node);
    assert.equal(requests.made, made, 'a redraw asks for nothing');
  }
  broken = undefined;
  tree.more(node.id);
  assert.deepEqual(await labels(node), ['0', '1', '2', '3', '4', '5', 'Load more…']);
});

test('a refresh between two pages reads again what was there, in few requests, and goes on from its end', async () => {
  const { store, requests } = keyStore(
    Array.from({ length: 5000 }, (_, index) => ({ key: `raw/${pad(index)}`, bytes: 1 })),
  );
  const { tree, node: coming } = openedTree(store, 200);
  const node = await coming;
  await labels(node);
  for (let page = 0; page < 12; page += 1) {
    tree.more(node.id);
    await labels(node);
  }
  assert.equal((await labels(node)).length, 2601);
  const made = requests.made;
  tree.forget();
  assert.equal((await labels(node)).length, 2601);
  assert.equal(requests.made - made, 3);
  tree.more(node.id);
  assert.deepEqual((await labels(node)).slice(2599, 2602), ['002599', '002600', '002601']);
});

test('a refresh that fails leaves what was there, and one that is given up is made good', async () => {
  let broken: Problem | undefined;
  const stop = new AbortController();
  const { store } = keyStore(
    Array.from({ length: 4 }, (_, index) => ({ key: `raw/${index}`, bytes: 1 })),
    {
      before: () => {
        if (broken !== undefined) throw broken;
      },
    },
  );
  const { tree, node: coming } = openedTree(store, 2);
  const node = await coming;
  await labels(node);
  broken = new Problem('S3 did not answer.', 'offline');
  tree.forget(node.id);
  assert.deepEqual(await labels(node), ['0', '1', 'Not reachable: try again']);
  broken = undefined;
  tree.more(node.id);
  const given = node.children?.(stop.signal);
  stop.abort();
  await assert.rejects(given ?? Promise.resolve());
  assert.deepEqual(await labels(node), ['0', '1', 'Load more…']);
});

test('with 100,000 children shown, drawing asks for nothing and a further page is one request', async () => {
  const { store, requests } = keyStore(
    Array.from({ length: 105_000 }, (_, index) => ({ key: `raw/${pad(index)}.parquet`, bytes: index })),
  );
  const { tree, node: coming } = openedTree(store, 1000);
  const node = await coming;
  let count = 0;
  for (let page = 0; page < 100; page += 1) {
    tree.more(node.id);
    count = ((await node.children?.(signal)) ?? []).length;
  }
  assert.equal(count, 100_001);
  const asked = requests.made;
  await node.children?.(signal);
  assert.equal(requests.made, asked);
  tree.more(node.id);
  count = ((await node.children?.(signal)) ?? []).length;
  assert.equal(count, 101_001);
  assert.equal(requests.made, asked + 1);
});
