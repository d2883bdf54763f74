import { AwsError, accountId, type Fields, type Operation } from '../service';
import { type CatalogStore, locationOf } from '../store/catalogStore';
import type { Journal } from '../store/journal';
import { fields, objects, text } from '../wire/input';
import { onlyMembers } from '../wire/members';
import type { RestCall, RestRoute } from './lambda';
import { pageOf, required } from './paging';
import { bodyOf, restOperation } from './restJson';

const invalid = 'InvalidInputException';
const limits = { default: 100, most: 1000 };

/**
 * Finds what a request asks of Lake Formation, whose operations are POST to a path with their name; undefined for other
 * requests. Its grants can be read and are not enforced.
 * https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_ListPermissions.html
 */
export function lakeFormationRoute(
  parts: { readonly catalog: CatalogStore; readonly journal: Journal },
  call: RestCall,
): RestRoute | undefined {
  const name = call.path.slice(1);
  const operation = operations(parts)[name];
  if (call.method !== 'POST' || operation === undefined) return undefined;
  return restOperation(`lakeformation:${name}`, operation, { input: bodyOf(call), invalid });
}

function operations({
  catalog,
  journal,
}: {
  readonly catalog: CatalogStore;
  readonly journal: Journal;
}): Readonly<Record<string, Operation>> {
  const grants = (): readonly Fields[] => [...journal.all('lf-grant').values()] as readonly Fields[];
  const registered = (): readonly Fields[] => [...journal.all('lf-location').values()] as readonly Fields[];
  const own = (input: Fields): void => {
    const id = text(input, 'CatalogId');
    if (id !== undefined && id !== accountId)
      throw new AwsError('EntityNotFoundException', `Catalog ${id} not found.`);
  };
  return {
    GetDataLakeSettings: {
      members: ['CatalogId'],
      run: (input) => {
        own(input);
        const kept = journal.all('lf-settings').get('settings');
        return { DataLakeSettings: kept ?? { DataLakeAdmins: [] } };
      },
    },
    ListPermissions: {
      members: ['CatalogId', 'Principal', 'ResourceType', 'Resource', 'NextToken', 'MaxResults'],
      run: (input) => {
        own(input);
        const principal = text(fields(input, 'Principal'), 'DataLakePrincipalIdentifier');
        const type = text(input, 'ResourceType');
        const resource = fields(input, 'Resource');
        onlyMembers(resource, ['Catalog', 'Database', 'Table', 'DataLocation'], {
          path: 'Resource',
          invalid,
        });
        const some = grants().filter(
          (grant) =>
            (principal === undefined || principalOf(grant) === principal) &&
            (type === undefined || typeOf(fields(grant, 'Resource')) === type) &&
            covers(resource, fields(grant, 'Resource')),
        );
        const { items, next } = pageOf(some, input, limits);
        return { PrincipalResourcePermissions: items, ...next };
      },
    },
    GetEffectivePermissionsForPath: {
      members: ['CatalogId', 'ResourceArn', 'NextToken', 'MaxResults'],
      run: (input) => {
        own(input);
        const path = required(input, 'ResourceArn', invalid);
        const some = grants().filter((grant) => {
          const place = placeOf(catalog, fields(grant, 'Resource'));
          return place !== undefined && (place === path || within(place, path) || within(path, place));
        });
        const { items, next } = pageOf(some, input, limits);
        return { Permissions: items, ...next };
      },
    },
    ListResources: {
      members: ['FilterConditionList', 'NextToken', 'MaxResults'],
      run: (input) => {
        const conditions = objects(input, 'FilterConditionList');
        const some = registered().filter((each) => conditions.every((condition) => fits(each, condition)));
        const { items, next } = pageOf(some, input, limits);
        return { ResourceInfoList: items, ...next };
      },
    },
    DescribeResource: {
      members: ['ResourceArn'],
      run: (input) => {
        const arn = required(input, 'ResourceArn', invalid);
        const found = registered().find(({ ResourceArn }) => ResourceArn === arn);
        if (found === undefined)
          throw new AwsError('EntityNotFoundException', `Resource ${arn} is not registered.`);
        return { ResourceInfo: found };
      },
    },
  };
}

function principalOf(grant: Fields): string {
  return text(fields(grant, 'Principal'), 'DataLakePrincipalIdentifier') ?? '';
}

function typeOf(resource: Fields): string {
  if ('Database' in resource) return 'DATABASE';
  if ('DataLocation' in resource) return 'DATA_LOCATION';
  return 'Table' in resource || 'TableWithColumns' in resource ? 'TABLE' : 'CATALOG';
}

// A question about a table finds the grants on the table and on columns of it; one about a database only its own.
function covers(asked: Fields, granted: Fields): boolean {
  const same = (member: string, names: readonly string[], from = member): boolean =>
    from in granted &&
    names.every((name) => text(fields(asked, member), name) === text(fields(granted, from), name));
  if ('Database' in asked) return same('Database', ['Name']);
  if ('DataLocation' in asked) return same('DataLocation', ['ResourceArn']);
  if ('Catalog' in asked) return 'Catalog' in granted;
  if (!('Table' in asked)) return true;
  if (text(fields(asked, 'Table'), 'Name') === undefined) {
    return ['Table', 'TableWithColumns'].some((from) => same('Table', ['DatabaseName'], from));
  }
  const names = ['DatabaseName', 'Name'];
  return same('Table', names) || same('Table', names, 'TableWithColumns');
}

/** The ARN of where a resource keeps its files. */
function placeOf(catalog: CatalogStore, resource: Fields): string | undefined {
  const location = fields(resource, 'DataLocation');
  if ('ResourceArn' in location) return text(location, 'ResourceArn');
  const database = fields(resource, 'Database');
  const table = 'Table' in resource ? fields(resource, 'Table') : fields(resource, 'TableWithColumns');
  const uri =
    'Name' in database
      ? text(catalog.findDatabase(text(database, 'Name') ?? '') ?? {}, 'LocationUri')
      : locationOf(
          catalog.findTable({
            database: text(table, 'DatabaseName') ?? '',
            table: text(table, 'Name') ?? '',
          })?.definition ?? {},
        );
  if (uri === undefined || uri === '') return undefined;
  return uri.replace(/^s3:\/\//, 'arn:aws:s3:::').replace(/\/$/, '');
}

function within(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer.replace(/\/$/, '')}/`);
}

function fits(resource: Fields, condition: Fields): boolean {
  const field = { RESOURCE_ARN: 'ResourceArn', ROLE_ARN: 'RoleArn' }[text(condition, 'Field') ?? ''];
  if (field === undefined)
    throw new AwsError(
      invalid,
      `The local lake does not filter by ${text(condition, 'Field') ?? 'nothing'}.`,
    );
  const value = text(resource, field) ?? '';
  const wanted = (condition['StringValueList'] as readonly string[] | undefined) ?? [];
  const operator = text(condition, 'ComparisonOperator') ?? '';
  switch (operator) {
    case 'EQ':
    case 'IN':
      return wanted.includes(value);
    case 'BEGINS_WITH':
      return wanted.some((start) => value.startsWith(start));
    case 'CONTAINS':
      return wanted.some((part) => value.includes(part));
    default:
      throw new AwsError(invalid, `The local lake does not implement the ComparisonOperator ${operator}.`);
  }
}
