import { formatBytes, formatCount } from '../base/format';
import { Problem } from '../base/problem';
import {
  nameOfTable,
  type CatalogReader,
  type Column,
  type Database,
  type Partition,
  type Table,
  type TableName,
} from '../catalog/catalog';
import { catalogTitle } from '../catalog/catalogId';
import type { Connection } from '../connection/connection';
import { hiveNull } from '../zones/partitionPrefix';
import type { CatalogShown, TableNote } from './catalogShown';
import type { NodeSubject, TreeNode } from './node';
import { emptyNode, escapeMarkdown } from './notices';
import type { PagedLists } from './pagedLists';

/** What the nodes of the Catalog view are made with. */
export interface CatalogNodeParts {
  readonly catalog: CatalogReader;
  readonly lists: PagedLists;
  readonly shown: CatalogShown;
  /** Told each table of the account's own catalog that was listed, so that the linter knows it too. */
  readonly onTables?: (connection: Connection, tables: readonly Table[]) => void;
  /** Reads a table whose listing tells no columns; `catalog.table` unless told. */
  readonly describe?: (connection: Connection, name: TableName, signal: AbortSignal) => Promise<Table>;
  /** Partitions of one page. */
  readonly pageSize: number;
}

/** Where databases stand: which catalog of which connection. */
export interface CatalogPlaceOf {
  readonly connection: Connection;
  /** Absent: the account's own. */
  readonly catalog?: string;
}

/** The id of a database's node below its catalog's. */
export function databaseNodeId(parentId: string, database: string): string {
  return `${parentId}/${encodeURIComponent(database)}`;
}

/** A database with its tables, page by page; those of another catalog have menus of their own. */
export function databaseNode(
  parts: CatalogNodeParts,
  parentId: string,
  { place, database }: { readonly place: CatalogPlaceOf; readonly database: Database },
): TreeNode {
  const { connection } = place;
  const id = databaseNodeId(parentId, database.name);
  const facts = [database.description, database.location].filter((fact) => fact !== undefined);
  const load = async (next: string | undefined, signal: AbortSignal) => {
    const named = parts.shown.filterOf(id);
    const request = {
      ...inCatalog(place),
      database: database.name,
      ...(next === undefined ? {} : { next }),
      ...(named === undefined ? {} : { named }),
    };
    const page = await parts.catalog.tables(connection, request, signal);
    if (place.catalog === undefined) parts.onTables?.(connection, page.items);
    const items = page.items.map((table) => tableNode(parts, id, { place, table }));
    return { items, ...(page.next === undefined ? {} : { next: page.next }) };
  };
  return {
    id,
    label: database.name,
    icon: 'database',
    get hint() {
      const named = parts.shown.filterOf(id);
      return named === undefined ? undefined : `only “${named}”`;
    },
    ...(facts.length === 0 ? {} : { tooltip: facts.map(escapeMarkdown).join('  \n') }),
    spoken: `Database ${database.name}`,
    menu: place.catalog === undefined ? 'database' : 'database.other',
    subject: { kind: 'database', connection, ...inCatalog(place), database: database.name },
    children: async (signal) => {
      const named = parts.shown.filterOf(id);
      const listed = await parts.lists.children(
        {
          parentId: id,
          connection,
          empty: named === undefined ? 'No tables in this database' : `No table is named “${named}”`,
          emptyTooltip:
            named === undefined
              ? 'Under Lake Formation, tables without a grant for this role are not listed.'
              : 'Filter Tables… with an empty text lists all again.',
          load: (next) => load(next, signal),
        },
        signal,
      );
      const found = parts.shown.foundIn(id);
      if (found.length === 0) return listed;
      const fresh = new Map(
        found.map((table) => tableNode(parts, id, { place, table })).map((node) => [node.id, node] as const),
      );
      const listedNow = listed.map((node) => fresh.get(node.id) ?? node);
      const known = new Set(listed.map((node) => node.id));
      return [...[...fresh.values()].filter((node) => !known.has(node.id)), ...listedNow];
    },
  };
}

