import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as Athena from '@aws-sdk/client-athena';
import * as Glue from '@aws-sdk/client-glue';
import * as STS from '@aws-sdk/client-sts';
import { startLake, type TestLake } from '../support/localLake';
import { inputMembers } from './schema';

type Members = readonly string[];
type Library = Readonly<Record<string, unknown>>;

const page = ['NextToken', 'MaxResults'];
const table = ['CatalogId', 'DatabaseName', 'TableName'];

// What the local lake honours of each operation; every other member of the SDK's schema is refused by name.
const honoured: Readonly<Record<string, Readonly<Record<string, Members>>>> = {
  AmazonAthena: {
    StartQueryExecution: [
      'QueryString',
      'ClientRequestToken',
      'QueryExecutionContext',
      'ResultConfiguration',
      'WorkGroup',
      'ExecutionParameters',
      'ResultReuseConfiguration',
    ],
    GetQueryExecution: ['QueryExecutionId'],
    BatchGetQueryExecution: ['QueryExecutionIds'],
    StopQueryExecution: ['QueryExecutionId'],
    ListQueryExecutions: [...page, 'WorkGroup'],
    GetQueryResults: ['QueryExecutionId', ...page, 'QueryResultType'],
    GetQueryRuntimeStatistics: ['QueryExecutionId'],
    ListWorkGroups: page,
    GetWorkGroup: ['WorkGroup'],
    CreateWorkGroup: ['Name', 'Configuration', 'Description'],
    ListDataCatalogs: page,
    GetDataCatalog: ['Name'],
    ListDatabases: ['CatalogName', ...page],
    ListTableMetadata: ['CatalogName', 'DatabaseName', 'Expression', ...page],
    GetTableMetadata: ['CatalogName', 'DatabaseName', 'TableName'],
  },
  AWSGlue: {
    GetDatabases: ['CatalogId', ...page, 'ResourceShareType', 'AttributesToGet'],
    GetDatabase: ['CatalogId', 'Name'],
    CreateDatabase: ['CatalogId', 'DatabaseInput'],
    UpdateDatabase: ['CatalogId', 'Name', 'DatabaseInput'],
    DeleteDatabase: ['CatalogId', 'Name'],
    GetCatalogs: [...page, 'ParentCatalogId', 'Recursive', 'IncludeRoot'],
    GetCatalog: ['CatalogId'],
    GetTableVersions: [...table, ...page, 'AuditContext'],
    GetTableVersion: [...table, 'VersionId', 'AuditContext'],
    DeleteTableVersion: [...table, 'VersionId'],
    BatchDeleteTableVersion: [...table, 'VersionIds'],
    CreatePartitionIndex: [...table, 'PartitionIndex'],
    GetPartitionIndexes: [...table, 'NextToken'],
    DeletePartitionIndex: [...table, 'IndexName'],
    GetColumnStatisticsForTable: [...table, 'ColumnNames'],
    UpdateColumnStatisticsForTable: [...table, 'ColumnStatisticsList'],
    DeleteColumnStatisticsForTable: [...table, 'ColumnName'],
    GetColumnStatisticsForPartition: [...table, 'PartitionValues', 'ColumnNames'],
    UpdateColumnStatisticsForPartition: [...table, 'PartitionValues', 'ColumnStatisticsList'],
    DeleteColumnStatisticsForPartition: [...table, 'PartitionValues', 'ColumnName'],
    GetTable: ['CatalogId', 'DatabaseName', 'Name'],
    GetTables: ['CatalogId', 'DatabaseName', 'Expression', ...page, 'AttributesToGet'],
    CreateTable: ['CatalogId', 'DatabaseName', 'TableInput', 'PartitionIndexes'],
    UpdateTable: ['CatalogId', 'DatabaseName', 'TableInput', 'SkipArchive', 'VersionId'],
    DeleteTable: ['CatalogId', 'DatabaseName', 'Name'],
    BatchDeleteTable: ['CatalogId', 'DatabaseName', 'TablesToDelete'],
    SearchTables: ['CatalogId', ...page, 'Filters', 'SearchText', 'SortCriteria', 'ResourceShareType'],
    GetPartition: [...table, 'PartitionValues', 'AuditContext'],
    GetPartitions: [...table, 'Expression', 'Segment', ...page, 'ExcludeColumnSchema'],
    BatchGetPartition: [...table, 'PartitionsToGet', 'AuditContext'],
    CreatePartition: [...table, 'PartitionInput'],
    BatchCreatePartition: [...table, 'PartitionInputList'],
    UpdatePartition: [...table, 'PartitionValueList', 'PartitionInput'],
    BatchUpdatePartition: [...table, 'Entries'],
    DeletePartition: [...table, 'PartitionValues'],
    BatchDeletePartition: [...table, 'PartitionsToDelete'],
  },
  '': {
    GetCallerIdentity: [],
    AssumeRole: ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'ExternalId'],
  },
};

