import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parquetFooter } from '../../src/preview/parquetFooter';
import { firstRows } from '../../src/preview/parquetRows';
import { previewObject } from '../../src/preview/previewObject';
import { previewPage } from '../../src/preview/page';
import { countedObject, numbersFile } from './tinyParquet';

const megabyte = 1024 * 1024;

test('columns with large pages are read one after the other as far as three megabytes reach, the others are named', async () => {
  const object = countedObject(numbersFile({ columns: 20, groups: 1, rows: 100_000 }), 'wide.parquet');
  const preview = await previewObject(object);
  assert.ok(object.asked().bytes < 4 * megabyte, `${object.asked().bytes}`);
  assert.deepEqual(preview.sampleColumns, ['c0', 'c1', 'c2']);
  assert.equal(preview.sample.length, 100);
  assert.deepEqual(preview.sample[99], ['0', '0', '0']);
  assert.match(
    preview.notes[0] ?? '',
    /Values of c3, c4, c5 and 14 more are not shown: their first pages are too/,
  );
  // A column that was not read is no column of NULLs.
  assert.doesNotMatch(previewPage(preview, 'x'), /NULL/);
});

test('of two thousand columns all are told, the values of the first are shown, and the page stays readable', async () => {
  const object = countedObject(numbersFile({ columns: 2000, groups: 1, rows: 100 }), 'wide.parquet');
  const preview = await previewObject(object);
  assert.equal(preview.columns.length, 2000);
  assert.equal(preview.sampleColumns?.length, 500);
  assert.match(preview.notes[0] ?? '', /only the first columns of so wide a file/);
  assert.ok(object.asked().bytes < 2 * megabyte);
  const page = previewPage(preview, 'x');
  assert.match(page, /First 20 rows/);
});

test('the rows are those of the first row group that has any', async () => {
  const file = numbersFile({ columns: 1, groups: 2, rows: 3 });
  const object = countedObject(file, 'x');
  const footer = await parquetFooter(object, 'x');
  assert.ok(footer.kind === 'read');
  const [first, ...rest] = footer.metadata.row_groups;
  assert.ok(first !== undefined);
  const { sample } = await firstRows(object, {
    ...footer.metadata,
    row_groups: [{ ...first, num_rows: 0n }, ...rest],
  });
  assert.equal(sample.length, 3);
});

test('a column says why it is not shown: encrypted, in a packing that is not known, in another file', async () => {
  const object = countedObject(numbersFile({ columns: 4, groups: 1, rows: 3 }), 'x');
  const footer = await parquetFooter(object, 'x');
  assert.ok(footer.kind === 'read');
  const [group] = footer.metadata.row_groups;
  assert.ok(group !== undefined);
  const [a, b, c, d] = group.columns;
  assert.ok(a?.meta_data && b?.meta_data && c && d);
  const columns = [
    { ...a, meta_data: { ...a.meta_data, codec: 'LZO' as const } },
    { ...b, crypto_metadata: {} },
    { ...c, file_path: 'other.parquet' },
    d,
  ];
  const { sampleColumns, notes } = await firstRows(object, {
    ...footer.metadata,
    row_groups: [{ ...group, columns }],
  });
  assert.deepEqual(sampleColumns, ['c3']);
  assert.deepEqual(notes, [
    'Values of c0 are not shown: they are packed with LZO, which is not unpacked here.',
    'Values of c1 are not shown: they are encrypted.',
    'Values of c2 are not shown: they lie in another file.',
  ]);
});
