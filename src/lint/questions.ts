import { isDeepStrictEqual } from 'node:util';
import type { CatalogSnapshot, FileListing, Table } from '../catalog/catalog';
import type { FileFacts, TableUse } from './rule';

/** Something a rule asked that its statement alone does not tell. */
export type Question =
  | { readonly kind: 'table'; readonly parts: readonly string[] }
  | { readonly kind: 'transaction' | 'declaredKeys' | 'slices' }
  | {
      readonly kind:
        'temporary' | 'appended' | 'use' | 'rowInserts' | 'deletedBefore' | 'overlapping' | 'listing';
      readonly table: string;
    };

/** A question with the answer it got. */
export interface Answered {
  /** The same for equal questions only. */
  readonly key: string;
  readonly question: Question;
  readonly answer: unknown;
}

/** What the questions are put to. */
export interface World {
  readonly catalog: CatalogSnapshot;
  readonly file: FileFacts;
}

/** The same world, but each question and its answer is written down once. */
export function recording(world: World): World & { readonly answered: () => readonly Answered[] } {
  const notes = new Notes();
  return {
    catalog: new WatchedCatalog(world.catalog, notes),
    file: new WatchedFile(world.file, notes),
    answered: () => notes.all(),
  };
}

// Classes, since one of each is made for every statement: an object of functions would be made of a dozen closures.

class Notes {
  readonly tables = new Map<string, Answered & { readonly answer: Table | undefined }>();
  private others: Map<string, Answered> | undefined;

  note<T>(question: Question, answer: T): T {
    const others = (this.others ??= new Map());
    const key = keyOf(question);
    if (!others.has(key)) others.set(key, { key, question, answer });
    return answer;
  }

  all(): readonly Answered[] {
    const tables = [...this.tables.values()];
    return this.others === undefined ? tables : [...tables, ...this.others.values()];
  }
}

class WatchedCatalog implements CatalogSnapshot {
  readonly still = true;
  private readonly catalog: CatalogSnapshot;
  private readonly notes: Notes;

  constructor(catalog: CatalogSnapshot, notes: Notes) {
    this.catalog = catalog;
    this.notes = notes;
  }

  table(parts: readonly string[]): Table | undefined {
    // The world stands still while one statement is linted, and most questions are the very same one again.
    const key = tableKey(parts);
    let known = this.notes.tables.get(key);
    if (known === undefined) {
      known = { key, question: { kind: 'table', parts }, answer: this.catalog.table(parts) };
      this.notes.tables.set(key, known);
    }
    return known.answer;
  }

  listing(location: string): FileListing | undefined {
    return this.notes.note({ kind: 'listing', table: location }, this.catalog.listing?.(location));
  }

  slices(): number | undefined {
    return this.notes.note({ kind: 'slices' }, this.catalog.slices?.());
  }
}

class WatchedFile implements FileFacts {
  private readonly file: FileFacts;
  private readonly notes: Notes;

  constructor(file: FileFacts, notes: Notes) {
    this.file = file;
    this.notes = notes;
  }

  inTransaction(): boolean {
    return this.notes.note({ kind: 'transaction' }, this.file.inTransaction());
  }

  isTemporary(table: string): boolean {
    return this.notes.note({ kind: 'temporary', table }, this.file.isTemporary(table));
  }

  isAppendedTo(table: string): boolean {
    return this.notes.note({ kind: 'appended', table }, this.file.isAppendedTo(table));
  }

  hasDeclaredKeys(): boolean {
    return this.notes.note({ kind: 'declaredKeys' }, this.file.hasDeclaredKeys());
  }

  rowInsertsBefore(head: string): number {
    return this.notes.note({ kind: 'rowInserts', table: head }, this.file.rowInsertsBefore(head));
  }

  deletedBefore(table: string): readonly string[] | undefined {
    return this.notes.note({ kind: 'deletedBefore', table }, this.file.deletedBefore(table));
  }

  overlapping(location: string): string | undefined {
    return this.notes.note({ kind: 'overlapping', table: location }, this.file.overlapping(location));
  }

  use(table: string): TableUse {
    return this.notes.note({ kind: 'use', table }, this.file.use(table));
  }
}

function keyOf(question: Question): string {
  if (question.kind === 'table') return tableKey(question.parts);
  return `\0${question.kind}\0${'table' in question ? question.table : ''}`;
}

function tableKey(parts: readonly string[]): string {
  const only = parts[0];
  return only !== undefined && parts.length === 1 ? only : parts.join('\0');
}

/** Looks whether answers still hold, for the statements of one file in their order. */
export interface Check {
  /** Whether the world would still answer everything the same way. */
  readonly stillHolds: (answered: readonly Answered[]) => boolean;
  /** To be told when a statement changed what the catalog answers. */
  readonly catalogChanged: () => void;
}

/** The statements of a file ask for the same few tables: each is looked up, and compared with what it was, only once. */
export function holdsIn(world: World): Check {
  const tables = new Map<string, Table | undefined>();
  const equals = new Map<unknown, unknown>();
  const tableNow = (key: string, parts: readonly string[]): Table | undefined => {
    const known = tables.get(key);
    if (known !== undefined || tables.has(key)) return known;
    const table = world.catalog.table(parts);
    tables.set(key, table);
    return table;
  };
  const holds = ({ key, question, answer }: Answered): boolean => {
    const now = question.kind === 'table' ? tableNow(key, question.parts) : ask(question, world);
    if (now === answer || (now !== undefined && equals.get(answer) === now)) return true;
    if (!isDeepStrictEqual(now, answer)) return false;
    equals.set(answer, now);
    return true;
  };
  return {
    stillHolds(answered) {
      for (let at = 0; at < answered.length; at++) {
        const each = answered[at];
        if (each !== undefined && !holds(each)) return false;
      }
      return true;
    },
    catalogChanged: () => tables.clear(),
  };
}

function ask(question: Question, { catalog, file }: World): unknown {
  switch (question.kind) {
    case 'table':
      return catalog.table(question.parts);
    case 'transaction':
      return file.inTransaction();
    case 'temporary':
      return file.isTemporary(question.table);
    case 'appended':
      return file.isAppendedTo(question.table);
    case 'declaredKeys':
      return file.hasDeclaredKeys();
    case 'rowInserts':
      return file.rowInsertsBefore(question.table);
    case 'deletedBefore':
      return file.deletedBefore(question.table);
    case 'overlapping':
      return file.overlapping(question.table);
    case 'use':
      return file.use(question.table);
    case 'listing':
      return catalog.listing?.(question.table);
    case 'slices':
      return catalog.slices?.();
    default:
      return question satisfies never;
  }
}
