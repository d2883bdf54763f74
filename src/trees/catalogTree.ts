import { formatBytes, formatCount } from '../base/format';
import { Problem } from '../base/problem';
import type { CatalogReader, Column, Database, Partition, Table } from '../catalog/catalog';
import { connectionKey, type Connection } from '../connection/connection';
import { hiveNull } from '../zones/partitionPrefix';
import type { TreeNode } from './node';
import { emptyNode, escapeMarkdown, problemNode } from './notices';
import { pagedLists } from './pagedLists';
import type { Tree } from './tree';

/** The Glue catalog: databases, tables, then columns, partition keys and partitions of each, page by page. */
export function catalogTree(options: {
  readonly catalog: CatalogReader;
  /** Asked at each opening, since the user may have switched; a Problem where there is none. */
  readonly connection: () => Promise<Connection>;
  /** Told each table that was listed, so that the linter knows it too. */
  readonly onTables?: (connection: Connection, tables: readonly Table[]) => void;
  /** Partitions of one page; 100 unless told. */
  readonly pageSize?: number;
}): Tree {
  const lists = pagedLists();
  const rootId = 'catalog';

  const databaseNode = (connection: Connection, database: Database): TreeNode => {
    const id = `${rootId}/${connectionKey(connection)}/${encodeURIComponent(database.name)}`;
    const facts = [database.description, database.location].filter((fact) => fact !== undefined);
    return {
      id,
      label: database.name,
      icon: 'database',
      ...(facts.length === 0 ? {} : { tooltip: facts.map(escapeMarkdown).join('  \n') }),
      spoken: `Database ${database.name}`,
      menu: 'database',
      subject: { kind: 'database', connection, database: database.name },
      children: (signal) =>
        lists.children(
          {
            parentId: id,
            connection,
            empty: 'No tables in this database',
            emptyTooltip: 'Under Lake Formation, tables without a grant for this role are not listed.',
            load: async (next) => {
              const request = { database: database.name, ...(next === undefined ? {} : { next }) };
              const page = await options.catalog.tables(connection, request, signal);
              options.onTables?.(connection, page.items);
              const items = page.items.map((table) => tableNode(id, connection, table));
              return { items, ...(page.next === undefined ? {} : { next: page.next }) };
            },
          },
          signal,
        ),
    };
  };

  const tableNode = (parentId: string, connection: Connection, table: Table): TreeNode => {
    const id = `${parentId}/${encodeURIComponent(table.name)}`;
    const partitioned = table.partitionKeys.length > 0;
    const groups: TreeNode[] = [columnsNode(id, connection, table)];
    if (partitioned) groups.push(keysNode(id, connection, table), partitionsNode(id, connection, table));
    return {
      id,
      label: table.name,
      icon: table.kind === 'view' ? 'eye' : 'table',
      ...hintOf(table),
      tooltip: tooltipOf(table),
      spoken: `${table.kind === 'view' ? 'View' : 'Table'} ${table.name}`,
      menu: table.kind === 'view' ? 'view' : partitioned ? 'table.partitioned' : 'table',
      subject: { kind: 'table', connection, database: table.database, table: table.name },
      children: () => Promise.resolve(groups),
    };
  };

  const partitionsNode = (parentId: string, connection: Connection, table: Table): TreeNode => {
    const id = `${parentId}/partitions`;
    const projected = table.parameters?.['projection.enabled']?.toLowerCase() === 'true';
    return {
      id,
      label: 'partitions',
      icon: 'list-tree',
      ...(table.partitionCount === undefined ? {} : { hint: formatCount(table.partitionCount) }),
      menu: 'partitions',
      subject: { kind: 'table', connection, database: table.database, table: table.name },
      children: (signal) =>
        lists.children(
          {
            parentId: id,
            connection,
            empty: projected ? 'Computed by partition projection' : 'No partitions in the catalog',
            emptyTooltip: projected
              ? 'Athena computes the partitions from the table’s `projection.` properties; the catalog holds none.'
              : 'Athena reads only partitions that the catalog knows: queries on this table find no rows.',
            load: async (next) => {
              const page = await options.catalog.partitions(
                connection,
                {
                  table: { database: table.database, name: table.name },
                  limit: options.pageSize ?? 100,
                  ...(next === undefined ? {} : { next }),
                },
                signal,
              );
              const items = page.items.map((one) => partitionNode(id, { connection, table, partition: one }));
              return { items, ...(page.next === undefined ? {} : { next: page.next }) };
            },
          },
          signal,
        ),
    };
  };

  const root: TreeNode = {
    id: rootId,
    label: 'Glue catalog',
    icon: 'library',
    children: async (signal) => {
      let connection: Connection;
      try {
        connection = await options.connection();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return [problemNode(rootId, error)];
      }
      // Each connection has a list of its own, so that switching back shows what was there.
      const parentId = `${rootId}/${connectionKey(connection)}`;
      return lists.children(
        {
          parentId,
          connection,
          empty: 'No databases in this catalog',
          load: async (next) => {
            const request = next === undefined ? {} : { next };
            const page = await options.catalog.databases(connection, request, signal);
            const items = page.items.map((database) => databaseNode(connection, database));
            return { items, ...(page.next === undefined ? {} : { next: page.next }) };
          },
        },
        signal,
      );
    },
  };

  return {
    root,
    more: (parentId) => parentId === rootId || lists.more(parentId),
    forget: (parentId) => lists.forget(parentId === rootId ? undefined : parentId),
  };
}

