import type { Page } from '../base/page';
import { nameOfTable, type CatalogReader, type Table } from '../catalog/catalog';
import type { CatalogDirectory, CatalogEntry } from '../catalog/catalogDirectory';
import { catalogIdOf, catalogPlace, catalogTitle } from '../catalog/catalogId';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { athenaCatalogs } from './athenaCatalogs';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { glueCatalog } from './glueCatalog';
import { s3Tables } from './s3Tables';
import type { InGlue } from './tableDetails';

/** Every catalog by its id, and where they are found. */
export function catalogs(
  clients: Clients,
  callAws: CallAws,
): { readonly reader: CatalogReader; readonly directory: CatalogDirectory; readonly inGlue: InGlue } {
  const glue = glueCatalog(clients, callAws);
  const athena = athenaCatalogs(clients, callAws);
  const buckets = s3Tables(clients, callAws);

  /** Who reads a catalog, and by which id: a data catalog that stands for a Glue one is read there, where more is told. */
  const readerOf = async (
    connection: Connection,
    catalog: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly reader: CatalogReader; readonly id?: string | undefined }> => {
    const place = catalogPlace(catalog);
    switch (place.kind) {
      case 'own':
        return { reader: glue };
      case 's3tables':
        return { reader: buckets.reader, id: catalog };
      case 'glue':
        return { reader: glue, id: catalog };
      case 'connector':
        return { reader: athena.reader, id: catalog };
      case 'athena': {
        const id = await knownGlueId(connection, place.name, signal);
        return id === undefined
          ? { reader: athena.reader, id: catalog }
          : { reader: glue, id: catalogIdOf({ kind: 'glue', id }) };
      }
    }
  };

  const knownGlueId = async (
    connection: Connection,
    name: string,
    signal: AbortSignal,
  ): Promise<string | undefined> => {
    try {
      return await athena.glueIdOf(connection, name, signal);
    } catch (error) {
      // Who may not read what it stands for may still list what is in it.
      if (error instanceof Problem && error.kind === 'denied') return undefined;
      throw error;
    }
  };

  const inGlue: InGlue = async (connection, table, signal) => {
    const { reader, id } = await readerOf(connection, table.catalog, signal);
    if (reader === glue) return { ...nameOfTable(table), ...inside(id) };
    throw new Problem(
      `${table.database}.${table.name} stands in ${catalogTitle(table.catalog)}, of which Glue and Lake Formation keep nothing.`,
      'invalid',
      { details: { target: `${table.database}.${table.name}` } },
    );
  };

  // Whatever catalog was read for it, a table is in the one that was asked for.
  const named = (catalog: string | undefined, table: Table): Table =>
    catalog === undefined ? table : { ...table, catalog };

  return {
    inGlue,
    reader: {
      async databases(connection, request, signal) {
        const { reader, id } = await readerOf(connection, request.catalog, signal);
        return reader.databases(connection, { ...request, ...inside(id) }, signal);
      },
      async tables(connection, request, signal) {
        const { reader, id } = await readerOf(connection, request.catalog, signal);
        const page = await reader.tables(connection, { ...request, ...inside(id) }, signal);
        return { ...page, items: page.items.map((table) => named(request.catalog, table)) };
      },
      async table(connection, request, signal) {
        const { reader, id } = await readerOf(connection, request.catalog, signal);
        return named(request.catalog, await reader.table(connection, { ...request, ...inside(id) }, signal));
      },
      async partitions(connection, request, signal) {
        const { reader, id } = await readerOf(connection, request.table.catalog, signal);
        return reader.partitions(
          connection,
          { ...request, table: { ...request.table, ...inside(id) } },
          signal,
        );
      },
    },
    directory: {
      async catalogs(connection, { listing, next }, signal) {
        switch (listing) {
          case 'shared':
            return sharedCatalogs(connection, next, signal);
          case 'nested':
            return nestedCatalogs(connection, next, signal);
          case 'athena':
            return athena.list(connection, next, signal);
          case 's3tables':
            return buckets.list(connection, next, signal);
        }
      },
      dataCatalog: (connection, { name }, signal) => athena.describe(connection, name, signal),
    },
  };

  /** The catalogs whose databases others have shared with this account, by Lake Formation or a resource policy. */
  async function sharedCatalogs(
    connection: Connection,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<CatalogEntry>> {
    const page = await callAws(
      { action: 'glue:GetDatabases', target: 'the databases of other accounts', connection },
      async (options) => {
        const { GetDatabasesCommand } = await import('@aws-sdk/client-glue');
        const client = await clients.glue(connection);
        const request = { ResourceShareType: 'FOREIGN', MaxResults: 100, NextToken: next } as const;
        return client.send(new GetDatabasesCommand(request), options);
      },
      signal,
    );
    const names = new Map<string, string[]>();
    for (const { CatalogId: id, Name: name = '' } of page.DatabaseList ?? []) {
      if (id !== undefined) names.set(id, [...(names.get(id) ?? []), name]);
    }
    const items = [...names].map(([id, databases]) => ({
      id: catalogIdOf({ kind: 'glue', id }),
      name: id,
      what: 'Glue catalog of another account',
      description: `Shares ${databases.join(', ')}`,
    }));
    return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
  }

  async function nestedCatalogs(
    connection: Connection,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<CatalogEntry>> {
    const page = await callAws(
      { action: 'glue:GetCatalogs', target: 'the account', connection },
      async (options) => {
        const { GetCatalogsCommand } = await import('@aws-sdk/client-glue');
        const client = await clients.glue(connection);
        return client.send(
          new GetCatalogsCommand({ Recursive: true, MaxResults: 100, NextToken: next }),
          options,
        );
      },
      signal,
    );
    const items = (page.CatalogList ?? []).flatMap((raw): readonly CatalogEntry[] => {
      const id = raw.CatalogId;
      // The account's own has its number alone.
      if (id === undefined || !id.includes(':')) return [];
      return [
        {
          id: catalogIdOf({ kind: 'glue', id }),
          name: id.slice(id.indexOf(':') + 1),
          what:
            raw.FederatedCatalog === undefined
              ? raw.TargetRedshiftCatalog === undefined
                ? 'Glue catalog'
                : 'Redshift'
              : `federated${raw.FederatedCatalog.ConnectionName ? ` · ${raw.FederatedCatalog.ConnectionName}` : ''}`,
          ...(raw.Description ? { description: raw.Description } : {}),
        },
      ];
    });
    return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
  }
}

function inside(catalog: string | undefined): { readonly catalog?: string } {
  return catalog === undefined ? {} : { catalog };
}