function tableNode(
  parts: CatalogNodeParts,
  parentId: string,
  { place, table }: { readonly place: CatalogPlaceOf; readonly table: Table },
): TreeNode {
  const id = `${parentId}/${encodeURIComponent(table.name)}`;
  const isPartitioned = table.partitionKeys.length > 0;
  const isView = table.kind === 'view';
  const isIceberg = table.kind === 'iceberg';
  const noteOf = (): TableNote | undefined =>
    place.catalog === undefined ? parts.shown.noteOf(place.connection, table) : undefined;
  const groups: TreeNode[] = [columnsNode(parts, id, { place, table })];
  if (isPartitioned) groups.push(keysNode(id, place, table), partitionsNode(parts, id, { place, table }));
  const node: TreeNode = {
    id,
    label: table.name,
    icon: isView ? 'eye' : 'table',
    get hint() {
      return hintOf(table, noteOf());
    },
    get tooltip() {
      return tooltipOf(table, noteOf());
    },
    spoken: `${isView ? 'View' : 'Table'} ${table.name}`,
    // Iceberg tables have snapshots instead of partitions that could be repaired.
    menu: isView ? 'view' : isIceberg ? 'table.iceberg' : isPartitioned ? 'table.partitioned' : 'table',
    subject: tableSubject(place, table),
    children: () => Promise.resolve(groups),
  };
  if (place.catalog === undefined) return node;
  return {
    ...node,
    menu: isView ? 'view.other' : 'table.other',
  };
}

function tableSubject(place: CatalogPlaceOf, { database, name }: Table): NodeSubject {
  return { kind: 'table', connection: place.connection, ...inCatalog(place), database, table: name };
}

function columnsNode(
  parts: CatalogNodeParts,
  parentId: string,
  { place, table }: { readonly place: CatalogPlaceOf; readonly table: Table },
): TreeNode {
  const id = `${parentId}/columns`;
  const nodesOf = ({ columns }: Table): readonly TreeNode[] =>
    columns.length > 0
      ? columns.map((column) => columnNode(id, { place, table, column }))
      : [emptyNode(id, 'The catalog lists no columns')];
  // S3 Tables and links tell names alone: the columns are read when somebody wants to see them.
  const isListed = table.columns.length > 0 || (table.catalog === undefined && table.linksTo === undefined);
  const describe = parts.describe ?? parts.catalog.table;
  return {
    id,
    label: 'columns',
    icon: 'symbol-field',
    ...(isListed ? { hint: String(table.columns.length) } : {}),
    menu: 'columns',
    children: async (signal) =>
      nodesOf(isListed ? table : await describe(place.connection, nameOfTable(table), signal)),
  };
}

function keysNode(parentId: string, place: CatalogPlaceOf, table: Table): TreeNode {
  const id = `${parentId}/keys`;
  const nodes = table.partitionKeys.map((column) => columnNode(id, { place, table, column }));
  return {
    id,
    label: 'partition keys',
    icon: 'key',
    hint: table.partitionKeys.map(({ name, type }) => `${name} ${type}`).join(' · '),
    menu: 'keys',
    children: () => Promise.resolve(nodes),
  };
}

function columnNode(
  parentId: string,
  from: { readonly place: CatalogPlaceOf; readonly table: Table; readonly column: Column },
): TreeNode {
  const { place, table, column } = from;
  return {
    id: `${parentId}/${encodeURIComponent(column.name)}`,
    label: column.name,
    icon: 'symbol-field',
    hint: column.type,
    ...(column.comment === undefined ? {} : { tooltip: escapeMarkdown(column.comment) }),
    spoken: `Column ${column.name}, ${column.type}`,
    menu: place.catalog === undefined ? 'column' : 'column.other',
    subject: {
      kind: 'column',
      connection: place.connection,
      ...inCatalog(place),
      database: table.database,
      table: table.name,
      column: column.name,
    },
  };
}

