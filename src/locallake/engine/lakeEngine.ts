import { join } from 'node:path';
import { type CatalogStore, columnsOf, type TableName } from '../store/catalogStore';
import type { ObjectStore } from '../store/objects';
import { fields } from '../wire/input';
import { runDdl } from './ddl';
import { ddlOf } from './statements';
import { formatterOf } from './formatValue';
import { quoteName } from './lexer';
import { refuseUnknownFunctions } from './functions';
import { QueryError } from './queryError';
import { refuseMixedComparisons } from './typeCheck';
import { bindPartitionTables } from './partitionsTable';
import { ParquetFiles } from './parquetFiles';
import { explained } from './queryFault';
import type { ResultRow } from './resultFile';
import { scannedBytes } from './scannedBytes';
import { openSession, type Session } from './session';
import { FileLinks, type TableFile } from './tableFiles';
import { tablesNamed } from './tablesNamed';
import { createTableView, formatOf } from './tableViews';
import { loadTranslator, toDuckDb, unnamedColumns } from './translate';
import { athenaType } from './types';
import { viewText } from './views';

/** What a statement is run with. */
export interface RunRequest {
  readonly sql: string;
  /** The database of names without one, in small letters. */
  readonly database: string;
  /** Where tables made without a location go: `s3://bucket/prefix/`. */
  readonly output: string;
  readonly id: string;
  /** The most bytes it may read; more ends it. */
  readonly cutoff?: number;
  readonly signal: AbortSignal;
}

/** A column of a result. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
  readonly precision: number;
  readonly scale: number;
}

/** What a statement gave. */
export interface RunResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
  /** Bytes read from the lake. */
  readonly scanned: number;
  /** Milliseconds of planning. */
  readonly planning: number;
  /** Whether the rows go to a `.txt` without a header, as those of DDL do. */
  readonly form: 'csv' | 'txt' | 'none';
  /** Rows written, by statements that write. */
  readonly written?: number;
  /** Files written, for the manifest. */
  readonly files?: readonly string[];
}

