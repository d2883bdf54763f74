import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { completeFooter } from '../../src/preview/compactThrift';
import { mostFooter, parquetFooter } from '../../src/preview/parquetFooter';
import { previewObject } from '../../src/preview/previewObject';
import { closed, countedObject, numbersFile } from './tinyParquet';

const megabyte = 1024 * 1024;

function footerIn(file: Buffer): Buffer {
  return file.subarray(file.length - 8 - file.readUInt32LE(file.length - 8), file.length - 8);
}

test('a footer of many megabytes is read as far as two, and the page says so', async () => {
  const file = numbersFile({ columns: 10, groups: 40, rows: 2, note: 'x'.repeat(8000) });
  assert.ok(footerIn(file).length > mostFooter);
  const object = countedObject(file, 'many.parquet');
  const preview = await previewObject(object);
  assert.ok(object.asked().bytes < 3 * megabyte, `${object.asked().bytes}`);
  assert.equal(preview.fetched, object.asked().bytes);
  assert.equal(preview.rows, 80);
  assert.ok(preview.rowGroups.length > 20 && preview.rowGroups.length < 40);
  assert.match(
    preview.notes.join(' '),
    /footer is \d[.\d]* MB long and was not read to its end: \d+ of its 40 row groups/,
  );
  assert.deepEqual(preview.facts[0], ['row groups', '40']);
  // A part of the row groups would give a wrong least and greatest value.
  assert.deepEqual(Object.keys(preview.columns[0] ?? {}), ['name', 'type', 'compression']);
  assert.deepEqual(preview.sample[1]?.slice(0, 2), ['0', '0']);
});

test('of a footer that ends before its row groups begin its length is said', async () => {
  const data = Buffer.from('PAR1');
  const footer = Buffer.concat([Buffer.from([0x15, 0x02, 0x19, 0xfc]), Buffer.alloc(3 * megabyte, 0x81)]);
  const object = countedObject(closed(data, footer, 'PAR1'), 'schema.parquet');
  const preview = await previewObject(object);
  assert.ok(object.asked().bytes < 3 * megabyte);
  assert.match(preview.notes[0] ?? '', /Its footer is 3 MB long/);
});

test('whatever its length, the beginning of a footer is made one by itself with the row groups that are whole', () => {
  const footer = footerIn(readFileSync('test/fixtures/lake/payments.codecs.parquet'));
  const kept = [0.01, 0.3, 0.5, 0.8, 1].map((part) => {
    const found = completeFooter(footer.subarray(0, Math.ceil(footer.length * part)));
    return found === undefined ? undefined : [found.kept, found.groups];
  });
  assert.equal(kept[0], undefined);
  assert.deepEqual(kept.at(-1), [4, 4]);
  const counts = kept.slice(1).map((each) => each?.[0] ?? -1);
  assert.deepEqual(
    counts,
    counts.toSorted((a, b) => a - b),
  );
  assert.ok((counts[1] ?? 0) > 0 && (counts[1] ?? 0) < 4);
});

test('an encrypted footer is said to be one, not to be damaged', async () => {
  const file = closed(Buffer.from('PARE'), Buffer.alloc(64, 7), 'PARE');
  const preview = await previewObject(countedObject(file, 'secret.parquet'));
  assert.match(preview.notes[0] ?? '', /footer is encrypted/);
});

test('a length that no footer can have is damage, and nothing is fetched for it', async () => {
  const file = numbersFile({ columns: 1, groups: 1, rows: 20_000 });
  file.writeUInt32LE(file.length, file.length - 8);
  const object = countedObject(file, 'long.parquet');
  await assert.rejects(parquetFooter(object, 'long.parquet'), (error) => error instanceof Problem);
  assert.equal(object.asked().requests, 1);
  for (const bytes of ['PAR1', 'PAR1PAR1'])
    await assert.rejects(
      parquetFooter(countedObject(Buffer.from(bytes), 'short'), 'short'),
      (error) => error instanceof Problem && error.kind === 'invalid',
    );
});
