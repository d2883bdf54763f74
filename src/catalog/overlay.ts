import type { ParsedStatement } from '../sql/ast';
import type { CatalogSnapshot, Table, TableName } from './catalog';
import { ddlEffect, type DdlEffect } from './ddlEffect';
import { withFigures } from './figures';

/** A catalog that also knows what the DDL of one file has done so far. */
export interface DdlOverlay extends CatalogSnapshot {
  /** Takes in what a statement does to the catalog; one that does nothing is passed over. */
  readonly apply: (statement: ParsedStatement) => void;
  /** The tables that the statements themselves made or changed, in no particular order. */
  readonly made: () => readonly Table[];
}

/** `table` is undefined where a statement made the table unknowable or dropped it. */
interface Entry extends TableName {
  readonly table: Table | undefined;
}

/** Lays the DDL of a file, statement by statement, over what is known from elsewhere. */
export function withDdl(base: CatalogSnapshot): DdlOverlay {
  const entries = new Map<string, Entry[]>();

  const put = (entry: Entry): void => {
    const others = (entries.get(entry.name) ?? []).filter(({ database }) => database !== entry.database);
    entries.set(entry.name, [...others, entry]);
  };
  const table = (parts: readonly string[]): Table | undefined => {
    const entry = entryMeant(parts, entries, base);
    return entry === undefined ? base.table(parts) : entry.table;
  };
  const change = (effect: DdlEffect): void => {
    const { database, name } = effect.name;
    const parts = database === '' ? [name] : [database, name];
    const own = { database, name };
    const before = table(parts);
    switch (effect.kind) {
      case 'create':
        // IF NOT EXISTS leaves a table alone that an earlier statement of this file made.
        if (effect.guarded && (entries.get(name) ?? []).some((entry) => entry.database === database)) return;
        return put({ ...own, table: withFigures(effect.table, base.table(parts)) });
      case 'obscure':
      case 'drop':
        return put({ ...own, table: undefined });
      case 'rename':
        put({ ...own, table: undefined });
        return put({
          database,
          name: effect.to,
          table: before === undefined ? undefined : { ...before, name: effect.to },
        });
      case 'change':
        // A change to a table that nobody knows leaves it unknown.
        if (before !== undefined) put({ ...own, table: effect.change(before) });
    }
  };
  return {
    ...(base.listing === undefined ? {} : { listing: base.listing }),
    ...(base.slices === undefined ? {} : { slices: base.slices }),
    table,
    apply(statement) {
      const effect = ddlEffect(statement, table);
      if (effect !== undefined) change(effect);
    },
    made: () => [...entries.values()].flat().flatMap((entry) => entry.table ?? []),
  };
}

function entryMeant(
  parts: readonly string[],
  entries: ReadonlyMap<string, readonly Entry[]>,
  base: CatalogSnapshot,
): Entry | undefined {
  const found = entries.get(parts.at(-1)?.toLowerCase() ?? '');
  if (found === undefined) return undefined;
  const database = parts.at(-2)?.toLowerCase();
  if (database !== undefined) return found.find((entry) => entry.database === database);
  const unqualified = found.find((entry) => entry.database === '');
  if (unqualified !== undefined) return unqualified;
  // The file names the database in its DDL but not here: the session's default decides, which only the base knows.
  const other = base.table(parts);
  if (other !== undefined) return found.find((entry) => entry.database === other.database);
  return found.length === 1 ? found[0] : undefined;
}
