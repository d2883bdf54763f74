import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GetPartitionsCommand, GetTableCommand } from '@aws-sdk/client-glue';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf, rowsOf, runQuery } from './clients';

describe('Statements on the catalog', () => {
  let lake: TestLake;
  let clients: ReturnType<typeof clientsOf>;
  const run = async (sql: string): Promise<void> => {
    const { Status } = await runQuery(clients.athena, sql);
    assert.equal(Status?.State, 'SUCCEEDED', Status?.StateChangeReason);
  };
  before(async () => {
    lake = await startLake();
    clients = clientsOf(lake);
  });
  after(() => lake.stop());

  test('a table is created over files, repaired and read', async () => {
    await run(`CREATE EXTERNAL TABLE IF NOT EXISTS again (transaction_id STRING, amount DECIMAL(18,2)) PARTITIONED BY (year INT, month INT, day INT)
      STORED AS PARQUET LOCATION 's3://centralbank-data-lake/processed/transactions/'`);
    await run('MSCK REPAIR TABLE again');
    const { Partitions } = await clients.glue.send(
      new GetPartitionsCommand({ DatabaseName: 'centralbank_data', TableName: 'again' }),
    );
    assert.equal(Partitions?.length, 61);
    assert.deepEqual((await rowsOf(clients.athena, 'select count(*) from again'))[1], ['3050']);
  });

  test('a partition is added where it is said to be, and dropped', async () => {
    await run(
      `ALTER TABLE customer_transactions ADD IF NOT EXISTS PARTITION (year=2024, month=12, day=31) LOCATION 's3://centralbank-data-lake/processed/transactions/year=2024/month=12/day=31/'`,
    );
    const counted =
      'select count(*) from customer_transactions where year = 2024 and month = 12 and day = 31';
    assert.deepEqual((await rowsOf(clients.athena, counted))[1], ['50']);
    await run('ALTER TABLE customer_transactions DROP PARTITION (year=2024, month=12, day=31)');
    assert.deepEqual((await rowsOf(clients.athena, counted))[1], ['0']);
  });

  test('a table made by a query has its folders, partitions and rows', async () => {
    await run(`CREATE TABLE by_month WITH (format = 'PARQUET', external_location = 's3://centralbank-data-lake/temp/by_month/', partitioned_by = ARRAY['month'])
      AS SELECT transaction_type, sum(amount) AS total, month FROM customer_transactions WHERE year = 2024 GROUP BY transaction_type, month`);
    const { CommonPrefixes } = await clients.s3.send(
      new ListObjectsV2Command({ Bucket: 'centralbank-data-lake', Prefix: 'temp/by_month/', Delimiter: '/' }),
    );
    assert.deepEqual(
      CommonPrefixes?.map(({ Prefix }) => Prefix),
      [2, 11, 12].map((month) => `temp/by_month/month=${month}/`).sort(),
    );
    assert.deepEqual((await rowsOf(clients.athena, 'select count(*) from by_month'))[1], ['15']);
    await run(`INSERT INTO by_month SELECT 'EXTRA', 1.5, 1`);
    assert.deepEqual((await rowsOf(clients.athena, 'select total from by_month where month = 1'))[1], [
      '1.50',
    ]);
  });

  test('rows are unloaded where nothing is yet, and refused where something is', async () => {
    const sql = `UNLOAD (SELECT customer_id FROM customers) TO 's3://centralbank-data-lake/temp/out/' WITH (format = 'PARQUET')`;
    await run(sql);
    assert.match(
      (await runQuery(clients.athena, sql)).Status?.StateChangeReason ?? '',
      /^HIVE_PATH_ALREADY_EXISTS/,
    );
  });

  test('a view is made, read through, and shown by the catalog with its columns', async () => {
    await run(
      'CREATE OR REPLACE VIEW rich AS SELECT customer_id, total_balance FROM customer_360 WHERE total_balance > 10',
    );
    assert.equal((await rowsOf(clients.athena, 'select * from rich limit 3')).length, 4);
    const { Table } = await clients.glue.send(
      new GetTableCommand({ DatabaseName: 'centralbank_data', Name: 'rich' }),
    );
    assert.deepEqual(
      [Table?.TableType, Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name)],
      ['VIRTUAL_VIEW', ['customer_id', 'total_balance']],
    );
    await run('DROP VIEW rich');
  });

  test('the catalog is shown line by line, without a header', async () => {
    assert.ok((await rowsOf(clients.athena, 'SHOW TABLES')).some(([name]) => name === 'customers'));
    assert.deepEqual((await rowsOf(clients.athena, 'SHOW PARTITIONS card_payments'))[0], ['dt=2024-12-01']);
    assert.equal(
      (await rowsOf(clients.athena, 'SHOW CREATE TABLE card_payments'))[0]?.[0],
      'CREATE EXTERNAL TABLE `card_payments`(',
    );
    assert.equal((await rowsOf(clients.athena, 'DESCRIBE card_payments'))[0]?.[0]?.trim(), 'payment_id');
  });

  test('projected, JSON and CSV tables are read', async () => {
    assert.deepEqual(await rowsOf(clients.athena, `select count(*) as n, min(dt) as d from branch_events`), [
      ['n', 'd'],
      ['480', '2024-12-01'],
    ]);
    assert.deepEqual(
      (
        await rowsOf(
          clients.athena,
          `select count(*), max(client.name) from banking_api_log where status = 503`,
        )
      )[1],
      ['21', 'mobile'],
    );
    assert.deepEqual(
      (await rowsOf(clients.athena, `select remarks from regulatory_reports where report_id = 'R-2'`))[1],
      ['Said "late"'],
    );
  });

  test('"$partitions" has the partitions of the catalog', async () => {
    assert.deepEqual(
      await rowsOf(clients.athena, 'select max(dt) as d, count(*) as n from "card_payments$partitions"'),
      [
        ['d', 'n'],
        ['2024-12-31', '31'],
      ],
    );
  });

  test('"$path" is the place in S3', async () => {
    assert.match(
      (await rowsOf(clients.athena, `select "$path" from customers limit 1`))[1]?.[0] ?? '',
      /^s3:\/\/centralbank-data-lake\/processed\/customers\//,
    );
  });

  test('the answer of a statement on the catalog lies in a text file', async () => {
    const { ResultConfiguration, StatementType } = await runQuery(clients.athena, 'SHOW DATABASES');
    const [, Bucket = '', Key = ''] =
      /^s3:\/\/([^/]+)\/(.*)$/.exec(ResultConfiguration?.OutputLocation ?? '') ?? [];
    assert.match(Key, /\.txt$/);
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key }));
    assert.deepEqual(
      [StatementType, await Body?.transformToString()],
      ['UTILITY', 'centralbank_data\ndefault\n'],
    );
  });
});
