import { isDeepStrictEqual } from 'node:util';
import type { CatalogSnapshot, FileListing, Table } from './catalog';
import { withFigures } from './figures';

/** One place that tables are known from: the workspace's DDL, a snapshot file, Glue as last seen. */
export interface CatalogSource {
  /** For a sentence: `the DDL of this workspace`, `lake.catalog.json`. */
  readonly name: string;
  readonly tables: readonly SourcedTable[];
  /** By location. */
  readonly listings?: Readonly<Record<string, FileListing>>;
  readonly slices?: number;
}

/** A table and where in its source it stands. */
export interface SourcedTable {
  readonly table: Table;
  /** A path, or what else says where. */
  readonly origin: string;
}

/** Two definitions of one table within one source that say different things. */
export interface Conflict {
  readonly source: string;
  readonly definitions: readonly SourcedTable[];
}

/** Several sources as one catalog. */
export interface KnownCatalog extends CatalogSnapshot {
  /** Why nothing is said of a table that is defined twice differently; undefined when it is not. */
  readonly conflict: (parts: readonly string[]) => Conflict | undefined;
  /** Every table that a name can mean, strongest source first and each once: for completion. */
  readonly tables: () => readonly Table[];
}

/** What is known of a name: a table, or definitions that contradict each other. */
type Entry =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'conflict'; readonly database: string; readonly conflict: Conflict };

/**
 * Merges sources, the strongest first: the first one that has a table says what it is; a weaker one adds only figures
 * (rows, bytes, partitions) that it lacks. `defaultDatabase` is where a name without a database is looked for first; without one such a name
 * means the only table that has it.
 */
export function knownCatalog(
  sources: readonly CatalogSource[],
  options: { readonly defaultDatabase?: string } = {},
): KnownCatalog {
  const byName = new Map<string, Map<string, Entry>>();
  for (const source of sources) addSource(source, byName);
  const defaultDatabase = options.defaultDatabase?.toLowerCase();

  const find = (parts: readonly string[]): Entry | undefined => {
    const found = byName.get(parts.at(-1)?.toLowerCase() ?? '');
    if (found === undefined) return undefined;
    const database = parts.at(-2)?.toLowerCase();
    const entry = database === undefined ? withoutDatabase(found, defaultDatabase) : found.get(database);
    return entry !== undefined && parts.length > 2 && isFederated(parts, entry) ? undefined : entry;
  };
  return {
    table(parts) {
      const entry = find(parts);
      return entry?.kind === 'table' ? entry.table : undefined;
    },
    conflict(parts) {
      const entry = find(parts);
      return entry?.kind === 'conflict' ? entry.conflict : undefined;
    },
    listing: (location) => {
      const source = sources.find(
        ({ listings }) => listings !== undefined && Object.hasOwn(listings, location),
      );
      return source?.listings?.[location];
    },
    slices: () => sources.find(({ slices }) => slices !== undefined)?.slices,
    tables: () =>
      [...byName.values()].flatMap((entries) =>
        [...entries.values()].flatMap((entry) => (entry.kind === 'table' ? [entry.table] : [])),
      ),
  };
}

/**
 * Passes on each table that no earlier one said already, also in an earlier call: to a source the others add nothing.
 * Many files of a project make the same table, and what is passed on need not be compared again, nor sent.
 */
export function withoutRepeats(): (tables: readonly SourcedTable[]) => readonly SourcedTable[] {
  const known = new Map<string, SourcedTable[]>();
  return (tables) => tables.filter((sourced) => isNews(sourced, known));
}

/** Whether a definition is the first that says this of its table; then it is added to those known by its name. */
function isNews(sourced: SourcedTable, known: Map<string, SourcedTable[]>): boolean {
  const key = `${sourced.table.database}.${sourced.table.name}`.toLowerCase();
  const definitions = known.get(key);
  if (definitions === undefined) {
    known.set(key, [sourced]);
    return true;
  }
  if (definitions.some(({ table }) => isDeepStrictEqual(table, sourced.table))) return false;
  definitions.push(sourced);
  return true;
}

function addSource(source: CatalogSource, byName: Map<string, Map<string, Entry>>): void {
  const own = new Map<string, SourcedTable[]>();
  for (const sourced of source.tables) isNews(sourced, own);
  for (const definitions of own.values()) {
    const first = definitions[0];
    if (first === undefined) continue;
    const { database, name } = first.table;
    const entries = byName.get(name.toLowerCase()) ?? new Map<string, Entry>();
    byName.set(name.toLowerCase(), entries);
    const stronger = entries.get(database.toLowerCase());
    if (stronger !== undefined) {
      if (stronger.kind === 'table' && definitions.length === 1) {
        const table = withFigures(stronger.table, first.table);
        entries.set(database.toLowerCase(), { kind: 'table', table });
      }
      continue;
    }
    entries.set(
      database.toLowerCase(),
      definitions.length === 1
        ? { kind: 'table', table: first.table }
        : { kind: 'conflict', database, conflict: { source: source.name, definitions } },
    );
  }
}

function withoutDatabase(found: ReadonlyMap<string, Entry>, defaultDatabase?: string): Entry | undefined {
  if (defaultDatabase !== undefined) return found.get(defaultDatabase) ?? found.get('');
  // DDL that names no database means the one a query without a database means.
  return found.get('') ?? (found.size === 1 ? [...found.values()][0] : undefined);
}

// `"cmdb"."sales"."orders"` is a table of another data source; Redshift's first part is its own database.
function isFederated(parts: readonly string[], entry: Entry): boolean {
  const native = entry.kind === 'table' && entry.table.kind === 'native';
  return !native && parts.at(-3)?.toLowerCase() !== 'awsdatacatalog';
}
