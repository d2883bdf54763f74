import { Problem } from '../base/problem';
import type { CatalogReader, Database } from '../catalog/catalog';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { partitionFrom, tableFrom } from './glueTable';

/** The Glue Data Catalog of a connection's account, page by page. */
export function glueCatalog(clients: Clients, callAws: CallAws): CatalogReader {
  return {
    async databases(connection, { next }, signal) {
      const page = await callAws(
        { action: 'glue:GetDatabases', target: 'the catalog', connection },
        async (options) => {
          const { GetDatabasesCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(new GetDatabasesCommand({ MaxResults: 100, NextToken: next }), options);
        },
        signal,
      );
      return paged((page.DatabaseList ?? []).map(databaseFrom), page.NextToken);
    },

    async tables(connection, { database, next }, signal) {
      const page = await callAws(
        { action: 'glue:GetTables', target: database, connection },
        async (options) => {
          const { GetTablesCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = { DatabaseName: database, MaxResults: 100, NextToken: next };
          return client.send(new GetTablesCommand(request), options);
        },
        signal,
      );
      return paged(
        (page.TableList ?? []).map((table) => tableFrom(database, table)),
        page.NextToken,
      );
    },

    async table(connection, { database, name }, signal) {
      const target = `${database}.${name}`;
      const answer = await callAws(
        { action: 'glue:GetTable', target, connection },
        async (options) => {
          const { GetTableCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(new GetTableCommand({ DatabaseName: database, Name: name }), options);
        },
        signal,
      );
      if (answer.Table === undefined) {
        throw new Problem(`Glue has no table ${target}: refresh, or check the name.`, 'missing', {
          details: { action: 'glue:GetTable', target },
        });
      }
      return tableFrom(database, answer.Table);
    },

    async partitions(connection, { table, next, limit, expression, segment }, signal) {
      const page = await callAws(
        { action: 'glue:GetPartitions', target: `${table.database}.${table.name}`, connection },
        async (options) => {
          const { GetPartitionsCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(
            new GetPartitionsCommand({
              DatabaseName: table.database,
              TableName: table.name,
              NextToken: next,
              MaxResults: limit === undefined ? undefined : Math.min(Math.max(limit, 1), 1000),
              Expression: expression,
              Segment:
                segment === undefined
                  ? undefined
                  : { SegmentNumber: segment.number, TotalSegments: segment.total },
              // The columns of each partition are nine tenths of the answer, and nobody here reads them.
              ExcludeColumnSchema: true,
            }),
            options,
          );
        },
        signal,
      );
      return paged((page.Partitions ?? []).map(partitionFrom), page.NextToken);
    },
  };
}

function databaseFrom(raw: {
  readonly Name?: string | undefined;
  readonly Description?: string | undefined;
  readonly LocationUri?: string | undefined;
}): Database {
  return {
    name: raw.Name ?? '',
    ...(raw.Description ? { description: raw.Description } : {}),
    ...(raw.LocationUri ? { location: raw.LocationUri } : {}),
  };
}

function paged<T>(items: T[], token: string | undefined): { items: T[]; next?: string } {
  return { items, ...(token ? { next: token } : {}) };
}
