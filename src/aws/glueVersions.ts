import type { TableDetails } from '../catalog/tableDetails';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { glueCatalogId, glueTarget } from './glueCatalog';
import { tableFrom } from './glueTable';

/** The definitions that a table had, as Glue archives them: a page at a time, newest first. */
export function glueVersions(clients: Clients, callAws: CallAws): Pick<TableDetails, 'versions'> {
  return {
    async versions(connection, { table, next }, signal) {
      const page = await callAws(
        { action: 'glue:GetTableVersions', target: glueTarget(table), connection },
        async (options) => {
          const { GetTableVersionsCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(
            new GetTableVersionsCommand({
              CatalogId: glueCatalogId(table.catalog),
              DatabaseName: table.database,
              TableName: table.name,
              MaxResults: 100,
              NextToken: next,
            }),
            options,
          );
        },
        signal,
      );
      const items = (page.TableVersions ?? []).flatMap(({ VersionId: id, Table: raw }) => {
        if (raw === undefined) return [];
        return [
          {
            id: id ?? '',
            table: tableFrom(table.database, raw),
            ...(raw.CreatedBy ? { createdBy: raw.CreatedBy } : {}),
          },
        ];
      });
      // Glue promises no order within a page.
      return {
        items: items.toSorted((a, b) => Number(b.id) - Number(a.id)),
        ...(page.NextToken ? { next: page.NextToken } : {}),
      };
    },
  };
}
