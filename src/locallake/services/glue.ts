import { AwsError, accountId, type Fields, type Operation, type Service } from '../service';
import type { CatalogStore } from '../store/catalogStore';
import { fields, objects, text, texts } from '../wire/input';
import { onlyMembers } from '../wire/members';
import type { SharedCatalogs } from '../store/sharedCatalogs';
import { catalogOperations } from './glueCatalogs';
import { checkedIndexes, indexOperations, tableId } from './gluePartitionIndexes';
import { checkedDescriptor, partitionOperations } from './gluePartitions';
import { statisticsOperations } from './glueStatistics';
import { versionOperations } from './glueTableVersions';
import { pageOf, required } from './paging';

const invalid = 'InvalidInputException';

/** Glue: the Data Catalog, with those of other accounts that are shared with this one. */
export function glueService(catalog: CatalogStore, shared?: SharedCatalogs): Service {
  // The local lake shares a catalog as a whole: every database of it counts as shared with this account.
  const foreign = (): readonly Fields[] =>
    shared?.accounts().flatMap((account) => shared.of(account)?.databases() ?? []) ?? [];
  const operations = operationsOn(catalog, foreign);
  return {
    name: 'glue',
    target: 'AWSGlue',
    invalid,
    operations: {
      ...catalogOperations(),
      // Every operation on a catalog takes a CatalogId: without one it is about the own account's.
      ...Object.fromEntries(
        Object.entries(operations).map(([name, operation]) => [
          name,
          {
            members: [...operation.members, 'CatalogId'],
            run: (input: Fields) => {
              const id = text(input, 'CatalogId') ?? accountId;
              if (id === accountId) return operation.run(input);
              const other = shared?.of(id);
              if (other === undefined)
                throw new AwsError('EntityNotFoundException', `Catalog ${id} not found.`);
              return operationsOn(other, () => [])[name]?.run(input);
            },
          },
        ]),
      ),
    },
  };
}

function operationsOn(catalog: CatalogStore, foreign: () => readonly Fields[]): Record<string, Operation> {
  return {
    ...databaseOperations(catalog, foreign),
    ...tableOperations(catalog),
    ...versionOperations(catalog),
    ...partitionOperations(catalog),
    ...indexOperations(catalog),
    ...statisticsOperations(catalog),
  };
}

function databaseOperations(
  catalog: CatalogStore,
  foreign: () => readonly Fields[],
): Record<string, Operation> {
  return {
    GetDatabases: {
      members: ['NextToken', 'MaxResults', 'ResourceShareType', 'AttributesToGet'],
      run: (input) => {
        const shared = text(input, 'ResourceShareType');
        const all = [
          ...(shared === 'FOREIGN' || shared === 'FEDERATED' ? [] : catalog.databases()),
          ...(shared === 'FOREIGN' || shared === 'ALL' ? foreign() : []),
        ];
        const { items, next } = pageOf(all, input, { default: 100, most: 100 });
        const wanted = texts(input, 'AttributesToGet');
        const shown =
          wanted.length === 1 && wanted[0] === 'NAME' ? items.map(({ Name }) => ({ Name })) : items;
        return { DatabaseList: shown, ...next };
      },
    },
    GetDatabase: {
      members: ['Name'],
      run: (input) => ({ Database: catalog.database(required(input, 'Name', invalid)) }),
    },
    CreateDatabase: {
      members: ['DatabaseInput'],
      run: (input) => {
        const wanted = fields(input, 'DatabaseInput');
        required(wanted, 'Name', invalid);
        onlyMembers(wanted, databaseMembers, { path: 'DatabaseInput', invalid });
        catalog.createDatabase(fields(input, 'DatabaseInput'));
        return {};
      },
    },
    UpdateDatabase: {
      members: ['Name', 'DatabaseInput'],
      run: (input) => {
        const name = required(input, 'Name', invalid);
        const wanted = fields(input, 'DatabaseInput');
        required(wanted, 'Name', invalid);
        onlyMembers(wanted, databaseMembers, { path: 'DatabaseInput', invalid });
        if ((text(wanted, 'Name') ?? '').toLowerCase() !== name.toLowerCase())
          throw new AwsError(invalid, 'The name of a database cannot be changed.');
        catalog.updateDatabase(name, wanted);
        return {};
      },
    },
    DeleteDatabase: {
      members: ['Name'],
      run: (input) => {
        catalog.deleteDatabase(required(input, 'Name', invalid));
        return {};
      },
    },
  };
}