const libraries: Readonly<Record<string, Library>> = { AmazonAthena: Athena, AWSGlue: Glue, '': STS };

const catalogTable = { DatabaseName: 'centralbank_data', TableName: 'customer_transactions' };
const descriptor = [
  'Columns',
  'Location',
  'InputFormat',
  'OutputFormat',
  'Compressed',
  'NumberOfBuckets',
  'SerdeInfo',
  'BucketColumns',
  'SortColumns',
  'Parameters',
  'SkewedInfo',
  'StoredAsSubDirectories',
];
const partition = ['Values', 'LastAccessTime', 'StorageDescriptor', 'Parameters', 'LastAnalyzedTime'];

/** What is honoured inside the members that are structures: the rest of a call, and how the structure gets into it. */
const nested: readonly {
  readonly operation: readonly [target: string, name: string];
  readonly structure: string;
  readonly honoured: Members;
  readonly call: (structure: object) => object;
}[] = [
  {
    operation: ['AmazonAthena', 'StartQueryExecution'],
    structure: 'ResultConfiguration',
    honoured: ['OutputLocation'],
    call: (ResultConfiguration) => ({ QueryString: 'select 1', ResultConfiguration }),
  },
  {
    operation: ['AmazonAthena', 'StartQueryExecution'],
    structure: 'QueryExecutionContext',
    honoured: ['Database', 'Catalog'],
    call: (QueryExecutionContext) => ({ QueryString: 'select 1', QueryExecutionContext }),
  },
  {
    operation: ['AmazonAthena', 'StartQueryExecution'],
    structure: 'ResultReuseByAgeConfiguration',
    honoured: ['Enabled', 'MaxAgeInMinutes'],
    call: (ResultReuseByAgeConfiguration) => ({
      QueryString: 'select 1',
      ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/members/' },
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration },
    }),
  },
  {
    operation: ['AmazonAthena', 'CreateWorkGroup'],
    structure: 'WorkGroupConfiguration',
    honoured: [
      'ResultConfiguration',
      'EnforceWorkGroupConfiguration',
      'BytesScannedCutoffPerQuery',
      'PublishCloudWatchMetricsEnabled',
      'RequesterPaysEnabled',
      'EngineVersion',
    ],
    call: (Configuration) => ({ Name: `group-${Object.keys(Configuration).join()}`, Configuration }),
  },
  {
    operation: ['AWSGlue', 'CreateDatabase'],
    structure: 'DatabaseInput',
    honoured: ['Name', 'Description', 'LocationUri', 'Parameters', 'CreateTableDefaultPermissions'],
    call: (input) => ({ DatabaseInput: { Name: `members_${Object.keys(input).join()}`, ...input } }),
  },
  {
    operation: ['AWSGlue', 'CreateTable'],
    structure: 'TableInput',
    honoured: [
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
    ],
    call: (input) => ({
      DatabaseName: 'centralbank_data',
      TableInput: { Name: `members_${Object.keys(input).join()}`, ...input },
    }),
  },
  {
    operation: ['AWSGlue', 'UpdateTable'],
    structure: 'StorageDescriptor',
    honoured: descriptor,
    call: (StorageDescriptor) => ({
      DatabaseName: 'centralbank_data',
      TableInput: { Name: 'ledger_entries', StorageDescriptor },
    }),
  },
  {
    operation: ['AWSGlue', 'GetPartitions'],
    structure: 'Segment',
    honoured: ['SegmentNumber', 'TotalSegments'],
    call: (Segment) => ({ ...catalogTable, Segment }),
  },
  {
    operation: ['AWSGlue', 'SearchTables'],
    structure: 'PropertyPredicate',
    honoured: ['Key', 'Value', 'Comparator'],
    call: (filter) => ({ Filters: [filter] }),
  },
  ...['CreatePartition', 'UpdatePartition'].flatMap((name) => [
    {
      operation: ['AWSGlue', name] as const,
      structure: 'PartitionInput',
      honoured: partition,
      call: (PartitionInput: object) => ({ ...catalogTable, PartitionInput }),
    },
    {
      operation: ['AWSGlue', name] as const,
      structure: 'StorageDescriptor',
      honoured: descriptor,
      call: (StorageDescriptor: object) => ({ ...catalogTable, PartitionInput: { StorageDescriptor } }),
    },
  ]),
  {
    operation: ['AWSGlue', 'BatchCreatePartition'],
    structure: 'PartitionInput',
    honoured: partition,
    call: (input) => ({ ...catalogTable, PartitionInputList: [input] }),
  },
  {
    operation: ['AWSGlue', 'CreatePartitionIndex'],
    structure: 'PartitionIndex',
    honoured: ['Keys', 'IndexName'],
    call: (PartitionIndex) => ({ ...catalogTable, PartitionIndex }),
  },
  {
    operation: ['AWSGlue', 'UpdateColumnStatisticsForTable'],
    structure: 'ColumnStatistics',
    honoured: ['ColumnName', 'ColumnType', 'AnalyzedTime', 'StatisticsData'],
    call: (statistics) => ({ ...catalogTable, ColumnStatisticsList: [statistics] }),
  },
  {
    operation: ['AWSGlue', 'BatchUpdatePartition'],
    structure: 'PartitionInput',
    honoured: partition,
    call: (PartitionInput) => ({ ...catalogTable, Entries: [{ PartitionValueList: [], PartitionInput }] }),
  },
];

