import { AwsError, type Fields, type Operation } from '../service';
import type { CatalogStore, TableName } from '../store/catalogStore';
import { text, texts } from '../wire/input';
import { tableId } from './gluePartitionIndexes';
import { pageOf, required } from './paging';

const invalid = 'InvalidInputException';

/**
 * Glue's operations on the versions of a table: each UpdateTable archives the definition before it, unless it is told
 * to skip that. https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html
 */
export function versionOperations(catalog: CatalogStore): Record<string, Operation> {
  const nameOf = (input: Fields): TableName => ({
    database: required(input, 'DatabaseName', invalid),
    table: required(input, 'TableName', invalid),
  });
  // Newest first: the current one, then what is archived.
  const versionsOf = (name: TableName): readonly Fields[] => [
    catalog.table(name).definition,
    ...catalog.extras.versions(tableId(name)).toReversed(),
  ];
  const remove = (name: TableName, version: string): void => {
    if (text(catalog.table(name).definition, 'VersionId') === version)
      throw new AwsError(invalid, 'The latest version of a table cannot be deleted.');
    if (!catalog.extras.removeVersion(tableId(name), version)) throw notFound(name, version);
  };
  return {
    GetTableVersions: {
      members: ['DatabaseName', 'TableName', 'NextToken', 'MaxResults', 'AuditContext'],
      run: (input) => {
        const { items, next } = pageOf(versionsOf(nameOf(input)), input, { default: 100, most: 100 });
        return { TableVersions: items.map(shown), ...next };
      },
    },
    GetTableVersion: {
      members: ['DatabaseName', 'TableName', 'VersionId', 'AuditContext'],
      run: (input) => {
        const name = nameOf(input);
        const [latest, ...archived] = versionsOf(name);
        const wanted = text(input, 'VersionId');
        const all = latest === undefined ? archived : [latest, ...archived];
        const found = wanted === undefined ? latest : all.find((each) => text(each, 'VersionId') === wanted);
        if (found === undefined) throw notFound(name, wanted ?? '');
        return { TableVersion: shown(found) };
      },
    },
    DeleteTableVersion: {
      members: ['DatabaseName', 'TableName', 'VersionId'],
      run: (input) => {
        remove(nameOf(input), required(input, 'VersionId', invalid));
        return {};
      },
    },
    BatchDeleteTableVersion: {
      members: ['DatabaseName', 'TableName', 'VersionIds'],
      run: (input) => {
        const name = nameOf(input);
        catalog.table(name);
        const wanted = texts(input, 'VersionIds');
        if (wanted.length > 100) {
          throw new AwsError(
            'ValidationException',
            "1 validation error detected: Value at 'versionIds' failed to satisfy constraint: Member must have length less than or equal to 100",
          );
        }
        const Errors = wanted.flatMap((version) => {
          try {
            remove(name, version);
            return [];
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            const ErrorDetail = { ErrorCode: error.code, ErrorMessage: error.message };
            return [{ TableName: name.table, VersionId: version, ErrorDetail }];
          }
        });
        return { Errors };
      },
    },
  };
}

function shown(definition: Fields): Fields {
  return { Table: definition, VersionId: text(definition, 'VersionId') ?? '0' };
}

function notFound({ table }: TableName, version: string): AwsError {
  return new AwsError('EntityNotFoundException', `Version ${version} of table ${table} not found.`);
}
