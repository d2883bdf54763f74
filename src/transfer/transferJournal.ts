import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../base/problem';
import type { TransferSource } from './listBelow';

/** The version of the journals' lines; a reader refuses a newer one. */
const version = 1;

export type TransferKind = 'upload' | 'download' | 'delete' | 'copy' | 'move';

/** What a journal is about: everything that going on after a restart needs. */
export interface JournalHead {
  readonly kind: 'start';
  readonly version: number;
  readonly what: TransferKind;
  /** Key of the connection it was begun over. */
  readonly connection: string;
  /** Begun at, ISO 8601 in UTC. */
  readonly at: string;
  /** For people: `214 files (1.2 GB) to s3://bucket/raw/`. */
  readonly title: string;
  /** What of S3 it is about; absent for an upload. */
  readonly source?: TransferSource;
  /** Where to: an `s3://` address, or a folder on the disk; empty for a deletion. */
  readonly to: string;
}

/** A line behind the head: plain data of the transfer that wrote it. */
export interface JournalLine {
  readonly kind: string;
}

/** Where a transfer writes what it does. A line is on the disk before its promise resolves. */
export interface TransferJournal<Line extends JournalLine> {
  readonly path: string;
  append(...lines: readonly Line[]): Promise<void>;
  /** Like `append`, for what can be found out again: the disk may take its time. */
  note(line: Line): Promise<void>;
}

/** A journal in a file, which its owner closes. */
export interface OpenJournal<Line extends JournalLine> extends TransferJournal<Line> {
  close(): Promise<void>;
}

/** Begins a journal in a folder; its lines are JSON. */
export async function beginJournal<Line extends JournalLine>(
  folder: string,
  head: Omit<JournalHead, 'kind' | 'version'>,
): Promise<OpenJournal<Line>> {
  const stamp = head.at.replaceAll(/[:.]/g, '-');
  await mkdir(folder, { recursive: true });
  // A folder each: two transfers may begin in the same millisecond.
  const own = await mkdtemp(join(folder, `${head.what}-${stamp}-`));
  const path = join(own, 'journal.jsonl');
  const first: JournalHead = { kind: 'start', version, ...head };
  await writeFile(path, `${JSON.stringify(first)}\n`);
  return await openJournal<Line>(path);
}

/** Goes on writing a journal; half a line that a kill left is cut off. */
export async function openJournal<Line extends JournalLine>(path: string): Promise<OpenJournal<Line>> {
  const file = await open(path, 'a+');
  const before = await file.readFile();
  const whole = before.lastIndexOf('\n') + 1;
  if (whole < before.length) await file.truncate(whole);
  let last: Promise<void> = Promise.resolve();
  // One after another: two lanes must not mix their lines.
  const after = (write: () => Promise<void>): Promise<void> => (last = last.then(write));
  return {
    path,
    append: (...lines) =>
      after(async () => {
        await file.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
        await file.datasync();
      }),
    note: (line) => after(() => file.appendFile(`${JSON.stringify(line)}\n`)),
    close: async () => {
      await last.catch(() => undefined);
      await file.close();
    },
  };
}

/** A journal as it was read: the last line is left out when a kill cut it off. */
export interface ReadJournal {
  readonly path: string;
  readonly head: JournalHead;
  readonly lines: readonly JournalLine[];
  readonly finished: boolean;
}

/** Reads a journal; a Problem when it is none, or written by a newer version. */
export async function readJournal(path: string): Promise<ReadJournal> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new Problem(`The journal ${path} cannot be read: begin the transfer anew.`, 'invalid', { cause });
  }
  const lines: JournalLine[] = [];
  const written = text.split('\n');
  for (const [index, line] of written.entries()) {
    if (line === '') continue;
    try {
      lines.push(JSON.parse(line) as JournalLine);
    } catch (cause) {
      if (index === written.length - 1) break;
      throw new Problem(`${path} is no journal of a transfer: line ${index + 1} cannot be read.`, 'invalid', {
        cause,
      });
    }
  }
  const [head, ...rest] = lines;
  if (!isHead(head)) throw new Problem(`${path} is no journal of a transfer.`, 'invalid');
  if (head.version > version) {
    throw new Problem(
      `${path} was written by a newer Lake Workbench (journal version ${head.version}): update to go on with it.`,
      'invalid',
    );
  }
  return { path, head, lines: rest, finished: rest.at(-1)?.kind === 'end' };
}

/** Journals of transfers that did not come to their end, the newest first; what cannot be read is left out. */
export async function unfinishedJournals(folder: string): Promise<readonly ReadJournal[]> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch {
    return []; // no folder, no journal
  }
  const found: ReadJournal[] = [];
  for (const name of names) {
    try {
      found.push(await readJournal(join(folder, name, 'journal.jsonl')));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return found.filter(({ finished }) => !finished).toSorted((a, b) => (a.head.at < b.head.at ? 1 : -1));
}

/** Removes a journal and the folder it stands in. */
export async function forgetJournal(path: string): Promise<void> {
  await rm(join(path, '..'), { recursive: true, force: true });
}

function isHead(line: JournalLine | undefined): line is JournalHead {
  return line?.kind === 'start' && 'version' in line && 'what' in line && 'connection' in line;
}

/** Removes journals of this age that came to their end: nobody takes back anything so old. */
export async function pruneJournals(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name, 'journal.jsonl');
    const journal = await readJournal(path).catch(() => undefined);
    if (journal === undefined || !journal.finished) continue;
    if (now.getTime() - Date.parse(journal.head.at) > longestKept) await forgetJournal(path);
  }
}

/** Milliseconds: 30 days. */
const longestKept = 30 * 24 * 3_600_000;
