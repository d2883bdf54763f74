import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  CreateCrawlerCommand,
  type CreateCrawlerCommandInput,
  DeleteCrawlerCommand,
  GetCrawlerCommand,
  GetCrawlerMetricsCommand,
  GetCrawlersCommand,
  GetPartitionIndexesCommand,
  GetPartitionsCommand,
  GetTableCommand,
  ListCrawlersCommand,
  ListCrawlsCommand,
  StartCrawlerCommand,
  StopCrawlerCommand,
  UpdateCrawlerCommand,
} from '@aws-sdk/client-glue';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { linesOf, type PipelineClients, pipelineClients, until } from './pipelineClients';

const bucket = 'centralbank-data-lake';

describe('Glue crawlers on the local lake', () => {
  let lake: TestLake;
  let clients: PipelineClients;
  const put = async (Key: string, Body: string): Promise<void> => {
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  };
  const create = async (
    Name: string,
    prefix: string,
    more: Partial<CreateCrawlerCommandInput> = {},
  ): Promise<void> => {
    const Targets = { S3Targets: [{ Path: `s3://${bucket}/${prefix}` }] };
    await clients.glue.send(
      new CreateCrawlerCommand({ Name, Role: 'r', DatabaseName: 'centralbank_data', Targets, ...more }),
    );
  };
  const crawl = async (
    Name: string,
  ): Promise<Record<string, Record<string, { Details: string; Count: number }>>> => {
    await clients.glue.send(new StartCrawlerCommand({ Name }));
    await until(
      () => clients.glue.send(new GetCrawlerCommand({ Name })),
      ({ Crawler }) => Crawler?.State === 'READY',
    );
    const { Crawls = [] } = await clients.glue.send(
      new ListCrawlsCommand({ CrawlerName: Name, MaxResults: 1 }),
    );
    assert.equal(Crawls[0]?.State, 'COMPLETED', Crawls[0]?.ErrorMessage);
    const kinds = JSON.parse(Crawls[0]?.Summary ?? '') as Record<string, string>;
    return Object.fromEntries(
      Object.entries(kinds).map(([kind, inner]) => [
        kind,
        JSON.parse(inner) as Record<string, { Details: string; Count: number }>,
      ]),
    );
  };
  const values = async (TableName: string): Promise<readonly string[]> => {
    const { Partitions = [] } = await clients.glue.send(
      new GetPartitionsCommand({ DatabaseName: 'centralbank_data', TableName }),
    );
    return Partitions.map(({ Values = [] }) => Values.join('/')).toSorted();
  };
  const table = async (Name: string) =>
    (await clients.glue.send(new GetTableCommand({ DatabaseName: 'centralbank_data', Name }))).Table;
  before(async () => {
    lake = await startLake();
    clients = pipelineClients(lake);
  });
  after(() => lake.stop());

  test('the demo crawler adds the partitions that S3 has and the catalog lacks, and no other', async () => {
    const earlier = await values('customer_transactions');
    const summary = await crawl('banking-data-crawler');
    assert.equal(summary['PARTITION']?.['ADD']?.Count, 3);
    const added = (await values('customer_transactions')).filter((each) => !earlier.includes(each));
    assert.deepEqual(added, ['2024/12/29', '2024/12/30', '2024/12/31']);
    assert.deepEqual(await crawl('banking-data-crawler'), {});
    const { Crawler } = await clients.glue.send(new GetCrawlerCommand({ Name: 'banking-data-crawler' }));
    assert.deepEqual(
      [Crawler?.LastCrawl?.Status, Crawler?.LastCrawl?.LogGroup, Crawler?.LastCrawl?.LogStream],
      ['SUCCEEDED', '/aws-glue/crawlers', 'banking-data-crawler'],
    );
    const lines = await linesOf(clients, '/aws-glue/crawlers', 'banking-data-crawler');
    assert.ok(
      lines.some((line) =>
        line.endsWith(
          'Created partition with values [2024, 12, 31] for table customer_transactions in database centralbank_data',
        ),
      ),
    );
  });

  test('a table is inferred from CSV with its types and keys, names without a key included', async () => {
    for (const day of ['dt=2024-01-01/eu', 'dt=2024-01-02/eu%20west'])
      await put(`crawl/sales/${day}/a.csv`, 'Id,Amount,Note,At\n1,2.5,x,2024-01-01\n2,3.5,y,2024-01-02\n');
    await put('crawl/sales/_SUCCESS', '');
    await put('crawl/sales/dt=2024-01-03/eu/skip.csv', 'a\n1\n');
    await create('sales', 'crawl/sales', {
      TablePrefix: 'got_',
      Targets: { S3Targets: [{ Path: `s3://${bucket}/crawl/sales`, Exclusions: ['**/skip.*'] }] },
    });
    const summary = await crawl('sales');
    assert.deepEqual([summary['TABLE']?.['ADD']?.Count, summary['PARTITION']?.['ADD']?.Count], [1, 2]);
    const made = await table('got_sales');
    assert.deepEqual(
      made?.StorageDescriptor?.Columns?.map(({ Name, Type }) => `${Name} ${Type}`),
      ['id bigint', 'amount double', 'note string', 'at string'],
    );
    assert.deepEqual(
      made?.PartitionKeys?.map(({ Name, Type }) => `${Name} ${Type}`),
      ['dt string', 'partition_1 string'],
    );
    assert.equal(made?.Parameters?.['classification'], 'csv');
    assert.deepEqual(await values('got_sales'), ['2024-01-01/eu', '2024-01-02/eu west']);
  });

  test('a new column reaches the table, and what S3 lost leaves the catalog, as the policies say', async () => {
    await create('events', 'crawl/events/', {
      SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DELETE_FROM_DATABASE' },
    });
    await put('crawl/events/day=1/a.json', '{"id":1,"who":{"name":"x","tags":["a"]}}\n');
    await put('crawl/events/day=2/a.json', '{"id":2,"who":{"name":"y","tags":["b"]}}\n');
    await crawl('events');
    assert.deepEqual(
      (await table('events'))?.StorageDescriptor?.Columns?.map(({ Type }) => Type),
      ['bigint', 'struct<name:string,tags:array<string>>'],
    );
    await put('crawl/events/day=3/a.json', '{"id":3,"who":{"name":"y","tags":["b"]},"extra":true}\n');
    await clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'crawl/events/day=1/a.json' }));
    const summary = await crawl('events');
    assert.deepEqual(
      [
        summary['TABLE']?.['UPDATE']?.Count,
        summary['PARTITION']?.['ADD']?.Count,
        summary['PARTITION']?.['DELETE']?.Count,
      ],
      [1, 1, 1],
    );
    assert.deepEqual(await values('events'), ['2', '3']);
    assert.deepEqual(
      (await table('events'))?.StorageDescriptor?.Columns?.map(({ Name }) => Name),
      ['id', 'who', 'extra'],
    );
  });

  test('new folders only: what was there is neither changed nor removed', async () => {
    await create('new-only', 'crawl/fresh/', {
      RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' },
      SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
    });
    await put('crawl/fresh/day=1/a.json', '{"id":1}\n');
    await crawl('new-only');
    await clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'crawl/fresh/day=1/a.json' }));
    await put('crawl/fresh/day=2/a.json', '{"id":1,"more":2}\n');
    assert.equal((await crawl('new-only'))['PARTITION']?.['ADD']?.Count, 1);
    assert.deepEqual(await values('fresh'), ['1', '2']);
    assert.deepEqual(
      (await table('fresh'))?.StorageDescriptor?.Columns?.map(({ Name }) => Name),
      ['id'],
    );
    const wrong = create('wrong', 'crawl/fresh/', {
      RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' },
    });
    await assert.rejects(wrong, { name: 'InvalidInputException' });
  });

  test('folders of different kinds are tables of their own', async () => {
    await put('crawl/mixed/cats/a.csv', 'cat,lives\nTom,9\n');
    await put('crawl/mixed/dogs/a.json', '{"dog":"Rex"}\n');
    await create('mixed', 'crawl/mixed/');
    assert.equal((await crawl('mixed'))['TABLE']?.['ADD']?.Count, 2);
    assert.equal((await table('cats'))?.Parameters?.['classification'], 'csv');
    assert.equal((await table('dogs'))?.Parameters?.['classification'], 'json');
  });

  test('a configuration adds columns and keeps those that are gone, and indexes a new table', async () => {
    await put('crawl/kept/day=1/a.csv', 'a,b\nx,y\n');
    const Configuration = JSON.stringify({
      Version: 1,
      CrawlerOutput: {
        Partitions: { AddOrUpdateBehavior: 'InheritFromTable' },
        Tables: { AddOrUpdateBehavior: 'MergeNewColumns' },
      },
      CreatePartitionIndex: true,
    });
    await create('kept', 'crawl/kept/', { Configuration });
    await crawl('kept');
    const { PartitionIndexDescriptorList } = await clients.glue.send(
      new GetPartitionIndexesCommand({ DatabaseName: 'centralbank_data', TableName: 'kept' }),
    );
    assert.deepEqual(
      PartitionIndexDescriptorList?.map(({ IndexName, Keys }) => [IndexName, Keys?.[0]?.Name]),
      [['crawler_partition_index', 'day']],
    );
    await put('crawl/kept/day=1/a.csv', 'a,c\nx,y\n');
    await crawl('kept');
    assert.deepEqual(
      (await table('kept'))?.StorageDescriptor?.Columns?.map(({ Name }) => Name),
      ['a', 'b', 'c'],
    );
    await assert.rejects(
      create('grouped', 'crawl/kept/', {
        Configuration: '{"Version":1.0,"Grouping":{"TableGroupingPolicy":"All"}}',
      }),
      /TableGroupingPolicy cannot be All/,
    );
    await assert.rejects(
      create('grouped', 'crawl/kept/', { Configuration: '{"Version":1.0,"Grouping":{"Other":1}}' }),
      /does not implement Grouping\.Other/,
    );
    await assert.rejects(create('often', 'crawl/kept/', { Schedule: 'every day' }), {
      name: 'InvalidInputException',
    });
  });

  test('a configuration says at which level tables are made, that unlike files are one, and how many there may be', async () => {
    const grouped = (Grouping: object, Tables: object = {}) => ({
      Configuration: JSON.stringify({ Version: 1, Grouping, CrawlerOutput: { Tables } }),
    });
    await put('crawl/levels/red/day=1/a.csv', 'a,b\n1,2\n');
    await put('crawl/levels/blue/day=1/a.csv', 'a,b\n1,2\n');
    // Alike in all folders: without a level they would be one table.
    await create('per-folder', 'crawl/levels/', {
      ...grouped({ TableLevelConfiguration: 4 }),
      TablePrefix: 'lv_',
    });
    assert.equal((await crawl('per-folder'))['TABLE']?.['ADD']?.Count, 2);
    assert.deepEqual(
      (await table('lv_red'))?.PartitionKeys?.map(({ Name }) => Name),
      ['day'],
    );
    await put('crawl/unlike/x/a.csv', 'id,a,b,c\n1,2,3,4\n');
    await put('crawl/unlike/y/a.csv', 'id,p,q,r\n1,2,3,4\n');
    const one = grouped({ TableGroupingPolicy: 'CombineCompatibleSchemas' });
    await create('one-table', 'crawl/unlike/', one);
    assert.equal((await crawl('one-table'))['TABLE']?.['ADD']?.Count, 1);
    assert.equal((await table('unlike'))?.StorageDescriptor?.Columns?.length, 7);
    await create('few', 'crawl/levels/', grouped({ TableLevelConfiguration: 4 }, { TableThreshold: 1 }));
    await clients.glue.send(new StartCrawlerCommand({ Name: 'few' }));
    const { Crawler } = await until(
      () => clients.glue.send(new GetCrawlerCommand({ Name: 'few' })),
      (answer) => answer.Crawler?.State === 'READY',
    );
    assert.match(
      Crawler?.LastCrawl?.ErrorMessage ?? '',
      /greater than the table threshold value provided: 1/,
    );
  });

  test('a crawler runs once at a time and a stop ends it with part of the work done', async () => {
    for (let day = 0; day < 60; day++) await put(`crawl/many/day=${day}/a.csv`, 'a,b\n1,2\n');
    await create('many', 'crawl/many/');
    await clients.glue.send(new StartCrawlerCommand({ Name: 'many' }));
    await assert.rejects(clients.glue.send(new StartCrawlerCommand({ Name: 'many' })), {
      name: 'CrawlerRunningException',
    });
    await clients.glue.send(new StopCrawlerCommand({ Name: 'many' }));
    await until(
      () => clients.glue.send(new GetCrawlerCommand({ Name: 'many' })),
      ({ Crawler }) => Crawler?.State === 'READY',
    );
    const { Crawler } = await clients.glue.send(new GetCrawlerCommand({ Name: 'many' }));
    assert.equal(Crawler?.LastCrawl?.Status, 'CANCELLED');
    const { Crawls = [] } = await clients.glue.send(new ListCrawlsCommand({ CrawlerName: 'many' }));
    assert.deepEqual(
      Crawls.map(({ State }) => State),
      ['STOPPED'],
    );
    await assert.rejects(clients.glue.send(new StopCrawlerCommand({ Name: 'many' })), {
      name: 'CrawlerNotRunningException',
    });
  });

  test('crawls are filtered, crawlers listed, changed, measured and removed', async () => {
    const { Crawls = [] } = await clients.glue.send(
      new ListCrawlsCommand({
        CrawlerName: 'events',
        Filters: [{ FieldName: 'STATE', FilterOperator: 'EQ', FieldValue: 'FAILED' }],
      }),
    );
    assert.deepEqual(Crawls, []);
    await clients.glue.send(new UpdateCrawlerCommand({ Name: 'events', Description: 'changed' }));
    const { Crawlers = [] } = await clients.glue.send(new GetCrawlersCommand({}));
    const { CrawlerNames = [] } = await clients.glue.send(new ListCrawlersCommand({}));
    assert.deepEqual(
      Crawlers.map(({ Name }) => Name),
      CrawlerNames,
    );
    assert.equal(Crawlers.find(({ Name }) => Name === 'events')?.Description, 'changed');
    assert.equal(
      Crawlers.find(({ Name }) => Name === 'banking-data-crawler')?.Schedule?.ScheduleExpression,
      'cron(0 4 * * ? *)',
    );
    const { CrawlerMetricsList = [] } = await clients.glue.send(
      new GetCrawlerMetricsCommand({ CrawlerNameList: ['events'] }),
    );
    assert.equal(CrawlerMetricsList[0]?.TablesUpdated, 1);
    await clients.glue.send(new DeleteCrawlerCommand({ Name: 'events' }));
    await assert.rejects(clients.glue.send(new StartCrawlerCommand({ Name: 'events' })), {
      name: 'EntityNotFoundException',
    });
  });

  test('a crawl of a bucket that is not there fails, and says so', async () => {
    await create('lost', 'x/', { Targets: { S3Targets: [{ Path: 's3://no-such-bucket/x/' }] } });
    await clients.glue.send(new StartCrawlerCommand({ Name: 'lost' }));
    const { Crawler } = await until(
      () => clients.glue.send(new GetCrawlerCommand({ Name: 'lost' })),
      (answer) => answer.Crawler?.State === 'READY',
    );
    assert.deepEqual(
      [Crawler?.LastCrawl?.Status, Crawler?.LastCrawl?.ErrorMessage],
      ['FAILED', 'The specified bucket does not exist: no-such-bucket'],
    );
  });
});
