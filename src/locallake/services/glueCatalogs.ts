import { AwsError, accountId, type Fields, type Operation, region } from '../service';
import { text } from '../wire/input';
import { pageOf } from './paging';

/**
 * Glue's operations on catalogs as a whole: the account has its own and none nested in it. Catalogs of other accounts
 * are not listed, as on AWS; they are asked for by their id.
 */
export function catalogOperations(): Record<string, Operation> {
  const root: Fields = {
    Name: accountId,
    CatalogId: accountId,
    ResourceArn: `arn:aws:glue:${region}:${accountId}:catalog`,
    Parameters: {},
    CreateTime: 1_704_067_200,
    UpdateTime: 1_704_067_200,
    CreateTableDefaultPermissions: everyone,
    CreateDatabaseDefaultPermissions: everyone,
  };
  const checked = (id: string | undefined): void => {
    if (id !== undefined && id !== accountId)
      throw new AwsError('EntityNotFoundException', `Catalog ${id} not found.`);
  };
  return {
    GetCatalogs: {
      members: ['ParentCatalogId', 'NextToken', 'MaxResults', 'Recursive', 'IncludeRoot'],
      run: (input) => {
        checked(text(input, 'ParentCatalogId'));
        const all = input['IncludeRoot'] === true ? [root] : [];
        const { items, next } = pageOf(all, input, { default: 100, most: 100 });
        return { CatalogList: items, ...next };
      },
    },
    GetCatalog: {
      members: ['CatalogId'],
      run: (input) => {
        checked(text(input, 'CatalogId'));
        return { Catalog: root };
      },
    },
  };
}

// What an account has that does not use the permissions of Lake Formation.
const everyone = [
  { Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' }, Permissions: ['ALL'] },
];
