import { isDeepStrictEqual } from 'node:util';
import type { CatalogSnapshot, Table } from '../catalog/catalog';
import type { FileFacts } from './rule';

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
export function recording(world: World): World & { readonly answered: ReadonlyMap<string, Answered> } {
  const answered = new Map<string, Answered>();
  const note = <T>(question: Question, answer: T): T => {
    const key = keyOf(question);
    if (!answered.has(key)) answered.set(key, { key, question, answer });
    return answer;
  };
  const { catalog, file } = world;
  // The world stands still while one statement is linted, and most questions are the very same one again.
  const tables = new Map<readonly string[], Table | undefined>();
  const table = (parts: readonly string[]): Table | undefined => {
    const known = tables.get(parts);
    if (known !== undefined || tables.has(parts)) return known;
    const answer = note({ kind: 'table', parts }, catalog.table(parts));
    tables.set(parts, answer);
    return answer;
  };
  return {
    answered,
    catalog: {
      table,
      listing: (location) => note({ kind: 'listing', table: location }, catalog.listing?.(location)),
      slices: () => note({ kind: 'slices' }, catalog.slices?.()),
    },
    file: {
      inTransaction: () => note({ kind: 'transaction' }, file.inTransaction()),
      isTemporary: (name) => note({ kind: 'temporary', table: name }, file.isTemporary(name)),
      isAppendedTo: (name) => note({ kind: 'appended', table: name }, file.isAppendedTo(name)),
      hasDeclaredKeys: () => note({ kind: 'declaredKeys' }, file.hasDeclaredKeys()),
      rowInsertsBefore: (name) => note({ kind: 'rowInserts', table: name }, file.rowInsertsBefore(name)),
      deletedBefore: (name) => note({ kind: 'deletedBefore', table: name }, file.deletedBefore(name)),
      overlapping: (name) => note({ kind: 'overlapping', table: name }, file.overlapping(name)),
      use: (name) => note({ kind: 'use', table: name }, file.use(name)),
    },
  };
}

function keyOf(question: Question): string {
  if (question.kind === 'table') return question.parts.join('\0');
  return `\0${question.kind}\0${'table' in question ? question.table : ''}`;
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