function tableOperations(catalog: CatalogStore): Record<string, Operation> {
  const database = (input: Fields): string => required(input, 'DatabaseName', invalid);
  return {
    GetTable: {
      members: ['DatabaseName', 'Name'],
      run: (input) => ({
        Table: catalog.table({ database: database(input), table: required(input, 'Name', invalid) })
          .definition,
      }),
    },
    GetTables: {
      members: ['DatabaseName', 'Expression', 'NextToken', 'MaxResults', 'AttributesToGet'],
      run: (input) => {
        const matches = namePattern(text(input, 'Expression'));
        const all = catalog.tables(database(input)).filter((table) => matches(text(table, 'Name') ?? ''));
        const { items, next } = pageOf(all, input, { default: 100, most: 100 });
        const wanted = texts(input, 'AttributesToGet');
        return {
          TableList: wanted.length === 0 ? items : items.map((table) => picked(table, wanted)),
          ...next,
        };
      },
    },
    CreateTable: {
      members: ['DatabaseName', 'TableInput', 'PartitionIndexes'],
      run: (input) => {
        const wanted = checkedTable(input);
        const indexes = checkedIndexes(wanted, objects(input, 'PartitionIndexes'));
        catalog.putTable(database(input), wanted, { replaces: false });
        const id = tableId({ database: database(input), table: text(wanted, 'Name') ?? '' });
        if (indexes.length > 0) catalog.extras.putIndexes(id, indexes);
        return {};
      },
    },
    UpdateTable: {
      members: ['DatabaseName', 'TableInput', 'SkipArchive', 'VersionId'],
      run: (input) => {
        const wanted = checkedTable(input);
        const table = required(wanted, 'Name', invalid);
        const current = text(catalog.table({ database: database(input), table }).definition, 'VersionId');
        const expected = text(input, 'VersionId');
        if (expected !== undefined && expected !== current) {
          throw new AwsError(
            'ConcurrentModificationException',
            `Table ${table} is at version ${current ?? ''}, not ${expected}.`,
          );
        }
        const archives = input['SkipArchive'] !== true;
        catalog.putTable(database(input), wanted, { replaces: true, archives });
        return {};
      },
    },
    DeleteTable: {
      members: ['DatabaseName', 'Name'],
      run: (input) => {
        catalog.deleteTable({ database: database(input), table: required(input, 'Name', invalid) });
        return {};
      },
    },
    BatchDeleteTable: {
      members: ['DatabaseName', 'TablesToDelete'],
      run: (input) => ({
        Errors: texts(input, 'TablesToDelete').flatMap((table) => {
          try {
            catalog.deleteTable({ database: database(input), table });
            return [];
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            return [
              { TableName: table, ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message } },
            ];
          }
        }),
      }),
    },
    SearchTables: {
      members: ['NextToken', 'Filters', 'SearchText', 'SortCriteria', 'MaxResults', 'ResourceShareType'],
      run: (input) => searchTables(catalog, input),
    },
  };
}

// Links to other databases and views of several dialects are not followed, so they are not taken either.
const databaseMembers = ['Name', 'Description', 'LocationUri', 'Parameters', 'CreateTableDefaultPermissions'];
const tableMembers = [
  'Name',
  'Description',
  'Owner',
  'LastAccessTime',
  'LastAnalyzedTime',
  'Retention',
  'StorageDescriptor',
  'PartitionKeys',
  'ViewOriginalText',
  'ViewExpandedText',
  'TableType',
  'Parameters',
];

