import type { Page } from '../base/page';
import type { CatalogReader, Table } from '../catalog/catalog';
import type { CatalogEntry } from '../catalog/catalogDirectory';
import { catalogIdOf, catalogPlace, catalogTitle } from '../catalog/catalogId';
import { matchesName } from '../catalog/namePattern';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** The table buckets of S3: found, and read as catalogs whose namespaces are databases. */
export interface S3Tables {
  readonly reader: CatalogReader;
  readonly list: (
    connection: Connection,
    next: string | undefined,
    signal: AbortSignal,
  ) => Promise<Page<CatalogEntry>>;
}

/**
 * S3 Tables over the clients of a connection. Its listings tell names alone; the columns of a table stand in its
 * Iceberg metadata, whose place `table` gives as the parameter `metadata_location`, as Glue does.
 */
export function s3Tables(clients: Clients, callAws: CallAws): S3Tables {
  const reader: CatalogReader = {
    async databases(connection, { catalog, next }, signal) {
      const page = await callAws(
        { action: 's3tables:ListNamespaces', target: `table bucket ${catalogTitle(catalog)}`, connection },
        async (options) => {
          const { ListNamespacesCommand } = await import('@aws-sdk/client-s3tables');
          const client = await clients.s3Tables(connection);
          const request = { tableBucketARN: bucketArn(catalog), maxNamespaces: 100, continuationToken: next };
          return client.send(new ListNamespacesCommand(request), options);
        },
        signal,
      );
      const items = (page.namespaces ?? []).map(({ namespace = [] }) => ({ name: namespace.join('.') }));
      return { items, ...(page.continuationToken ? { next: page.continuationToken } : {}) };
    },

    async tables(connection, { catalog, database, next, named }, signal) {
      const target = `${database} in table bucket ${catalogTitle(catalog)}`;
      const page = await callAws(
        { action: 's3tables:ListTables', target, connection },
        async (options) => {
          const { ListTablesCommand } = await import('@aws-sdk/client-s3tables');
          const client = await clients.s3Tables(connection);
          const request = {
            tableBucketARN: bucketArn(catalog),
            namespace: database,
            maxTables: 100,
            continuationToken: next,
          };
          return client.send(new ListTablesCommand(request), options);
        },
        signal,
      );
      const items = (page.tables ?? []).map(({ name = '', createdAt, modifiedAt }): Table => ({
        ...(catalog === undefined ? {} : { catalog }),
        ...icebergOnly,
        database,
        name,
        ...(createdAt === undefined ? {} : { createdAt }),
        ...(modifiedAt === undefined ? {} : { updatedAt: modifiedAt }),
      }));
      return {
        // The service filters by the beginning of a name only.
        items: named === undefined ? items : items.filter(({ name }) => matchesName(named, name)),
        ...(page.continuationToken ? { next: page.continuationToken } : {}),
      };
    },

    async table(connection, { catalog, database, name }, signal) {
      const target = `${database}.${name} in table bucket ${catalogTitle(catalog)}`;
      const found = await callAws(
        { action: 's3tables:GetTable', target, connection },
        async (options) => {
          const { GetTableCommand } = await import('@aws-sdk/client-s3tables');
          const client = await clients.s3Tables(connection);
          const request = { tableBucketARN: bucketArn(catalog), namespace: database, name };
          return client.send(new GetTableCommand(request), options);
        },
        signal,
      );
      return {
        ...(catalog === undefined ? {} : { catalog }),
        ...icebergOnly,
        database,
        name: found.name ?? name,
        ...(found.warehouseLocation ? { location: found.warehouseLocation } : {}),
        ...(found.createdBy ? { owner: found.createdBy } : {}),
        ...(found.createdAt === undefined ? {} : { createdAt: found.createdAt }),
        ...(found.modifiedAt === undefined ? {} : { updatedAt: found.modifiedAt }),
        parameters: {
          table_type: found.format ?? 'ICEBERG',
          ...(found.metadataLocation ? { metadata_location: found.metadataLocation } : {}),
        },
      };
    },

    partitions: (_connection, { table }) =>
      Promise.reject(
        new Problem(
          `${table.database}.${table.name} is an Iceberg table of a table bucket, whose partitions stand in its metadata: open Show Iceberg Snapshots.`,
          'invalid',
        ),
      ),
  };

  return {
    reader,
    async list(connection, next, signal) {
      const page = await callAws(
        { action: 's3tables:ListTableBuckets', target: 'the account', connection },
        async (options) => {
          const { ListTableBucketsCommand } = await import('@aws-sdk/client-s3tables');
          const client = await clients.s3Tables(connection);
          return client.send(
            new ListTableBucketsCommand({ maxBuckets: 100, continuationToken: next }),
            options,
          );
        },
        signal,
      );
      const items = (page.tableBuckets ?? []).map(({ arn = '', name = '' }) => ({
        id: catalogIdOf({ kind: 's3tables', arn }),
        name,
        what: 'table bucket',
      }));
      return { items, ...(page.continuationToken ? { next: page.continuationToken } : {}) };
    },
  };
}

const icebergOnly = { kind: 'iceberg', columns: [], partitionKeys: [] } as const;

function bucketArn(catalog: string | undefined): string {
  const place = catalogPlace(catalog);
  return place.kind === 's3tables' ? place.arn : '';
}
