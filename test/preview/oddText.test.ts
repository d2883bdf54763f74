import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { previewPage } from '../../src/preview/page';
import { previewObject } from '../../src/preview/previewObject';
import { countedObject } from './tinyParquet';

const shown = (key: string, bytes: Uint8Array | string) =>
  previewObject(countedObject(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, key));
const csv = 'id,name\n1,a\n2,b\n';
const rows = [
  ['1', 'a'],
  ['2', 'b'],
];

for (const [what, bytes, note] of [
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')]), /UTF-16, which Athena/],
  ['UTF-8 with its mark', `\uFEFF${csv}`, /^$/],
  ['lines that end with CR alone', csv.replaceAll('\n', '\r'), /^$/],
  ['Latin-1', Buffer.from(`${csv}3,Müller\n`, 'latin1'), /shown as Windows-1252/],
] as const) {
  test(`${what} is read as the text it is`, async () => {
    const { columns, sample, notes } = await shown('x.csv', bytes);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['id', 'name'],
    );
    assert.deepEqual(sample.slice(0, 2), rows);
    assert.match(notes.join(' '), note);
    if (sample.length > 2) assert.deepEqual(sample[2], ['3', 'Müller']);
  });
}

test('one line of many megabytes costs half of one, and is cut where it is shown', async () => {
  for (const key of ['x.txt', 'x.json', 'x']) {
    const object = countedObject(Buffer.alloc(3_000_000, key === 'x.json' ? '[1,' : 'x'), key);
    const preview = await previewObject(object);
    assert.ok(object.asked().bytes <= 512 * 1024);
    assert.match(preview.notes.join(' '), /first line is longer than what is read/);
    assert.ok(previewPage(preview, key).length < 25_000);
  }
});

test('a JSON array is a table though its end was not read, on one line or on many', async () => {
  const items = Array.from({ length: 30_000 }, (_, id) => ({ id, text: '}]{["', list: [{ a: 1 }] }));
  for (const text of [JSON.stringify(items), JSON.stringify(items, undefined, 2)]) {
    const { format, sample, columns } = await shown('x.json', text);
    assert.equal(format, 'JSON');
    assert.equal(sample.length, 100);
    assert.deepEqual(sample[99], ['99', '}]{["', '[{"a":1}]']);
    assert.equal(columns[0]?.type, 'integer');
  }
});

test('objects without line ends between them are told to be what Athena does not read', async () => {
  const joined = await shown('x.json', '{"a":1}{"a":2}');
  assert.deepEqual(joined.sample, [['1'], ['2']]);
  assert.match(joined.notes[0] ?? '', /Several objects stand on one line/);
  const long = await shown('x.json', '{\n"a":1\n}\n{\n"a":2\n}\n');
  assert.match(long.notes[0] ?? '', /go over several lines/);
});

test('numbers of JSON keep their digits, and one broken line is no end of NDJSON', async () => {
  const exact = await shown('x', '{"id":12345678901234567890,"n":{"x":0.12345678901234567}}\n{"id":"x"}\n');
  assert.deepEqual(exact.sample[0], ['12345678901234567890', '{"x":0.12345678901234567}']);
  assert.equal(exact.columns[0]?.type, 'integer or string');
  const broken = await shown('x.json', '{"a":1}\n{"a":\n{"a":2}\n');
  assert.equal(broken.format, 'NDJSON');
  assert.match(broken.notes[0] ?? '', /1 of the first 3 lines is no JSON object, line 2/);
});

test('a log whose lines begin with brackets is text', async () => {
  for (const line of ['[2024-01-01 10:00] INFO start', '{nothing} of the kind', '[main] INFO start']) {
    const { format, notes } = await shown('app.log', `${line}\n${line}\n`);
    assert.equal(format, 'text', line);
    assert.deepEqual(notes, []);
  }
});

test('a first row of data is no header: dates, values that come again, decimals with a comma', async () => {
  const header = async (text: string) => {
    const { facts, columns } = await shown('x.csv', text);
    return [facts.map(([, value]) => value).join(' '), columns.length];
  };
  assert.deepEqual(await header('2024-01-01,EU\n2024-01-02,US\n'), [', no', 2]);
  assert.deepEqual(await header('anna,rome\nbob,paris\nanna,bonn\n'), [', no', 2]);
  assert.deepEqual(await header('1,5;2,5;x\n3,5;4,5;y\n'), ['; no', 3]);
  assert.deepEqual(await header('id\tname\n1\ta\n'), ['tab yes', 2]);
  assert.deepEqual(await header('1\u0001a\n2\u0001b\n'), ['Ctrl-A no', 2]);
  assert.deepEqual(await header(',id,name\n0,1,a\n'), [', yes', 3]);
  assert.deepEqual(await header('name,city\nbob,paris\n'), [', yes', 2]);
});

