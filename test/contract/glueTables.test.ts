import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as Athena from '@aws-sdk/client-athena';
import * as Glue from '@aws-sdk/client-glue';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';

const DatabaseName = 'centralbank_data';
const partnerAccount = '444455556666';

describe('versions, indexes, statistics and catalogs of Glue on the local lake', () => {
  let lake: TestLake;
  let glue: Glue.GlueClient;
  let athena: Athena.AthenaClient;
  before(async () => {
    lake = await startLake();
    ({ glue, athena } = clientsOf(lake));
  });
  after(() => lake.stop());

  const columns = (...names: readonly string[]): Glue.TableInput['StorageDescriptor'] => ({
    Columns: names.map((Name) => ({ Name, Type: 'string' })),
    Location: 's3://centralbank-data-lake/versions/',
  });
  const versions = async (TableName: string, MaxResults?: number) => {
    const found: string[] = [];
    for await (const page of Glue.paginateGetTableVersions(
      { client: glue },
      { DatabaseName, TableName, MaxResults },
    )) {
      for (const { VersionId, Table } of page.TableVersions ?? [])
        found.push(`${VersionId}: ${Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name).join()}`);
    }
    return found;
  };

  test('each update archives a version unless it is told not to, across a kill', async () => {
    const Name = 'versioned';
    const update = (descriptor: Glue.TableInput['StorageDescriptor'], more = {}) =>
      glue.send(
        new Glue.UpdateTableCommand({
          DatabaseName,
          TableInput: { Name, StorageDescriptor: descriptor },
          ...more,
        }),
      );
    await glue.send(
      new Glue.CreateTableCommand({ DatabaseName, TableInput: { Name, StorageDescriptor: columns('a') } }),
    );
    await update(columns('a', 'b'));
    await update(columns('a', 'b', 'c'), { VersionId: '1' });
    await assert.rejects(update(columns('x'), { VersionId: '1' }), {
      name: 'ConcurrentModificationException',
    });
    await update(columns('a', 'd'), { SkipArchive: true });
    await lake.kill('SIGKILL');
    lake = await startLake({ root: lake.root });
    ({ glue, athena } = clientsOf(lake));
    const wanted = ['3: a,d', '1: a,b', '0: a'];
    assert.deepEqual(await versions(Name), wanted);
    assert.deepEqual(await versions(Name, 1), wanted);
    const version = async (VersionId?: string) =>
      (await glue.send(new Glue.GetTableVersionCommand({ DatabaseName, TableName: Name, VersionId })))
        .TableVersion?.VersionId;
    assert.deepEqual([await version('1'), await version()], ['1', '3']);
    await assert.rejects(version('2'), { name: 'EntityNotFoundException' });
    const { Errors } = await glue.send(
      new Glue.BatchDeleteTableVersionCommand({ DatabaseName, TableName: Name, VersionIds: ['0', '3', '9'] }),
    );
    assert.deepEqual(
      Errors?.map(({ VersionId, ErrorDetail }) => [VersionId, ErrorDetail?.ErrorCode]),
      [
        ['3', 'InvalidInputException'],
        ['9', 'EntityNotFoundException'],
      ],
    );
    assert.deepEqual(await versions(Name), ['3: a,d', '1: a,b']);
    await glue.send(new Glue.DeleteTableCommand({ DatabaseName, Name }));
    await glue.send(
      new Glue.CreateTableCommand({ DatabaseName, TableInput: { Name, StorageDescriptor: columns('n') } }),
    );
    assert.deepEqual(await versions(Name), ['0: n']);
  });

  test('partition indexes are made, told and removed, three at the most', async () => {
    const TableName = 'customer_transactions';
    const make = (IndexName: string, ...Keys: readonly string[]) =>
      glue.send(
        new Glue.CreatePartitionIndexCommand({
          DatabaseName,
          TableName,
          PartitionIndex: { IndexName, Keys: [...Keys] },
        }),
      );
    const indexes = async () =>
      (await glue.send(new Glue.GetPartitionIndexesCommand({ DatabaseName, TableName })))
        .PartitionIndexDescriptorList;
    await make('by_year', 'year');
    const [first] = (await indexes()) ?? [];
    assert.deepEqual(
      [first?.IndexName, first?.Keys?.map(({ Name, Type }) => `${Name} ${Type}`)],
      ['by_year', ['year int']],
    );
    assert.match(first?.IndexStatus ?? '', /^(CREATING|ACTIVE)$/);
    await assert.rejects(make('by_year', 'month'), { name: 'AlreadyExistsException' });
    await assert.rejects(make('again', 'year'), { name: 'AlreadyExistsException' });
    await assert.rejects(make('by_amount', 'amount'), { name: 'InvalidInputException' });
    await make('two', 'year', 'month');
    await make('three', 'year', 'month', 'day');
    await assert.rejects(make('four', 'day'), { name: 'ResourceNumberLimitExceededException' });
    await glue.send(new Glue.DeletePartitionIndexCommand({ DatabaseName, TableName, IndexName: 'two' }));
    assert.deepEqual(
      (await indexes())?.map(({ IndexName }) => IndexName),
      ['by_year', 'three'],
    );
  });

  test('statistics of columns are written and read, of a table and of a partition', async () => {
    const of = { DatabaseName, TableName: 'customer_transactions' };
    const PartitionValues = ['2024', '12', '05'];
    const statistics = (ColumnName: string, NumberOfNulls: number): Glue.ColumnStatistics => ({
      ColumnName,
      ColumnType: 'bigint',
      AnalyzedTime: new Date(1_735_000_000_000),
      StatisticsData: {
        Type: 'LONG',
        LongColumnStatisticsData: {
          MinimumValue: 1,
          MaximumValue: 9,
          NumberOfNulls,
          NumberOfDistinctValues: 5,
        },
      },
    });
    const { TableList } = await glue.send(
      new Glue.GetTablesCommand({ DatabaseName, Expression: of.TableName }),
    );
    const [name = ''] = TableList?.[0]?.StorageDescriptor?.Columns?.map(({ Name }) => Name ?? '') ?? [];
    const { Errors } = await glue.send(
      new Glue.UpdateColumnStatisticsForTableCommand({
        ...of,
        ColumnStatisticsList: [statistics(name, 3), statistics('nope', 0)],
      }),
    );
    assert.deepEqual(
      Errors?.map((each) => each.ColumnStatistics?.ColumnName),
      ['nope'],
    );
    await glue.send(
      new Glue.UpdateColumnStatisticsForPartitionCommand({
        ...of,
        PartitionValues,
        ColumnStatisticsList: [statistics(name, 4)],
      }),
    );
    const nulls = (list: Glue.ColumnStatistics[] | undefined) =>
      list?.map(({ StatisticsData }) => StatisticsData?.LongColumnStatisticsData?.NumberOfNulls);
    const table = await glue.send(
      new Glue.GetColumnStatisticsForTableCommand({ ...of, ColumnNames: [name, 'other'] }),
    );
    assert.deepEqual([nulls(table.ColumnStatisticsList), table.Errors?.length], [[3], 1]);
    const partition = await glue.send(
      new Glue.GetColumnStatisticsForPartitionCommand({ ...of, PartitionValues, ColumnNames: [name] }),
    );
    assert.deepEqual(nulls(partition.ColumnStatisticsList), [4]);
    await glue.send(new Glue.DeleteColumnStatisticsForTableCommand({ ...of, ColumnName: name }));
    await assert.rejects(
      glue.send(new Glue.DeleteColumnStatisticsForTableCommand({ ...of, ColumnName: name })),
      { name: 'EntityNotFoundException' },
    );
  });

  test('the catalog of another account is read by its id, and by the name of a data catalog', async () => {
    const { DatabaseList } = await glue.send(new Glue.GetDatabasesCommand({ CatalogId: partnerAccount }));
    assert.deepEqual(
      DatabaseList?.map(({ Name, CatalogId }) => [Name, CatalogId]),
      [['market_reference', partnerAccount]],
    );
    const listed = async (ResourceShareType: 'FOREIGN' | 'ALL') =>
      (await glue.send(new Glue.GetDatabasesCommand({ ResourceShareType }))).DatabaseList?.map(
        ({ CatalogId }) => CatalogId,
      );
    assert.deepEqual(await listed('FOREIGN'), [partnerAccount]);
    assert.deepEqual(new Set(await listed('ALL')), new Set(['111122223333', partnerAccount]));
    await assert.rejects(glue.send(new Glue.GetDatabasesCommand({ CatalogId: '999999999999' })), {
      name: 'EntityNotFoundException',
    });
    const { DataCatalogsSummary } = await athena.send(new Athena.ListDataCatalogsCommand({}));
    assert.deepEqual(
      DataCatalogsSummary?.map(({ CatalogName, Type }) => [CatalogName, Type]),
      [
        ['AwsDataCatalog', 'GLUE'],
        ['market_data', 'GLUE'],
      ],
    );
    const { DataCatalog } = await athena.send(new Athena.GetDataCatalogCommand({ Name: 'market_data' }));
    assert.equal(DataCatalog?.Parameters?.['catalog-id'], partnerAccount);
    const { TableMetadata } = await athena.send(
      new Athena.GetTableMetadataCommand({
        CatalogName: 'market_data',
        DatabaseName: 'market_reference',
        TableName: 'exchange_rates',
      }),
    );
    assert.deepEqual(
      TableMetadata?.PartitionKeys?.map(({ Name }) => Name),
      ['day'],
    );
    const { CatalogList } = await glue.send(new Glue.GetCatalogsCommand({ IncludeRoot: true }));
    assert.deepEqual(
      CatalogList?.map(({ CatalogId }) => CatalogId),
      ['111122223333'],
    );
  });

  test('a database is described anew, and a crawler gets, loses and regains its schedule', async () => {
    await glue.send(
      new Glue.UpdateDatabaseCommand({
        Name: DatabaseName,
        DatabaseInput: { Name: DatabaseName, Description: 'New words' },
      }),
    );
    const { Database } = await glue.send(new Glue.GetDatabaseCommand({ Name: DatabaseName }));
    assert.equal(Database?.Description, 'New words');
    const CrawlerName = 'banking-data-crawler';
    const schedule = async () =>
      (await glue.send(new Glue.GetCrawlerCommand({ Name: CrawlerName }))).Crawler?.Schedule;
    await glue.send(
      new Glue.UpdateCrawlerScheduleCommand({ CrawlerName, Schedule: 'cron(15 12 ? * MON *)' }),
    );
    await glue.send(new Glue.StopCrawlerScheduleCommand({ CrawlerName }));
    assert.deepEqual(await schedule(), {
      ScheduleExpression: 'cron(15 12 ? * MON *)',
      State: 'NOT_SCHEDULED',
    });
    await assert.rejects(glue.send(new Glue.StopCrawlerScheduleCommand({ CrawlerName })), {
      name: 'SchedulerNotRunningException',
    });
    await glue.send(new Glue.StartCrawlerScheduleCommand({ CrawlerName }));
    assert.equal((await schedule())?.State, 'SCHEDULED');
    await assert.rejects(
      glue.send(new Glue.UpdateCrawlerScheduleCommand({ CrawlerName, Schedule: 'cron(15 12 * * MON *)' })),
      { name: 'InvalidInputException' },
    );
    const { Crawlers, CrawlersNotFound } = await glue.send(
      new Glue.BatchGetCrawlersCommand({ CrawlerNames: [CrawlerName, 'none'] }),
    );
    assert.deepEqual([Crawlers?.length, CrawlersNotFound], [1, ['none']]);
  });

  test('a listing in pages loses and repeats no partition while others are removed and added', async () => {
    const TableName = 'moving';
    const PartitionKeys = [{ Name: 'n', Type: 'int' }];
    await glue.send(
      new Glue.CreateTableCommand({
        DatabaseName,
        TableInput: { Name: TableName, PartitionKeys, StorageDescriptor: columns('a') },
      }),
    );
    const inputs = Array.from({ length: 40 }, (_, at) => ({
      Values: [String(at)],
      StorageDescriptor: columns('a'),
    }));
    await glue.send(
      new Glue.BatchCreatePartitionCommand({ DatabaseName, TableName, PartitionInputList: inputs }),
    );
    const seen: string[] = [];
    const request = { DatabaseName, TableName, MaxResults: 10 };
    let page = await glue.send(new Glue.GetPartitionsCommand(request));
    await glue.send(
      new Glue.BatchDeletePartitionCommand({
        DatabaseName,
        TableName,
        PartitionsToDelete: Array.from({ length: 5 }, (_, at) => ({ Values: [String(at)] })),
      }),
    );
    await glue.send(
      new Glue.UpdatePartitionCommand({
        DatabaseName,
        TableName,
        PartitionValueList: ['30'],
        PartitionInput: { Values: ['30'], Parameters: { changed: 'yes' }, StorageDescriptor: columns('a') },
      }),
    );
    for (;;) {
      seen.push(...(page.Partitions ?? []).map(({ Values }) => Values?.[0] ?? ''));
      if (page.NextToken === undefined) break;
      page = await glue.send(new Glue.GetPartitionsCommand({ ...request, NextToken: page.NextToken }));
    }
    assert.deepEqual(
      seen,
      inputs.map(({ Values }) => Values[0]),
    );
  });
});
