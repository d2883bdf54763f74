import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addRow, resultStore } from '../../src/query/resultStore';

test('rows over several blocks come back, with NULL and empty apart', () => {
  const store = resultStore(2);
  const texts = (row: number) => [
    row % 3 === 0 ? null : `r${row}`,
    row % 7 === 0 ? '' : 'x'.repeat(row % 90),
  ];
  for (let row = 0; row < 10_000; row++) addRow(store, texts(row));
  assert.equal(store.rowCount, 10_000);
  for (const from of [0, 4_090, 8_190, 9_990]) {
    const rows = store.rows({ from, to: from + 10, columnFrom: 0, columnTo: 2 });
    assert.deepEqual(
      rows,
      Array.from({ length: 10 }, (_, at) => texts(from + at)),
    );
  }
});

test('a range is cut to what is there, in rows and in columns', () => {
  const store = resultStore(3);
  addRow(store, ['a', 'b', 'c']);
  assert.deepEqual(store.rows({ from: 0, to: 99, columnFrom: 1, columnTo: 99 }), [['b', 'c']]);
  assert.deepEqual(store.rows({ from: 5, to: 9, columnFrom: 0, columnTo: 3 }), []);
});

test('a short row ends with NULL, a long one is refused', () => {
  const store = resultStore(2);
  addRow(store, ['a']);
  assert.deepEqual(store.rows({ from: 0, to: 1, columnFrom: 0, columnTo: 2 }), [['a', null]]);
  assert.throws(() => addRow(store, ['a', 'b', 'c']), RangeError);
});

test('blocks of much text are kept whole', () => {
  const store = resultStore(1);
  const long = 'ü'.repeat(400);
  for (let row = 0; row < 4_200; row++) addRow(store, [`${row} ${long}`]);
  const [[last] = []] = store.rows({ from: 4_095, to: 4_096, columnFrom: 0, columnTo: 1 });
  assert.equal(last, `4095 ${long}`);
});
