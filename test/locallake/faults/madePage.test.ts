import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SyntheticKeys } from '../../../src/locallake/faults/synthetic';
import { listKeys, merged } from '../../../src/locallake/store/listing';

const keys = new SyntheticKeys();
keys.set([
  {
    bucket: 'b',
    prefix: 'x/',
    count: 3,
    levels: [
      { name: 'dt', kind: 'date', from: '2023-12-30', count: 4 },
      { name: 'hour', kind: 'number', from: 8, count: 3 },
    ],
  },
  { bucket: 'b', prefix: 'flat/', count: 25 },
]);

/** All pages of a listing, as text around each key. */
function pages(prefix: string, limit: number, after: string): readonly string[] | undefined {
  const all: string[] = [];
  for (let from: string | undefined = after === '' ? '' : `${after}\0`; from !== undefined;) {
    const page = keys.page('b', {
      prefix,
      from,
      limit,
      shown: (path) => path,
      around: () => ({ before: '<', after: '>' }),
    });
    if (page === undefined) return undefined;
    const found = [...page.text.matchAll(/<([^>]*)>/g)].map((match) => match[1] ?? '');
    assert.equal(found.length, page.count);
    assert.ok(page.count <= limit);
    all.push(...found);
    from = page.next;
  }
  return all;
}

const prefixes = [
  'x/',
  'x',
  'x/dt=2023-12-3',
  'x/dt=2024-01-01/hour=09/',
  'x/dt=2024-01-01/hour=09/part-0000001',
  'x/dt=2024-01-01/hour=09/part-0000009',
  'x/zzz',
  'flat/',
  'flat/part-000001',
  'fl',
  'nothing/',
];
for (const prefix of prefixes) {
  test(`pages of made-up keys below ${prefix} are those that a listing key by key gives`, () => {
    for (const after of [
      '',
      'x/dt=2023-12-31/hour=10/part-0000001.parquet',
      'flat/part-0000011',
      'flat/z',
      'y',
    ]) {
      const source = merged(keys.sources('b'));
      const slow = listKeys(source, { prefix, limit: 1000, ...(after === '' ? {} : { after }) }).keys;
      for (const limit of [1, 7, 1000])
        assert.deepEqual(pages(prefix, limit, after) ?? [], slow, `${prefix} after ${after} by ${limit}`);
    }
  });
}

test('a page that other made-up keys may lie in is listed key by key', () => {
  assert.equal(pages('', 10, ''), undefined);
});
