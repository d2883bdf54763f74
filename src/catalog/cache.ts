import { Problem } from '../base/problem';
import { connectionKey, type Connection } from '../connection/connection';
import type { CatalogReader, Table, TableName } from './catalog';
import type { CatalogSource } from './known';

/** Tables of the live catalog as last seen, kept apart by connection. */
export interface LiveTables {
  /** What is remembered for a connection, as the weakest source of `knownCatalog`; the same object while nothing changes. */
  readonly source: (connection: Connection) => CatalogSource;
  /** Remembers tables that were read anyway, from a tree or a listing. */
  readonly remember: (connection: Connection, tables: readonly Table[]) => void;
  /** Asks for one table unless it is known, known to be missing, or being asked for. True when something new is known. */
  readonly fetch: (connection: Connection, name: TableName, signal: AbortSignal) => Promise<boolean>;
  /** Forgets one table, and that it was missing: a statement has made, changed or dropped it. */
  readonly drop: (connection: Connection, name: TableName) => void;
  /** Forgets a connection's tables: after a refresh, or when other credentials answer. */
  readonly forget: (connection: Connection) => void;
}

interface Memory {
  readonly tables: Map<string, Table>;
  readonly missing: Set<string>;
  readonly asked: Map<string, Promise<boolean>>;
  source: CatalogSource | undefined;
}

/** An empty memory over a reader. Nothing is read before `fetch` is called. */
export function liveTables(reader: Pick<CatalogReader, 'table'>): LiveTables {
  const memories = new Map<string, Memory>();
  const memoryOf = (connection: Connection): Memory => {
    const key = connectionKey(connection);
    const memory: Memory = memories.get(key) ?? {
      tables: new Map(),
      missing: new Set(),
      asked: new Map(),
      source: undefined,
    };
    memories.set(key, memory);
    return memory;
  };
  const remember = (connection: Connection, tables: readonly Table[]): void => {
    const memory = memoryOf(connection);
    for (const table of tables) {
      memory.tables.set(keyOf(table), table);
      memory.missing.delete(keyOf(table));
    }
    memory.source = undefined;
  };
  const ask = async (connection: Connection, name: TableName, signal: AbortSignal): Promise<boolean> => {
    const memory = memoryOf(connection);
    try {
      const table = await reader.table(connection, name, signal);
      // Whoever forgot the connection meanwhile does not want its answers either.
      if (memoryOf(connection) !== memory) return false;
      remember(connection, [table]);
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'missing') throw error;
      memory.missing.add(keyOf(name));
      return false;
    }
  };
  return {
    remember,
    source(connection) {
      const memory = memoryOf(connection);
      return (memory.source ??= {
        name: `the Glue catalog of ${connection.name}`,
        tables: [...memory.tables.values()].map((table) => ({ table, origin: connection.name })),
      });
    },
    async fetch(connection, name, signal) {
      const { tables, missing, asked } = memoryOf(connection);
      const key = keyOf(name);
      if (tables.has(key) || missing.has(key)) return false;
      const running = asked.get(key) ?? ask(connection, name, signal).finally(() => asked.delete(key));
      asked.set(key, running);
      return running;
    },
    drop(connection, name) {
      const memory = memoryOf(connection);
      memory.tables.delete(keyOf(name));
      memory.missing.delete(keyOf(name));
      memory.source = undefined;
    },
    forget: (connection) => void memories.delete(connectionKey(connection)),
  };
}

function keyOf({ database, name }: TableName): string {
  return `${database}.${name}`.toLowerCase();
}
