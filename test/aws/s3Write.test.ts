import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openAws } from '../../src/aws/open';
import { copyObjects, type CopyLine } from '../../src/transfer/copyObjects';
import { planCopy } from '../../src/transfer/copyPlan';
import type { ObjectWriter, WriteCondition } from '../../src/transfer/objectWriter';
import { planRemoval } from '../../src/transfer/removalPlan';
import { removeObjects, type RemovalLine } from '../../src/transfer/removeObjects';
import { beginJournal, readJournal } from '../../src/transfer/transferJournal';
import { undoRemoval } from '../../src/transfer/undoRemoval';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';

const never = new AbortController().signal;
const bucket = 'write-bucket';
const versioned = 'kept-bucket';
const odd = [
  'a b/c+d',
  '100%/x',
  'a//b',
  'a:b?c&d=e',
  'ümläut/é',
  'Mixed/Case',
  'mixed/case',
  "it's",
  'tail/',
];

describe('writing to the local lake', () => {
  let lake: TestLake;
  let root: string;
  const open = () => {
    const { region, endpoint } = lake;
    const ports = openAws({ log: { record: () => undefined }, attempts: 2, transport: { proxy: '' } });
    return { ports, connection: { name: 'demo', region, endpoint, readOnly: false, production: false } };
  };
  const put = (
    writer: ObjectWriter,
    key: string,
    text: string,
    condition: WriteCondition = { kind: 'any' },
  ) => writer.put(open().connection, { bucket, key, body: Buffer.from(text), condition, headers: {} }, never);
  const journal = <Line extends { readonly kind: string }>(what: 'delete' | 'copy' | 'move') =>
    beginJournal<Line>(root, {
      what,
      connection: 'demo',
      at: new Date().toISOString(),
      title: '',
      to: '',
    });
  before(async () => {
    isolateEnvironment();
    root = mkdtempSync(join(tmpdir(), 'lake-write-'));
    lake = await startLake({ empty: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    for (const name of [bucket, versioned]) await fetch(`${lake.endpoint}/${name}`, { method: 'PUT' });
    const answer = await fetch(`${lake.endpoint}/${versioned}?versioning`, {
      method: 'PUT',
      body: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
    });
    assert.ok(answer.ok);
  });
  after(async () => {
    await lake.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test('conditions hold: nothing is written over what is not expected', async () => {
    const { writer } = open().ports;
    const first = await put(writer, 'c', 'one', { kind: 'new' });
    await assert.rejects(put(writer, 'c', 'two', { kind: 'new' }), { kind: 'changed' });
    const second = await put(writer, 'c', 'two', { kind: 'over', etag: first.etag });
    await assert.rejects(put(writer, 'c', 'three', { kind: 'over', etag: first.etag }), { kind: 'changed' });
    await assert.rejects(put(writer, 'gone', 'x', { kind: 'over', etag: first.etag }), { kind: 'missing' });
    assert.equal((await writer.describe(open().connection, { bucket, key: 'c' }, never)).etag, second.etag);
  });

  test('what a writer says of an object comes back, and reading asks for the ETag', async () => {
    const { ports, connection } = open();
    const headers = {
      contentType: 'text/csv',
      storageClass: 'STANDARD_IA',
      metadata: { team: 'risk' },
      tags: { 'cost centre': 'a+b' },
    };
    const place = { bucket, key: 'described.csv' };
    const body = Buffer.from('a,b');
    const { etag } = await ports.writer.put(
      connection,
      { ...place, body, condition: { kind: 'any' }, headers },
      never,
    );
    const { tags, ...rest } = headers;
    const found = await ports.writer.describe(connection, place, never);
    assert.deepEqual([found.headers, found.tagCount, found.bytes], [rest, 1, 3]);
    assert.deepEqual(await ports.facts.tags(connection, place, never), tags);
    assert.equal(
      Buffer.from(await ports.store.read(connection, { ...place, etag }, never)).toString(),
      'a,b',
    );
    await assert.rejects(ports.store.read(connection, { ...place, etag: '"other"' }, never), {
      kind: 'changed',
    });
  });

  test('an upload in parts can be completed twice, and a missing one cannot', async () => {
    const { ports, connection } = open();
    const place = { bucket, key: 'parts' };
    const upload = await ports.writer.begin(connection, { ...place, headers: { contentType: 'a/b' } }, never);
    const part = await ports.writer.part(
      connection,
      { ...place, upload, number: 1, body: Buffer.from('x') },
      never,
    );
    assert.deepEqual(await ports.writer.parts(connection, { ...place, upload }, never), [part]);
    const request = { ...place, upload, parts: [part], condition: { kind: 'new' } } as const;
    const done = await ports.writer.complete(connection, request, never);
    assert.match(done.etag, /-1"$/);
    assert.deepEqual(await ports.writer.complete(connection, request, never), done);
    await ports.writer.abort(connection, { ...place, upload }, never);
    await assert.rejects(ports.writer.parts(connection, { ...place, upload }, never), { kind: 'missing' });
    const never1 = { ...request, key: 'never', parts: [part] };
    await assert.rejects(ports.writer.complete(connection, never1, never), { kind: 'missing' });
  });

  test('odd keys are copied, moved and removed as they are spelled', async () => {
    const { ports, connection } = open();
    for (const key of odd) await put(ports.writer, `odd/${key}`, key);
    const plan = await planCopy(
      ports,
      {
        connection,
        source: { kind: 'prefix', bucket, prefix: 'odd/' },
        target: { bucket, key: 'moved to/' },
        move: true,
      },
      never,
    );
    const lines = await journal<CopyLine>('move');
    const result = await copyObjects(
      { ...ports, connection, plan, move: true, choice: 'keep', journal: lines },
      never,
    );
    await lines.close();
    assert.deepEqual([result.failed, result.copied, result.removal?.removed], [[], odd.length, odd.length]);
    const listed = await ports.store.list(connection, { bucket, prefix: 'moved to/' }, never);
    assert.deepEqual(
      listed.objects.map(({ key }) => key.slice('moved to/'.length)).toSorted(),
      odd.toSorted(),
    );
    assert.deepEqual((await ports.store.list(connection, { bucket, prefix: 'odd/' }, never)).objects, []);
  });

  test('one key of a batch that is denied is named, and the others go', async () => {
    const { ports, connection } = open();
    for (const key of ['d/a', 'd/b', 'd/c']) await put(ports.writer, key, key);
    const source = { kind: 'prefix', bucket, prefix: 'd/' } as const;
    const { objects } = await planRemoval(ports, { connection, source }, never);
    await lake.faults({ action: 's3:DeleteObject', key: 'd/b', kind: 'denied' });
    const lines = await journal<RemovalLine>('delete');
    try {
      const { removed, failed } = await removeObjects(
        ports.writer,
        { connection, bucket, objects, journal: lines },
        never,
      );
      assert.equal(removed, 2);
      assert.deepEqual(
        failed.map(({ item, problem }) => [item.key, problem.kind, problem.details.action]),
        [['d/b', 'denied', 's3:DeleteObject']],
      );
      assert.match(failed[0]?.problem.message ?? '', /s3:DeleteObject on s3:\/\/write-bucket\/d\/b/);
    } finally {
      await lake.faults();
      await lines.close();
    }
  });

  test('over versions, markers hide what is deleted and bring it back, the answer lost or not', async () => {
    const { ports, connection } = open();
    const { writer } = ports;
    const keys = ['v/a b', 'v/c%'];
    for (const key of keys) {
      const request = { bucket: versioned, key, body: Buffer.from(key), headers: {} };
      await writer.put(connection, { ...request, condition: { kind: 'new' } }, never);
    }
    const source = { kind: 'prefix', bucket: versioned, prefix: 'v/' } as const;
    const plan = await planRemoval(ports, { connection, source }, never);
    assert.equal(plan.versioning, 'on');
    const lines = await journal<RemovalLine>('delete');
    const { markers } = await removeObjects(
      writer,
      { connection, bucket: versioned, objects: plan.objects, journal: lines },
      never,
    );
    await lines.close();
    assert.equal(markers, 2);
    const written = await readJournal(lines.path);
    // The first key is known by its marker, the second only by what was about to be done.
    const doubtful = { kind: 'intent', keys: [keys[1]] };
    const known = written.lines.map((line) =>
      line.kind === 'removed' && 'keys' in line && 'markers' in line
        ? { ...line, keys: [keys[0]], markers: (line.markers as readonly string[]).slice(0, 1) }
        : line,
    );
    const undone = await undoRemoval(
      writer,
      {
        connection,
        bucket: versioned,
        journal: { head: written.head, lines: [...known, doubtful] },
      },
      never,
    );
    assert.deepEqual([undone.restored, undone.failed], [2, []]);
    const back = await ports.store.list(connection, { bucket: versioned, prefix: 'v/' }, never);
    assert.deepEqual(
      back.objects.map(({ key }) => key),
      keys,
    );
    const place = { bucket: versioned, key: 'v/a b' };
    assert.equal(await writer.marker(connection, place, never), undefined);
  });
});
