import { Problem } from '../base/problem';
import type { CatalogReader, Table, TableName } from '../catalog/catalog';
import { catalogListings, type CatalogDirectory, type CatalogListing } from '../catalog/catalogDirectory';
import { catalogPlace, catalogTitle, catalogWhat } from '../catalog/catalogId';
import { connectionKey, type Connection } from '../connection/connection';
import { databaseNode, inCatalog, type CatalogPlaceOf } from './catalogNodes';
import { catalogShown, type CatalogShown } from './catalogShown';
import type { TreeNode } from './node';
import { escapeMarkdown, problemNode } from './notices';
import { pagedLists } from './pagedLists';
import type { Tree } from './tree';
import type { OtherConnection } from './zonesTree';

export interface CatalogTreeOptions {
  readonly catalog: CatalogReader;
  /** Asked at each opening, since the user may have switched; a Problem where there is none. */
  readonly connection: () => Promise<Connection>;
  /** The active connection where it is only named and nothing is asked of it; `connection` unless told. */
  readonly current?: () => Promise<Connection>;
  /** Without any, the active connection's catalog stands at the top. */
  readonly others?: () => readonly OtherConnection[];
  /** Ids of catalogs that stand beside a connection's own; without any, its databases stand at the top. */
  readonly added?: (connection: Connection) => readonly string[];
  /** Finds the catalogs that can be seen, below a node that asks when it is opened. */
  readonly directory?: CatalogDirectory;
  readonly shown?: CatalogShown;
  /** Told each table of the account's own catalog that was listed, so that the linter knows it too. */
  readonly onTables?: (connection: Connection, tables: readonly Table[]) => void;
  /** Reads a table whose listing tells no columns; `catalog.table` unless told. */
  readonly describe?: (connection: Connection, name: TableName, signal: AbortSignal) => Promise<Table>;
  /** Partitions of one page; 100 unless told. */
  readonly pageSize?: number;
}

const rootId = 'catalog';

/** The id of the node below which a catalog's databases stand, where it is the account's own or was added. */
export function catalogNodeId({ connection, catalog }: CatalogPlaceOf): string {
  const own = `${rootId}/${connectionKey(connection)}`;
  // A bar is encoded in every other id.
  return catalog === undefined ? own : `${own}|${encodeURIComponent(catalog)}`;
}

/**
 * The Glue catalog: databases, tables, then columns, partition keys and partitions of each, page by page; beside it
 * other catalogs and other connections, of which one that is denied leaves the rest as it is.
 */
