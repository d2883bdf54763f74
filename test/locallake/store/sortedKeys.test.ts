import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listKeys, merged } from '../../../src/locallake/store/listing';
import { byUtf8, SortedKeys } from '../../../src/locallake/store/sortedKeys';

/** Numbers below `below` that are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test('a set of keys stays in order through a thousand changes, few and many at a time', () => {
  for (const seed of [1, 7, 42]) {
    const next = numbers(seed);
    const keys = new SortedKeys();
    const plain = new Set<string>();
    for (let round = 0; round < 60; round++) {
      // More changes than are put in one by one, and fewer.
      for (let change = next(80); change >= 0; change--) {
        const key = `${next(300)}/${['a', 'é', '𝄞', '\uffee'][next(4)]}`;
        if (next(3) === 0) {
          keys.remove(key);
          plain.delete(key);
        } else {
          keys.add(key);
          plain.add(key);
        }
      }
      const wanted = [...plain].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const found: string[] = [];
      const cursor = keys.seek('');
      for (; cursor.key !== undefined; cursor.step()) found.push(cursor.key);
      assert.deepEqual(found, wanted, `seed ${seed}, round ${round}`);
      const from = `${next(300)}/b`;
      assert.equal(
        keys.first(from),
        wanted.find((key) => byUtf8(key, from) >= 0),
      );
    }
  }
});

test('pages of any size make up the whole listing, with sources that share keys', () => {
  const next = numbers(5);
  const [one, two] = [new SortedKeys(), new SortedKeys()];
  const all = new Set<string>();
  for (let at = 0; at < 400; at++) {
    const key = `p/${next(9)}/${next(12)}${next(2) === 0 ? '/x' : ''}`;
    all.add(key);
    (next(2) === 0 ? one : two).add(key);
    if (next(5) === 0) [one, two].forEach((keys) => keys.add(key));
  }
  const source = merged([one, two]);
  for (const delimiter of [undefined, '/', '/x']) {
    const list = (limit: number) => {
      const found: string[] = [];
      let from: string | undefined;
      do {
        const page = listKeys(source, {
          prefix: 'p/',
          limit,
          ...(delimiter === undefined ? {} : { delimiter }),
          ...(from === undefined ? {} : { from }),
        });
        assert.ok(page.keys.length + page.commonPrefixes.length <= limit);
        found.push(...page.keys, ...page.commonPrefixes);
        from = page.next;
      } while (from !== undefined);
      return found.sort();
    };
    const rolled = [...all].map((key) => {
      const end = delimiter === undefined ? -1 : key.indexOf(delimiter, 2);
      return delimiter === undefined || end < 0 ? key : key.slice(0, end + delimiter.length);
    });
    const wanted = [...new Set(rolled)].sort();
    for (const limit of [1, 3, 7, 1000]) assert.deepEqual(list(limit), wanted, `${delimiter} by ${limit}`);
  }
});