test('a quote that is never closed, and control characters, do not break the page', async () => {
  const open = await shown('x.csv', 'id,note\n1,"open\n2,b\n');
  assert.match(open.notes[0] ?? '', /never closed/);
  const page = previewPage(await shown('x.csv', 'id,note\n1,\u001B[2J\u202Eboo\n'), 'x');
  assert.ok(!page.includes('\u001B') && !page.includes('\u202E'));
  assert.match(page, /boo/);
});

test('gzip: several members, rubbish behind the last one, a wrong checksum, one that is cut off', async () => {
  const packed = gzipSync(csv);
  const several = await shown('x.csv.gz', Buffer.concat([packed, gzipSync('3,c\n')]));
  assert.deepEqual([several.sample.length, several.notes], [3, []]);
  const checksum = Buffer.from(packed);
  checksum.writeUInt32LE(1, packed.length - 8);
  for (const bytes of [
    Buffer.concat([packed, Buffer.from('rubbish')]),
    checksum,
    packed.subarray(0, packed.length - 6),
  ]) {
    const { sample, notes } = await shown('x.csv.gz', bytes);
    assert.deepEqual(sample, rows);
    assert.match(notes.join(' '), /damaged or was cut off/);
  }
  const object = countedObject(gzipSync(Buffer.alloc(60_000_000, 'a,b\n')), 'x.csv.gz');
  assert.equal((await previewObject(object)).sample.length, 100);
});

test('frames that somebody put into a zstd stream are passed over', async () => {
  const packed = readFileSync('test/fixtures/lake/payments.csv.zst');
  const frame = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const { compression, sample, notes } = await shown('x.csv.zst', Buffer.concat([frame, frame, packed]));
  assert.deepEqual([compression, sample.length, notes], ['zstd', 100, []]);
});

test('a name that does not say what it is packed with is told: Athena goes by it', async () => {
  const plain = await shown('x.csv.gz', csv);
  assert.deepEqual(plain.sample, rows);
  assert.match(plain.notes[0] ?? '', /name says gzip, but it is not packed so/);
  const packed = await shown('x.csv', gzipSync(csv));
  assert.deepEqual(packed.sample, rows);
  assert.match(packed.notes[0] ?? '', /packed with gzip, but its name does not end so/);
  const twice = await shown('x.csv.gz', gzipSync(gzipSync(csv)));
  assert.match(twice.notes[0] ?? '', /packed twice/);
  const brotli = await shown('x.csv.br', Buffer.from([0x1b, 0x0f, 0, 0, 0x24]));
  assert.match(brotli.notes[0] ?? '', /says that it is packed with Brotli, which is not unpacked here/);
});

test('archives and what no engine reads are called by their names', async () => {
  const tar = Buffer.concat([Buffer.from('file'.padEnd(257, '\0')), Buffer.from('ustar\u000000')]);
  for (const [key, bytes, format] of [
    ['x.zip', 'PK\u0003\u0004', 'ZIP'],
    ['x.xlsx', 'PK\u0003\u0004....[Content_Types].xml', 'Excel'],
    ['x.tar', tar, 'tar'],
    ['x.tar.gz', gzipSync(tar), 'tar'],
    ['x.feather', 'ARROW1\0\0', 'Arrow file (Feather)'],
    ['x.lz4', Buffer.from('04224d1864', 'hex'), 'LZ4 frame'],
    ['x.parquet.gz', gzipSync('PAR1'), 'Parquet'],
  ] as const) {
    const preview = await shown(key, bytes);
    assert.equal(preview.format, format, key);
    assert.equal(preview.notes.length, 1, key);
  }
});

test('a text that is called Parquet or ORC is shown as the text it is', async () => {
  const { sample, text, notes } = await shown('x.parquet', 'hello world\n');
  assert.deepEqual([sample, text], [[], 'hello world']);
  assert.match(notes[0] ?? '', /Its name says Parquet, but its first bytes are none/);
  assert.match((await shown('x.orc', 'hello\n')).notes[0] ?? '', /Its name says ORC/);
});

test('a tail of ORC that is damaged, and a footer that says it is longer than the file, are told', async () => {
  assert.match((await shown('x.orc', 'ORC and then nothing')).notes[0] ?? '', /damaged or was cut off/);
  // Postscript: a footer of 1,000,000 bytes, then the magic.
  const postscript = Buffer.from([0x08, 0xc0, 0x84, 0x3d, 0x82, 0xf4, 0x03, 3, 0x4f, 0x52, 0x43]);
  const bytes = Buffer.concat([Buffer.from('ORC'), postscript, Buffer.from([postscript.length])]);
  assert.match((await shown('x.orc', bytes)).notes[0] ?? '', /longer than the file/);
});
