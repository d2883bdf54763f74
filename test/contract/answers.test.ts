import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as Athena from '@aws-sdk/client-athena';
import * as Glue from '@aws-sdk/client-glue';
import * as S3 from '@aws-sdk/client-s3';
import * as STS from '@aws-sdk/client-sts';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf, runQuery } from './clients';
import { schemaFaults } from './schema';
import { headerFaults, xmlFaults } from './xmlSchema';

const DatabaseName = 'centralbank_data';
const TableName = 'customer_transactions';
const output = { ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/answers/' } };
const libraries = { AmazonAthena: Athena, AWSGlue: Glue } as const;
type Target = keyof typeof libraries;

describe('every answer that the product reads has the shape of the SDK', () => {
  let lake: TestLake;
  let clients: ReturnType<typeof clientsOf>;
  before(async () => {
    lake = await startLake();
    clients = clientsOf(lake);
  });
  after(() => lake.stop());

  /** Asks as a client does and checks the whole answer against the schema, what clients would drop included. */
  async function ask(
    target: Target,
    name: string,
    input: object,
  ): Promise<Readonly<Record<string, unknown>>> {
    const response = await fetch(lake.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': `${target}.${name}` },
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as Readonly<Record<string, unknown>>;
    assert.equal(response.status, 200, JSON.stringify(answer));
    const library = libraries[target] as unknown as Readonly<Record<string, unknown>>;
    assert.deepEqual(schemaFaults(library[`${name}$`], answer), [], name);
    return answer;
  }

  const statements: readonly (readonly [what: string, sql: string, state: string])[] = [
    [
      'a query',
      "select 1 as n, cast(null as varchar) as nothing, '' as empty, array[1] as list",
      'SUCCEEDED',
    ],
    ['a query without rows', 'select * from customers where false', 'SUCCEEDED'],
    ['SHOW PARTITIONS', `show partitions ${TableName}`, 'SUCCEEDED'],
    ['DESCRIBE', 'describe customers', 'SUCCEEDED'],
    ['SHOW CREATE TABLE', `show create table ${TableName}`, 'SUCCEEDED'],
    ['EXPLAIN', 'explain select 1', 'SUCCEEDED'],
    ['CREATE TABLE AS', 'create table answers_made as select 1 as n', 'SUCCEEDED'],
    ['DROP TABLE', 'drop table if exists answers_missing', 'SUCCEEDED'],
    ['a query that fails', 'select nope from customers', 'FAILED'],
  ];
  for (const [what, sql, state] of statements) {
    test(`Athena: ${what}, from its start to its result`, async () => {
      const start = { QueryString: sql, QueryExecutionContext: { Database: DatabaseName }, ...output };
      const { QueryExecutionId } = await ask('AmazonAthena', 'StartQueryExecution', start);
      const states = new Set<string>();
      for (;;) {
        const answer = await ask('AmazonAthena', 'GetQueryExecution', { QueryExecutionId });
        const { Status } = answer['QueryExecution'] as { readonly Status: { readonly State: string } };
        states.add(Status.State);
        if (Status.State !== 'QUEUED' && Status.State !== 'RUNNING') break;
      }
      assert.ok(states.has(state), [...states].join());
      await ask('AmazonAthena', 'GetQueryRuntimeStatistics', { QueryExecutionId });
      if (state === 'SUCCEEDED') await ask('AmazonAthena', 'GetQueryResults', { QueryExecutionId });
    });
  }

  test('Athena: a query that is stopped, and the lists around queries', async () => {
    const sql = 'select count(*) from ledger_entries a cross join ledger_entries b where a.rate + b.rate > 3';
    const start = { QueryString: sql, QueryExecutionContext: { Database: DatabaseName }, ...output };
    const { QueryExecutionId } = await ask('AmazonAthena', 'StartQueryExecution', start);
    await ask('AmazonAthena', 'GetQueryExecution', { QueryExecutionId });
    await ask('AmazonAthena', 'StopQueryExecution', { QueryExecutionId });
    const { QueryExecution } = await ask('AmazonAthena', 'GetQueryExecution', { QueryExecutionId });
    assert.equal((QueryExecution as Athena.QueryExecution).Status?.State, 'CANCELLED');
    const ids = { QueryExecutionIds: [QueryExecutionId, 'none'] };
    await ask('AmazonAthena', 'BatchGetQueryExecution', ids);
    await ask('AmazonAthena', 'ListQueryExecutions', { MaxResults: 2 });
  });

  test('Athena: a page of a result, and the next', async () => {
    const { QueryExecutionId } = await runQuery(
      clients.athena,
      'select entry_id, rate from ledger_entries limit 9',
    );
    const first = await ask('AmazonAthena', 'GetQueryResults', { QueryExecutionId, MaxResults: 4 });
    const { NextToken } = first;
    assert.equal(typeof NextToken, 'string');
    await ask('AmazonAthena', 'GetQueryResults', { QueryExecutionId, MaxResults: 4, NextToken });
  });

  test('Athena: work groups, with and without what they may have', async () => {
    await ask('AmazonAthena', 'CreateWorkGroup', {
      Name: 'analysts',
      Description: 'Those who ask',
      Configuration: {
        ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/analysts/' },
        BytesScannedCutoffPerQuery: 10_000_000,
      },
    });
    for (const WorkGroup of ['primary', 'analysts']) await ask('AmazonAthena', 'GetWorkGroup', { WorkGroup });
    const { WorkGroups } = await ask('AmazonAthena', 'ListWorkGroups', {});
    assert.equal((WorkGroups as readonly unknown[]).length, 2);
  });

  const catalogName = { CatalogName: 'AwsDataCatalog' };
  const asked: readonly (readonly [target: Target, name: string, input: object])[] = [
    ['AmazonAthena', 'ListDataCatalogs', {}],
    ['AmazonAthena', 'ListDatabases', catalogName],
    ['AmazonAthena', 'ListTableMetadata', { ...catalogName, DatabaseName }],
    ['AmazonAthena', 'GetTableMetadata', { ...catalogName, DatabaseName, TableName }],
    ['AmazonAthena', 'GetDataCatalog', { Name: 'AwsDataCatalog' }],
    ['AWSGlue', 'GetCatalogs', { IncludeRoot: true }],
    ['AWSGlue', 'GetCatalog', {}],
    ['AWSGlue', 'GetTableVersions', { DatabaseName, TableName }],
    ['AWSGlue', 'GetTableVersion', { DatabaseName, TableName }],
    ['AWSGlue', 'GetPartitionIndexes', { DatabaseName, TableName }],
    ['AWSGlue', 'GetColumnStatisticsForTable', { DatabaseName, TableName, ColumnNames: ['a'] }],
    ['AWSGlue', 'BatchGetCrawlers', { CrawlerNames: ['banking-data-crawler', 'none'] }],
    ['AWSGlue', 'GetDatabases', {}],
    ['AWSGlue', 'GetDatabases', { AttributesToGet: ['NAME'], MaxResults: 1 }],
    ['AWSGlue', 'GetDatabase', { Name: DatabaseName }],
    ['AWSGlue', 'GetTables', { DatabaseName }],
    ['AWSGlue', 'GetTables', { DatabaseName, MaxResults: 2, AttributesToGet: ['NAME', 'TABLE_TYPE'] }],
    ['AWSGlue', 'SearchTables', { SearchText: 'customer' }],
    ['AWSGlue', 'GetPartitions', { DatabaseName, TableName }],
    ['AWSGlue', 'GetPartitions', { DatabaseName, TableName, ExcludeColumnSchema: true, MaxResults: 3 }],
    ['AWSGlue', 'GetPartition', { DatabaseName, TableName, PartitionValues: ['2024', '12', '05'] }],
    [
      'AWSGlue',
      'BatchGetPartition',
      {
        DatabaseName,
        TableName,
        PartitionsToGet: [{ Values: ['2024', '12', '05'] }, { Values: ['1', '1', '1'] }],
      },
    ],
    ['AWSGlue', 'CreateDatabase', { DatabaseInput: { Name: 'answers' } }],
    ['AWSGlue', 'CreateTable', { DatabaseName: 'answers', TableInput: { Name: 'one' } }],
    ['AWSGlue', 'UpdateTable', { DatabaseName: 'answers', TableInput: { Name: 'one' }, SkipArchive: true }],
    ['AWSGlue', 'GetTable', { DatabaseName: 'answers', Name: 'one' }],
    ['AWSGlue', 'BatchDeleteTable', { DatabaseName: 'answers', TablesToDelete: ['one', 'none'] }],
    ['AWSGlue', 'DeleteDatabase', { Name: 'answers' }],
  ];
  for (const [target, name, input] of asked) {
    test(`${target}: ${name} ${JSON.stringify(input).slice(0, 90)}`, async () =>
      void (await ask(target, name, input)));
  }

  test('Glue: each table of the demo lake, and partitions made, changed and removed with their errors', async () => {
    const { TableList } = await ask('AWSGlue', 'GetTables', { DatabaseName });
    for (const { Name } of TableList as readonly Glue.Table[])
      await ask('AWSGlue', 'GetTable', { DatabaseName, Name });
    const of = { DatabaseName, TableName };
    const partition = (day: string) => ({
      Values: ['2031', '01', day],
      StorageDescriptor: { Location: 's3://b/x/' },
    });
    const made = await ask('AWSGlue', 'BatchCreatePartition', {
      ...of,
      PartitionInputList: [partition('01'), partition('01')],
    });
    assert.equal((made['Errors'] as readonly unknown[]).length, 1);
    const changed = await ask('AWSGlue', 'BatchUpdatePartition', {
      ...of,
      Entries: ['01', '02'].map((day) => ({
        PartitionValueList: ['2031', '01', day],
        PartitionInput: partition(day),
      })),
    });
    assert.equal((changed['Errors'] as readonly unknown[]).length, 1);
    const removed = await ask('AWSGlue', 'BatchDeletePartition', {
      ...of,
      PartitionsToDelete: ['01', '02'].map((day) => ({ Values: ['2031', '01', day] })),
    });
    assert.equal((removed['Errors'] as readonly unknown[]).length, 1);
  });

  const listings = [
    '/?x-id=ListBuckets',
    '/?max-buckets=1&prefix=central',
    '/centralbank-data-lake?list-type=2',
    '/centralbank-data-lake?list-type=2&delimiter=/&prefix=processed/&max-keys=2&encoding-type=url',
    '/centralbank-data-lake?list-type=2&start-after=processed/&fetch-owner=true&max-keys=3',
    '/centralbank-data-lake?list-type=2&prefix=no-such-prefix/',
  ];
  for (const path of listings) {
    test(`S3: ${path}`, async () => {
      const response = await fetch(`${lake.endpoint}${path}`);
      assert.equal(response.status, 200);
      const operation = path.startsWith('/?') ? S3.ListBuckets$ : S3.ListObjectsV2$;
      assert.deepEqual(xmlFaults(operation, await response.text()), []);
      assert.deepEqual(headerFaults(operation, response.headers), []);
    });
  }

  test('S3: the headers of an object, whole, in part, and unchanged', async () => {
    const url = `${lake.endpoint}/centralbank-data-lake/answers.txt`;
    const put = await fetch(url, {
      method: 'PUT',
      body: 'hello',
      headers: {
        'content-type': 'text/plain',
        'x-amz-meta-colour': 'blue',
        'x-amz-storage-class': 'STANDARD_IA',
      },
    });
    assert.deepEqual(headerFaults(S3.PutObject$, put.headers), []);
    const etag = put.headers.get('etag') ?? '';
    const cases = [
      { status: 200, headers: {} },
      { status: 206, headers: { range: 'bytes=1-2' } },
      { status: 304, headers: { 'if-none-match': etag } },
    ];
    for (const { status, headers } of cases) {
      for (const method of ['GET', 'HEAD']) {
        const response = await fetch(url, { method, headers });
        assert.equal(response.status, status, method);
        const operation = method === 'GET' ? S3.GetObject$ : S3.HeadObject$;
        assert.deepEqual(headerFaults(operation, response.headers), [], `${method} ${status}`);
      }
    }
    await fetch(url, { method: 'DELETE' });
  });

  test('STS: who one is, and a role', async () => {
    const askSts = async (input: Readonly<Record<string, string>>): Promise<string> => {
      const body = new URLSearchParams({ Version: '2011-06-15', ...input });
      return (await fetch(lake.endpoint, { method: 'POST', body })).text();
    };
    const caller = await askSts({ Action: 'GetCallerIdentity' });
    assert.deepEqual(xmlFaults(STS.GetCallerIdentity$, caller, { wrapped: 'GetCallerIdentity' }), []);
    const role = await askSts({
      Action: 'AssumeRole',
      RoleArn: 'arn:aws:iam::111122223333:role/analyst',
      RoleSessionName: 'me',
    });
    assert.deepEqual(xmlFaults(STS.AssumeRole$, role, { wrapped: 'AssumeRole' }), []);
  });
});

test('the checks find what does not fit', () => {
  const wrong = {
    QueryExecution: { QueryExecutionId: 1, Nope: 'x', Status: { SubmissionDateTime: Date.now() } },
  };
  assert.deepEqual(schemaFaults(Athena.GetQueryExecution$, wrong), [
    'answer.QueryExecution.Nope is not in the schema',
    'answer.QueryExecution.QueryExecutionId is a number, not a string',
    'answer.QueryExecution.Status.SubmissionDateTime is in milliseconds, not in seconds',
  ]);
  const listing =
    '<ListBucketResult><KeyCount>many</KeyCount><Contents><Keys>a</Keys></Contents></ListBucketResult>';
  assert.deepEqual(xmlFaults(S3.ListObjectsV2$, listing), [
    'answer.Contents.Keys is not in the schema',
    'answer.KeyCount is many',
  ]);
  assert.deepEqual(headerFaults(S3.HeadObject$, new Headers({ 'x-amz-nope': '1', 'last-modified': 'now' })), [
    'last-modified is now',
    'the header x-amz-nope is not in the schema',
  ]);
});
