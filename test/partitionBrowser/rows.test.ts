import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartBars } from '../../src/partitionBrowser/chart';
import type { Figures } from '../../src/partitionBrowser/figures';
import { hivePath } from '../../src/partitionBrowser/hivePath';
import { partitionRows } from '../../src/partitionBrowser/partitionRows';
import { orderedRows } from '../../src/partitionBrowser/rowOrder';

const keys = [
  { name: 'n', type: 'int' },
  { name: 'name', type: 'string' },
];

test('every partition is found by its values among many that share them', () => {
  const rows = partitionRows(keys, 's3://lake/t');
  // A fixed sequence that looks random: the same rows in every run.
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const known = new Map<string, number>();
  for (let at = 0; at < 20_000; at += 1) {
    const values = [String(next(300)), `v${next(300)}`];
    const added = rows.add({ values });
    const name = values.join('/');
    assert.deepEqual([added.row, added.known], [known.get(name) ?? known.size, known.has(name)]);
    known.set(name, added.row);
  }
  assert.equal(rows.count, known.size);
  for (const [name, row] of known) assert.equal(rows.find(name.split('/')), row);
  assert.equal(rows.find(['301', 'v1']), undefined);
});

test('directories are named as Hive names them', () => {
  assert.equal(hivePath(keys, ['1', 'a/b:c%d=e']), 'n=1/name=a%2Fb%3Ac%25d%3De/');
  assert.equal(hivePath(keys, ['1', 'grün 🌳.x-y_z']), 'n=1/name=grün 🌳.x-y_z/');
  assert.equal(hivePath(keys, ['1', 'tab\there']), 'n=1/name=tab%09here/');
});

function measured(sizes: readonly number[]): { rows: ReturnType<typeof partitionRows>; figures: Figures } {
  const rows = partitionRows(keys, 's3://lake/t');
  for (const at of sizes.keys()) rows.add({ values: [String(sizes.length - at), 'x'] });
  return {
    rows,
    figures: {
      files: () => 2,
      bytes: (row) => sizes[row],
      newest: () => undefined,
      state: (row) => ((sizes[row] ?? 0) > 0 ? 'data' : 'empty'),
    },
  };
}

test('rows stand by size or by what they lack, ties by their keys', () => {
  const { rows, figures } = measured([5, 0, 9, 5]);
  const order = (by: 'bytes' | 'state'): string =>
    [...orderedRows(rows, { by, figures })].map((row) => rows.value(row, 0)).join(' ');
  assert.equal(order('bytes'), '2 1 4 3');
  assert.equal(order('state'), '3 1 2 4');
});

test('a chart has a bar for each partition, or for several in a row with their largest', () => {
  const few = measured([1, 2, 3]);
  assert.deepEqual(
    chartBars(few.rows, few.figures).map(({ from, bytes }) => [from, bytes]),
    [
      ['n=1/name=x', 3],
      ['n=2/name=x', 2],
      ['n=3/name=x', 1],
    ],
  );
  const many = measured(Array.from({ length: 1000 }, (_, at) => at));
  const bars = chartBars(many.rows, many.figures);
  assert.equal(bars.length, Math.ceil(1000 / 9));
  assert.deepEqual([bars[0]?.partitions, bars[0]?.largestBytes, bars[0]?.files], [9, 999, 18]);
  assert.equal(
    bars.reduce((sum, { bytes }) => sum + bytes, 0),
    (999 * 1000) / 2,
  );
});

test('rows whose keys have too many values for one number are sorted all the same', () => {
  const many = Array.from({ length: 6 }, (_, at) => ({ name: `k${at}`, type: 'int' }));
  const rows = partitionRows(many, 's3://lake/t');
  // 1,200 values in each of six keys: their product is beyond what a number holds exactly.
  for (let at = 0; at < 1200; at += 1)
    rows.add({ values: many.map((_, key) => String((at * 7 + key) % 1200)) });
  const order = [...orderedRows(rows, { by: 'keys', figures: undefined })];
  assert.deepEqual(
    order.map((row) => Number(rows.value(row, 0))),
    Array.from({ length: 1200 }, (_, at) => at),
  );
  assert.deepEqual([...orderedRows(rows, { by: 'newestFirst', figures: undefined })], order.toReversed());
});