/** The tables of one statement as they were bound. */
export interface BoundTable {
  readonly name: TableName;
  readonly mark: string;
  readonly files: readonly TableFile[];
  readonly format: 'parquet' | 'csv' | 'json';
  readonly keys: readonly { readonly name: string; readonly type: string }[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Runs Athena's statements on the files of the lake. */
export class LakeEngine {
  readonly catalog: CatalogStore;
  readonly store: ObjectStore;
  readonly parquet = new ParquetFiles();
  readonly #links: FileLinks;

  constructor({ root, catalog, store }: { root: string; catalog: CatalogStore; store: ObjectStore }) {
    this.catalog = catalog;
    this.store = store;
    this.#links = new FileLinks(join(root, '.lake', 'links'), store);
  }

  /** Runs one statement to its end. QueryError when it fails; whatever the interruption throws when the signal aborts. */
  async run(request: RunRequest): Promise<RunResult> {
    const ddl = ddlOf(request.sql);
    const session = await openSession();
    let again: NodeJS.Timeout | undefined;
    // DuckDB forgets an interruption that comes between two statements of a query: it is told until the query has ended.
    const stop = (): void => {
      session.interrupt();
      again ??= setInterval(() => session.interrupt(), 20);
    };
    request.signal.addEventListener('abort', stop);
    try {
      await loadTranslator();
      request.signal.throwIfAborted();
      return ddl === undefined
        ? await this.#select(session, request)
        : await runDdl(this, session, { ...request, ddl });
    } finally {
      request.signal.removeEventListener('abort', stop);
      clearInterval(again);
      session.close();
    }
  }

  async #select(session: Session, request: RunRequest): Promise<RunResult> {
    const started = performance.now();
    const prepared = await this.prepared(session, request);
    const planning = Math.round(performance.now() - started);
    try {
      const described = await session.rows(`describe ${prepared.duck}`);
      const unnamed = unnamedColumns(request.sql);
      const columns = described.map(([name, duck], at) => {
        const { name: type, precision, scale } = athenaType(duck ?? '');
        return { name: unnamed.has(at) ? `_col${at}` : (name ?? '').toLowerCase(), type, precision, scale };
      });
      // DuckDB writes plain values as Athena does, and far faster than values are made one by one here.
      const values = columns.map(({ type }, at) => (plainTypes.has(type) ? `c${at}::varchar` : `c${at}`));
      const names = columns.map((_, at) => `c${at}`).join(', ');
      const reader = await session.connection.runAndReadAll(
        `select ${values.join(', ')} from (${prepared.duck}) q(${names})`,
      );
      const formats = reader.columnTypes().map(formatterOf);
      const cells = reader.getColumns();
      const count = cells[0]?.length ?? 0;
      const rows = Array.from({ length: count }, (_, row) =>
        formats.map((format, at) => format(cells[at]?.[row] ?? null)),
      );
      return { columns, rows, scanned: prepared.scanned, planning, form: 'csv' };
    } catch (error) {
      throw explained(error, { sql: request.sql, database: request.database });
    }
  }

  /** Binds the tables of a query, translates it, and says what it will read. */
  async prepared(
    session: Session,
    request: RunRequest,
  ): Promise<{ readonly duck: string; readonly scanned: number; readonly tables: readonly BoundTable[] }> {
    refuseUnknownFunctions(request.sql);
    const duck = toDuckDb(request.sql);
    const tables = await this.bind(session, request);
    refuseMixedComparisons(request.sql, tables);
    try {
      const scanned = await scannedBytes(session, { duck, tables }, this.parquet);
      if (request.cutoff !== undefined && scanned > request.cutoff) {
        throw new QueryError('', 'Bytes scanned limit was exceeded', {
          scanned: request.cutoff,
          cancels: true,
        });
      }
      return { duck, scanned, tables };
    } catch (error) {
      throw explained(error, { sql: request.sql, database: request.database });
    }
  }

  /** Makes views for every table that a query may mean, and for the tables behind views. */
  async bind(
    session: Session,
    { sql, database }: { sql: string; database: string },
  ): Promise<readonly BoundTable[]> {
    const bound = new Map<string, BoundTable | undefined>();
    const schemas = new Set<string>();
    const bindAll = async (query: { sql: string; database: string }): Promise<void> => {
      const withPath = /"\$path"/i.test(sql);
      for (const name of tablesNamed(query, this.catalog)) {
        const id = `${name.database}.${name.table}`;
        const table = this.catalog.findTable(name);
        if (bound.has(id) || table === undefined) continue;
        bound.set(id, undefined);
        if (!schemas.has(name.database))
          await session.connection.run(`create schema if not exists ${quoteName(name.database)}`);
        schemas.add(name.database);
        const view = viewText(table.definition);
        if (view !== undefined) {
          await bindAll({ sql: view, database: name.database });
          await session.connection.run(`set search_path = '${name.database},main'`);
          await session.connection.run(
            `create view ${quoteName(name.database)}.${quoteName(name.table)} as ${toDuckDb(view)}`,
          );
          continue;
        }
        const format = formatOf(table.definition);
        const files = this.#links.filesOf(table);
        const mark = this.#links.markOf(table.definition);
        await createTableView(session, { table, files, mark, withPath, links: this.#links }, this.parquet);
        bound.set(id, { name, mark, files, format, ...columnsAndKeys(table.definition) });
      }
    };
    await session.connection.run(`create schema if not exists ${quoteName(database)}`);
    schemas.add(database);
    await bindAll({ sql, database });
    await bindPartitionTables(session, { sql, database }, this.catalog);
    await session.connection.run(`set search_path = '${database},main'`);
    return [...bound.values()].filter((table) => table !== undefined);
  }
}

const plainTypes = new Set([
  'tinyint',
  'smallint',
  'integer',
  'bigint',
  'decimal',
  'boolean',
  'date',
  'varchar',
  'json',
]);

function columnsAndKeys(definition: Readonly<Record<string, unknown>>): Pick<BoundTable, 'columns' | 'keys'> {
  return {
    columns: columnsOf(fields(definition, 'StorageDescriptor'), 'Columns'),
    keys: columnsOf(definition, 'PartitionKeys'),
  };
}