function columnsNode(parentId: string, connection: Connection, table: Table): TreeNode {
  const id = `${parentId}/columns`;
  const nodes = table.columns.map((column) => columnNode(id, { connection, table, column }));
  return {
    id,
    label: 'columns',
    icon: 'symbol-field',
    hint: String(table.columns.length),
    menu: 'columns',
    children: () =>
      Promise.resolve(nodes.length > 0 ? nodes : [emptyNode(id, 'The catalog lists no columns')]),
  };
}

function keysNode(parentId: string, connection: Connection, table: Table): TreeNode {
  const id = `${parentId}/keys`;
  const nodes = table.partitionKeys.map((column) => columnNode(id, { connection, table, column }));
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
  from: { readonly connection: Connection; readonly table: Table; readonly column: Column },
): TreeNode {
  const { connection, table, column } = from;
  return {
    id: `${parentId}/${encodeURIComponent(column.name)}`,
    label: column.name,
    icon: 'symbol-field',
    hint: column.type,
    ...(column.comment === undefined ? {} : { tooltip: escapeMarkdown(column.comment) }),
    spoken: `Column ${column.name}, ${column.type}`,
    menu: 'column',
    subject: {
      kind: 'column',
      connection,
      database: table.database,
      table: table.name,
      column: column.name,
    },
  };
}

function partitionNode(
  parentId: string,
  from: { readonly connection: Connection; readonly table: Table; readonly partition: Partition },
): TreeNode {
  const { connection, table, partition } = from;
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
    menu: 'partition',
    subject: {
      kind: 'partition',
      connection,
      database: table.database,
      table: table.name,
      values: partition.values,
      ...(partition.location === undefined ? {} : { location: partition.location }),
    },
  };
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
function hintOf(table: Table): { readonly hint?: string } {
  const parts = [
    table.partitionCount === undefined ? '' : `${formatCount(table.partitionCount)} partitions`,
    table.newestPartition === undefined ? '' : `newest ${table.newestPartition.join('-')}`,
    kindNames[table.kind ?? ''] ?? formatNames[table.format ?? ''] ?? '',
    table.bytes === undefined ? '' : formatBytes(table.bytes),
  ];
  const hint = parts.filter((part) => part !== '').join(' · ');
  return hint === '' ? {} : { hint };
}

function tooltipOf(table: Table): string {
  const lines = [
    `**${escapeMarkdown(`${table.database}.${table.name}`)}**`,
    table.description === undefined ? '' : escapeMarkdown(table.description),
    table.location === undefined ? '' : escapeMarkdown(table.location),
    table.partitionKeys.length === 0
      ? ''
      : `Partitioned by ${escapeMarkdown(table.partitionKeys.map(({ name, type }) => `${name} ${type}`).join(', '))}`,
    table.owner === undefined ? '' : `Owner ${escapeMarkdown(table.owner)}`,
    table.updatedAt === undefined ? '' : `Changed ${table.updatedAt.toISOString().slice(0, 10)}`,
  ];
  return lines.filter((line) => line !== '').join('  \n');
}
