import type { TableMetadata } from '@aws-sdk/client-athena';
import type { Page } from '../base/page';
import { Problem } from '../base/problem';
import type { CatalogReader, Table } from '../catalog/catalog';
import type { CatalogEntry } from '../catalog/catalogDirectory';
import { catalogIdOf, catalogTitle } from '../catalog/catalogId';
import { namePattern } from '../catalog/namePattern';
import { connectionKey, type Connection } from '../connection/connection';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { columnFrom, formatOf } from './glueTable';

/** The data catalogs of Athena: found, and read as Athena describes what Lambda, Hive and federated sources hold. */
export interface AthenaCatalogs {
  readonly reader: CatalogReader;
  readonly list: (
    connection: Connection,
    next: string | undefined,
    signal: AbortSignal,
  ) => Promise<Page<CatalogEntry>>;
  readonly describe: (connection: Connection, name: string, signal: AbortSignal) => Promise<CatalogEntry>;
  /** The id of the Glue catalog that a data catalog of type GLUE stands for; undefined for all others. */
  readonly glueIdOf: (
    connection: Connection,
    name: string,
    signal: AbortSignal,
  ) => Promise<string | undefined>;
}

const most = 50; // of every list (Athena API reference, MaxResults)

/** Athena's data catalogs over the clients of a connection. */
export function athenaCatalogs(clients: Clients, callAws: CallAws): AthenaCatalogs {
  const glueIds = new Map<string, string | undefined>();

  const read = (connection: Connection, name: string, signal: AbortSignal) =>
    callAws(
      { action: 'athena:GetDataCatalog', target: `catalog ${name}`, connection },
      async (options) => {
        const { GetDataCatalogCommand } = await import('@aws-sdk/client-athena');
        const client = await clients.athena(connection);
        return client.send(new GetDataCatalogCommand({ Name: name }), options);
      },
      signal,
    );

  const reader: CatalogReader = {
    async databases(connection, { catalog, next }, signal) {
      const name = catalogTitle(catalog);
      const page = await callAws(
        { action: 'athena:ListDatabases', target: `catalog ${name}`, connection },
        async (options) => {
          const { ListDatabasesCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          const request = { CatalogName: name, MaxResults: most, NextToken: next };
          return client.send(new ListDatabasesCommand(request), options);
        },
        signal,
      );
      const items = (page.DatabaseList ?? []).map((database) => ({
        name: database.Name ?? '',
        ...(database.Description ? { description: database.Description } : {}),
      }));
      return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
    },

    async tables(connection, { catalog, database, next, named }, signal) {
      const name = catalogTitle(catalog);
      const page = await callAws(
        { action: 'athena:ListTableMetadata', target: `${database} in catalog ${name}`, connection },
        async (options) => {
          const { ListTableMetadataCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          const request = {
            CatalogName: name,
            DatabaseName: database,
            MaxResults: most,
            NextToken: next,
            Expression: named === undefined ? undefined : namePattern(named),
          };
          return client.send(new ListTableMetadataCommand(request), options);
        },
        signal,
      );
      const items = (page.TableMetadataList ?? []).map((table) =>
        tableFromAthena(table, { catalog, database }),
      );
      return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
    },

    async table(connection, { catalog, database, name }, signal) {
      const target = `${database}.${name} in catalog ${catalogTitle(catalog)}`;
      const answer = await callAws(
        { action: 'athena:GetTableMetadata', target, connection },
        async (options) => {
          const { GetTableMetadataCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          const request = { CatalogName: catalogTitle(catalog), DatabaseName: database, TableName: name };
          return client.send(new GetTableMetadataCommand(request), options);
        },
        signal,
      );
      if (answer.TableMetadata === undefined) {
        throw new Problem(`Athena has no table ${target}: refresh, or check the name.`, 'missing', {
          details: { action: 'athena:GetTableMetadata', target },
        });
      }
      return tableFromAthena(answer.TableMetadata, { catalog, database });
    },

    partitions: (_connection, { table }) => {
      const place = `${table.database}.${table.name}`;
      return Promise.reject(
        new Problem(
          `Athena lists no partitions of ${place} in catalog ${catalogTitle(table.catalog)}: ask by a query, SELECT * FROM "${table.name}$partitions" where its source has that.`,
          'invalid',
        ),
      );
    },
  };

  return {
    reader,
    async list(connection, next, signal) {
      const page = await callAws(
        { action: 'athena:ListDataCatalogs', target: 'the account', connection },
        async (options) => {
          const { ListDataCatalogsCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          return client.send(new ListDataCatalogsCommand({ MaxResults: most, NextToken: next }), options);
        },
        signal,
      );
      const items = (page.DataCatalogsSummary ?? [])
        .map(({ CatalogName: name = '', Type: type, ConnectionType: source, Error: said }) =>
          entryOf({ name, type, source, said }),
        )
        // The account's own is among them.
        .filter(({ name }) => name.toLowerCase() !== 'awsdatacatalog');
      return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
    },
    async describe(connection, name, signal) {
      const { DataCatalog: found } = await read(connection, name, signal);
      return entryOf({
        name: found?.Name ?? name,
        type: found?.Type,
        source: found?.ConnectionType,
        said: found?.Error ?? found?.Description,
      });
    },
    async glueIdOf(connection, name, signal) {
      const key = `${connectionKey(connection)} ${name}`;
      if (glueIds.has(key)) return glueIds.get(key);
      const { DataCatalog: found } = await read(connection, name, signal);
      const id = found?.Type === 'GLUE' ? found.Parameters?.['catalog-id'] : undefined;
      glueIds.set(key, id);
      return id;
    },
  };
}

function entryOf(raw: {
  readonly name: string;
  readonly type: string | undefined;
  readonly source: string | undefined;
  readonly said: string | undefined;
}): CatalogEntry {
  const { name, type, source, said } = raw;
  const what = [kinds[type ?? ''] ?? 'data catalog', source?.toLowerCase()];
  // Only a catalog of Glue has to be asked for what it stands for.
  const isConnector = type !== undefined && type !== 'GLUE';
  return {
    id: catalogIdOf({ kind: isConnector ? 'connector' : 'athena', name }),
    name,
    what: what.filter((part) => part !== undefined).join(' · '),
    ...(said ? { description: said } : {}),
  };
}

const kinds: Readonly<Record<string, string>> = {
  GLUE: 'Glue',
  HIVE: 'Hive metastore',
  LAMBDA: 'Lambda',
  FEDERATED: 'federated',
};

/** Athena puts the storage of a table among its parameters, under names of its own. */
function tableFromAthena(
  raw: TableMetadata,
  { catalog, database }: { readonly catalog: string | undefined; readonly database: string },
): Table {
  const parameters: Record<string, string> = {};
  const storage: Record<string, string> = {};
  for (const [key, value] of Object.entries(raw.Parameters ?? {})) {
    const isStorage = /^(location|inputformat|outputformat|serde\..*)$/.test(key);
    (isStorage ? storage : parameters)[key] = value;
  }
  const serde = storage['serde.serialization.lib'];
  const inputFormat = storage['inputformat'];
  const kind = kindOf(raw.TableType, parameters);
  const format =
    kind === 'view' ? undefined : formatOf({ serde, inputFormat, parameters, serdeParameters: {} });
  return {
    ...(catalog === undefined ? {} : { catalog }),
    database,
    name: raw.Name ?? '',
    columns: (raw.Columns ?? []).map(columnFrom),
    partitionKeys: (raw.PartitionKeys ?? []).map(columnFrom),
    kind,
    ...(format === undefined ? {} : { format }),
    ...(storage['location'] ? { location: storage['location'] } : {}),
    ...(serde ? { serde } : {}),
    ...(inputFormat ? { inputFormat } : {}),
    ...(storage['outputformat'] ? { outputFormat: storage['outputformat'] } : {}),
    parameters,
    ...(parameters['comment'] ? { description: parameters['comment'] } : {}),
    ...(raw.CreateTime === undefined ? {} : { createdAt: raw.CreateTime }),
  };
}

function kindOf(
  type: string | undefined,
  parameters: Readonly<Record<string, string>>,
): Table['kind'] & string {
  if (type === 'VIRTUAL_VIEW') return 'view';
  return parameters['table_type']?.toLowerCase() === 'iceberg' ? 'iceberg' : 'hive';
}