function checkedTable(input: Fields): Fields {
  const wanted = fields(input, 'TableInput');
  required(wanted, 'Name', invalid);
  onlyMembers(wanted, tableMembers, { path: 'TableInput', invalid });
  checkedDescriptor(wanted, 'TableInput');
  return wanted;
}

// GetTables takes a pattern over the whole name: a regular expression in which Glue also reads `*` as anything.
function namePattern(expression: string | undefined): (name: string) => boolean {
  if (expression === undefined) return () => true;
  try {
    const pattern = new RegExp(`^(?:${expression.replace(/(?<![.)\]])\*/g, '.*')})$`, 'i');
    return (name) => pattern.test(name);
  } catch {
    throw new AwsError(invalid, `Expression ${expression} is no pattern.`);
  }
}

function picked(table: Fields, attributes: readonly string[]): Fields {
  const names = { NAME: 'Name', TABLE_TYPE: 'TableType' };
  const kept = new Set(
    attributes.flatMap((attribute) => (attribute in names ? [names[attribute as keyof typeof names]] : [])),
  );
  return Object.fromEntries(Object.entries(table).filter(([name]) => kept.has(name) || name === 'Name'));
}

function searchTables(catalog: CatalogStore, input: Fields): Fields {
  const shared = text(input, 'ResourceShareType');
  const words = (text(input, 'SearchText') ?? '')
    .toLowerCase()
    .replaceAll('"', '')
    .split(/\s+/)
    .filter(Boolean);
  const all =
    shared === 'FOREIGN'
      ? []
      : catalog.databases().flatMap((database) => catalog.tables(text(database, 'Name') ?? ''));
  for (const filter of objects(input, 'Filters')) {
    onlyMembers(filter, ['Key', 'Value', 'Comparator'], { path: 'Filters', invalid });
    const comparator = text(filter, 'Comparator') ?? 'EQUALS';
    if (comparator !== 'EQUALS' && comparator !== 'CONTAINS')
      throw new AwsError(invalid, `The local lake does not implement the Comparator ${comparator}.`);
  }
  const found = all.filter(
    (table) =>
      words.every((word) => searchable(table).includes(word)) &&
      objects(input, 'Filters').every((filter) => {
        const key = text(filter, 'Key') ?? '';
        const value = text(table, key) ?? text(fields(table, 'Parameters'), key) ?? '';
        const wanted = text(filter, 'Value') ?? '';
        if (text(filter, 'Comparator') === 'CONTAINS')
          return value.toLowerCase().includes(wanted.toLowerCase());
        return value.toLowerCase() === wanted.toLowerCase();
      }),
  );
  for (const { FieldName = 'Name', Sort = 'ASC' } of objects(input, 'SortCriteria').toReversed()) {
    const sign = Sort === 'DESC' ? -1 : 1;
    found.sort((a, b) => sign * (sortKey(a, FieldName) < sortKey(b, FieldName) ? -1 : 1));
  }
  const { items, next } = pageOf(found, input, { default: 100, most: 1000 });
  return { TableList: items, ...next };
}

function sortKey(table: Fields, name: unknown): string {
  const value = table[String(name)];
  return typeof value === 'number' ? String(value).padStart(20, '0') : typeof value === 'string' ? value : '';
}

function searchable(table: Fields): string {
  const columns = [
    ...objects(fields(table, 'StorageDescriptor'), 'Columns'),
    ...objects(table, 'PartitionKeys'),
  ];
  return [table['Name'], table['Description'], ...columns.flatMap(({ Name, Comment }) => [Name, Comment])]
    .filter((part) => typeof part === 'string')
    .join(' ')
    .toLowerCase();
}
