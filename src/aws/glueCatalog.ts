import { Problem } from '../base/problem';
import type { CatalogReader, Database, Table, TableName } from '../catalog/catalog';
import { catalogPlace, catalogTitle } from '../catalog/catalogId';
import { namePattern } from '../catalog/namePattern';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { partitionFrom, tableFrom } from './glueTable';

/** The Glue Data Catalog of a connection's account, and by their ids those of others and those nested in one. */
export function glueCatalog(clients: Clients, callAws: CallAws): CatalogReader {
  return {
    async databases(connection, { catalog, next }, signal) {
      const target = catalog === undefined ? 'the catalog' : `catalog ${catalogTitle(catalog)}`;
      const page = await callAws(
        { action: 'glue:GetDatabases', target, connection },
        async (options) => {
          const { GetDatabasesCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = { CatalogId: glueCatalogId(catalog), MaxResults: 100, NextToken: next };
          return client.send(new GetDatabasesCommand(request), options);
        },
        signal,
      );
      return paged((page.DatabaseList ?? []).map(databaseFrom), page.NextToken);
    },

    async tables(connection, { catalog, database, next, named }, signal) {
      const page = await callAws(
        { action: 'glue:GetTables', target: inCatalog(database, catalog), connection },
        async (options) => {
          const { GetTablesCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = {
            CatalogId: glueCatalogId(catalog),
            DatabaseName: database,
            MaxResults: 100,
            NextToken: next,
            Expression: named === undefined ? undefined : namePattern(named),
          };
          return client.send(new GetTablesCommand(request), options);
        },
        signal,
      );
      return paged(
        (page.TableList ?? []).map((table) => placed(catalog, tableFrom(database, table))),
        page.NextToken,
      );
    },

    async table(connection, wanted, signal) {
      const { catalog, database, name } = wanted;
      const target = glueTarget(wanted);
      const answer = await callAws(
        { action: 'glue:GetTable', target, connection },
        async (options) => {
          const { GetTableCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = { CatalogId: glueCatalogId(catalog), DatabaseName: database, Name: name };
          return client.send(new GetTableCommand(request), options);
        },
        signal,
      );
      if (answer.Table === undefined) {
        throw new Problem(`Glue has no table ${target}: refresh, or check the name.`, 'missing', {
          details: { action: 'glue:GetTable', target },
        });
      }
      return placed(catalog, tableFrom(database, answer.Table));
    },

    async partitions(connection, { table, next, limit, expression, segment }, signal) {
      const page = await callAws(
        { action: 'glue:GetPartitions', target: glueTarget(table), connection },
        async (options) => {
          const { GetPartitionsCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(
            new GetPartitionsCommand({
              CatalogId: glueCatalogId(table.catalog),
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

/** Glue's CatalogId of a catalog; undefined for the account's own. */
export function glueCatalogId(catalog: string | undefined): string | undefined {
  const place = catalogPlace(catalog);
  return place.kind === 'glue' ? place.id : undefined;
}

/** A table as sentences call it: with its catalog where that is not the account's own. */
export function glueTarget({ catalog, database, name }: TableName): string {
  return inCatalog(`${database}.${name}`, catalog);
}

function inCatalog(name: string, catalog: string | undefined): string {
  return catalog === undefined ? name : `${name} in catalog ${catalogTitle(catalog)}`;
}

function placed(catalog: string | undefined, table: Table): Table {
  return catalog === undefined ? table : { ...table, catalog };
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