function partitionsNode(
  parts: CatalogNodeParts,
  parentId: string,
  { place, table }: { readonly place: CatalogPlaceOf; readonly table: Table },
): TreeNode {
  const { connection } = place;
  const id = `${parentId}/partitions`;
  const projected = table.parameters?.['projection.enabled']?.toLowerCase() === 'true';
  const load = async (next: string | undefined, signal: AbortSignal) => {
    const request = {
      table: nameOfTable(table),
      limit: parts.pageSize,
      ...(next === undefined ? {} : { next }),
    };
    try {
      const page = await parts.catalog.partitions(connection, request, signal);
      const items = page.items.map((partition) => partitionNode(id, { place, table, partition }));
      return { items, ...(page.next === undefined ? {} : { next: page.next }) };
    } catch (error) {
      // Catalogs that list no partitions say so; nothing is wrong with the connection.
      if (!(error instanceof Problem) || error.kind !== 'invalid' || place.catalog === undefined) throw error;
      return {
        items: [emptyNode(id, `Not listed by ${catalogTitle(place.catalog)}`, escapeMarkdown(error.message))],
      };
    }
  };
  return {
    id,
    label: 'partitions',
    icon: 'list-tree',
    ...(table.partitionCount === undefined ? {} : { hint: formatCount(table.partitionCount) }),
    menu: place.catalog === undefined ? 'partitions' : 'partitions.other',
    subject: tableSubject(place, table),
    children: (signal) =>
      parts.lists.children(
        {
          parentId: id,
          connection,
          empty: projected ? 'Computed by partition projection' : 'No partitions in the catalog',
          emptyTooltip: projected
            ? 'Athena computes the partitions from the table’s `projection.` properties; the catalog holds none.'
            : 'Athena reads only partitions that the catalog knows: queries on this table find no rows.',
          load: (next) => load(next, signal),
        },
        signal,
      ),
  };
}

function partitionNode(
  parentId: string,
  from: { readonly place: CatalogPlaceOf; readonly table: Table; readonly partition: Partition },
): TreeNode {
  const { place, table, partition } = from;
  const label = table.partitionKeys
    .map(({ name }, at) => {
      const value = partition.values[at] ?? '';
      return `${name}=${value === hiveNull ? 'NULL' : value}`;
    })
    .join('/');
  return {
    id: `${parentId}/${partition.values.map(encodeURIComponent).join('/')}`,
    label,
    icon: 'symbol-enum-member',
    ...(partition.location === undefined ? {} : { tooltip: escapeMarkdown(partition.location) }),
    spoken: `Partition ${label}`,
    menu: place.catalog === undefined ? 'partition' : 'partition.other',
    subject: {
      kind: 'partition',
      connection: place.connection,
      ...inCatalog(place),
      database: table.database,
      table: table.name,
      values: partition.values,
      ...(partition.location === undefined ? {} : { location: partition.location }),
    },
  };
}

/** The member of subjects and requests that names a catalog; nothing for the account's own. */
export function inCatalog({ catalog }: { readonly catalog?: string }): { readonly catalog?: string } {
  return catalog === undefined ? {} : { catalog };
}

const formatNames: Readonly<Record<string, string>> = {
  parquet: 'Parquet',
  orc: 'ORC',
  avro: 'Avro',
  json: 'JSON',
  csv: 'CSV',
  text: 'text',
};

const kindNames: Readonly<Record<string, string>> = {
  iceberg: 'Iceberg',
  delta: 'Delta',
  hudi: 'Hudi',
  view: 'view',
};

/** Only what the listing told anyway: no request is made for a hint. */
function hintOf(table: Table, note: TableNote | undefined): string | undefined {
  const parts = [
    table.partitionCount === undefined ? '' : `${formatCount(table.partitionCount)} partitions`,
    table.newestPartition === undefined ? '' : `newest ${table.newestPartition.join('-')}`,
    table.linksTo === undefined ? '' : `link to ${linkText(table.linksTo)}`,
    kindNames[table.kind ?? ''] ?? formatNames[table.format ?? ''] ?? '',
    table.bytes === undefined ? '' : formatBytes(table.bytes),
    note?.hint ?? '',
  ];
  const hint = parts.filter((part) => part !== '').join(' · ');
  return hint === '' ? undefined : hint;
}

/** `444455556666 · bank.tx`. */
function linkText({ catalog, database, name }: TableName): string {
  return `${catalog === undefined ? '' : `${catalogTitle(catalog)} · `}${database}.${name}`;
}

function tooltipOf(table: Table, note: TableNote | undefined): string {
  const lines = [
    `**${escapeMarkdown(`${table.database}.${table.name}`)}**`,
    table.description === undefined ? '' : escapeMarkdown(table.description),
    table.location === undefined ? '' : escapeMarkdown(table.location),
    table.partitionKeys.length === 0
      ? ''
      : `Partitioned by ${escapeMarkdown(table.partitionKeys.map(({ name, type }) => `${name} ${type}`).join(', '))}`,
    table.owner === undefined ? '' : `Owner ${escapeMarkdown(table.owner)}`,
    table.updatedAt === undefined ? '' : `Changed ${table.updatedAt.toISOString().slice(0, 10)}`,
    note === undefined ? '' : escapeMarkdown(note.sentence),
  ];
  return lines.filter((line) => line !== '').join('  \n');
}
