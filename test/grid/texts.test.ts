import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteCache } from '../../src/grid/cache';
import { isNumeric, paintedCell } from '../../src/grid/cellFormat';
import { csvChunks, csvLine } from '../../src/grid/csvExport';
import { readFromView } from '../../src/grid/fromView';
import { copyRange, tsvLine } from '../../src/grid/tsv';
import { columnWidths, draggedWidth } from '../../src/grid/widths';
import { memoryRows } from './memoryRows';

const never = new AbortController().signal;

test('the cache drops what was not used for longest, by bytes', () => {
  const cache = byteCache<string>(100);
  cache.set('a', 'A', 40);
  cache.set('b', 'B', 40);
  assert.equal(cache.get('a'), 'A');
  cache.set('c', 'C', 40);
  assert.equal(cache.has('b'), false);
  assert.equal(cache.get('a'), 'A');
  cache.set('a', 'A2', 10);
  assert.equal(cache.bytes, 50);
  cache.set('big', 'BIG', 500);
  assert.equal(cache.get('big'), 'BIG');
  assert.equal(cache.has('c'), false);
  cache.clear();
  assert.equal(cache.bytes, 0);
});

test('numbers are known by their type', () => {
  for (const type of ['tinyint', 'integer', 'bigint', 'double', 'real', 'decimal(18,2)', 'DECIMAL(5,0)']) {
    assert.ok(isNumeric(type), type);
  }
  for (const type of [
    'varchar',
    'date',
    'timestamp(3)',
    'interval day to second',
    'array(bigint)',
    'map(int,int)',
  ]) {
    assert.ok(!isNumeric(type), type);
  }
});

test('a cell is painted as one line; NULL, empty and missing are told apart', () => {
  assert.deepEqual(paintedCell({ text: null, more: false }), {
    text: 'NULL',
    kind: 'null',
    label: 'NULL value',
  });
  assert.deepEqual(paintedCell({ text: 'NULL', more: false }), { text: 'NULL', kind: 'text' });
  assert.deepEqual(paintedCell({ text: '', more: false }), { text: '', kind: 'text', label: 'empty' });
  assert.equal(paintedCell(undefined).kind, 'waiting');
  assert.equal(paintedCell({ text: 'a\r\nb\nc', more: false }).text, 'a↵b↵c');
  assert.equal(paintedCell({ text: 'x'.repeat(5_000), more: true }).text.length, 301);
});

test('tab-separated text says NULL as it was told, and quotes what would break the table', () => {
  assert.equal(tsvLine(['a', null, ''], 'NULL'), 'a\tNULL\t');
  assert.equal(tsvLine(['a\tb', 'c\nd', 'say "x"'], ''), '"a\tb"\t"c\nd"\t"say ""x"""');
});

test('a range is copied with or without names, and not at all when it is too large', async () => {
  const source = memoryRows(4, 5_000, (row, column) => (column === 2 ? null : `${row}.${column}`));
  const range = { top: 1, left: 1, bottom: 2, right: 2 };
  const options = { nullText: 'NULL', withHeader: true, limit: 1_000 };
  const small = await copyRange({ source, range, options }, never);
  assert.deepEqual(small, { kind: 'text', text: 'c1\tc2\n1.1\tNULL\n2.1\tNULL', rows: 2 });
  const all = { top: 0, left: 0, bottom: 9_999, right: 9 };
  assert.deepEqual(await copyRange({ source, range: all, options }, never), { kind: 'too-large' });
  const whole = await copyRange({ source, range: all, options: { ...options, limit: 10 ** 7 } }, never);
  assert.equal(whole.kind === 'text' && whole.rows, 5_000);
});

test('copying stops when it is cancelled', async () => {
  const request = {
    source: memoryRows(1, 10),
    range: { top: 0, left: 0, bottom: 9, right: 0 },
    options: { nullText: '', withHeader: false, limit: 100 },
  };
  await assert.rejects(copyRange(request, AbortSignal.abort()), { name: 'AbortError' });
});

test('exported CSV tells NULL from empty and quotes what needs it', async () => {
  assert.equal(csvLine(['a', null, '', 'b,c', 'd"e', 'f\ng', ' h']), 'a,,"","b,c","d""e","f\ng"," h"\n');
  let text = '';
  for await (const chunk of csvChunks(memoryRows(2, 4_500), never)) text += chunk;
  const lines = text.split('\n');
  assert.equal(lines[0], 'c0,c1');
  assert.equal(lines[4_500], 'r4499c0,r4499c1');
  assert.equal(lines.length, 4_502);
});

test('columns are as wide as their texts, within limits', () => {
  const columns = [
    { name: 'id', type: 'bigint' },
    { name: 'a rather long column name', type: 'varchar' },
    { name: 't', type: 'varchar' },
    { name: 'k', type: 'varchar' },
  ];
  const [id = 0, long = 0, text = 0, wide = 0] = columnWidths(
    columns,
    [['1', null, 'x'.repeat(900), '漢字漢字漢字漢字']],
    7,
  );
  assert.equal(id, 56);
  assert.equal(long, 26 * 7 + 22);
  assert.equal(text, 360);
  assert.equal(wide, 16 * 7 + 22);
  assert.equal(draggedWidth(-40), 28);
});

test('messages of a view are read, and anything else is refused', () => {
  const range = { top: 0, left: 1, bottom: 2, right: 3 };
  for (const message of [
    { kind: 'ready', version: 1 },
    { kind: 'need', epoch: 1, want: [[3, 0]] },
    { kind: 'ack', epoch: 1, seq: 9 },
    { kind: 'cell', epoch: 1, row: 5, column: 6 },
    { kind: 'copy', epoch: 1, range, withHeader: true },
    { kind: 'cancel' },
    { kind: 'exportCsv' },
    { kind: 'openFile' },
    { kind: 'copyLocation' },
    { kind: 'revealError' },
  ]) {
    assert.deepEqual(readFromView(message), message);
  }
  for (const wrong of [
    null,
    'cancel',
    {},
    { kind: 'drop' },
    { kind: 'need', epoch: 1, want: [[-1, 0]] },
    { kind: 'need', epoch: 1, want: ['x'] },
    { kind: 'need', epoch: 'x', want: [] },
    { kind: 'ack', epoch: 1 },
    { kind: 'cell', epoch: 1, row: 1.5, column: 0 },
    { kind: 'copy', epoch: 1, range: { ...range, bottom: -1 } },
    { kind: 'copy', epoch: 1, range: { top: 5, left: 0, bottom: 4, right: 0 } },
  ]) {
    assert.equal(readFromView(wrong), undefined, JSON.stringify(wrong));
  }
});
