import * as vscode from 'vscode';
import { isCancel } from '../base/problem';
import { liveTables, type LiveTables } from '../catalog/cache';
import type { Table, TableName } from '../catalog/catalog';
import { connectionKey, type Connection } from '../connection/connection';
import type { AwsPorts } from '../ports/awsPorts';
import { catalogShown, type CatalogShown } from '../trees/catalogShown';
import { describedTable } from '../trees/catalogTables';
import { databaseNodeId } from '../trees/catalogNodes';
import { catalogNodeId, catalogTree } from '../trees/catalogTree';
import type { Tree } from '../trees/tree';
import { zonesTree } from '../trees/zonesTree';
import { defaultPatterns, type ZonePatterns } from '../zones/zones';
import { addedCatalogs } from './catalog/addedCatalogs';
import type { ShownTree } from './commands/reveal';
import type { Connections } from './connections';
import type { ShownConnections } from './shownConnections';
import type { ConnectionItem } from './statusBar';
import type { ZonesParts } from './zones/zonesParts';

export interface WorkbenchOptions {
  readonly log: vscode.LogOutputChannel;
  readonly connections: Connections;
  /** Reads the AWS adapters at the first call. */
  readonly ports: () => Promise<AwsPorts>;
  readonly item: ConnectionItem;
  readonly views: Readonly<Record<'zones' | 'catalog', ShownTree>>;
  readonly zones: ZonesParts;
  /** Those that Catalog shows beside the active one. */
  readonly catalogConnections: ShownConnections;
}

/** The trees over the active connection, and what is remembered of it. */
export interface Workbench {
  /** What the views show. */
  readonly trees: Readonly<Record<'zones' | 'catalog', Tree>>;
  /** What Catalog's lists are narrowed to, and what was looked up in it. */
  readonly catalogShown: CatalogShown;
  /** The connection for something the user asked for; from here on lint may ask it too. */
  readonly use: () => Promise<Connection>;
  /** Reads again what is shown and remembered of a table whose partitions were changed. */
  readonly onChanged: (connection: Connection, table: TableName) => Promise<void>;
  /** Reads again what is shown and remembered of a table that a statement has made, changed or dropped. */
  readonly onDefined: (connection: Connection, table: TableName) => Promise<void>;
  /** Shows and remembers a table as it was read just now, and leaves the lists around it as they are. */
  readonly onDescribed: (connection: Connection, table: Table) => void;
  /** Glue as far as it was read over a connection that the user has used; `undefined` until then. */
  readonly live: () => { readonly tables: LiveTables; readonly connection: Connection } | undefined;
  /** Drops all that is kept of a connection and asks again for what is visible. */
  readonly forgetAll: (connection?: Connection) => Promise<void>;
  /** Fires when Glue told of tables, or another connection took over. */
  readonly onDidLearn: vscode.Event<void>;
}

