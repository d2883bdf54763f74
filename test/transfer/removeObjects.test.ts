import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { removalDoneLetter, removalLetter } from '../../src/transfer/changeLetters';
import { planRemoval } from '../../src/transfer/removalPlan';
import { removeObjects, type RemovalLine } from '../../src/transfer/removeObjects';
import { beginJournal, readJournal } from '../../src/transfer/transferJournal';
import { undoRemoval } from '../../src/transfer/undoRemoval';
import { connection } from '../support/fakes';
import { bucket, fault, memoryS3, throttleHalf, type MemoryS3 } from './memoryS3';

const never = new AbortController().signal;
const source = { kind: 'prefix', bucket, prefix: 'old/' } as const;

function many(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`old/${String(at).padStart(5, '0')}`, `${at}`]),
  );
}

describe('deletions', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'lake-remove-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const plan = (s3: MemoryS3) => planRemoval(s3, { connection, source }, never);
  const remove = async (
    s3: MemoryS3,
    options: { readonly signal?: AbortSignal; readonly planned?: Awaited<ReturnType<typeof plan>> } = {},
  ) => {
    const { objects } = options.planned ?? (await plan(s3));
    const journal = await beginJournal<RemovalLine>(root, {
      what: 'delete',
      connection: 'test',
      at: '2026-11-25T08:00:00.000Z',
      title: '',
      to: '',
    });
    try {
      const request = { connection, bucket, objects, journal, random: () => 0 };
      return {
        path: journal.path,
        result: await removeObjects(s3.writer, request, options.signal ?? never),
      };
    } finally {
      await journal.close();
    }
  };

  test('objects go in batches of a thousand, and what lies beside the prefix stays', async () => {
    const s3 = memoryS3({ ...many(2500), 'older/1': 'stays', old: 'stays' });
    const { result, path } = await remove(s3);
    assert.deepEqual([result.removed, result.markers, result.failed], [2500, 0, []]);
    assert.equal(s3.calls.filter((action) => action === 'remove').length, 3);
    assert.deepEqual([...s3.objects.keys()], ['older/1', 'old']);
    assert.equal((await readJournal(path)).finished, true);
  });

  test('an object written anew or deleted since the list is told and left alone', async () => {
    const s3 = memoryS3({ 'old/a': '1', 'old/b': '2', 'old/c': '3' });
    const planned = await plan(s3);
    s3.put('old/a', 'new');
    s3.objects.delete('old/b');
    const { result } = await remove(s3, { planned });
    assert.deepEqual([result.removed, result.changed, result.gone], [1, ['old/a'], ['old/b']]);
    assert.equal(s3.text('old/a'), 'new');
    assert.match(
      removalDoneLetter(result, 's3://box/old/'),
      /1 object not there any more\n\n {4}old\/b\n\n## 1 object written anew since it was listed, and left alone\n\n {4}old\/a/,
    );
  });

  test('a batch that is denied is told key by key, and the other batches go on', async () => {
    const s3 = memoryS3(many(2100));
    let calls = 0;
    s3.before = (action) => {
      if (action === 'remove' && (calls += 1) === 1) throw fault('denied');
    };
    const { result, path } = await remove(s3);
    assert.deepEqual([result.removed, result.failed.length], [1100, 1000]);
    assert.equal((await readJournal(path)).finished, false);
  });

  test('throttling on half the calls loses nothing', async () => {
    const s3 = memoryS3(many(4000));
    const planned = await plan(s3);
    throttleHalf(s3);
    const { result } = await remove(s3, { planned });
    assert.deepEqual([result.removed, result.failed, s3.objects.size], [4000, [], 0]);
  });

  test('keys that S3 throttles inside of an answer are asked for again', async () => {
    const s3 = memoryS3({ 'old/a': '1', 'old/b': '2' });
    const { remove: inner } = s3.writer;
    let first = true;
    const writer = {
      ...s3.writer,
      remove: async (...[where, request, signal]: Parameters<typeof inner>) => {
        if (!first) return inner(where, request, signal);
        first = false;
        const objects = request.objects.filter(({ key }) => key !== 'old/b');
        const outcomes = await inner(where, { ...request, objects }, signal);
        return [...outcomes, { kind: 'failed' as const, key: 'old/b', problem: fault('throttled') }];
      },
    };
    const { result } = await remove({ ...s3, writer });
    assert.deepEqual([result.removed, result.failed, s3.objects.size], [2, [], 0]);
  });

  test('a cancel stops between batches, and doing it again removes the rest', async () => {
    const s3 = memoryS3(many(6000));
    const stop = new AbortController();
    s3.after = (action) => {
      if (action === 'remove') stop.abort();
    };
    const cut = (await remove(s3, { signal: stop.signal })).result;
    assert.equal(cut.stopped, 'cancelled');
    assert.match(
      removalDoneLetter(cut, 's3://box/old/'),
      /It ended before all was done\*\*: it was cancelled/,
    );
    const left = s3.objects.size;
    assert.equal(cut.removed, 6000 - left);
    assert.ok(left > 0 && left < 6000 && left % 1000 === 0, `${left} are left`);
    s3.after = () => undefined;
    const { result } = await remove(s3);
    assert.deepEqual([result.removed, s3.objects.size], [left, 0]);
  });

  test('over versions all comes back, also what was killed before its answer was written down', async () => {
    const s3 = memoryS3(many(1500), { versioning: 'on' });
    const { result, path } = await remove(s3);
    assert.deepEqual([result.markers, s3.objects.size], [1500, 0]);
    const journal = await readJournal(path);
    // As a kill between the call and the journal leaves it.
    const lines = journal.lines.filter(
      (line) => line.kind === 'intent' || (line as RemovalLine).kind === 'left',
    );
    for (const known of [journal.lines, lines]) {
      const request = { connection, bucket, journal: { head: journal.head, lines: known } };
      const undone = await undoRemoval(s3.writer, request, never);
      assert.deepEqual([undone.restored, undone.failed, s3.objects.size], [1500, [], 1500]);
      if (known === journal.lines) await remove(s3);
    }
  });

  test('what somebody else had deleted before stays deleted', async () => {
    const s3 = memoryS3({ 'old/a': '1', 'old/b': '2' }, { versioning: 'on' });
    const planned = await plan(s3);
    for (const [key, at] of [
      ['old/a', '2026-11-25T07:00:00.000Z'],
      ['old/b', '2026-11-25T08:00:01.000Z'],
    ] as const) {
      const kept = s3.objects.get(key);
      assert.ok(kept);
      s3.objects.delete(key);
      s3.hidden.set(key, { marker: `their ${key}`, kept, at: new Date(at) });
    }
    const { result, path } = await remove(s3, { planned });
    assert.deepEqual([result.removed, result.gone.length], [0, 2]);
    const request = { connection, bucket, journal: await readJournal(path) };
    // The second may be this run's own, whose answer was lost: bringing it back loses nothing.
    assert.equal((await undoRemoval(s3.writer, request, never)).restored, 1);
    assert.deepEqual([...s3.objects.keys()], ['old/b']);
  });

  test('bringing back goes on past what is denied', async () => {
    const s3 = memoryS3(many(1500), { versioning: 'on' });
    const { path } = await remove(s3);
    let calls = 0;
    s3.before = (action) => {
      if (action === 'remove' && (calls += 1) === 1) throw fault('denied');
    };
    const undone = await undoRemoval(
      s3.writer,
      { connection, bucket, journal: await readJournal(path) },
      never,
    );
    assert.deepEqual([undone.restored, undone.failed.length], [500, 1000]);
  });

  test('the beginning of names is shown with a star and the whole names', async () => {
    const s3 = memoryS3({ 'old/part-1': 'x', 'old/part-2': 'y', 'old/other': 'z' });
    const beginning = { kind: 'prefix', bucket, prefix: 'old/part-' } as const;
    const text = removalLetter(await planRemoval(s3, { connection, source: beginning }, never));
    assert.match(text, /^# Delete s3:\/\/box\/old\/part-\*\n\n2 objects/);
    assert.match(text, /^ {4}part-1 {3}1 B/m);
  });

  test('the list says what, how much, and whether there is a way back', async () => {
    const s3 = memoryS3({ 'old/a\nb': 'x' });
    s3.put('old/c', 'yy', { storageClass: 'STANDARD_IA' });
    const text = removalLetter(await plan(s3));
    assert.match(text, /^# Delete s3:\/\/box\/old\/\n\n2 objects, 3 B\. Nothing has been deleted yet\./);
    assert.match(text, /\*\*There is no way back\*\*: the bucket keeps no versions\./);
    assert.match(text, /- STANDARD_IA: 1 object, 2 B/);
    assert.match(text, /^ {4}a\\nb {3}1 B {3}2026-11-01 00:00$/m);

    const denied = memoryS3({ 'old/a': 'x' });
    denied.before = (action) => {
      if (action === 'versioning') throw fault('denied');
    };
    assert.match(removalLetter(await plan(denied)), /Count on no way back/);
    const kept = removalLetter(await plan(memoryS3({ 'old/a': 'x' }, { versioning: 'on' })));
    assert.match(kept, /it can be brought back from here/);
    assert.match(removalLetter(await plan(memoryS3())), /nothing is to be done/);
  });
});
