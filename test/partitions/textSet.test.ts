import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textSet } from '../../src/partitions/textSet';

test('texts are numbered in the order they come, each once, whatever they are written in', () => {
  const set = textSet();
  const texts = ['', 'dt=2024-01-01/', 'région=Zürich/', '日本/', 'a', '😀/', 'dt=2024-01-02/'];
  assert.deepEqual(
    texts.map((text) => set.add(text)),
    [0, 1, 2, 3, 4, 5, 6],
  );
  assert.equal(set.add('日本/'), 3);
  assert.equal(set.size, 7);
  assert.deepEqual(
    texts.map((_, index) => set.at(index)),
    texts,
  );
  assert.equal(set.indexOf('日本'), -1);
  assert.equal(set.at(7), '');
});

test('100,000 paths are all found again, and none that was not put in', () => {
  const set = textSet();
  const path = (index: number): string => `year=${index % 97}/id=${index * 7919}/`;
  for (let index = 0; index < 100_000; index += 1) set.add(path(index));
  assert.equal(set.size, 100_000);
  for (let index = 0; index < 100_000; index += 17) assert.equal(set.indexOf(path(index)), index);
  for (let index = 100_000; index < 101_000; index += 1) assert.equal(set.indexOf(path(index)), -1);
  assert.equal(set.size, 100_000, 'asking puts nothing in');
});
