import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Problem } from '../../src/base/problem';
import type { RangedObject } from '../../src/preview/preview';
import { previewObject } from '../../src/preview/previewObject';

function objectOf(bytes: Uint8Array, key: string): RangedObject {
  return { key, bytes: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}

function fixture(name: string): RangedObject {
  return objectOf(readFileSync(`test/fixtures/lake/${name}`), `lake/${name}`);
}

function textObject(text: string, key: string): RangedObject {
  return objectOf(Buffer.from(text), key);
}

test('a Parquet file shows schema, sizes, statistics, row groups and first rows, whatever its columns are packed with', async () => {
  const preview = await previewObject(fixture('payments.codecs.parquet'));
  assert.equal(preview.format, 'Parquet');
  assert.equal(preview.rows, 2000);
  assert.deepEqual(
    preview.rowGroups.map(({ rows }) => rows),
    [500, 500, 500, 500],
  );
  assert.deepEqual(
    preview.columns.map(({ name, type, compression }) => `${name} ${type} ${compression}`),
    [
      'payment_id int64 ZSTD',
      'customer string SNAPPY',
      'channel string GZIP',
      'amount double BROTLI',
      'booked_on date UNCOMPRESSED',
      'booked_at timestamp(micros, UTC) LZ4_RAW',
      'note string ZSTD',
    ],
  );
  const [id, , , amount] = preview.columns;
  assert.deepEqual([id?.min, id?.max, id?.nulls], ['1', '2000', 0]);
  assert.ok((amount?.nulls ?? 0) > 0);
  assert.equal(preview.sample.length, 100);
  assert.deepEqual(preview.sample[0], [
    '1',
    'CUST-000000',
    'ATM',
    null,
    '2024-01-01',
    '2024-01-01 00:00:00',
    'Entry 0, “quoted” é',
  ]);
  assert.equal(preview.sample[1]?.[5], '2024-01-01 00:01:00');
  assert.deepEqual(preview.notes, []);
});

test('nested columns are shown as JSON', async () => {
  const { sample, columns } = await previewObject(fixture('nested.snappy.parquet'));
  assert.ok(columns.length > 5);
  assert.ok(sample[0]?.some((cell) => cell?.startsWith('{') === true));
  assert.ok(columns.some(({ type }) => type === 'decimal(18,2)'));
  assert.deepEqual(
    sample.map(([, price]) => price),
    [null, '12.50', '-3.99'],
  );
  assert.deepEqual(
    sample.map((row) => row.at(-1)),
    ['{"x":1}', '{}', null],
  );
});

for (const name of ['corrupt-footer.parquet', 'corrupt-length.parquet', 'cut-off.parquet']) {
  test(`${name}: one sentence that names the file and says that it is damaged`, async () => {
    await assert.rejects(previewObject(fixture(name)), (error) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.kind, 'invalid');
      assert.match(error.message, new RegExp(`The footer of lake/${name} cannot be read`));
      return true;
    });
  });
}

test('of a large Parquet file only its tail and first pages are fetched', async () => {
  // The footer says where the pages are: what stands between is never asked for, so it need not be there.
  const small = readFileSync('test/fixtures/lake/payments.codecs.parquet');
  const gap = 1_000_000_000;
  const groupsEnd = small.length - 8 - small.readUInt32LE(small.length - 8);
  const at = (offset: number): number => (offset < groupsEnd ? offset : offset - gap);
  let asked = 0;
  const preview = await previewObject({
    key: 'big.parquet',
    bytes: small.length + gap,
    read: async (start, end) => {
      asked += end - start;
      const bytes = new Uint8Array(end - start);
      for (let offset = start; offset < end; offset++) bytes[offset - start] = small[at(offset)] ?? 0;
      return bytes;
    },
  });
  assert.equal(preview.sample.length, 100);
  assert.ok(asked < preview.bytes / 100, `${asked} bytes of ${preview.bytes}`);
  assert.equal(preview.fetched, asked);
});

for (const [name, packing] of [
  ['payments.csv', undefined],
  ['payments.csv.gz', 'gzip'],
  ['payments.csv.bz2', 'bzip2'],
  ['payments.csv.zst', 'zstd'],
  ['payments.frames.csv.zst', 'zstd'],
] as const) {
  test(`${name} shows its header and first rows`, async () => {
    const plain = await previewObject(fixture('payments.csv'));
    const preview = await previewObject(fixture(name));
    assert.equal(preview.format, 'CSV');
    assert.equal(preview.compression, packing);
    assert.ok(preview.columns.length > 3);
    assert.deepEqual(preview.columns, plain.columns);
    assert.deepEqual(preview.sample, plain.sample);
    assert.equal(preview.sample.length, 100);
    assert.deepEqual(preview.notes, []);
  });
}

