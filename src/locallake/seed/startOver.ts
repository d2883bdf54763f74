import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Journal, openJournal } from '../store/journal';

/**
 * Opens the journal of a lake. A lake whose filling was cut short, by a kill or a full disk, is emptied first: half a
 * demo lake looks like a whole one.
 */
export function openLakeJournal(root: string): Journal {
  const folder = join(root, '.lake');
  const journal = openJournal(folder);
  if (journal.all('lake').has('seed')) return journal;
  // Only what the lake made itself is removed: the folder may be any.
  const buckets = [...journal.all('bucket').keys()];
  journal.close();
  for (const name of [...buckets, '.lake']) rmSync(join(root, name), { recursive: true, force: true });
  return openJournal(folder);
}
