import type { Column, Database, Table } from './catalog';
import { catalogTitle } from './catalogId';

/** Something in a catalog that was looked for. */
export type SearchHit =
  | { readonly kind: 'database'; readonly catalog?: string; readonly database: Database }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'column'; readonly table: Table; readonly column: Column };

/** What was found, best first, of how many. */
export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  /** More were found than are given. */
  readonly isCut: boolean;
}

/** Databases, tables and columns in memory, added while they are listed and searched at each key that is typed. */
export interface CatalogIndex {
  addDatabases(catalog: string | undefined, databases: readonly Database[]): void;
  /** A table that is there already is replaced. */
  addTables(tables: readonly Table[]): void;
  readonly counts: { readonly databases: number; readonly tables: number; readonly columns: number };
  /** Every word has to be found, each in the names and descriptions of one table with its columns. */
  find(text: string, most: number): SearchAnswer;
}

interface Entry {
  readonly table: Table;
  readonly name: string;
  /** `catalog.database.name`, its description, in lower case. */
  readonly own: string;
  /** A line for each column: its name, type and comment. */
  readonly columns: string;
}

/** Columns of one table that are given for one search. */
const mostColumns = 20;

/** An index with nothing in it. */
export function catalogIndex(): CatalogIndex {
  const databases = new Map<string, { readonly catalog?: string; readonly database: Database }>();
  const entries = new Map<string, Entry>();
  let columns = 0;
  return {
    addDatabases(catalog, some) {
      for (const database of some) {
        const key = `${catalog ?? ''}\n${database.name}`;
        databases.set(key, { ...(catalog === undefined ? {} : { catalog }), database });
      }
    },
    addTables(tables) {
      for (const table of tables) {
        const key = `${table.catalog ?? ''}\n${table.database}\n${table.name}`;
        const before = entries.get(key)?.table;
        columns += countOf(table) - (before === undefined ? 0 : countOf(before));
        entries.set(key, entryOf(table));
      }
    },
    get counts() {
      return { databases: databases.size, tables: entries.size, columns };
    },
    find(text, most) {
      const words = text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      if (words.length === 0) return { hits: [], isCut: false };
      const found = ranked(most);
      for (const one of databases.values()) {
        const name = one.database.name.toLowerCase();
        const all = `${name}\n${one.database.description?.toLowerCase() ?? ''}`;
        if (words.every((word) => all.includes(word))) {
          found.add(rankOf(name, words), { kind: 'database', ...one });
        }
      }
      for (const entry of entries.values()) addHits(found, entry, words);
      return found.answer();
    },
  };
}

/** Hits by how near they are, so many of each at most: what nobody will see is not sorted. */
interface Ranked {
  add(rank: number, hit: SearchHit): void;
  /** False where further hits of a rank would not be shown. */
  takes(rank: number): boolean;
  answer(): SearchAnswer;
}

const ranks = 8;

function ranked(most: number): Ranked {
  const groups: SearchHit[][] = Array.from({ length: ranks }, () => []);
  let isCut = false;
  return {
    add(rank, hit) {
      const group = groups[rank];
      if (group === undefined || group.length >= most) isCut = true;
      else group.push(hit);
    },
    takes(rank) {
      if ((groups[rank]?.length ?? most) < most) return true;
      isCut = true;
      return false;
    },
    answer() {
      const hits = groups.flatMap((group) =>
        group
          .map((hit) => ({ hit, name: nameOf(hit) }))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map(({ hit }) => hit),
      );
      return { hits: hits.slice(0, most), isCut: isCut || hits.length > most };
    },
  };
}

function addHits(found: Ranked, { table, name, own, columns }: Entry, words: readonly string[]): void {
  // One look at each text decides for nearly all tables; only those that are left are taken apart.
  const inColumns = words.filter((word) => !own.includes(word));
  if (inColumns.length === 0) return found.add(rankOf(name, words), { kind: 'table', table });
  if (!inColumns.every((word) => columns.includes(word))) return;
  const isExact = inColumns.some((word) => columns.includes(`\n${word} `));
  if (!found.takes(isExact ? 1 : 3)) return;
  let given = 0;
  for (const column of [...table.columns, ...table.partitionKeys]) {
    const text = textOf(column);
    if (!inColumns.every((word) => text.includes(word))) continue;
    found.add(rankOf(column.name, inColumns) + 1, { kind: 'column', table, column });
    given += 1;
    if (given === mostColumns) break;
  }
}

/**
 * Even numbers, the least first: the name itself, what begins with a word, what has one, what is found by more than
 * its name. Columns come behind tables of the same nearness.
 */
function rankOf(name: string, words: readonly string[]): 0 | 2 | 4 | 6 {
  if (words.includes(name)) return 0;
  if (words.some((word) => name.startsWith(word))) return 2;
  return words.some((word) => name.includes(word)) ? 4 : 6;
}

function entryOf(table: Table): Entry {
  const catalog = table.catalog === undefined ? '' : `${catalogTitle(table.catalog)}.`;
  return {
    table,
    name: table.name.toLowerCase(),
    own: `${catalog}${table.database}.${table.name}\n${table.description ?? ''}`.toLowerCase(),
    columns: `\n${[...table.columns, ...table.partitionKeys].map(textOf).join('\n')}`,
  };
}

function textOf({ name, type, comment }: Column): string {
  return `${name} ${type} ${comment ?? ''}`.toLowerCase();
}

function countOf({ columns, partitionKeys }: Table): number {
  return columns.length + partitionKeys.length;
}

function nameOf(hit: SearchHit): string {
  switch (hit.kind) {
    case 'database':
      return hit.database.name;
    case 'table':
      return `${hit.table.name}.${hit.table.database}`;
    case 'column':
      return `${hit.column.name}.${hit.table.name}.${hit.table.database}`;
  }
}
