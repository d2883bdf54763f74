import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isCancel, Problem } from '../../src/base/problem';
import { readAvroFile } from '../../src/iceberg/avroFile';
import { readManifestList, readSnapshotFiles } from '../../src/iceberg/manifests';
import { readMetadata, snapshotById, type ReadObject } from '../../src/iceberg/metadata';
import { partitionText } from '../../src/iceberg/partitionText';
import { fixtureReader, never, newestMetadata } from './fixture';

const read = fixtureReader();
const metadata = await readMetadata(read, newestMetadata, never);
const current = snapshotById(metadata, metadata.currentSnapshotId ?? '');

test('the files of each snapshot have the rows and bytes that its summary counts', async () => {
  for (const snapshot of metadata.snapshots) {
    const { files, complete } = await readSnapshotFiles(read, { metadata, snapshot }, never);
    const sum = (of: 'rows' | 'bytes'): string => String(files.reduce((all, file) => all + file[of], 0));
    assert.ok(complete);
    assert.equal(String(files.length), snapshot.summary['total-data-files'], snapshot.id);
    assert.equal(sum('rows'), snapshot.summary['total-records'], snapshot.id);
    assert.equal(sum('bytes'), snapshot.summary['total-files-size'], snapshot.id);
  }
});

test('a file tells its partition by name, its format and who added it; replaced files are left out', async () => {
  const { files } = await readSnapshotFiles(read, { metadata, snapshot: current }, never);
  assert.deepEqual(
    files
      .map(({ partition, rows, status, format, content }) => ({ partition, rows, status, format, content }))
      .toSorted((a, b) => (a.partition < b.partition ? -1 : 1)),
    [
      {
        partition: 'happened_on_month=2024-01',
        rows: 53,
        status: 'added',
        format: 'PARQUET',
        content: 'data',
      },
      {
        partition: 'happened_on_month=2024-02',
        rows: 40,
        status: 'existing',
        format: 'PARQUET',
        content: 'data',
      },
      {
        partition: 'happened_on_month=2024-03',
        rows: 50,
        status: 'existing',
        format: 'PARQUET',
        content: 'data',
      },
    ],
  );
  assert.equal(files.find(({ status }) => status === 'added')?.addedBy, current.id);
});

test('a manifest list tells its manifests with their snapshot and counts', async () => {
  const manifests = await readManifestList(read, current, never);
  assert.ok(manifests.length >= 3);
  assert.ok(manifests.every(({ path, bytes }) => path.endsWith('.avro') && (bytes ?? 0) > 0));
  assert.ok(manifests.some(({ addedBy, deletedFiles }) => addedBy === current.id && deletedFiles === 1));
});

test('a first page stops at its limit and says that there is more', async () => {
  const page = await readSnapshotFiles(read, { metadata, snapshot: current, limit: 1 }, never);
  assert.equal(page.files.length, 1);
  assert.equal(page.complete, false);
});

test('Avro packed with deflate and with snappy gives the same rows', async () => {
  const [deflate, snappy] = await Promise.all(
    ['deflate', 'snappy'].map(async (codec) =>
      readAvroFile(new Uint8Array(await readFile(`test/fixtures/lake/payments.${codec}.avro`))),
    ),
  );
  assert.equal(deflate?.metadata.get('avro.codec'), 'deflate');
  assert.equal(snappy?.metadata.get('avro.codec'), 'snappy');
  assert.equal(deflate?.records.length, 300);
  assert.deepEqual(snappy?.records, deflate?.records);
});

test('a manifest that is cut off anywhere, or full of noise, is a Problem with its URI and nothing worse', async () => {
  const { manifestList = '' } = current;
  const whole = await read(manifestList, never);
  const broken = [...Array(60).keys()].flatMap((step) => {
    const at = Math.floor((whole.length * step) / 60);
    const noise = Uint8Array.from(whole);
    noise.fill(0xff, at, at + 12);
    return [whole.subarray(0, at), noise];
  });
  let problems = 0;
  for (const bytes of broken) {
    const reading: ReadObject = async (uri, signal) => (uri === manifestList ? bytes : read(uri, signal));
    try {
      await readManifestList(reading, current, never);
    } catch (error) {
      assert.ok(error instanceof Problem, String(error));
      assert.ok(error.message.includes(manifestList));
      problems += 1;
    }
  }
  assert.ok(problems > 60, `${problems} of ${broken.length} were noticed`);
});

test('a manifest that is gone is the reader’s own Problem', async () => {
  const gone = fixtureReader((uri) => {
    if (uri.endsWith('-m0.avro')) throw new Problem(`There is no ${uri}.`, 'missing');
  });
  await assert.rejects(
    readSnapshotFiles(gone, { metadata, snapshot: current }, never),
    (error) => error instanceof Problem && error.kind === 'missing',
  );
});

test('a cancelled reading ends as cancelled', async () => {
  const control = new AbortController();
  const reading: ReadObject = async (uri, signal) => {
    if (uri.endsWith('-m0.avro')) control.abort();
    return read(uri, signal);
  };
  await assert.rejects(readSnapshotFiles(reading, { metadata, snapshot: current }, control.signal), isCancel);
});

test('partition values are shown as their transform means them', () => {
  const shown = (value: unknown, transform: string, type: string): string =>
    partitionText(
      { p: value },
      { id: 0, fields: [{ name: 'p', transform, sourceId: 1 }] },
      { ...metadata, schemas: [{ id: 0, fields: [{ id: 1, name: 'c', type, required: false }] }] },
    );
  assert.equal(shown(54n, 'year', 'date'), 'p=2024');
  assert.equal(shown(-1n, 'month', 'date'), 'p=1969-12');
  assert.equal(shown(19_797n, 'day', 'timestamp'), 'p=2024-03-15');
  assert.equal(shown(475_133n, 'hour', 'timestamp'), 'p=2024-03-15-05');
  assert.equal(shown(7n, 'bucket[16]', 'long'), 'p=7');
  assert.equal(shown(19_797n, 'identity', 'date'), 'p=2024-03-15');
  assert.equal(shown(1_710_460_800_000_000n, 'identity', 'timestamp'), 'p=2024-03-15T00:00:00.000');
  assert.equal(shown(Uint8Array.of(0xff, 0x85), 'identity', 'decimal(9,2)'), 'p=-1.23');
  assert.equal(shown(9_223_372_036_854_775_807n, 'identity', 'long'), 'p=9223372036854775807');
  assert.equal(shown(null, 'identity', 'string'), 'p=null');
});
