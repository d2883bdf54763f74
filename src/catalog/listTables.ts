import { pool } from '../base/pool';
import { isCancel, Problem } from '../base/problem';
import { connectionKey, type Connection } from '../connection/connection';
import type { CatalogReader, Database, Table } from './catalog';
import { catalogTitle } from './catalogId';

/** Something that could not be listed, and why. */
export interface Unlisted {
  /** `restricted`, `catalog market_data`. */
  readonly what: string;
  readonly why: Problem;
}

/** What a listing of whole catalogs tells while it goes on. */
export interface ListedTables {
  readonly onDatabases: (catalog: string | undefined, databases: readonly Database[]) => void;
  readonly onTables: (tables: readonly Table[]) => void;
  /** One database or catalog is left out; the others go on. */
  readonly onUnlisted: (unlisted: Unlisted) => void;
}

/** Databases that are listed side by side: Glue throttles an account at some tens of calls a second. */
const width = 6;

/**
 * Lists the tables of every database of some catalogs, page by page and several databases side by side. Glue's own
 * SearchTables compares whole words of a name, so that a part of one would not be found by it (Glue API reference,
 * SearchTables). What is denied is told and left out; only a cancel or a lost sign-in ends it.
 */
export async function listTables(
  reader: Pick<CatalogReader, 'databases' | 'tables'>,
  request: {
    readonly connection: Connection;
    /** `undefined` is the account's own. */
    readonly catalogs: readonly (string | undefined)[];
    /** Databases that are known already, as `databaseKey` names them. */
    readonly except?: ReadonlySet<string>;
    /** Told each database that was listed to its end. */
    readonly onComplete?: (key: string) => void;
  } & ListedTables,
  signal: AbortSignal,
): Promise<void> {
  const { connection } = request;
  const guarded = async (what: string, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      if (isCancel(error) || !(error instanceof Problem)) throw error;
      if (error.kind === 'signed-out') throw error; // every further call would say so too
      request.onUnlisted({ what, why: error });
    }
  };
  const work = pool<Task>(
    width,
    async (task) => {
      if (task.database === undefined) {
        await guarded(`catalog ${catalogTitle(task.catalog)}`, () => readDatabases(task.catalog));
      } else {
        const { catalog, database } = task;
        const place = catalog === undefined ? '' : ` in catalog ${catalogTitle(catalog)}`;
        await guarded(`${database}${place}`, () => readTables(catalog, database));
      }
    },
    signal,
  );

  async function readDatabases(catalog: string | undefined): Promise<void> {
    let next: string | undefined;
    do {
      const page = await reader.databases(connection, { ...of(catalog), ...from(next) }, signal);
      request.onDatabases(catalog, page.items);
      for (const { name } of page.items) {
        if (request.except?.has(databaseKey(catalog, name)) !== true) work.add({ catalog, database: name });
      }
      next = page.next;
    } while (next !== undefined);
  }

  async function readTables(catalog: string | undefined, database: string): Promise<void> {
    let next: string | undefined;
    do {
      const page = await reader.tables(connection, { ...of(catalog), database, ...from(next) }, signal);
      request.onTables(page.items);
      next = page.next;
    } while (next !== undefined);
    request.onComplete?.(databaseKey(catalog, database));
  }

  for (const catalog of request.catalogs) work.add({ catalog });
  await work.done();
}

interface Task {
  readonly catalog: string | undefined;
  readonly database?: string;
}

/** What a database is known by among those of several catalogs. */
export function databaseKey(catalog: string | undefined, database: string): string {
  return `${catalog ?? ''}\n${database}`;
}

/** What is searched together: one connection's catalogs. */
export function searchedKey(connection: Connection, catalogs: readonly (string | undefined)[]): string {
  return JSON.stringify([connectionKey(connection), catalogs.map((one) => one ?? null)]);
}

function of(catalog: string | undefined): { readonly catalog?: string } {
  return catalog === undefined ? {} : { catalog };
}

function from(next: string | undefined): { readonly next?: string } {
  return next === undefined ? {} : { next };
}
