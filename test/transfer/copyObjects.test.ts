import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { copyDoneLetter, copyLetter } from '../../src/transfer/changeLetters';
import { copiedBefore, copyObjects, type CopyLine } from '../../src/transfer/copyObjects';
import { planCopy, type CopyTarget } from '../../src/transfer/copyPlan';
import type { TransferSource } from '../../src/transfer/listBelow';
import { beginJournal, readJournal } from '../../src/transfer/transferJournal';
import { connection } from '../support/fakes';
import { bucket, etagOf, fault, memoryS3, throttleHalf, type MemoryS3 } from './memoryS3';

const never = new AbortController().signal;
const raw: TransferSource = { kind: 'prefix', bucket, prefix: 'raw/' };
const archive: CopyTarget = { bucket, key: 'archive/' };

function many(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`raw/${String(at).padStart(5, '0')}`, `${at}`]),
  );
}

describe('copies and moves', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'lake-copy-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const plan = (s3: MemoryS3, move: boolean, source: TransferSource = raw, target = archive) =>
    planCopy(s3, { connection, source, target, move }, never);
  const carryOut = async (
    s3: MemoryS3,
    options: {
      readonly move: boolean;
      readonly planned?: Awaited<ReturnType<typeof plan>>;
      readonly choice?: 'replace' | 'keep';
      readonly earlier?: string;
      readonly signal?: AbortSignal;
      readonly largest?: number;
    },
  ) => {
    const { move, choice = 'keep', earlier, signal = never, largest } = options;
    const planned = options.planned ?? (await plan(s3, move));
    const journal = await beginJournal<CopyLine>(root, {
      what: move ? 'move' : 'copy',
      connection: 'test',
      at: '2026-11-25T08:00:00.000Z',
      title: '',
      to: '',
    });
    last = journal.path;
    try {
      return await copyObjects(
        {
          writer: s3.writer,
          facts: s3.facts,
          connection,
          plan: planned,
          move,
          choice,
          journal,
          random: () => 0,
          ...(earlier === undefined ? {} : { before: copiedBefore((await readJournal(earlier)).lines) }),
          ...(largest === undefined ? {} : { largest }),
        },
        signal,
      );
    } finally {
      await journal.close();
    }
  };
  let last = '';

  test('a copy leaves the source, and takes the storage class along', async () => {
    const s3 = memoryS3({ 'raw/a b/1+%': 'one' });
    s3.put('raw/2', 'two', { storageClass: 'STANDARD_IA', metadata: { team: 'risk' } });
    const result = await carryOut(s3, { move: false });
    assert.deepEqual([result.copied, result.bytes, result.failed, result.removal], [2, 6, [], undefined]);
    assert.equal(s3.text('archive/a b/1+%'), 'one');
    assert.deepEqual(s3.objects.get('archive/2')?.headers, {
      metadata: { team: 'risk' },
      storageClass: 'STANDARD_IA',
    });
    assert.equal(s3.text('raw/2'), 'two');
  });

  test('what is at the target is told before, kept unless it is to be replaced, and the same is not copied again', async () => {
    const s3 = memoryS3({ 'raw/a': 'A', 'raw/b': 'B', 'raw/c': 'C', 'archive/a': 'other', 'archive/b': 'B' });
    const text = copyLetter(await plan(s3, true), true);
    assert.match(text, /^# Move s3:\/\/box\/raw\/ to s3:\/\/box\/archive\/\n\n3 objects, 3 B\./);
    assert.match(
      text,
      /- 1 object would be new there\.\n- 1 object is there already with the same content: only the source is removed\.\n- 1 object would overwrite something else/,
    );
    assert.match(text, /^ {4}a {3}1 B {3}to archive\/a {3}over 5 B$/m);
    const result = await carryOut(s3, { move: true });
    assert.deepEqual([result.copied, result.already, result.kept], [1, 1, ['raw/a']]);
    assert.deepEqual([...s3.objects.keys()].toSorted(), ['archive/a', 'archive/b', 'archive/c', 'raw/a']);
    assert.equal(s3.text('archive/a'), 'other');
    await carryOut(s3, { move: true, choice: 'replace' });
    assert.equal(s3.text('archive/a'), 'A');
  });

  test('a source that changed after the list is neither copied nor removed', async () => {
    const s3 = memoryS3({ 'raw/a': 'A', 'raw/b': 'B' });
    const planned = await plan(s3, true);
    s3.put('raw/a', 'newer');
    const result = await carryOut(s3, { move: true, planned });
    assert.deepEqual(
      result.failed.map(({ key, problem }) => [key, problem.kind]),
      [['raw/a', 'changed']],
    );
    assert.equal(s3.text('raw/a'), 'newer');
    assert.equal(s3.text('archive/b'), 'B');
    assert.equal(s3.text('raw/b'), undefined);
  });

  test('a source that changes after it was copied is not removed', async () => {
    const s3 = memoryS3({ 'raw/a': 'A' });
    s3.after = (action) => {
      if (action === 'copy') s3.put('raw/a', 'newer');
    };
    const result = await carryOut(s3, { move: true });
    assert.deepEqual(result.removal?.changed, ['raw/a']);
    assert.equal(s3.text('raw/a'), 'newer');
    assert.match(
      copyDoneLetter(result, await plan(s3, true), true),
      /1 object written anew since it was listed, and left alone/,
    );
  });

  test('a target that somebody wrote after the list is not overwritten', async () => {
    const s3 = memoryS3({ 'raw/a': 'A' });
    const planned = await plan(s3, true);
    s3.put('archive/a', 'theirs');
    const result = await carryOut(s3, { move: true, planned, choice: 'replace' });
    assert.deepEqual(
      result.failed.map(({ problem }) => problem.kind),
      ['changed'],
    );
    assert.deepEqual([s3.text('archive/a'), s3.text('raw/a')], ['theirs', 'A']);
  });

  test('a move does not remove the only copy when the other was deleted since the list', async () => {
    const s3 = memoryS3({ 'raw/a': 'A', 'archive/a': 'A' });
    const planned = await plan(s3, true);
    s3.objects.delete('archive/a');
    const result = await carryOut(s3, { move: true, planned });
    assert.equal(result.failed.length, 1);
    assert.equal(s3.text('raw/a'), 'A');
  });

  test('a kill after the copies and before the removal loses nothing, and doing it again goes on', async () => {
    const s3 = memoryS3(many(1200));
    s3.put('raw/00000', 'made in parts');
    // As an upload in parts leaves it: its copy has another ETag.
    const parted = s3.objects.get('raw/00000');
    if (parted !== undefined) s3.objects.set('raw/00000', { ...parted, etag: '"of-parts-2"' });
    const stop = new AbortController();
    let removals = 0;
    s3.before = (action) => {
      if (action === 'remove' && (removals += 1) === 1) stop.abort();
    };
    const cut = await carryOut(s3, { move: true, signal: stop.signal });
    assert.deepEqual([cut.stopped, cut.copied, cut.removal?.removed], ['cancelled', 1000, 0]);
    const keys = [...s3.objects.keys()];
    assert.equal(keys.filter((key) => key.startsWith('raw/')).length, 1200);
    assert.equal(keys.filter((key) => key.startsWith('archive/')).length, 1000);
    s3.before = () => undefined;
    s3.calls.length = 0;
    const result = await carryOut(s3, { move: true, earlier: last });
    assert.deepEqual([result.copied, result.already, result.failed, result.kept], [200, 1000, [], []]);
    assert.equal(result.removal?.removed, 1200);
    assert.equal([...s3.objects.keys()].filter((key) => key.startsWith('archive/')).length, 1200);
    assert.equal(s3.text('archive/00000'), 'made in parts');
  });

  test('throttling on half the calls and a lost answer lose and double nothing', async () => {
    const s3 = memoryS3(many(60));
    const planned = await plan(s3, true);
    throttleHalf(s3);
    let copies = 0;
    s3.after = (action) => {
      if (action === 'copy' && (copies += 1) % 5 === 0) throw fault('throttled');
    };
    const result = await carryOut(s3, { move: true, planned });
    assert.deepEqual([result.failed, result.removal?.failed, result.copied], [[], [], 60]);
    assert.deepEqual(
      [...s3.objects.keys()].every((key) => key.startsWith('archive/')),
      true,
    );
    assert.equal(s3.objects.size, 60);
  });

  test('denied to remove, a move has copied, says so, and the sources stay', async () => {
    const s3 = memoryS3({ 'raw/a': 'A' });
    s3.before = (action) => {
      if (action === 'remove') throw fault('denied', 'S3 denied s3:DeleteObject.');
    };
    const result = await carryOut(s3, { move: true });
    assert.deepEqual([result.copied, result.removal?.failed.length], [1, 1]);
    assert.deepEqual([s3.text('raw/a'), s3.text('archive/a')], ['A', 'A']);
    assert.equal((await readJournal(last)).finished, false);
  });

  test('a large object is copied in parts with headers and tags, and its parts are thrown away when it fails', async () => {
    const s3 = memoryS3();
    const mebi = 1024 ** 2;
    const body = Buffer.alloc(2.5 * mebi, 'a pattern that is no part long');
    s3.put('raw/big', body, { contentType: 'text/csv', tags: { team: 'risk' }, metadata: { a: 'b' } });
    s3.before = (action) => {
      if (action === 'complete') throw fault('denied');
    };
    const failed = await carryOut(s3, { move: true, largest: mebi });
    assert.deepEqual([failed.failed.length, s3.uploads.size, s3.text('archive/big')], [1, 0, undefined]);
    s3.before = () => undefined;
    const result = await carryOut(s3, { move: true, largest: mebi });
    assert.deepEqual([result.failed, result.copied], [[], 1]);
    const copy = s3.objects.get('archive/big');
    assert.ok(copy?.body.equals(body));
    assert.notEqual(copy?.etag, etagOf(body));
    assert.deepEqual(copy?.headers, {
      contentType: 'text/csv',
      metadata: { a: 'b' },
      tags: { team: 'risk' },
    });
    assert.equal(s3.text('raw/big'), undefined);
  });

  test('one object goes to a key or below a prefix', async () => {
    const s3 = memoryS3({ 'raw/a.csv': 'A' });
    const object: TransferSource = { kind: 'object', bucket, key: 'raw/a.csv' };
    const to = async (key: string) => (await plan(s3, true, object, { bucket, key })).items[0]?.to;
    assert.deepEqual(
      [await to('archive/'), await to('b.csv'), await to('')],
      ['archive/a.csv', 'b.csv', 'a.csv'],
    );
  });

  test('the beginning of names is copied with the whole names, and only onto other places', async () => {
    const s3 = memoryS3({ 'raw/ab1.csv': '1', 'raw/ab/2.csv': '2', 'raw/b.csv': '3' });
    const beginning: TransferSource = { kind: 'prefix', bucket, prefix: 'raw/ab' };
    const { items, source } = await plan(s3, false, beginning);
    assert.deepEqual(
      items.map(({ to }) => to),
      ['archive/ab/2.csv', 'archive/ab1.csv'],
    );
    assert.match(
      copyLetter({ ...(await plan(s3, false, beginning)), source }, false),
      /# Copy s3:\/\/box\/raw\/ab\* to/,
    );
    await assert.rejects(plan(s3, false, beginning, { bucket, key: 'raw/' }), {
      message: /is there already/,
    });
  });

  test('a place inside or equal to the source is refused with a sentence', async () => {
    const s3 = memoryS3({ 'raw/a': 'A' });
    const refused = (source: TransferSource, key: string, message: RegExp) =>
      assert.rejects(plan(s3, true, source, { bucket, key }), { kind: 'invalid', message });
    await refused(raw, 'raw/', /is there already/);
    await refused(raw, 'raw/deep/', /lies inside/);
    await refused(raw, 'archive', /end it with a slash/);
    await refused({ kind: 'object', bucket, key: 'raw/a' }, 'raw/', /is there already/);
  });
});
