import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wishList } from '../../src/grid/wishList';

const size = { rows: 100_000, columns: 100 };
const viewed = { firstRow: 240, lastRow: 390, firstColumn: 20, lastColumn: 40, speed: 0 };
const keys = (speed: number) => wishList({ ...viewed, speed }, size).map((key) => key.join());

test('tiles in view come nearest first, then one row of tiles ahead', () => {
  assert.deepEqual(keys(0.5), ['2,0', '2,1', '1,0', '1,1', '3,0', '3,1', '4,0', '4,1']);
  assert.deepEqual(keys(-0.5).slice(-2), ['0,0', '0,1']);
});

test('nothing is asked for ahead while flinging', () => {
  assert.equal(keys(2.5).length, 6);
  assert.equal(keys(-9).length, 6);
});

test('nothing is asked for outside the result', () => {
  const end = { ...viewed, firstRow: 99_990, lastRow: 99_999, lastColumn: 500 };
  assert.deepEqual(wishList({ ...end, firstColumn: 98 }, size).map(String), ['781,3']);
  assert.deepEqual(wishList({ ...viewed, lastRow: -1 }, { rows: 0, columns: 3 }), []);
  assert.deepEqual(wishList({ ...viewed, firstRow: 0, lastRow: 5, speed: -1 }, size).map(String), [
    '0,0',
    '0,1',
  ]);
});
