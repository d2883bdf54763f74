import type { Table, TableName } from '../catalog/catalog';
import { connectionKey, type Connection } from '../connection/connection';

/** What was found out of a table that its listing does not tell. */
export interface TableNote {
  /** Behind its name: `2 days late`. */
  readonly hint: string;
  /** The same in a sentence, for the tooltip. */
  readonly sentence: string;
}

/** What the user narrowed or looked up in the Catalog view, by the id of the database's node; kept beside the nodes. */
export interface CatalogShown {
  /** The part of their names by which a database's tables are listed; undefined: all. */
  readonly filterOf: (databaseId: string) => string | undefined;
  /** An empty text lists all again. */
  readonly filter: (databaseId: string, named: string) => void;
  /** Tables that were read by themselves since the list was: shown as they are now, whatever pages are loaded. */
  readonly foundIn: (databaseId: string) => readonly Table[];
  readonly find: (databaseId: string, table: Table) => void;
  /** What was read by itself below a node, or anywhere, is listed anew. */
  readonly forget: (parentId?: string) => void;
  /** What was found out of a table of the account's own catalog; undefined until somebody asked. */
  readonly noteOf: (connection: Connection, table: TableName) => TableNote | undefined;
  readonly note: (connection: Connection, table: TableName, note: TableNote) => void;
}

/** Nothing narrowed, nothing looked up. */
export function catalogShown(): CatalogShown {
  const filters = new Map<string, string>();
  const found = new Map<string, readonly Table[]>();
  const notes = new Map<string, TableNote>();
  const noteKey = (connection: Connection, { database, name }: TableName): string =>
    JSON.stringify([connectionKey(connection), database, name]);
  return {
    noteOf: (connection, table) => notes.get(noteKey(connection, table)),
    note: (connection, table, note) => void notes.set(noteKey(connection, table), note),
    filterOf: (id) => filters.get(id),
    filter(id, named) {
      const text = named.trim();
      if (text === '') filters.delete(id);
      else filters.set(id, text);
    },
    foundIn: (id) => found.get(id) ?? [],
    find(id, table) {
      const others = (found.get(id) ?? []).filter(({ name }) => name !== table.name);
      // A handful: what was looked up an hour ago is looked up again in a second.
      found.set(id, [table, ...others].slice(0, 10));
    },
    forget(parentId) {
      for (const id of found.keys()) {
        if (parentId === undefined || id === parentId || id.startsWith(`${parentId}/`)) found.delete(id);
      }
    },
  };
}
