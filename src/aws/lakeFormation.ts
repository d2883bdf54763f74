import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import type { Grant, TableDetails } from '../catalog/tableDetails';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { glueCatalogId, glueTarget } from './glueCatalog';

/** What Lake Formation grants on a table and its columns, page by page; grants by tags are listed with the tables they reach. */
export function lakeFormation(clients: Clients, callAws: CallAws): Pick<TableDetails, 'grants'> {
  return {
    async grants(connection, { table, next }, signal) {
      const page = await callAws(
        { action: 'lakeformation:ListPermissions', target: glueTarget(table), connection },
        async (options) => {
          const { ListPermissionsCommand } = await import('@aws-sdk/client-lakeformation');
          const client = await clients.lakeFormation(connection);
          const CatalogId = glueCatalogId(table.catalog);
          const Table = { CatalogId, DatabaseName: table.database, Name: table.name };
          return client.send(
            new ListPermissionsCommand({ CatalogId, Resource: { Table }, MaxResults: 100, NextToken: next }),
            options,
          );
        },
        signal,
      );
      const items = (page.PrincipalResourcePermissions ?? []).map(grantFrom);
      return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
    },
  };
}

function grantFrom(raw: PrincipalResourcePermissions): Grant {
  const some = raw.Resource?.TableWithColumns;
  const columns = some?.ColumnNames ?? [];
  const except = some?.ColumnWildcard?.ExcludedColumnNames ?? [];
  const grantable = raw.PermissionsWithGrantOption ?? [];
  return {
    principal: raw.Principal?.DataLakePrincipalIdentifier ?? '',
    permissions: raw.Permissions ?? [],
    ...(grantable.length === 0 ? {} : { grantable }),
    ...(columns.length === 0 ? {} : { columns }),
    ...(except.length === 0 ? {} : { exceptColumns: except }),
  };
}
