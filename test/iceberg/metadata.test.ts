import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Problem } from '../../src/base/problem';
import { metadataLocation } from '../../src/iceberg/currentMetadata';
import { schemaEvolution } from '../../src/iceberg/evolution';
import { parseExactJson } from '../../src/iceberg/exactJson';
import { tableHistory } from '../../src/iceberg/history';
import { parseMetadata, readMetadata, snapshotById } from '../../src/iceberg/metadata';
import { tableOf } from '../support/fakes';
import { fixtureReader, never, newestMetadata } from './fixture';

const metadata = await readMetadata(fixtureReader(), newestMetadata, never);
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

test('snapshot ids keep all of their 64 bits', () => {
  assert.deepEqual(
    metadata.snapshots.map(({ id }) => id),
    ['3815166978558288457', '2825018026247613076', '8467669816893007158', '3189804724715525639'],
  );
  assert.equal(metadata.currentSnapshotId, '3189804724715525639');
  assert.equal(metadata.snapshots[1]?.parentId, '3815166978558288457');
});

test('long numbers are kept in digits, but not inside of strings, fractions or short ones', () => {
  assert.deepEqual(
    parseExactJson(
      String.raw`{"a": 9223372036854775807, "b": -1234567890123456789, "c": "9223372036854775807 \" 9223372036854775807", "d": 1795586978257, "e": 0.12345678901234567890}`,
    ),
    {
      a: '9223372036854775807',
      b: '-1234567890123456789',
      c: '9223372036854775807 " 9223372036854775807',
      d: 1795586978257,
      e: 0.12345678901234568,
    },
  );
});

test('a snapshot tells its operation, its time and what it counted', () => {
  const last = snapshotById(metadata, '3189804724715525639');
  assert.equal(last.operation, 'overwrite');
  assert.equal(last.at.getTime(), 1_795_586_978_257);
  assert.equal(last.summary['added-records'], '53');
  assert.equal(last.summary['total-files-size'], '7300');
  assert.equal(last.summary['operation'], undefined);
});

test('a snapshot that is not there is a Problem that says so', () => {
  assert.throws(
    () => snapshotById(metadata, '1'),
    (error) => error instanceof Problem && error.kind === 'missing' && error.message.includes('Snapshot 1'),
  );
});

test('the history tells what is current and which refs name it, newest first', () => {
  const history = tableHistory(metadata);
  assert.deepEqual(
    history.map(({ snapshot, isCurrent, isAncestor, refs }) => ({
      operation: snapshot?.operation,
      isCurrent,
      isAncestor,
      refs,
    })),
    [
      { operation: 'overwrite', isCurrent: true, isAncestor: true, refs: ['main'] },
      { operation: 'append', isCurrent: false, isAncestor: true, refs: [] },
      { operation: 'append', isCurrent: false, isAncestor: true, refs: [] },
      { operation: 'append', isCurrent: false, isAncestor: true, refs: [] },
    ],
  );
});

test('what was rolled back is no ancestor, and an expired snapshot is known by its id alone', () => {
  const entry = (snapshotId: string): { snapshotId: string; at: Date } => ({ snapshotId, at: new Date(0) });
  const [first, second] = metadata.snapshots;
  assert.ok(first !== undefined && second !== undefined);
  const rolled = tableHistory({
    ...metadata,
    snapshots: [first, second],
    currentSnapshotId: first.id,
    log: [entry('7'), entry(first.id), entry(second.id), entry(first.id)],
  });
  assert.deepEqual(
    rolled.map(({ isAncestor, snapshot }) => [isAncestor, snapshot !== undefined]),
    [
      [true, true],
      [false, true],
      [true, true],
      [false, false],
    ],
  );
  const circle = tableHistory({
    ...metadata,
    snapshots: [{ ...first, parentId: first.id }],
    currentSnapshotId: first.id,
  });
  assert.equal(circle.length, 4, 'a parent in its own line ends');
});

test('the evolution of the schema goes by field ids, so that a rename is one', () => {
  assert.deepEqual(
    schemaEvolution(metadata).map(({ changes }) => changes.map(({ kind, field }) => `${kind} ${field.name}`)),
    [[], ['added officer']],
  );
  const field = { id: 1, name: 'a', type: 'int', required: false };
  const evolved = schemaEvolution({
    ...metadata,
    schemas: [
      { id: 1, fields: [{ ...field, name: 'b', type: 'long', required: true }] },
      { id: 0, fields: [field, { ...field, id: 2, name: 'gone' }] },
    ],
  });
  assert.deepEqual(
    evolved[1]?.changes.map((change) => [
      change.kind,
      change.field.name,
      'from' in change ? change.from : '',
    ]),
    [
      ['renamed', 'b', 'a'],
      ['retyped', 'b', 'int'],
      ['required', 'b', ''],
      ['removed', 'gone', ''],
    ],
  );
});

test('a nested type is written in one line', () => {
  const schema = {
    'schema-id': 0,
    fields: [
      {
        id: 1,
        name: 'n',
        required: false,
        type: {
          type: 'struct',
          fields: [
            { name: 'l', type: { type: 'list', element: 'decimal(9, 2)' } },
            { name: 'm', type: { type: 'map', key: 'string', value: 'double' } },
          ],
        },
      },
    ],
  };
  const read = parseMetadata(bytesOf({ 'format-version': 2, location: 's3://b/', schemas: [schema] }), 'x');
  assert.equal(read.schemas[0]?.fields[0]?.type, 'struct<l:list<decimal(9,2)>,m:map<string,double>>');
});

test('metadata of format version 1, and of a table without data, and packed by gzip, is read', () => {
  const first = {
    'format-version': 1,
    location: 's3://b/t',
    schema: { fields: [{ id: 1, name: 'a', type: 'int', required: true }] },
    'partition-spec': [{ name: 'a', transform: 'identity', 'source-id': 1 }],
    'current-snapshot-id': -1,
  };
  const read = parseMetadata(
    new Uint8Array(gzipSync(bytesOf(first))),
    's3://b/t/metadata/v1.gz.metadata.json',
  );
  assert.equal(read.currentSnapshotId, undefined);
  assert.equal(read.schemas[0]?.fields[0]?.name, 'a');
  assert.deepEqual(read.specs, [{ id: 0, fields: [{ name: 'a', transform: 'identity', sourceId: 1 }] }]);
  assert.deepEqual(tableHistory(read), []);
});

test('metadata that is cut off, empty, no object or lacks its location is a Problem of one sentence with its URI', () => {
  for (const text of ['', '{"format-version": 2', '[]', '{}', '{"format-version":2}', '\u001f\u008b']) {
    assert.throws(
      () => parseMetadata(new TextEncoder().encode(text), 's3://b/m.json'),
      (error) =>
        error instanceof Problem &&
        error.kind === 'invalid' &&
        error.message.includes('s3://b/m.json') &&
        /^[^\n]+\.$/.test(error.message),
      text,
    );
  }
});

test('where the metadata lies is the catalog’s word, and a table without it is a Problem', () => {
  const parameters = { metadata_location: newestMetadata };
  assert.equal(metadataLocation(tableOf('d.i(x int)', { kind: 'iceberg', parameters })), newestMetadata);
  assert.throws(() => metadataLocation(tableOf('d.t(x int)', { kind: 'hive' })), /d\.t is no Iceberg table/);
  assert.throws(() => metadataLocation(tableOf('d.i(x int)', { kind: 'iceberg' })), /does not say where/);
});
