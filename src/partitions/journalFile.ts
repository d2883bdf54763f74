import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '../base/problem';
import { type Journal, type JournalEntry, readJournal } from './journal';

/** A journal in a file: one JSON line an entry, on the disk before `append` resolves. */
export async function openJournal(path: string): Promise<Journal & { close(): Promise<void> }> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a');
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

/** The entries of a journal file; a Problem when it is missing or no journal. */
export async function readJournalFile(path: string): Promise<readonly JournalEntry[]> {
  try {
    return readJournal(await readFile(path, 'utf8'), path);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem(
      `The journal ${path} cannot be read; give the path that the repair printed.`,
      'invalid',
      { cause },
    );
  }
}
