import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  barFor,
  maxSpacerPx,
  maxTop,
  resynced,
  scrolled,
  scrollScale,
  spacerHeight,
  stuck,
  topShowing,
  visibleRows,
  type ScrollPosition,
} from '../../src/grid/window';

const size = (rows: number) => ({ rows, rowHeight: 22, viewHeight: 440 });
const bar = (rows: number): number => spacerHeight(size(rows)) - 440;
const start: ScrollPosition = { top: 0, last: 0 };

test('the scrolled height stays below what browsers can draw', () => {
  assert.equal(spacerHeight(size(100)), 2_200);
  assert.equal(spacerHeight(size(2_000_000)), maxSpacerPx);
});

test('the last of 2,000,000 rows stands at the lower edge when the bar is at its end', () => {
  const end = scrolled(size(2_000_000), start, bar(2_000_000));
  assert.equal(end.top, maxTop(size(2_000_000)));
  assert.deepEqual(visibleRows(size(2_000_000), end.top), { first: 1_999_980, last: 1_999_999 });
});

test('a small result scrolls as it is', () => {
  assert.deepEqual(scrolled(size(1_000), start, 123), { top: 123, last: 123 });
  assert.equal(scrollScale(size(1_000)), 1);
  assert.equal(barFor(size(1_000), 456), 456);
});

for (const part of [0.01, 0.2, 0.5, 0.8, 0.99]) {
  test(`a wheel step of 110 px is five rows at ${part * 100} % of 2,000,000`, () => {
    let position = scrolled(size(2_000_000), start, Math.round(part * bar(2_000_000)));
    for (let step = 0; step < 10; step++) {
      const next = scrolled(size(2_000_000), position, position.last + 110);
      assert.equal(next.top - position.top, 110);
      position = next;
    }
  });
}

test('settling puts the bar where the rows are', () => {
  let position = scrolled(size(2_000_000), start, 4_000_000);
  position = scrolled(size(2_000_000), position, 4_000_550);
  const value = resynced(size(2_000_000), position, 4_000_550);
  assert.equal(value, barFor(size(2_000_000), position.top));
  assert.ok(value !== undefined && value < 4_000_550);
});

test('settling leaves a bar alone that has moved since: that scroll is still to come', () => {
  let position = scrolled(size(2_000_000), start, 4_000_000);
  position = scrolled(size(2_000_000), position, 4_000_550);
  assert.equal(resynced(size(2_000_000), position, 6_000_000), undefined);
});

test('a bar at its end before the rows are is settled at once, or the wheel would be stuck', () => {
  const rows = size(2_000_000);
  const near = { top: 4_000, last: 100 };
  const hit = scrolled(rows, near, 0);
  assert.equal(hit.top, 3_900);
  assert.ok(stuck(rows, hit));
  assert.equal(resynced(rows, hit, 0), Math.round(3_900 / scrollScale(rows)));
  assert.ok(!stuck(rows, { top: 0, last: 0 }));
  assert.ok(!stuck(rows, { top: maxTop(rows), last: bar(2_000_000) }));
  assert.ok(stuck(rows, { top: maxTop(rows) - 500, last: bar(2_000_000) }));
});

test('the bar reaches an end only with the first or the last row', () => {
  const rows = size(2_000_000);
  assert.equal(barFor(rows, 0), 0);
  assert.ok(barFor(rows, 1) >= 1);
  assert.ok(barFor(rows, maxTop(rows) - 1) < bar(2_000_000));
  assert.equal(barFor(rows, maxTop(rows)), bar(2_000_000));
});

test('a row is brought into view with the least scrolling', () => {
  const rows = size(1_000);
  assert.equal(topShowing(rows, 100, 10), 100);
  assert.equal(topShowing(rows, 100, 2), 44);
  assert.equal(topShowing(rows, 0, 20), 22);
  assert.equal(topShowing(rows, 0, 999), maxTop(rows));
});

test('no rows and few rows have no scroll', () => {
  assert.deepEqual(visibleRows(size(0), 0), { first: 0, last: -1 });
  assert.deepEqual(visibleRows(size(3), 0), { first: 0, last: 2 });
  assert.equal(maxTop(size(3)), 0);
});
