import type { TableName } from '../catalog/catalog';
import { Problem } from '../base/problem';
import type { StoredPartition } from './partitionStore';

/** The version of the journal's lines; a reader refuses a newer one. */
export const journalVersion = 1;

/** One line of a journal, in the order things happened. */
export type JournalEntry =
  | {
      readonly kind: 'start';
      readonly version: number;
      readonly table: TableName;
      readonly connection: string;
    }
  /** Written before a call, so that a kill in the middle leaves a trace; `before` is what undo puts back. */
  | {
      readonly kind: 'intent';
      readonly change: 'create' | 'remove' | 'update';
      readonly values: readonly (readonly string[])[];
      readonly locations: readonly string[];
      readonly before: readonly StoredPartition[];
    }
  /** Written after a call: those that this run really changed. */
  | {
      readonly kind: 'done';
      readonly change: 'create' | 'remove' | 'update';
      readonly values: readonly (readonly string[])[];
    }
  | { readonly kind: 'end' };

/** Where a repair writes what it does, a line at a time; a line is on disk before the promise resolves. */
export interface Journal {
  /** For the user: a path. */
  readonly name: string;
  append(entry: JournalEntry): Promise<void>;
}

/** Reads a journal; a last line cut off by a kill is left out. */
export function readJournal(text: string, name: string): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    try {
      entries.push(JSON.parse(line) as JournalEntry);
    } catch (cause) {
      if (index >= lines.length - 2) break;
      throw new Problem(`${name} is no journal of a repair: line ${index + 1} cannot be read.`, 'invalid', {
        cause,
      });
    }
  }
  const [first] = entries;
  if (first?.kind !== 'start') throw new Problem(`${name} is no journal of a repair.`, 'invalid');
  if (first.version > journalVersion) {
    throw new Problem(
      `${name} was written by a newer Lake Workbench (journal version ${first.version}); update to use it.`,
      'invalid',
    );
  }
  return entries;
}

/** True when the repair was not finished: it was killed, cancelled or failed. */
export function isUnfinished(entries: readonly JournalEntry[]): boolean {
  return entries.at(-1)?.kind !== 'end';
}

/** What undoing a journal's changes takes. */
export interface UndoPlan {
  readonly table: TableName;
  readonly connection: string;
  /** Registered by the repair: to be taken out again. */
  readonly remove: readonly (readonly string[])[];
  /** Taken out by the repair: to be registered again as they were. */
  readonly create: readonly StoredPartition[];
  /** Moved by the repair: to be pointed back. */
  readonly update: readonly StoredPartition[];
}

/** Undo touches only what the journal says was really changed; what was there before is left alone. */
export function undoPlan(entries: readonly JournalEntry[], name: string): UndoPlan {
  const [first] = entries;
  if (first?.kind !== 'start') throw new Problem(`${name} is no journal of a repair.`, 'invalid');
  const before = new Map<string, StoredPartition>();
  const changed = {
    create: [] as (readonly string[])[],
    remove: [] as StoredPartition[],
    update: [] as StoredPartition[],
  };
  for (const entry of entries) {
    if (entry.kind === 'intent') {
      for (const partition of entry.before)
        before.set(JSON.stringify([entry.change, partition.values]), partition);
    } else if (entry.kind === 'done') {
      for (const values of entry.values) {
        if (entry.change === 'create') changed.create.push(values);
        else {
          const partition = before.get(JSON.stringify([entry.change, values]));
          if (partition !== undefined) changed[entry.change].push(partition);
        }
      }
    }
  }
  return {
    table: first.table,
    connection: first.connection,
    remove: changed.create,
    create: changed.remove,
    update: changed.update,
  };
}
