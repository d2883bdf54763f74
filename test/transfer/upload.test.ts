import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { localFiles } from '../../src/transfer/localFiles';
import {
  beginJournal,
  openJournal,
  readJournal,
  unfinishedJournals,
} from '../../src/transfer/transferJournal';
import { discardUploads, uploadFiles, type UploadResult } from '../../src/transfer/upload';
import { chosenUploads, planUpload, type UploadItem } from '../../src/transfer/uploadPlan';
import { uploadState, type UploadLine } from '../../src/transfer/uploadState';
import { connection } from '../support/fakes';
import { bucket, fault, memoryS3, throttleHalf, type MemoryS3 } from './memoryS3';

const never = new AbortController().signal;
const partBytes = 1024 ** 2;
const big = Buffer.alloc(3.5 * partBytes, 'a pattern that is no part long');

describe('uploads', () => {
  let root: string;
  let files: string;
  let journals: string;
  let lastPath = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'lake-upload-'));
    files = join(root, 'files');
    journals = join(root, 'journals');
    mkdirSync(join(files, 'a b', 'empty'), { recursive: true });
    writeFileSync(join(files, 'one.csv'), 'id\n1\n');
    writeFileSync(join(files, 'a b', '100%+é.json'), '{}');
    writeFileSync(join(files, 'nothing'), '');
    writeFileSync(join(files, 'big.bin'), big);
    symlinkSync('..', join(files, 'a b', 'up'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const planned = async (s3: MemoryS3) =>
    planUpload(
      s3.store,
      { connection, bucket, prefix: 'raw/', found: await localFiles([files], never) },
      never,
    );
  const begin = (at = '2026-11-25T08:00:00.000Z') =>
    beginJournal<UploadLine>(journals, {
      what: 'upload',
      connection: 'test',
      at,
      title: 'files',
      to: `s3://${bucket}/raw/`,
    });
  const run = async (
    s3: MemoryS3,
    items: readonly UploadItem[],
    options: { readonly path?: string; readonly signal?: AbortSignal } = {},
  ): Promise<{ readonly path: string; readonly result: UploadResult }> => {
    const { path, signal = never } = options;
    const earlier = path === undefined ? undefined : uploadState((await readJournal(path)).lines);
    const journal = path === undefined ? await begin() : await openJournal<UploadLine>(path);
    lastPath = journal.path;
    try {
      const result = await uploadFiles(
        s3.writer,
        {
          connection,
          bucket,
          items,
          journal,
          partBytes,
          random: () => 0,
          ...(earlier === undefined ? {} : { before: earlier }),
        },
        signal,
      );
      return { path: journal.path, result };
    } finally {
      await journal.close();
    }
  };

  test('a folder arrives below the prefix under its own name, links to folders apart', async () => {
    const s3 = memoryS3();
    const plan = await planned(s3);
    assert.deepEqual(plan.existing, []);
    assert.deepEqual(
      plan.left.map(({ why }) => why),
      ['a link to a folder'],
    );
    const { result, path } = await run(s3, plan.items);
    assert.deepEqual([result.done, result.failed], [4, []]);
    assert.deepEqual([...s3.objects.keys()].toSorted(), [
      'raw/files/a b/100%+é.json',
      'raw/files/big.bin',
      'raw/files/nothing',
      'raw/files/one.csv',
    ]);
    assert.equal(s3.text('raw/files/one.csv'), 'id\n1\n');
    assert.deepEqual(s3.objects.get('raw/files/big.bin')?.body.equals(big), true);
    assert.equal(s3.objects.get('raw/files/one.csv')?.headers.contentType, 'text/csv');
    assert.equal(s3.calls.filter((action) => action === 'part').length, 4);
    assert.equal((await readJournal(path)).finished, true);
  });

  test('what would be overwritten is told before, and kept when that is chosen', async () => {
    const s3 = memoryS3({ 'raw/files/one.csv': 'theirs' });
    const plan = await planned(s3);
    assert.deepEqual(
      plan.existing.map(({ key, bytes }) => [key, bytes]),
      [['raw/files/one.csv', 6]],
    );
    await run(s3, chosenUploads(plan, 'keep'));
    assert.equal(s3.text('raw/files/one.csv'), 'theirs');
    await run(s3, chosenUploads(await planned(s3), 'replace'));
    assert.equal(s3.text('raw/files/one.csv'), 'id\n1\n');
  });

  test('an object that came after the plan is not overwritten, and the other files arrive', async () => {
    const s3 = memoryS3();
    const plan = await planned(s3);
    s3.put('raw/files/one.csv', 'theirs');
    const { result, path } = await run(s3, plan.items);
    assert.deepEqual(
      result.failed.map(({ item, problem }) => [item.key, problem.kind]),
      [['raw/files/one.csv', 'changed']],
    );
    assert.equal(result.done, 3);
    assert.equal(s3.text('raw/files/one.csv'), 'theirs');
    assert.equal((await readJournal(path)).finished, false);
  });

  test('a written file whose answer was lost is no conflict with itself', async () => {
    const s3 = memoryS3();
    const plan = await planned(s3);
    let lost = false;
    s3.after = (action, key) => {
      if (action !== 'put' || lost || !key.endsWith('one.csv')) return;
      lost = true;
      throw fault('throttled'); // so that the call is made again
    };
    const { result } = await run(s3, plan.items);
    assert.deepEqual([result.failed, result.done], [[], 4]);
  });

  test('throttling on half the calls slows it down and loses nothing', async () => {
    const s3 = memoryS3();
    const plan = await planned(s3);
    throttleHalf(s3);
    const { result } = await run(s3, plan.items);
    assert.deepEqual([result.failed, result.done, s3.uploads.size], [[], 4, 0]);
    assert.ok(s3.objects.get('raw/files/big.bin')?.body.equals(big));
  });

  test('a cancel between two parts keeps them, and the next run sends only the rest', async () => {
    const s3 = memoryS3();
    const plan = await planned(s3);
    const items = plan.items.filter(({ key }) => key.endsWith('big.bin'));
    const stop = new AbortController();
    let sent = 0;
    s3.after = (action) => {
      if (action === 'part' && (sent += 1) === 2) stop.abort();
    };
    const { result: cut } = await run(s3, items, { signal: stop.signal });
    assert.deepEqual([cut.stopped, cut.done, cut.failed], ['cancelled', 0, []]);
    const known = (await unfinishedJournals(journals)).map(({ path }) => path);
    assert.ok(known.includes(lastPath));
    const kept = [...s3.uploads.values()].reduce((sum, parts) => sum + parts.size, 0);
    assert.ok(kept >= 2 && kept < 4, `${kept} parts are kept`);
    s3.after = () => undefined;
    s3.calls.length = 0;
    const { result } = await run(s3, items, { path: lastPath });
    assert.deepEqual([result.failed, result.done], [[], 1]);
    assert.ok(s3.calls.includes('parts'), 'S3 is asked which parts it has');
    assert.equal(s3.calls.filter((action) => action === 'begin').length, 0);
    const again = s3.calls.filter((action) => action === 'part').length;
    assert.ok(again < 4, `${again} parts were sent`);
    assert.ok(s3.objects.get('raw/files/big.bin')?.body.equals(big));
    assert.deepEqual(s3.uploads.size, 0);
  });

  test('a part that S3 holds otherwise than the journal says is sent again', async () => {
    const s3 = memoryS3();
    const items = (await planned(s3)).items.filter(({ key }) => key.endsWith('big.bin'));
    s3.before = (action) => {
      if (action === 'complete') throw fault('offline');
    };
    const { path } = await run(s3, items);
    const [parts] = s3.uploads.values();
    parts?.set(2, Buffer.alloc(partBytes, 'x'));
    s3.before = () => undefined;
    await run(s3, items, { path });
    assert.ok(s3.objects.get('raw/files/big.bin')?.body.equals(big));
  });

  test('a file that changed since its parts were sent is sent anew, and its old parts are thrown away', async () => {
    const s3 = memoryS3();
    const path = join(root, 'grows.bin');
    writeFileSync(path, big);
    const found = async () =>
      (
        await planUpload(
          s3.store,
          { connection, bucket, prefix: '', found: await localFiles([path], never) },
          never,
        )
      ).items;
    s3.before = (action) => {
      if (action === 'complete') throw fault('offline');
    };
    const first = await run(s3, await found());
    const [old] = s3.uploads.keys();
    const other = Buffer.concat([big, Buffer.from('more')]);
    writeFileSync(path, other);
    s3.before = () => undefined;
    const { result } = await run(s3, await found(), { path: first.path });
    assert.deepEqual(result.failed, []);
    assert.ok(old !== undefined && !s3.uploads.has(old));
    assert.ok(s3.objects.get('grows.bin')?.body.equals(other));
  });

  test('denied one file, the others go on; signed out, all stops and goes on later', async () => {
    const s3 = memoryS3();
    const { items } = await planned(s3);
    s3.before = (action, key) => {
      if (action === 'put' && key.endsWith('one.csv')) throw fault('denied', 'S3 denied s3:PutObject.');
    };
    const { result } = await run(s3, items);
    assert.deepEqual(
      [result.done, result.failed.map(({ problem }) => problem.message)],
      [3, ['S3 denied s3:PutObject.']],
    );

    const other = memoryS3();
    other.before = () => {
      throw fault('signed-out');
    };
    const { stopped } = (await run(other, items)).result;
    assert.ok(stopped instanceof Problem && stopped.kind === 'signed-out');
    assert.equal(other.calls.length <= 4, true, 'every further file would meet the same');
  });

  test('discarding aborts the uploads that were left, so that nothing more is billed', async () => {
    const s3 = memoryS3();
    const { items } = await planned(s3);
    s3.before = (action) => {
      if (action === 'complete') throw fault('denied');
    };
    const { path } = await run(s3, items);
    const { open } = uploadState((await readJournal(path)).lines);
    assert.deepEqual([...open.keys()], ['raw/files/big.bin']);
    assert.equal(await discardUploads(s3.writer, { connection, bucket, open }, never), 1);
    assert.equal(s3.uploads.size, 0);
  });

  test('two files of one name are not sent over each other', async () => {
    writeFileSync(join(root, 'one.csv'), 'other');
    const paths = [join(files, 'one.csv'), join(root, 'one.csv'), join(files, 'one.csv')];
    const found = await localFiles(paths, never);
    assert.deepEqual(
      [found.files.map(({ path }) => path), found.left],
      [[paths[0]], [{ path: paths[1], why: `it has the name of ${paths[0]}` }]],
    );
  });
});
