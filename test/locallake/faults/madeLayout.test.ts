import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelsFrom, madeLayout } from '../../../src/locallake/faults/madeLayout';
import { SyntheticKeys } from '../../../src/locallake/faults/synthetic';

const levels = levelsFrom({
  levels: [
    { name: 'dt', from: '2023-12-30', count: 5 },
    { name: 'hour', from: 8, count: 4 },
  ],
});

test('folders are in the order of their names, and each is found again by its values', () => {
  const layout = madeLayout(levels);
  const paths = Array.from({ length: layout.size }, (_, index) => layout.path(index));
  assert.equal(layout.size, 20);
  assert.deepEqual(paths.slice(0, 2), ['dt=2023-12-30/hour=08/', 'dt=2023-12-30/hour=09/']);
  assert.equal(paths.at(-1), 'dt=2024-01-03/hour=11/');
  assert.deepEqual(paths, paths.toSorted());
  for (let index = 0; index < layout.size; index++) assert.equal(layout.indexOf(layout.values(index)), index);
  for (const values of [['2024-01-04', '08'], ['2023-12-30', '8'], ['2023-12-30', '12'], ['2023-12-30']])
    assert.equal(layout.indexOf(values), undefined, values.join('/'));
});

test('made-up keys are found from every place between and behind them', () => {
  const keys = new SyntheticKeys();
  keys.set([{ bucket: 'b', prefix: 'x/', count: 3, levels }]);
  const [source] = keys.sources('b');
  assert.ok(source !== undefined);
  const all: string[] = [];
  for (const cursor = source.seek(''); cursor.key !== undefined; cursor.step()) all.push(cursor.key);
  assert.equal(all.length, 60);
  assert.deepEqual(all, all.toSorted());
  for (const from of [
    ...all,
    ...all.map((key) => `${key}\0`),
    ...all.map((key) => key.slice(0, -20)),
    'x/dt=2',
    'y',
  ]) {
    assert.equal(
      source.seek(from).key,
      all.find((key) => key >= from),
      from,
    );
  }
  assert.deepEqual(keys.sources('other'), []);
});