describe('each member of an input is honoured or refused by name', () => {
  let lake: TestLake;
  before(async () => {
    lake = await startLake();
  });
  after(() => lake.stop());

  /** The text of the answer. */
  async function ask(target: string, name: string, input: object): Promise<string> {
    const form = new URLSearchParams({ Action: name, Version: '2011-06-15', ...input });
    const call =
      target === ''
        ? { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() }
        : { headers: { 'x-amz-target': `${target}.${name}` }, body: JSON.stringify(input) };
    const answer = await fetch(lake.endpoint, { method: 'POST', ...call });
    return answer.text();
  }

  for (const [target, operations] of Object.entries(honoured)) {
    for (const [name, members] of Object.entries(operations)) {
      const all = inputMembers(libraries[target]?.[`${name}$`]);
      test(`${target || 'STS'}.${name}: ${members.length} of ${all.length} members`, async () => {
        assert.deepEqual(
          members.filter((member) => !all.includes(member)),
          [],
          'the SDK knows every member that is honoured',
        );
        for (const member of all) {
          const answer = await ask(target, name, { [member]: '' });
          const refused = answer.includes(`does not implement the member ${member} of ${name}.`);
          assert.equal(refused, !members.includes(member), `${member}: ${answer}`);
        }
      });
    }
  }

  for (const { operation, structure, honoured: members, call } of nested) {
    const [target, name] = operation;
    test(`${name}, inside ${structure}: ${members.length} members`, async () => {
      const all = structureMembers(libraries[target]?.[`${structure}$`]);
      assert.deepEqual(
        members.filter((member) => !all.includes(member)),
        [],
      );
      for (const member of all) {
        const answer = await ask(target, name, call({ [member]: '' }));
        const refused = /does not implement the member [\w.]+\.(\w+)\./.exec(answer)?.[1];
        assert.equal(refused, members.includes(member) ? undefined : member, answer);
      }
    });
  }

  test('no operation of the four services is missing from this list', async () => {
    const names = Object.values(honoured).flatMap((operations) => Object.keys(operations));
    for (const [target, library] of Object.entries(libraries)) {
      // Jobs and crawlers have lists of their own.
      const others = Object.keys(library)
        .filter((name) => /^[A-Z]\w+Command$/.test(name))
        .map((name) => name.replace(/Command$/, ''))
        .filter((name) => !names.includes(name) && !/Job|Crawl/.test(name));
      for (const name of others) {
        const answer = await ask(target, name, {});
        assert.match(answer, new RegExp(`does not implement (the service of|\\w+) ${name}\\.`), name);
      }
    }
  });
});

/** The member names of a structure. */
function structureMembers(structure: unknown): Members {
  return (structure as readonly unknown[])[4] as Members;
}