export function catalogTree(options: CatalogTreeOptions): Tree {
  const lists = pagedLists();
  const parts = {
    catalog: options.catalog,
    lists,
    shown: options.shown ?? catalogShown(),
    pageSize: options.pageSize ?? 100,
    ...(options.onTables === undefined ? {} : { onTables: options.onTables }),
    ...(options.describe === undefined ? {} : { describe: options.describe }),
  };

  const databases = (id: string, place: CatalogPlaceOf, signal: AbortSignal): Promise<readonly TreeNode[]> =>
    lists.children(
      {
        parentId: id,
        connection: place.connection,
        empty: 'No databases in this catalog',
        load: async (next) => {
          const request = { ...inCatalog(place), ...(next === undefined ? {} : { next }) };
          const page = await options.catalog.databases(place.connection, request, signal);
          const items = page.items.map((database) => databaseNode(parts, id, { place, database }));
          return { items, ...(page.next === undefined ? {} : { next: page.next }) };
        },
      },
      signal,
    );

  const ownNode = (connection: Connection): TreeNode => {
    const place = { connection };
    const id = catalogNodeId(place);
    return {
      id: `${id}|own`,
      label: catalogTitle(undefined),
      icon: 'library',
      hint: connection.name,
      spoken: `Glue catalog of ${connection.name}`,
      menu: 'catalog',
      subject: { kind: 'catalog', connection },
      children: (signal) => databases(id, place, signal),
    };
  };

  const addedNode = (connection: Connection, catalog: string): TreeNode => {
    const place = { connection, catalog };
    const id = catalogNodeId(place);
    try {
      catalogPlace(catalog);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const tooltip = escapeMarkdown(error.message);
      return {
        id,
        label: catalog,
        icon: 'warning',
        hint: error.message,
        tooltip,
        menu: 'catalog.added',
        subject: { kind: 'catalog', ...place },
      };
    }
    return {
      id,
      label: catalogTitle(catalog),
      icon: 'library',
      hint: catalogWhat(catalog),
      spoken: `${catalogWhat(catalog)} ${catalogTitle(catalog)}`,
      menu: 'catalog.added',
      subject: { kind: 'catalog', ...place },
      children: (signal) => databases(id, place, signal),
    };
  };

  const listingNode = (
    connection: Connection,
    { id: listing, title }: { readonly id: CatalogListing; readonly title: string },
    directory: CatalogDirectory,
  ): TreeNode => {
    const id = `${catalogNodeId({ connection })}|?${listing}`;
    return {
      id,
      label: title,
      icon: 'search',
      menu: 'catalogs',
      children: (signal) =>
        lists.children(
          {
            parentId: id,
            connection,
            empty: emptyListing[listing],
            load: async (next) => {
              const request = { listing, ...(next === undefined ? {} : { next }) };
              const page = await directory.catalogs(connection, request, signal);
              const items = page.items.map((entry): TreeNode => {
                const place = { connection, catalog: entry.id };
                const entryId = `${id}/${encodeURIComponent(entry.id)}`;
                return {
                  id: entryId,
                  label: entry.name,
                  icon: 'library',
                  hint: entry.what,
                  ...(entry.description === undefined ? {} : { tooltip: escapeMarkdown(entry.description) }),
                  spoken: `${entry.what} ${entry.name}`,
                  menu: 'catalog.found',
                  subject: { kind: 'catalog', ...place },
                  children: (stop) => databases(entryId, place, stop),
                };
              });
              return { items, ...(page.next === undefined ? {} : { next: page.next }) };
            },
          },
          signal,
        ),
    };
  };

  const foundNode = (connection: Connection): readonly TreeNode[] => {
    const { directory } = options;
    if (directory === undefined) return [];
    const nodes = catalogListings.map((listing) => listingNode(connection, listing, directory));
    return [
      {
        id: `${catalogNodeId({ connection })}|?`,
        label: 'Other catalogs',
        icon: 'folder-library',
        tooltip:
          'Catalogs of other accounts, Glue catalogs beside the account’s own, data catalogs of Athena and S3 table buckets. Each list is asked for when it is opened; Add Catalog… shows one beside the account’s own.',
        menu: 'catalogs',
        subject: { kind: 'connection', connection },
        children: () => Promise.resolve(nodes),
      },
    ];
  };

  const contentOf = async (connection: Connection, signal: AbortSignal): Promise<readonly TreeNode[]> => {
    const added = [...new Set(options.added?.(connection) ?? [])];
    if (added.length === 0) {
      const place = { connection };
      // Each connection has a list of its own, so that switching back shows what was there.
      const own = await databases(catalogNodeId(place), place, signal);
      return isLost(own) ? own : [...own, ...foundNode(connection)];
    }
    return [
      ownNode(connection),
      ...added.map((catalog) => addedNode(connection, catalog)),
      ...foundNode(connection),
    ];
  };

  const connectionNode = (
    { id, label }: { readonly id: string; readonly label: string },
    connection: Connection | Problem,
    load: () => Promise<Connection>,
  ): TreeNode => ({
    id:
      connection instanceof Problem
        ? `${rootId}/?${encodeURIComponent(id)}`
        : `${catalogNodeId({ connection })}|at`,
    label: connection instanceof Problem ? label : connection.name,
    icon: 'cloud',
    menu: id === 'active' ? 'connection' : 'connection.added',
    hint: connection instanceof Problem ? connection.message : connection.region,
    spoken: `Connection ${label}`,
    ...(connection instanceof Problem ? {} : { subject: { kind: 'connection', connection } }),
    children: async (signal) =>
      connection instanceof Problem
        ? [problemNode(`${rootId}/?${encodeURIComponent(id)}`, connection)]
        : await contentOf(await load(), signal),
  });

  const root: TreeNode = {
    id: rootId,
    label: 'Glue catalog',
    icon: 'library',
    children: async (signal) => {
      const others = options.others?.() ?? [];
      if (others.length === 0) {
        const active = await resolved(options.connection);
        return active instanceof Problem ? [problemNode(rootId, active)] : await contentOf(active, signal);
      }
      const active = await resolved(options.current ?? options.connection);
      const nodes = [
        connectionNode({ id: 'active', label: 'Active connection' }, active, options.connection),
      ];
      for (const other of others) {
        const connection = await resolved(other.resolve);
        const node = connectionNode(other, connection, other.resolve);
        // The active one may have been added before it was switched to.
        if (!nodes.some(({ id }) => id === node.id)) nodes.push(node);
      }
      return nodes;
    },
  };

  return {
    root,
    more: (parentId) => parentId === rootId || lists.more(parentId),
    forget(parentId) {
      // Nodes that stand for a whole catalog or connection have ids beside those of their lists.
      const below =
        parentId === undefined || parentId === rootId ? undefined : parentId.replace(/\|(own|at)$/, '');
      parts.shown.forget(below);
      lists.forget(below);
    },
  };
}

const emptyListing: Readonly<Record<CatalogListing, string>> = {
  shared: 'No account shares a database with this one',
  nested: 'No catalogs beside the account’s own',
  athena: 'No data catalogs beside AwsDataCatalog',
  s3tables: 'No table buckets in this region',
};

/** Nothing but a fault that every other question would meet too; a denied list leaves the others worth asking. */
function isLost([first, ...rest]: readonly TreeNode[]): boolean {
  return rest.length === 0 && /^problem\.(?!denied|missing)/.test(first?.menu ?? '');
}

async function resolved(resolve: () => Promise<Connection>): Promise<Connection | Problem> {
  try {
    return await resolve();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
