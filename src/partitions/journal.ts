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
  const lines = journalLines(name);
  const entries = text.split('\n').flatMap((line) => lines.take(line) ?? []);
  checkStart(entries[0], name);
  return entries;
}

/** Reads lines in order: a line that cannot be read is let pass as the last one alone, which a kill may have cut off. */
export function journalLines(name: string): { take(line: string): JournalEntry | undefined } {
  let number = 0;
  let broken: Problem | undefined;
  return {
    take: (line) => {
      number += 1;
      if (line.trim() === '') return undefined;
      if (broken !== undefined) throw broken;
      try {
        return JSON.parse(line) as JournalEntry;
      } catch (cause) {
        broken = new Problem(`${name} is no journal of a repair: line ${number} cannot be read.`, 'invalid', {
          cause,
        });
        return undefined;
      }
    },
  };
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
export function undoPlan(entries: Iterable<JournalEntry>, name: string): UndoPlan {
  const undo = undoReader(name);
  for (const entry of entries) undo.take(entry);
  return undo.plan();
}

/** Reads a journal entry after entry: one of 200,000 partitions need not be in memory as a whole. */
export function undoReader(name: string): { take(entry: JournalEntry): void; plan(): UndoPlan } {
  let start: (JournalEntry & { readonly kind: 'start' }) | undefined;
  const before = new Map<string, StoredPartition>();
  const changed = {
    create: [] as (readonly string[])[],
    remove: [] as StoredPartition[],
    update: [] as StoredPartition[],
  };
  return {
    take: (entry) => {
      if (entry.kind === 'start') start ??= entry;
      else if (entry.kind === 'intent') {
        for (const partition of entry.before)
          before.set(JSON.stringify([entry.change, partition.values]), partition);
      } else if (entry.kind === 'done') {
        if (entry.change === 'create') changed.create.push(...entry.values);
        else {
          for (const values of entry.values) {
            const partition = before.get(JSON.stringify([entry.change, values]));
            if (partition !== undefined) changed[entry.change].push(partition);
          }
        }
      }
    },
    plan: () => {
      if (start === undefined) throw noJournal(name);
      const { table, connection } = start;
      return { table, connection, remove: changed.create, create: changed.remove, update: changed.update };
    },
  };
}

/** Checks what a journal begins with: a newer one is refused. */
export function checkStart(entry: JournalEntry | undefined, name: string): JournalEntry & { kind: 'start' } {
  if (entry?.kind !== 'start') throw noJournal(name);
  if (entry.version > journalVersion) {
    throw new Problem(
      `${name} was written by a newer Lake Workbench (journal version ${entry.version}); update to use it.`,
      'invalid',
    );
  }
  return entry;
}

function noJournal(name: string): Problem {
  return new Problem(`${name} is no journal of a repair.`, 'invalid');
}
