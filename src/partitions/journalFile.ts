import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Problem } from '../base/problem';
import { checkStart, type Journal, type JournalEntry, journalLines } from './journal';

/** A journal in a file: one JSON line an entry, on the disk before `append` resolves. */
export async function openJournal(path: string): Promise<Journal & { close(): Promise<void> }> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  await cutTornLine(file);
  let last: Promise<void> = Promise.resolve();
  return {
    name: path,
    append: (entry) => {
      // One after another: two lanes must not mix their lines.
      last = last.then(async () => {
        await file.appendFile(`${JSON.stringify(entry)}\n`);
        await file.datasync();
      });
      return last;
    },
    close: () => file.close(),
  };
}

/** Takes off a last line that a kill cut off: what is written next would become part of it. */
async function cutTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const chunk = Buffer.alloc(65_536);
  for (let to = size; to > 0;) {
    const from = Math.max(0, to - chunk.length);
    const { bytesRead } = await file.read(chunk, 0, to - from, from);
    const newline = chunk.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (newline >= 0) {
      if (from + newline + 1 < size) await file.truncate(from + newline + 1);
      return;
    }
    to = from;
  }
  if (size > 0) await file.truncate(0);
}

/** The entries of a journal file, one after the other; a Problem when it is missing, newer or no journal. */
export async function* journalEntries(path: string): AsyncGenerator<JournalEntry, void, undefined> {
  const lines = journalLines(path);
  let isFirst = true;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const entry = lines.take(line);
      if (entry === undefined) continue;
      yield isFirst ? checkStart(entry, path) : entry;
      isFirst = false;
    }
  } catch (cause) {
    throw cause instanceof Problem ? cause : unreadable(path, cause);
  }
  if (isFirst) checkStart(undefined, path);
}

/** All entries of a journal file; a Problem when it is missing or no journal. */
export async function readJournalFile(path: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const entry of journalEntries(path)) entries.push(entry);
  return entries;
}

/** Whether a repair came to its end, told by the last line of its journal alone: it may be of 200,000 partitions. */
export async function isFinishedFile(path: string): Promise<boolean> {
  const last = `${JSON.stringify({ kind: 'end' } satisfies JournalEntry)}\n`;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(last.length);
    await file.read(bytes, 0, last.length, Math.max(0, size - last.length));
    return bytes.toString('utf8') === last;
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): Problem {
  return new Problem(
    `The journal ${path} cannot be read; give the path that the repair printed.`,
    'invalid',
    { cause },
  );
}
