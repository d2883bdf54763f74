import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partBytesOf, partRanges, partWidth } from '../../src/transfer/partPlan';

const mebi = 1024 ** 2;
const gibi = 1024 ** 3;

test('parts grow so that no object needs more than 10,000 of them', () => {
  for (const bytes of [17 * mebi, 160 * gibi, 161 * gibi, 5 * 1024 * gibi]) {
    const size = partBytesOf(bytes);
    assert.ok(size >= 16 * mebi && size <= 5 * gibi && size % mebi === 0, `${size}`);
    assert.ok(Math.ceil(bytes / size) <= 10_000);
  }
  assert.throws(() => partBytesOf(5 * 1024 * gibi + 1), /at most 5 TB/);
});

test('ranges cover all bytes once; nothing is one empty part', () => {
  assert.deepEqual(partRanges(25, 10), [
    { number: 1, start: 0, end: 10 },
    { number: 2, start: 10, end: 20 },
    { number: 3, start: 20, end: 25 },
  ]);
  assert.deepEqual(partRanges(0, 10), [{ number: 1, start: 0, end: 0 }]);
});

test('fewer parts are held in memory the larger they are, but always one', () => {
  assert.deepEqual([16 * mebi, 64 * mebi, 525 * mebi].map(partWidth), [8, 2, 1]);
});
