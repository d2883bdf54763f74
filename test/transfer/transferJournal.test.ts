import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  beginJournal,
  openJournal,
  pruneJournals,
  readJournal,
  unfinishedJournals,
} from '../../src/transfer/transferJournal';

interface Line {
  readonly kind: 'done' | 'end';
  readonly key?: string;
}

describe('journals of transfers', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lake-journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const begin = (at: string) =>
    beginJournal<Line>(folder, { what: 'delete', connection: 'c', at, title: at, to: '' });

  test('half a line that a kill left is dropped, and going on writes behind it', async () => {
    const journal = await begin('2026-11-25T08:00:00.000Z');
    await journal.append({ kind: 'done', key: 'a' });
    await journal.close();
    appendFileSync(journal.path, '{"kind":"done","key":"b');
    assert.equal((await readJournal(journal.path)).lines.length, 1);
    const again = await openJournal<Line>(journal.path);
    await again.append({ kind: 'done', key: 'c' });
    await again.close();
    const { lines, finished } = await readJournal(journal.path);
    assert.deepEqual(lines, [
      { kind: 'done', key: 'a' },
      { kind: 'done', key: 'c' },
    ]);
    assert.equal(finished, false);
  });

  test('lines that lanes write at once stand one behind the other', async () => {
    const journal = await begin('2026-11-25T08:00:00.000Z');
    await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        at % 2 === 0
          ? journal.append({ kind: 'done', key: `${at}` })
          : journal.note({ kind: 'done', key: `${at}` }),
      ),
    );
    await journal.close();
    assert.equal((await readJournal(journal.path)).lines.length, 50);
  });

  test('unfinished ones are found, the newest first; those that are none are left out', async () => {
    for (const at of ['2026-11-24T08:00:00.000Z', '2026-11-25T08:00:00.000Z'])
      await (await begin(at)).close();
    const whole = await begin('2026-11-25T09:00:00.000Z');
    await whole.append({ kind: 'end' });
    await whole.close();
    const broken = await begin('2026-11-25T10:00:00.000Z');
    await broken.close();
    writeFileSync(broken.path, 'nothing\nof ours\n');
    assert.deepEqual(
      (await unfinishedJournals(folder)).map(({ head }) => head.at.slice(8, 10)),
      ['25', '24'],
    );
    assert.deepEqual(await unfinishedJournals(join(folder, 'none')), []);
  });

  test('a journal of a newer version is refused with a sentence that says what to do', async () => {
    const journal = await begin('2026-11-25T08:00:00.000Z');
    await journal.close();
    writeFileSync(journal.path, readFileSync(journal.path, 'utf8').replace('"version":1', '"version":2'));
    await assert.rejects(readJournal(journal.path), {
      kind: 'invalid',
      message: /written by a newer Lake Workbench \(journal version 2\): update to go on with it\.$/,
    });
  });

  test('finished ones are removed after a month, unfinished ones never by themselves', async () => {
    const now = new Date('2026-12-31T00:00:00.000Z');
    const end = async (at: string, ...lines: Line[]) => {
      const journal = await begin(at);
      await journal.append(...lines);
      await journal.close();
      return journal.path;
    };
    const old = await end('2026-11-01T00:00:00.000Z', { kind: 'end' });
    const open = await end('2026-11-01T00:00:00.000Z');
    const fresh = await end('2026-12-30T00:00:00.000Z', { kind: 'end' });
    await pruneJournals(folder, now);
    await assert.rejects(readJournal(old), { kind: 'invalid' });
    assert.equal((await readJournal(open)).finished, false);
    assert.equal((await readJournal(fresh)).finished, true);
  });
});
