import * as vscode from 'vscode';
import type { LiveTables } from '../catalog/cache';
import type { Table, TableName } from '../catalog/catalog';
import { sourcedFromDdl } from '../catalog/ddlTables';
import { knownCatalog, type CatalogSource, type KnownCatalog, type SourcedTable } from '../catalog/known';
import { readSnapshot } from '../catalog/snapshot';
import type { Connection } from '../connection/connection';
import { once } from '../base/once';
import { isCancel, Problem } from '../base/problem';
import type { Use } from '../language/sharedUse';
import { addedUp, useCounts, useFrom, type UseCounts } from '../lint/tableUse';
import { readDocument } from '../sql/document';
import type { Dialect } from '../sql/ast';

/** So many SQL files of a workspace are read for their DDL; larger ones than a megabyte are dumps. */
const mostFiles = 2_000;
const mostBytes = 1_000_000;
const snapshotPattern = '**/lake.catalog.json';
const leftOut = '**/{node_modules,.git,dist,build,target,.venv}/**';

export interface CatalogSourceOptions {
  readonly log: vscode.LogOutputChannel;
  /** Decides the dialect of a file that is not open. */
  readonly dialectOf: (uri: vscode.Uri, text: string) => Dialect | undefined;
  /** Glue as far as it was asked; `undefined` until the user has used a connection in this window. */
  readonly live: () => { readonly tables: LiveTables; readonly connection: Connection } | undefined;
  /** The database that a name without one means. */
  readonly defaultDatabase: () => string | undefined;
  /** Files that configuration files name besides, as globs of their folders: snapshots and DDL. */
  readonly named: () => readonly vscode.RelativePattern[];
}

interface SqlFile {
  readonly dialect: Dialect;
  readonly tables: readonly SourcedTable[];
  readonly use: UseCounts;
}

/** What is known of tables now: the workspace's DDL first, then its snapshot files, then Glue as last seen. */
export class CatalogSources implements vscode.Disposable {
  readonly #options: CatalogSourceOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #files = new Map<string, SqlFile>();
  readonly #snapshots = new Map<string, CatalogSource>();
  readonly #own: vscode.Disposable[] = [this.#changed];
  readonly #asking = new AbortController();
  #scan: Promise<void> | undefined;
  #catalogs: { [dialect in Dialect]?: KnownCatalog } = {};
  readonly #uses = new Map<string, Use>();

  constructor(options: CatalogSourceOptions) {
    this.#options = options;
  }

