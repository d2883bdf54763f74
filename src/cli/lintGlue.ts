import { manyListeners, pool } from '../base/pool';
import { liveTables } from '../catalog/cache';
import type { Table, TableName } from '../catalog/catalog';
import type { QualifiedName } from '../sql/ast';
import type { SqlDocument } from '../sql/document';
import { scopesOf } from '../sql/scopes';
import { walk } from '../sql/walk';
import type { Lake } from './lake';

/** How Glue is asked for the tables that statements name. */
export interface GlueWish {
  readonly open: () => Promise<Lake>;
  /** Where a name without a database is looked for. */
  readonly database: string;
}

/**
 * The Glue tables that Athena statements name: one request a table, never the whole catalog.
 * A table that Glue lacks is left out; a denial, a lost sign-in and the like are Problems.
 */
export async function glueTables(
  named: Iterable<NamedTable>,
  wish: GlueWish,
  signal: AbortSignal,
): Promise<readonly Table[]> {
  const names = new Map<string, TableName>();
  for (const { database = wish.database, name } of named)
    names.set(`${database}.${name}`, { database, name });
  if (names.size === 0) return [];
  const { ports, connection } = await wish.open();
  const live = liveTables(ports.catalog);
  manyListeners(signal);
  const work = pool<TableName>(8, async (name) => void (await live.fetch(connection, name, signal)), signal);
  for (const name of names.values()) work.add(name);
  await work.done();
  return live.source(connection).tables.map(({ table }) => table);
}

/** A table as a statement names it; absent where it names no database. */
export interface NamedTable {
  readonly database?: string;
  readonly name: string;
}

/** The tables that the Athena statements of a document name, in lower case. */
export function namedTables(document: SqlDocument): readonly NamedTable[] {
  if (document.dialect !== 'athena') return [];
  const names = new Map<string, NamedTable>();
  const add = ({ parts }: QualifiedName): void => {
    const words = parts.map((part) => part.name.toLowerCase());
    // "catalog"."database"."table": Glue's own catalog is the only one it can be asked for.
    if (words.length > 3 || (words.length === 3 && words[0] !== 'awsdatacatalog')) return;
    const name = words.at(-1) ?? '';
    if (name === '' || name.includes('$')) return;
    const database = words.at(-2);
    names.set(`${database ?? ''}.${name}`, { ...(database === undefined ? {} : { database }), name });
  };
  for (const { parsed } of document.statements) {
    for (const { ref } of scopesOf(parsed).tables) if (ref !== undefined) add(ref.name);
    walk(parsed.body, (node) => {
      if (node.kind === 'InsertStatement') add(node.target);
      else if (node.kind === 'AlterTable') add(node.name);
    });
  }
  return [...names.values()];
}
