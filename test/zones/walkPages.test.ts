import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesLeft } from '../../src/zones/keySpan';
import { walkKeyPages } from '../../src/zones/walkKeys';
import { memoryConnection as connection } from '../support/memoryLake';
import { keyStore } from './keyStore';

const never = new AbortController().signal;
const pad = (index: number, width: number): string => String(index).padStart(width, '0');
const many = (count: number, name: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => name(index));

/** The most requests, against a page for each thousand, and the least side by side. */
const shapes: readonly {
  readonly title: string;
  readonly keys: readonly string[];
  readonly most: number;
}[] = [
  { title: 'a flat folder', keys: many(50_000, (index) => `p/part-${pad(index, 7)}.parquet`), most: 2.6 },
  {
    title: 'hexadecimal names',
    keys: many(
      50_000,
      (index) => `p/${pad(index * 2_654_435_761, 16).slice(-8)}${(index * 40_503).toString(16)}`,
    ),
    most: 2.6,
  },
  {
    title: 'one huge folder between folders of one object each',
    keys: [
      ...many(1000, (index) => `p/a${pad(index, 4)}/x`),
      ...many(40_000, (index) => `p/m/deep/${pad(index, 6)}`),
      ...many(9000, (index) => `p/z${pad(index, 5)}/x`),
    ],
    most: 2.6,
  },
  {
    title: 'few large folders',
    keys: many(50_000, (index) => `p/f${index % 7}/${pad(index, 6)}-x`),
    most: 3,
  },
  {
    title: 'days and hours',
    keys: many(
      50_000,
      (index) =>
        `p/dt=2024-${pad(1 + (index % 12), 2)}-${pad(1 + (index % 28), 2)}/hour=${pad(index % 24, 2)}/${index}`,
    ),
    most: 2.6,
  },
];
for (const { title, keys, most } of shapes) {
  test(`${title}: every key is seen once, side by side, in few requests more than one page after the other`, async () => {
    const { store, requests } = keyStore(keys.map((key) => ({ key, bytes: 1 })));
    const seen = new Set<string>();
    let count = 0;
    await walkKeyPages(
      store,
      {
        connection,
        bucket: 'b',
        prefix: 'p/',
        random: () => 0,
        onPage: (page) => {
          count += page.count;
          for (let at = 0; at < page.count; at += 1) seen.add(page.key(at));
        },
      },
      never,
    );
    assert.equal(count, keys.length);
    assert.equal(seen.size, keys.length);
    const least = keys.length / 1000;
    assert.ok(requests.made <= most * least, `${requests.made} requests for ${least} pages`);
    assert.ok(requests.most >= 8, `only ${requests.most} side by side`);
  });
}

test('what is left of a range is estimated from the names that a page covered', () => {
  const left = (from: string, to: string, until?: string): number =>
    Math.round(pagesLeft({ from, to }, until, 'p/'));
  assert.equal(left('p/0000', 'p/0999'), 9);
  assert.equal(left('p/0000', 'p/0999', 'p/2'), 1);
  assert.equal(left('p/f/00', 'p/f/09', 'p/f0'), 10, 'to the end of a folder');
  assert.equal(left('p/00', 'p/0f', 'p/8'), 8, 'hexadecimal');
  assert.equal(left('p/a', 'p/a'), Infinity, 'a page that covers nothing tells nothing');
});