test('a gzip that was cut off shows what can be unpacked, and says so', async () => {
  const whole = await previewObject(fixture('payments.ndjson.gz'));
  assert.deepEqual(whole.notes, []);
  assert.equal(whole.format, 'NDJSON');
  const { sample, notes } = await previewObject(fixture('truncated.ndjson.gz'));
  assert.equal(sample.length, 100);
  assert.match(notes.join(' '), /gzip stream is damaged or was cut off/);
});

test('of a large text only its beginning is fetched, and its last cut line is left out', async () => {
  const line = 'a,b,c\n';
  const bytes = Buffer.from(line.repeat(1_000_000));
  const preview = await previewObject(objectOf(bytes, 'big.csv'));
  assert.ok(preview.fetched <= 600_000);
  assert.ok(preview.sample.every((row) => row.length === 3 && !row.includes(null)));
});

test('a large gzip is unpacked from its beginning', async () => {
  const noise = Array.from({ length: 200_000 }, (_, at) => `${at},${(at * 2_654_435_761) % 4_294_967_296}`);
  const bytes = gzipSync(`id,hash\n${noise.join('\n')}\n`);
  assert.ok(bytes.length > 600_000);
  const preview = await previewObject(objectOf(bytes, 'big.csv.gz'));
  assert.deepEqual(preview.sample[0], ['0', '0']);
  assert.deepEqual(preview.notes, []);
  assert.ok(preview.fetched < 600_000);
});

test('Avro files show their schema with logical types, their codec and no rows', async () => {
  const deflate = await previewObject(fixture('payments.deflate.avro'));
  const snappy = await previewObject(fixture('payments.snappy.avro'));
  assert.deepEqual([deflate.compression, snappy.compression], ['deflate', 'snappy']);
  assert.deepEqual(deflate.columns, snappy.columns);
  assert.ok(deflate.columns.some(({ type }) => type?.includes('date')));
  assert.match(deflate.notes[0] ?? '', /not the rows/);
});

test('ORC files show rows, stripes and columns', async () => {
  for (const name of ['payments.zlib.orc', 'payments.snappy.orc']) {
    const preview = await previewObject(fixture(name));
    assert.equal(preview.format, 'ORC');
    assert.equal(preview.rows, 3000);
    assert.ok(preview.columns.length > 2, name);
    assert.ok(preview.columns.every(({ name: column, type }) => column !== '' && type !== 'unknown'));
    assert.equal(
      preview.rowGroups.reduce((sum, { rows }) => sum + rows, 0),
      3000,
    );
  }
});

test('JSON is shown as a table where it is a list of objects, else indented; broken JSON says why', async () => {
  const table = await previewObject(textObject('[{"a":1,"b":null},{"a":2,"c":[1]}]', 'x.json'));
  assert.deepEqual(table.sample, [
    ['1', null, null],
    ['2', null, '[1]'],
  ]);
  const one = await previewObject(textObject('{"a": {\n"b": 1}}', 'x.json'));
  assert.match(one.text ?? '', /"b": 1/);
  const broken = await previewObject(textObject('{"a": \n [1, }', 'x.json'));
  assert.match(broken.notes[0] ?? '', /no valid JSON/);
});

test('CSV keeps quoted line ends and delimiters, tells its delimiter, and says when rows are ragged', async () => {
  const preview = await previewObject(textObject('id;note\n1;"a;b\nc ""d"""\n2;x;y\n', 'x.csv'));
  assert.deepEqual(preview.sample, [
    ['1', 'a;b\nc "d"'],
    ['2', 'x'],
  ]);
  assert.ok(preview.facts.some(([name, value]) => name === 'delimiter' && value === ';'));
  assert.match(preview.notes[0] ?? '', /1 of the first 2 rows/);
});

test('empty and binary objects say that there is nothing to show', async () => {
  assert.match((await previewObject(textObject('', 'a.csv'))).notes[0] ?? '', /no bytes/);
  const binary = await previewObject(objectOf(new Uint8Array([1, 0, 2, 0]), 'a.bin'));
  assert.equal(binary.format, 'binary');
});

test('problems of reading pass through', async () => {
  const gone = new Problem('s3://lake/a.csv is gone.', 'missing');
  const object = { key: 'a.csv', bytes: 10, read: () => Promise.reject(gone) };
  await assert.rejects(previewObject(object), (error) => error === gone);
});
