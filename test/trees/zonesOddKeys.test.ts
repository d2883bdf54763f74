import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeSubject, TreeNode } from '../../src/trees/node';
import { zonesTree } from '../../src/trees/zonesTree';
import { copyForms } from '../../src/zones/copyForms';
import { lookUpPlace } from '../../src/zones/lookUpPlace';
import { placeFrom } from '../../src/zones/placeText';
import { formatS3Uri } from '../../src/zones/s3Uri';
import { searchObjects } from '../../src/zones/search';
import { prefixStatistics } from '../../src/zones/statistics';
import { defaultPatterns } from '../../src/zones/zones';
import { connection } from '../support/fakes';
import { keyStore } from '../zones/keyStore';

const never = new AbortController().signal;
/** Keys that tools trip over; one ends where a prefix begins, some differ by case or by an empty segment alone. */
const keys = [
  'raw/a b/1.csv',
  'raw/100%/%41.csv',
  'raw/a+b/c+d.csv',
  'raw/x:y/12:30.csv',
  'raw/ü/é😀.csv',
  'raw//b.csv',
  'raw///c.csv',
  'raw/a//b.csv',
  'raw/a',
  'raw/A',
  'raw/A/1.csv',
  'raw/a/1.csv',
  'raw/day=__HIVE_DEFAULT_PARTITION__/p.csv',
  'raw/day=S%C3%A3o Paulo/p.csv',
  'raw/Day=1/p.csv',
  'raw/`tick`/*star*.csv',
  'raw/?.csv',
  'raw/#hash.csv',
  "raw/it's.csv",
  'raw/..',
  'raw/./dot.csv',
].toSorted();
const { store } = keyStore(keys.map((key) => ({ key, bytes: 7 })));

async function nodesBelow(node: TreeNode): Promise<readonly TreeNode[]> {
  const children = (await node.children?.(never)) ?? [];
  return [...children, ...(await Promise.all(children.map(nodesBelow))).flat()];
}

test('the tree shows every odd key once, under ids that are all different', async () => {
  const tree = zonesTree({
    store,
    connection: async () => connection,
    patterns: () => defaultPatterns,
    favourites: () => [{ bucket: 'b', key: '' }],
    pageSize: 3,
  });
  const [favourites] = (await tree.root.children?.(never)) ?? [];
  assert.ok(favourites);
  for (let round = 0; round < 20; round += 1) {
    const open = (await nodesBelow(favourites)).filter(({ menu }) => menu === 'more');
    for (const { command } of open) tree.more(String(command?.arguments?.[0]));
  }
  const nodes = await nodesBelow(favourites);
  assert.deepEqual(
    nodes.filter(({ menu }) => menu === 'more' || menu?.startsWith('problem') === true),
    [],
  );
  const found = nodes.flatMap(({ subject }) => (subject?.kind === 'object' ? [subject.key] : []));
  assert.deepEqual(found.toSorted(), keys);
  assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  const folders = nodes.flatMap(({ subject }) => (subject?.kind === 'prefix' ? [subject.prefix] : []));
  for (const prefix of ['raw//', 'raw///', 'raw/a//', 'raw/A/', 'raw/a/'])
    assert.ok(folders.includes(prefix), prefix);
  for (const { label, tooltip } of nodes) {
    assert.ok(label.length > 0);
    assert.ok((tooltip ?? '').length > 0);
  }
});

test('every odd key is found by its address, by a search below its folder, and counted', async () => {
  const statistics = await prefixStatistics(
    { store, connection },
    { place: { bucket: 'b', prefix: 'raw/' } },
    never,
  );
  assert.equal(statistics.objects, keys.length);
  assert.deepEqual(
    statistics.partitions.map(({ key, values }) => [key, values.map(({ value }) => value)]),
    [['day', ['1', 'São Paulo', '__HIVE_DEFAULT_PARTITION__']]],
    'names of one key in two spellings are one key',
  );
  const search = async (glob: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const { key } of searchObjects(store, { connection, bucket: 'b', glob }, never))
      found.push(key);
    return found.toSorted();
  };
  assert.deepEqual(await search('raw/**'), keys);
  assert.deepEqual(await search('raw//*'), ['raw//b.csv']);
  assert.deepEqual(await search('raw/?'), ['raw/A', 'raw/a']);
  assert.deepEqual(await search('raw/100%/%41*'), ['raw/100%/%41.csv']);
  for (const key of keys) {
    const place = placeFrom(`"${formatS3Uri({ bucket: 'bucket', key })}"`);
    assert.equal(place.key, key);
    const found = await lookUpPlace(store, { connection, place: { bucket: 'b', key } }, never);
    assert.deepEqual(found, { kind: 'object', bucket: 'b', key });
  }
});

test('every odd key comes back out of the forms it is copied in', () => {
  for (const key of keys) {
    const forms = new Map(
      copyForms({ bucket: 'bucket', key }, 'eu-west-1').map(({ id, text }) => [id, text]),
    );
    assert.equal(placeFrom(forms.get('uri') ?? '').key, key);
    assert.equal(placeFrom(forms.get('arn') ?? '').key, key);
    assert.equal(placeFrom(forms.get('console') ?? '').key, key, 'the console decodes what its link encodes');
    const quoted = /'((?:[^']|'')*)'/.exec(forms.get('copy') ?? '')?.[1]?.replaceAll("''", "'");
    assert.equal(quoted, `s3://bucket/${key}`);
    const folder = /'((?:[^']|'')*)'/.exec(forms.get('location') ?? '')?.[1]?.replaceAll("''", "'");
    assert.equal(folder, `s3://bucket/${key.slice(0, key.lastIndexOf('/') + 1)}`);
    assert.equal(
      JSON.parse(/\("(s3.*)"\)$/.exec(forms.get('spark') ?? '')?.[0].slice(1, -1) ?? ''),
      `s3://bucket/${key}`,
    );
  }
});

const subjects: readonly NodeSubject['kind'][] = ['bucket', 'prefix', 'object'];
test('what a node stands for says its bucket and its whole key', async () => {
  const tree = zonesTree({
    store,
    connection: async () => connection,
    patterns: () => defaultPatterns,
    opened: () => [{ bucket: 'b', key: 'raw/a//' }],
  });
  const [opened] = (await tree.root.children?.(never)) ?? [];
  assert.ok(opened);
  const nodes = (await nodesBelow(opened)).filter(({ subject }) => subjects.includes(subject?.kind ?? 'run'));
  assert.deepEqual(
    nodes.map(({ label, subject }) => [label, subject?.kind === 'object' ? subject.key : subject?.kind]),
    [
      ['b/raw/a//', 'prefix'],
      ['b.csv', 'raw/a//b.csv'],
    ],
  );
});