  /** What is known now for a dialect, since both may use one name; the same object until something changes. */
  catalog(dialect: Dialect): KnownCatalog {
    return (this.#catalogs[dialect] ??= knownCatalog(this.#sources(dialect), this.#defaultDatabase()));
  }

  /** How the workspace's SQL files, but the one named, use each table; the same object until something changes. */
  use(dialect: Dialect, beside?: vscode.Uri): Use {
    const own = beside?.toString();
    const key = `${dialect} ${own ?? ''}`;
    const known = this.#uses.get(key);
    if (known !== undefined) return known;
    const counted = once(() => {
      const others = [...this.#files].filter(([file, one]) => file !== own && one.dialect === dialect);
      return useFrom(addedUp(others.map(([, one]) => one.use)));
    });
    const use: Use = (table) => counted()(table);
    this.#uses.set(key, use);
    return use;
  }

  /** Where a table's facts come from, for the hover. */
  sourceOf(name: TableName, dialect: Dialect): string | undefined {
    for (const source of this.#sources(dialect)) {
      const found = source.tables.find(
        ({ table }) => table.name === name.name && table.database === name.database,
      );
      if (found !== undefined) return source.isLive ? source.name : found.origin;
    }
    return undefined;
  }

  /** Reads the workspace's files once, at the first SQL document; later calls wait for the same reading. */
  async scan(): Promise<void> {
    this.#scan ??= this.#readWorkspace();
    await this.#scan;
  }

  /**
   * Asks Glue for tables that rules wanted and nobody knew, one after the other; does nothing before the
   * user has used a connection. A table that cannot be read stays unknown.
   */
  async ask(names: readonly (readonly string[])[]): Promise<void> {
    const live = this.#options.live();
    if (live === undefined) return;
    for (const parts of names) {
      const database = parts.at(-2) ?? this.#options.defaultDatabase();
      const name = parts.at(-1);
      if (database === undefined || name === undefined) continue;
      try {
        const table = { database: database.toLowerCase(), name: name.toLowerCase() };
        if (await live.tables.fetch(live.connection, table, this.#asking.signal)) this.forget();
      } catch (error) {
        if (isCancel(error)) return;
        if (!(error instanceof Problem)) throw error;
        // Nobody asked for this in so many words: it is logged, not shown; typing goes on without the facts.
        this.#options.log.debug(error.message);
        return;
      }
    }
  }

  /** Drops what was put together, after a source has changed. */
  forget(): void {
    this.#catalogs = {};
    this.#uses.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#asking.abort();
    for (const thing of this.#own) thing.dispose();
  }

  #sources(dialect: Dialect): (CatalogSource & { readonly isLive: boolean })[] {
    const live = dialect === 'athena' ? this.#options.live() : undefined;
    const ddl = [...this.#files.values()].filter((file) => file.dialect === dialect);
    return [
      { name: 'DDL of this workspace', tables: ddl.flatMap(({ tables }) => tables), isLive: false },
      ...[...this.#snapshots.values()].map((source) => ({
        ...source,
        tables: source.tables.filter(({ table }) => isFor(dialect, table)),
        isLive: false,
      })),
      ...(live === undefined ? [] : [{ ...live.tables.source(live.connection), isLive: true }]),
    ];
  }

  #defaultDatabase(): { readonly defaultDatabase?: string } {
    const defaultDatabase = this.#options.defaultDatabase();
    return defaultDatabase === undefined ? {} : { defaultDatabase };
  }

  async #readWorkspace(): Promise<void> {
    const named = this.#options.named();
    const patterns = ['**/*.sql', snapshotPattern, ...named];
    for (const pattern of patterns) this.#watch(pattern);
    const found = await Promise.all([
      vscode.workspace.findFiles('**/*.sql', leftOut, mostFiles),
      vscode.workspace.findFiles(snapshotPattern, leftOut, 20),
      ...named.map((pattern) => vscode.workspace.findFiles(pattern, null, 100)),
    ]);
    if (found[0].length === mostFiles) {
      this.#options.log.warn(
        `The workspace has ${mostFiles} SQL files or more: the DDL of the rest is not known.`,
      );
    }
    for (const uri of found.flat()) await this.#readFile(uri);
    this.forget();
  }

  #watch(pattern: vscode.GlobPattern): void {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const again = async (uri: vscode.Uri): Promise<void> => {
      await this.#readFile(uri);
      this.forget();
    };
    watcher.onDidCreate(again);
    watcher.onDidChange(again);
    watcher.onDidDelete(again);
    this.#own.push(watcher);
  }

  async #readFile(uri: vscode.Uri): Promise<void> {
    if (uri.path.endsWith('.json')) await this.#readSnapshot(uri);
    else await this.#readSql(uri);
  }

  async #readSql(uri: vscode.Uri): Promise<void> {
    this.#files.delete(uri.toString());
    const text = await textOf(uri);
    const dialect = text === undefined ? undefined : this.#options.dialectOf(uri, text);
    if (text === undefined || dialect === undefined) return;
    const document = readDocument(text, dialect);
    // Most files are queries: those without these words have no table to tell of.
    const tables = /\b(?:create|alter)\s/i.test(text)
      ? sourcedFromDdl(vscode.workspace.asRelativePath(uri), document)
      : [];
    const use = useCounts(document.statements.map(({ parsed }) => parsed));
    this.#files.set(uri.toString(), { dialect, tables, use });
  }

  async #readSnapshot(uri: vscode.Uri): Promise<void> {
    const text = await textOf(uri);
    const path = vscode.workspace.asRelativePath(uri);
    this.#snapshots.delete(uri.toString());
    if (text === undefined) return;
    try {
      const { tables, databases: _databases, ...facts } = readSnapshot(text, path);
      this.#snapshots.set(uri.toString(), {
        name: path,
        ...facts,
        tables: tables.map((table) => ({ table, origin: path })),
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#options.log.warn(error.message);
      vscode.window.showWarningMessage(error.message);
    }
  }
}

/** A Glue table is Athena's, a native one Redshift's. */
function isFor(dialect: Dialect, table: Table): boolean {
  return (table.kind === 'native') === (dialect === 'redshift');
}

/** `undefined` for a file that is gone, too large to be written by hand, or not text. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > mostBytes && uri.path.endsWith('.sql')) return undefined;
    return bytes.subarray(0, 8_000).includes(0) ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
