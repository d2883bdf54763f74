import type { Operation } from './operations';
import { database, never, type World } from './world';

const reads = 'reads only';
const bucket = 's3tables:arn:aws:s3tables:us-east-1:111122223333:bucket/centralbank-tables';
const market = { catalog: 'connector:market_data', database: 'market_reference', name: 'exchange_rates' };
const described = { database, name: 'ledger_entries' };

type Listed = Pick<Operation, 'command' | 'use'> & {
  readonly action: string;
  readonly target: string;
  readonly run: (
    ports: Parameters<Awaited<ReturnType<Operation['cell']>>['run']>[0],
    world: World,
  ) => Promise<unknown>;
  /** Where IAM knows it by another name than the lake. */
  readonly at?: string;
};

const listed: readonly Listed[] = [
  {
    command: 'GetCatalogs',
    use: 'catalog tree, other catalogs',
    action: 'glue:GetCatalogs',
    target: 'the account',
    run: (ports, { connection }) => ports.directory.catalogs(connection, { listing: 'nested' }, never),
  },
  {
    command: 'ListDataCatalogs',
    use: 'catalog tree, other catalogs',
    action: 'athena:ListDataCatalogs',
    target: 'the account',
    run: (ports, { connection }) => ports.directory.catalogs(connection, { listing: 'athena' }, never),
  },
  {
    command: 'GetDataCatalog',
    use: 'a data catalog of Athena',
    action: 'athena:GetDataCatalog',
    target: 'catalog market_data',
    run: (ports, { connection }) => ports.directory.dataCatalog(connection, { name: 'market_data' }, never),
  },
  {
    command: 'ListDatabases',
    use: 'a data catalog of Athena',
    action: 'athena:ListDatabases',
    target: 'catalog market_data',
    run: (ports, { connection }) => ports.catalog.databases(connection, { catalog: market.catalog }, never),
  },
  {
    command: 'ListTableMetadata',
    use: 'a data catalog of Athena',
    action: 'athena:ListTableMetadata',
    target: 'market_reference in catalog market_data',
    run: (ports, { connection }) => ports.catalog.tables(connection, market, never),
  },
  {
    command: 'GetTableMetadata',
    use: 'a data catalog of Athena',
    action: 'athena:GetTableMetadata',
    target: 'market_reference.exchange_rates in catalog market_data',
    run: (ports, { connection }) => ports.catalog.table(connection, market, never),
  },
  {
    command: 'ListTableBuckets',
    use: 'catalog tree, other catalogs',
    action: 's3tables:ListTableBuckets',
    target: 'the account',
    run: (ports, { connection }) => ports.directory.catalogs(connection, { listing: 's3tables' }, never),
  },
  {
    command: 'ListNamespaces',
    use: 'a table bucket',
    action: 's3tables:ListNamespaces',
    target: 'table bucket centralbank-tables',
    run: (ports, { connection }) => ports.catalog.databases(connection, { catalog: bucket }, never),
  },
  {
    command: 'ListTables',
    use: 'a table bucket',
    action: 's3tables:ListTables',
    target: 'risk in table bucket centralbank-tables',
    run: (ports, { connection }) =>
      ports.catalog.tables(connection, { catalog: bucket, database: 'risk' }, never),
  },
  {
    command: 'GetTableVersions',
    use: 'versions of a table',
    action: 'glue:GetTableVersions',
    target: `${database}.customers`,
    run: (ports, { connection }) =>
      ports.details.versions(connection, { table: { database, name: 'customers' } }, never),
  },
  {
    command: 'GetColumnStatisticsForTable',
    use: 'table page',
    at: 'glue:GetColumnStatisticsForTable',
    action: 'glue:GetTable',
    target: `column statistics of ${database}.customers`,
    run: (ports, { connection }) => {
      const table = { database, name: 'customers' };
      return ports.details.statistics(connection, { table, columns: ['customer_id'] }, never);
    },
  },
  {
    command: 'ListPermissions',
    use: 'table page',
    action: 'lakeformation:ListPermissions',
    target: `${database}.customers`,
    run: (ports, { connection }) =>
      ports.details.grants(connection, { table: { database, name: 'customers' } }, never),
  },
];

/** Catalogs beside the account's own, and what is kept of a table beside its definition. */
export const catalogOperations: readonly Operation[] = [
  ...listed.map(({ command, use, action, target, run, at }): Operation => ({
    command,
    at: { action: at ?? action },
    action,
    use,
    repeats: 'safely',
    guarantee: reads,
    cell: async (world) => ({ target, run: (ports) => run(ports, world) }),
  })),
  {
    command: 'UpdateTable',
    at: { action: 'glue:UpdateTable' },
    action: 'glue:UpdateTable',
    use: 'editing a description',
    repeats: 'safely',
    guarantee: 'one version is written over: a second attempt finds the description there and writes nothing',
    cell: async (world, number) => {
      const to = `Described by cell ${number}`;
      const descriptions = async (): Promise<readonly (string | undefined)[]> => {
        const request = { DatabaseName: described.database, TableName: described.name };
        const { TableVersions } = (await world.ask('AWSGlue.GetTableVersions', request)) as {
          readonly TableVersions: readonly { readonly Table: { readonly Description?: string } }[];
        };
        return TableVersions.map(({ Table }) => Table.Description);
      };
      const from = (await descriptions())[0] ?? '';
      return {
        target: `${database}.${described.name}`,
        run: (ports) => ports.details.changeComment(world.connection, { table: described, from, to }, never),
        effects: async () => (await descriptions()).filter((text) => text === to).length,
      };
    },
  },
];
