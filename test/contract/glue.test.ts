import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as Athena from '@aws-sdk/client-athena';
import * as Glue from '@aws-sdk/client-glue';
import { glueService } from '../../src/locallake/services/glue';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';
import { schemaFaults } from './schema';

const DatabaseName = 'centralbank_data';
const TableName = 'customer_transactions';

describe('Glue on the local lake', () => {
  let lake: TestLake;
  let glue: Glue.GlueClient;
  before(async () => {
    lake = await startLake();
    glue = clientsOf(lake).glue;
  });
  after(() => lake.stop());

  test('partitions are filtered by number keys as numbers, in segments and pages', async () => {
    const values = async (more: Partial<Glue.GetPartitionsCommandInput>) =>
      (await glue.send(new Glue.GetPartitionsCommand({ DatabaseName, TableName, ...more }))).Partitions?.map(
        ({ Values }) => Values?.join('-'),
      ) ?? [];
    assert.deepEqual(await values({ Expression: 'year = 2024 AND month = 2' }), ['2024-02-29']);
    assert.deepEqual(
      await values({ Expression: "(month IN (11, 12) AND day BETWEEN 1 AND 2) AND NOT year = '2022'" }),
      ['2024-11-01', '2024-11-02', '2024-12-01', '2024-12-02'],
    );
    const all = await values({});
    const halves = await Promise.all(
      [0, 1].map((SegmentNumber) => values({ Segment: { SegmentNumber, TotalSegments: 2 } })),
    );
    assert.deepEqual(halves.flat().sort(), all.toSorted());
    const page = await glue.send(
      new Glue.GetPartitionsCommand({ DatabaseName, TableName, MaxResults: 7, ExcludeColumnSchema: true }),
    );
    assert.deepEqual(
      [page.Partitions?.length, page.Partitions?.[0]?.StorageDescriptor?.Columns, typeof page.NextToken],
      [7, undefined, 'string'],
    );
    await assert.rejects(values({ Expression: 'nope = 1' }), { name: 'InvalidInputException' });
  });

  test('batches say what went wrong with each partition', async () => {
    const input = (day: string) => ({
      Values: ['2024', '12', day],
      StorageDescriptor: { Location: `s3://centralbank-data-lake/x/${day}/` },
    });
    const { Errors } = await glue.send(
      new Glue.BatchCreatePartitionCommand({
        DatabaseName,
        TableName,
        PartitionInputList: [input('28'), input('29')],
      }),
    );
    assert.deepEqual(
      Errors?.map(({ PartitionValues, ErrorDetail }) => [PartitionValues?.[2], ErrorDetail?.ErrorCode]),
      [['28', 'AlreadyExistsException']],
    );
    const many = Array.from({ length: 26 }, (_, at) => ({ Values: ['2024', '1', String(at)] }));
    await assert.rejects(
      glue.send(new Glue.BatchDeletePartitionCommand({ DatabaseName, TableName, PartitionsToDelete: many })),
      { name: 'ValidationException' },
    );
  });

  test('what is not there is named, and what is not implemented too', async () => {
    await assert.rejects(glue.send(new Glue.GetTableCommand({ DatabaseName, Name: 'nope' })), {
      name: 'EntityNotFoundException',
    });
    await assert.rejects(glue.send(new Glue.GetTriggersCommand({})), {
      name: 'UnknownOperationException',
      message: /GetTriggers/,
    });
    await assert.rejects(
      glue.send(new Glue.GetTableCommand({ DatabaseName, Name: 'customers', QueryAsOfTime: new Date(0) })),
      { message: /QueryAsOfTime/ },
    );
  });

  test('a hundred thousand made-up partitions are paged', async () => {
    await lake.synthetic({
      partitions: [{ database: DatabaseName, table: 'card_payments', count: 100_000 }],
    });
    const page = await glue.send(
      new Glue.GetPartitionsCommand({ DatabaseName, TableName: 'card_payments', Expression: "dt = '99999'" }),
    );
    assert.equal(page.Partitions?.length, 1);
    await lake.synthetic({});
  });

  const asked: readonly (readonly [
    library: Record<string, unknown>,
    target: string,
    name: string,
    input: unknown,
  ])[] = [
    [Glue, 'AWSGlue', 'GetDatabases', {}],
    [Glue, 'AWSGlue', 'GetTables', { DatabaseName }],
    [Glue, 'AWSGlue', 'GetTable', { DatabaseName, Name: 'customer_360' }],
    [Glue, 'AWSGlue', 'GetPartitions', { DatabaseName, TableName }],
    [Glue, 'AWSGlue', 'SearchTables', { SearchText: 'customer' }],
    [Athena, 'AmazonAthena', 'ListWorkGroups', {}],
    [Athena, 'AmazonAthena', 'GetWorkGroup', { WorkGroup: 'primary' }],
    [Athena, 'AmazonAthena', 'ListDataCatalogs', {}],
    [Athena, 'AmazonAthena', 'ListDatabases', { CatalogName: 'AwsDataCatalog' }],
    [Athena, 'AmazonAthena', 'ListTableMetadata', { CatalogName: 'AwsDataCatalog', DatabaseName }],
  ];
  for (const [library, target, name, input] of asked) {
    test(`the answer of ${name} has the shape that the SDK's schema says`, async () => {
      const answer = await fetch(lake.endpoint, {
        method: 'POST',
        headers: {
          'x-amz-target': `${target}.${name}`,
          // Nothing here is signed; other servers find the service by the scope of the credential.
          authorization: `AWS4-HMAC-SHA256 Credential=ANY/20260101/us-east-1/${target.replace(/^AWS|^Amazon/, '').toLowerCase()}/aws4_request`,
        },
        body: JSON.stringify(input),
      });
      assert.equal(answer.status, 200);
      assert.deepEqual(schemaFaults(library[`${name}$`], await answer.json()), []);
    });
  }
});

test('every member an operation of Glue honours is one of its input in the SDK', async () => {
  const { CatalogStore } = await import('../../src/locallake/store/catalogStore');
  const { SyntheticPartitions } = await import('../../src/locallake/faults/syntheticPartitions');
  const nothing = { all: () => new Map(), put: () => {}, remove: () => {}, close: () => {} };
  const service = glueService(new CatalogStore(nothing, new SyntheticPartitions()));
  const { inputMembers } = await import('./schema');
  for (const [name, { members }] of Object.entries(service.operations)) {
    const real = inputMembers((Glue as Record<string, unknown>)[`${name}$`]);
    assert.deepEqual(
      members.filter((member) => !real.includes(member)),
      [],
      name,
    );
  }
});
