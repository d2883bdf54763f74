import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  discardDownloads,
  downloadObjects,
  downloadState,
  type DownloadLine,
  unfinishedPath,
} from '../../src/transfer/download';
import { chosenDownloads, planDownload } from '../../src/transfer/downloadPlan';
import {
  beginJournal,
  openJournal,
  readJournal,
  unfinishedJournals,
} from '../../src/transfer/transferJournal';
import { connection } from '../support/fakes';
import { bucket, fault, memoryS3, type MemoryS3 } from './memoryS3';

const never = new AbortController().signal;
const disk = { windows: false, ignoresCase: false };
const partBytes = 1000;
const big = Buffer.from(Array.from({ length: 3500 }, (_, at) => at % 251));

describe('downloads', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lake-download-'));
    folder = join(root, 'out');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const plan = (s3: MemoryS3) =>
    planDownload(
      s3.store,
      { connection, source: { kind: 'prefix', bucket, prefix: 'raw/' }, folder, disk },
      never,
    );
  const run = async (
    s3: MemoryS3,
    options: {
      readonly path?: string;
      readonly signal?: AbortSignal;
      readonly choice?: 'replace' | 'keep';
    } = {},
  ) => {
    const { path, signal = never, choice = 'replace' } = options;
    const items = chosenDownloads(await plan(s3), choice);
    const earlier = path === undefined ? undefined : downloadState((await readJournal(path)).lines);
    const head = { what: 'download', connection: 'test', at: '2026-11-25T08:00:00.000Z' } as const;
    const journal =
      path === undefined
        ? await beginJournal<DownloadLine>(join(root, 'journals'), {
            ...head,
            title: '',
            to: folder,
          })
        : await openJournal<DownloadLine>(path);
    try {
      const result = await downloadObjects(
        s3.store,
        {
          connection,
          bucket,
          folder,
          items,
          journal,
          partBytes,
          random: () => 0,
          ...(earlier === undefined ? {} : { before: earlier }),
        },
        signal,
      );
      return { result, path: journal.path };
    } finally {
      await journal.close();
    }
  };

  test('a prefix arrives below the folder with its times, and no unfinished file stays', async () => {
    const s3 = memoryS3({ 'raw/a b/1+%.csv': 'one', 'raw/empty': '', 'raw/folder/': '' });
    s3.put('raw/big.bin', big);
    const { result } = await run(s3);
    assert.deepEqual([result.done, result.failed, result.bytes], [3, [], 3503]);
    assert.equal(readFileSync(join(folder, 'a b', '1+%.csv'), 'utf8'), 'one');
    assert.ok(readFileSync(join(folder, 'big.bin')).equals(big));
    assert.equal(statSync(join(folder, 'empty')).mtimeMs, Date.UTC(2026, 10, 1));
    assert.deepEqual(readdirSync(folder).toSorted(), ['a b', 'big.bin', 'empty']);
  });

  test('a cancel keeps the ranges that came, and the next run fetches only the rest', async () => {
    const s3 = memoryS3();
    s3.put('raw/big.bin', big);
    const stop = new AbortController();
    let openGate: () => void = () => undefined;
    const gate = new Promise<void>((open) => (openGate = open));
    let reads = 0;
    s3.before = async (action) => {
      if (action !== 'read' || (reads += 1) <= 2) return;
      await gate;
    };
    const running = run(s3, { signal: stop.signal });
    const journals = join(root, 'journals');
    for (;;) {
      const [left] = await unfinishedJournals(journals);
      if (left !== undefined && left.lines.filter(({ kind }) => kind === 'range').length === 2) break;
      await new Promise((next) => setTimeout(next, 2));
    }
    stop.abort();
    s3.before = () => undefined;
    openGate();
    assert.equal((await running).result.stopped, 'cancelled');
    assert.ok(existsSync(unfinishedPath(join(folder, 'big.bin'))));
    s3.calls.length = 0;
    const [left] = await unfinishedJournals(journals);
    const { result } = await run(s3, { path: left?.path ?? '' });
    assert.deepEqual([result.done, result.bytes], [1, 3500]);
    assert.equal(s3.calls.filter((action) => action === 'read').length, 2);
    assert.ok(readFileSync(join(folder, 'big.bin')).equals(big));
  });

  test('an object that changed since is fetched from its beginning', async () => {
    const s3 = memoryS3();
    s3.put('raw/big.bin', big);
    s3.before = (action) => {
      if (action === 'read' && s3.calls.filter((one) => one === 'read').length > 2) throw fault('offline');
    };
    const { path } = await run(s3);
    s3.before = () => undefined;
    const other = Buffer.from(big.toReversed());
    s3.put('raw/big.bin', other);
    s3.calls.length = 0;
    await run(s3, { path });
    assert.equal(s3.calls.filter((action) => action === 'read').length, 4);
    assert.ok(readFileSync(join(folder, 'big.bin')).equals(other));
  });

  test('an object that changes between two ranges is told, and no mixture of both is left', async () => {
    const s3 = memoryS3({ 'raw/small': 'x' });
    s3.put('raw/big.bin', big);
    let reads = 0;
    s3.before = (action, key) => {
      if (action === 'read' && key === 'raw/big.bin' && (reads += 1) === 2)
        s3.put(key, Buffer.from(big.toReversed()));
    };
    const { result } = await run(s3);
    assert.deepEqual(
      result.failed.map(({ problem }) => problem.message),
      [`s3://${bucket}/raw/big.bin was changed while it was downloaded: download it again.`],
    );
    assert.deepEqual(readdirSync(folder), ['small']);
  });

  test('an object that was deleted since it was listed is told, and the others arrive', async () => {
    const s3 = memoryS3({ 'raw/a': 'a', 'raw/b': 'b' });
    s3.before = (action, key) => {
      if (action === 'read' && key === 'raw/a') s3.objects.delete('raw/a');
    };
    const { result } = await run(s3);
    assert.deepEqual(
      [result.done, result.failed.map(({ item, problem }) => [item.key, problem.kind])],
      [1, [['raw/a', 'missing']]],
    );
    assert.deepEqual(readdirSync(folder), ['b']);
  });

  test('files that are there are told in the plan, and kept when that is chosen', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'a'), 'mine');
    const s3 = memoryS3({ 'raw/a': 'theirs', 'raw/b': 'b' });
    assert.deepEqual(
      (await plan(s3)).items.map(({ key, replaces }) => [key, replaces]),
      [
        ['raw/a', true],
        ['raw/b', false],
      ],
    );
    await run(s3, { choice: 'keep' });
    assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'mine');
    await run(s3);
    assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'theirs');
  });

  test('no key leaves the folder: neither by dots, nor by a slash, nor through a link', async () => {
    mkdirSync(folder);
    mkdirSync(join(root, 'outside'));
    symlinkSync(join(root, 'outside'), join(folder, 'link'));
    const s3 = memoryS3({ 'raw/../../evil': 'x', 'raw//etc/passwd': 'y', 'raw/link/new/z': 'z' });
    const { result } = await run(s3);
    assert.deepEqual(
      result.failed.map(({ item }) => item.key),
      ['raw/link/new/z'],
    );
    assert.match(result.failed[0]?.problem.message ?? '', /leads out of/);
    assert.deepEqual(readdirSync(join(root, 'outside')), []);
    assert.equal(readFileSync(join(folder, '%2E%2E', '%2E%2E', 'evil'), 'utf8'), 'x');
    assert.equal(readFileSync(join(folder, '%2F', 'etc', 'passwd'), 'utf8'), 'y');
    assert.deepEqual(readdirSync(root).toSorted(), ['journals', 'out', 'outside']);
  });

  test('discarding removes what is unfinished and nothing else', async () => {
    const s3 = memoryS3({ 'raw/small': 'x' });
    s3.put('raw/big.bin', big);
    let reads = 0;
    s3.before = (action, key) => {
      if (action === 'read' && key === 'raw/big.bin' && (reads += 1) > 2) throw fault('denied');
    };
    const { path } = await run(s3);
    assert.equal(await discardDownloads(downloadState((await readJournal(path)).lines)), 1);
    assert.deepEqual(readdirSync(folder), ['small']);
  });
});