/** Makes both trees. Nothing is asked of AWS before one of them is opened. */
export function makeWorkbench(
  { log, connections, ports, item, views, zones: shown, catalogConnections }: WorkbenchOptions,
  own: <T extends vscode.Disposable>(thing: T) => T,
): Workbench {
  const learned = own(new vscode.EventEmitter<void>());
  let live: { readonly tables: LiveTables; readonly connection: Connection } | undefined;

  /** The connection for something the user asked for; from here on lint may ask it too. */
  const use = async (): Promise<Connection> => {
    const connection = await connections.use();
    if (live?.connection !== connection) {
      const { catalog, identity } = await ports();
      live = { tables: live?.tables ?? liveTables(catalog), connection };
      learned.fire();
      identity.caller(connection, AbortSignal.timeout(30_000)).then(
        (caller) => item.know(connection, caller),
        (error: unknown) => {
          // Only a tooltip waits for it, and what is wrong shows in the view that is being opened.
          if (!isCancel(error)) log.debug(error instanceof Error ? error.message : String(error));
        },
      );
    }
    return connection;
  };

  const lake = lazyPorts(ports);
  const zones = zonesTree({
    store: lake.store,
    connection: use,
    current: () => connections.current(),
    others: () => shown.others.list(),
    patterns: zonePatterns,
    favourites: (connection) => shown.memory.favourites(connection),
    opened: (connection) => shown.memory.opened(connection),
    facts: {
      known: (connection, place) => shown.memory.summary(connection, place),
      filterOf: (id) => shown.filters.get(id) ?? '',
    },
  });
  own(shown.others.onDidChange(() => views.zones.tree.drawRoot()));
  own(catalogConnections.onDidChange(() => views.catalog.tree.drawRoot()));
  const onTables = (connection: Connection, tables: Parameters<LiveTables['remember']>[1]): void => {
    live?.tables.remember(connection, tables);
    learned.fire();
  };
  const inCatalog = catalogShown();
  const catalog = catalogTree({
    catalog: lake.catalog,
    directory: lake.directory,
    connection: use,
    current: () => connections.current(),
    others: () => catalogConnections.list(),
    added: addedCatalogs,
    shown: inCatalog,
    onTables,
    describe: (connection, name, signal) => describedTable(lake, { connection, name }, signal),
  });

  own(
    connections.onDidChange(() => {
      live = undefined;
      for (const { tree } of [views.zones, views.catalog]) tree.reset();
      learned.fire();
    }),
  );
  own(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('lakeWorkbench.zones')) views.zones.tree.refresh();
      if (event.affectsConfiguration('lakeWorkbench.catalog')) views.catalog.tree.drawRoot();
    }),
  );
  return {
    trees: { zones, catalog },
    catalogShown: inCatalog,
    use,
    live: () => live,
    async onChanged(connection, { database, name }) {
      views.catalog.tree.refreshWhere(
        ({ menu, subject }) =>
          menu === 'partitions' &&
          subject?.kind === 'table' &&
          connectionKey(subject.connection) === connectionKey(connection) &&
          subject.database === database &&
          subject.table === name,
      );
      const known = live?.tables
        .source(connection)
        .tables.some(({ table }) => table.database === database && table.name === name);
      if (known !== true) return;
      try {
        const { catalog: reader } = await ports();
        const fresh = await reader.table(connection, { database, name }, AbortSignal.timeout(30_000));
        live?.tables.remember(connection, [fresh]);
        learned.fire();
      } catch (error) {
        // The change itself is done; what is remembered is read again with the next refresh.
        log.debug(error instanceof Error ? error.message : String(error));
      }
    },
    async onDefined(connection, table) {
      views.catalog.tree.refreshWhere(
        ({ subject }) =>
          subject?.kind === 'database' &&
          connectionKey(subject.connection) === connectionKey(connection) &&
          subject.database === table.database,
      );
      if (live === undefined || connectionKey(live.connection) !== connectionKey(connection)) return;
      live.tables.drop(connection, table);
      try {
        await live.tables.fetch(connection, table, AbortSignal.timeout(30_000));
      } catch (error) {
        // The statement itself has run; the table is asked for again when a statement names it.
        log.debug(error instanceof Error ? error.message : String(error));
      }
      learned.fire();
    },
    onDescribed(connection, table) {
      const { catalog: id, database } = table;
      const place = id === undefined ? { connection } : { connection, catalog: id };
      const databaseId = databaseNodeId(catalogNodeId(place), database);
      inCatalog.find(databaseId, table);
      views.catalog.tree.drawWhere((node) => node.id === databaseId);
      if (id === undefined) onTables(connection, [table]);
    },
    onDidLearn: learned.event,
    async forgetAll(connection) {
      const others = await shown.others.usable();
      const asked = (one: Connection): boolean =>
        connections.wasUsed(one) || others.some((other) => connectionKey(other) === connectionKey(one));
      if (connection !== undefined && asked(connection)) {
        live?.tables.forget(connection);
        const clients = await ports();
        // Without it an expired sign-in would be tried again.
        for (const one of [connection, ...others]) clients.forget(one);
      }
      for (const { tree } of [views.zones, views.catalog]) tree.refresh();
      learned.fire();
    },
  };
}

export function zonePatterns(): ZonePatterns {
  const set = vscode.workspace.getConfiguration('lakeWorkbench.zones').get<ZonePatterns>('patterns');
  return set !== undefined && Object.keys(set).length > 0 ? set : defaultPatterns;
}

/** Ports that can be handed out at once: the adapters behind them are read at the first call. */
function lazyPorts(ports: () => Promise<AwsPorts>): Pick<AwsPorts, 'store' | 'catalog' | 'directory'> {
  return {
    store: {
      buckets: async (...args) => (await ports()).store.buckets(...args),
      list: async (...args) => (await ports()).store.list(...args),
      head: async (...args) => (await ports()).store.head(...args),
      read: async (...args) => (await ports()).store.read(...args),
    },
    catalog: {
      databases: async (...args) => (await ports()).catalog.databases(...args),
      tables: async (...args) => (await ports()).catalog.tables(...args),
      table: async (...args) => (await ports()).catalog.table(...args),
      partitions: async (...args) => (await ports()).catalog.partitions(...args),
    },
    directory: {
      catalogs: async (...args) => (await ports()).directory.catalogs(...args),
      dataCatalog: async (...args) => (await ports()).directory.dataCatalog(...args),
    },
  };
}
