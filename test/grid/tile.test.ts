import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellLimitBytes, encodeTile, readTile } from '../../src/grid/tile';
import { seeded } from './seeded';

test('a tile keeps NULL, the empty text and characters of every length apart', () => {
  const rows = [
    ['a', null, ''],
    ['é', '😀', 'NULL'],
  ];
  const tile = readTile(encodeTile(rows, 3));
  assert.equal(tile.rows, 2);
  assert.equal(tile.columns, 3);
  const texts = [0, 1].map((row) => [0, 1, 2].map((column) => tile.cell(row, column)?.text));
  assert.deepEqual(texts, rows);
});

test('a cell outside the tile is undefined', () => {
  const tile = readTile(encodeTile([['a']], 1));
  for (const [row, column] of [
    [1, 0],
    [0, 1],
    [-1, 0],
  ] as const)
    assert.equal(tile.cell(row, column), undefined);
});

test('a text above 4 kB is cut at a whole character and says that it goes on', () => {
  const exact = 'x'.repeat(cellLimitBytes);
  const emoji = 'x' + '😀'.repeat(2_000);
  const tile = readTile(encodeTile([[exact, `${exact}y`, emoji]], 3));
  assert.deepEqual(tile.cell(0, 0), { text: exact, more: false });
  assert.deepEqual(tile.cell(0, 1), { text: exact, more: true });
  const cut = tile.cell(0, 2);
  assert.equal(cut?.more, true);
  assert.equal(cut.text, emoji.slice(0, cut.text?.length));
  assert.ok(!cut.text?.includes('\ufffd'));
  assert.ok(Buffer.byteLength(cut.text ?? '') > cellLimitBytes - 4);
});

test('a tile of no rows and a tile of no columns can be read', () => {
  assert.equal(readTile(encodeTile([], 3)).rows, 0);
  assert.equal(readTile(encodeTile([[], []], 0)).columns, 0);
});

test('a full tile of short texts stays below the 256 kB that a message may have', () => {
  const rows = Array.from({ length: 128 }, (_, row) =>
    Array.from({ length: 32 }, (__, at) => `value ${row} ${at}`),
  );
  assert.ok(encodeTile(rows, 32).byteLength < 100_000);
});

test('20,000 random cells come back as they went in (seed 7)', () => {
  const next = seeded(7);
  const alphabet = ['a', 'é', '漢', '😀', '\n', '\t', '"', '\0', ' '];
  for (let round = 0; round < 200; round++) {
    const columns = 1 + next(10);
    const rows = Array.from({ length: 10 }, () =>
      Array.from({ length: columns }, () =>
        next(5) === 0
          ? null
          : Array.from({ length: next(30) }, () => alphabet[next(alphabet.length)]).join(''),
      ),
    );
    const tile = readTile(encodeTile(rows, columns));
    const back = rows.map((row, at) => row.map((_, column) => tile.cell(at, column)?.text));
    assert.deepEqual(back, rows);
  }
});

test('what is no tile is a RangeError', () => {
  assert.throws(() => readTile(new ArrayBuffer(3)), RangeError);
  const broken = new Uint32Array([5, 1_000_000]).buffer;
  assert.throws(() => readTile(broken), RangeError);
});
