import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  allSelected,
  cellSelected,
  columnSelected,
  extendedTo,
  fitted,
  inRange,
  keyMoved,
} from '../../src/grid/selection';

const size = { rows: 1_000, columns: 8, page: 20 };
const at = (row: number, column: number) => cellSelected({ row, column });
const press = (name: string, from = at(500, 4)) => {
  const parts = name.split('+');
  const key = parts.at(-1) ?? '';
  return keyMoved(from, { key, ctrl: parts.includes('ctrl'), shift: parts.includes('shift') }, size);
};

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [501, 4],
  ArrowUp: [499, 4],
  ArrowLeft: [500, 3],
  ArrowRight: [500, 5],
  PageDown: [519, 4],
  PageUp: [481, 4],
  Home: [500, 0],
  End: [500, 7],
  'ctrl+Home': [0, 0],
  'ctrl+End': [999, 7],
  'ctrl+ArrowDown': [999, 4],
  'ctrl+ArrowUp': [0, 4],
  'ctrl+ArrowLeft': [500, 0],
  'ctrl+ArrowRight': [500, 7],
};

for (const [name, [row, column]] of Object.entries(moves)) {
  test(`${name} goes to row ${row}, column ${column}, and with Shift selects up to there`, () => {
    assert.deepEqual(press(name), at(row, column));
    const extended = press(`shift+${name}`);
    assert.deepEqual(extended?.active, { row, column });
    assert.deepEqual(extended.anchor, { row: 500, column: 4 });
    assert.ok(inRange(extended.range, 500, 4) && inRange(extended.range, row, column));
  });
}

test('no key leaves the grid', () => {
  assert.deepEqual(press('ArrowUp', at(0, 0)), at(0, 0));
  assert.deepEqual(press('PageDown', at(995, 7)), at(999, 7));
  assert.deepEqual(press('ArrowRight', at(999, 7)), at(999, 7));
});

test('a range turns over its anchor', () => {
  const down = extendedTo(at(10, 2), { row: 12, column: 3 });
  const up = extendedTo(down, { row: 8, column: 1 });
  assert.deepEqual(up.range, { top: 8, left: 1, bottom: 10, right: 2 });
});

test('Control and A selects all, and the focus stays', () => {
  const all = press('ctrl+a');
  assert.deepEqual(all, allSelected(at(500, 4), size));
  assert.deepEqual(all.active, { row: 500, column: 4 });
  assert.deepEqual(all.range, { top: 0, left: 0, bottom: 999, right: 7 });
});

test('a column is selected from its first to its last row', () => {
  const { range, active } = columnSelected({ row: 40, column: 3 }, size);
  assert.deepEqual(range, { top: 0, left: 3, bottom: 999, right: 3 });
  assert.deepEqual(active, { row: 40, column: 3 });
});

test('other keys are for others, and an empty grid has no place to go', () => {
  assert.equal(press('x'), undefined);
  assert.equal(press('Tab'), undefined);
  assert.equal(press('ctrl+PageDown'), undefined);
  assert.equal(
    keyMoved(at(0, 0), { key: 'ArrowDown', ctrl: false, shift: false }, { ...size, rows: 0 }),
    undefined,
  );
});

test('a selection is cut to a smaller result', () => {
  assert.deepEqual(fitted(at(2_000, 9), size), at(999, 7));
  assert.deepEqual(fitted(at(5, 5), size), at(5, 5));
  assert.equal(fitted(at(5, 5), { ...size, columns: 0 }), undefined);
});
