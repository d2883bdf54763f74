import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as Glue from '@aws-sdk/client-glue';
import * as S3 from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';

const Bucket = 'centralbank-data-lake';
const DatabaseName = 'centralbank_data';
const levels = [
  { name: 'dt', from: '2020-01-01', count: 1825 },
  { name: 'hour', from: 0, count: 24 },
];

describe('made-up lakes on the local lake', () => {
  let lake: TestLake;
  let s3: S3.S3Client;
  let glue: Glue.GlueClient;
  before(async () => {
    lake = await startLake();
    ({ s3, glue } = clientsOf(lake));
  });
  after(() => lake.stop());

  const wish = async (body: object) => {
    const answer = await fetch(`${lake.endpoint}/_lake/synthetic`, {
      method: 'PUT',
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200);
  };
  const list = (more: Partial<S3.ListObjectsV2CommandInput>) =>
    s3.send(new S3.ListObjectsV2Command({ Bucket, ...more }));

  test('a million keys in 43,800 folders are found from any place, with and without a delimiter', async () => {
    await wish({ keys: [{ bucket: Bucket, prefix: 'made/', count: 23, bytes: 4096, levels }] });
    const first = await list({ Prefix: 'made/', Delimiter: '/' });
    assert.deepEqual(
      [first.CommonPrefixes?.length, first.CommonPrefixes?.[0]?.Prefix, first.IsTruncated],
      [1000, 'made/dt=2020-01-01/', true],
    );
    const day = await list({ Prefix: 'made/dt=2020-02-29/', Delimiter: '/' });
    assert.deepEqual(
      [day.CommonPrefixes?.length, day.CommonPrefixes?.at(-1)?.Prefix, day.IsTruncated],
      [24, 'made/dt=2020-02-29/hour=23/', false],
    );
    const hour = await list({ Prefix: 'made/dt=2020-02-29/hour=07/' });
    assert.deepEqual(
      [hour.KeyCount, hour.Contents?.[0]?.Key, hour.Contents?.[0]?.Size],
      [23, 'made/dt=2020-02-29/hour=07/part-0000000.parquet', 4096],
    );
    // Where a shard begins in the middle, and where it begins between two folders.
    const keys = async (StartAfter: string, MaxKeys: number) =>
      (await list({ Prefix: 'made/', StartAfter, MaxKeys })).Contents?.map(({ Key }) => Key?.slice(5, 42));
    assert.deepEqual(await keys('made/dt=2021-06-30/hour=23/part-0000021.parquet', 2), [
      'dt=2021-06-30/hour=23/part-0000022.pa',
      'dt=2021-07-01/hour=00/part-0000000.pa',
    ]);
    assert.deepEqual(await keys('made/dt=2021-06-31', 1), ['dt=2021-07-01/hour=00/part-0000000.pa']);
    assert.deepEqual(await keys('made/dt=2024-12-29/hour=23/part-0000022.parquet', 1), undefined);
    // The real objects of the bucket stand beside them.
    const top = await list({ Delimiter: '/' });
    assert.ok(top.CommonPrefixes?.some(({ Prefix }) => Prefix === 'made/'));
    assert.ok(top.CommonPrefixes?.some(({ Prefix }) => Prefix === 'processed/'));
  });

  test('shards of a million keys hold each key once', async () => {
    await wish({ keys: [{ bucket: Bucket, prefix: 'made/', count: 23, levels }] });
    let sum = 0;
    const bounds = ['', ...Array.from({ length: 4 }, (_, at) => `made/dt=${2021 + at}-`)];
    await Promise.all(
      bounds.map(async (bound, at) => {
        const end = bounds[at + 1];
        let count = 0;
        let begin = bound;
        for (let pages = 0; ; pages++) {
          const query = new URLSearchParams({ 'list-type': '2', prefix: 'made/', 'start-after': begin });
          const text = await (await fetch(`${lake.endpoint}/${Bucket}?${query.toString()}`)).text();
          const all = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
          const mine = end === undefined ? all : all.filter((key) => key <= end);
          count += mine.length;
          if (mine.length < all.length || all.length < 1000) break;
          begin = all.at(-1) ?? '';
          assert.ok(pages < 400, 'a shard ends');
        }
        sum += count;
      }),
    );
    assert.equal(sum, 1825 * 24 * 23);
  });

  test('ten million objects cost a page no more than ten', async () => {
    await wish({ keys: [{ bucket: Bucket, prefix: 'ten/', count: 10_000_000 }] });
    const end = await list({ Prefix: 'ten/', StartAfter: 'ten/part-9999997.parquet' });
    assert.deepEqual(
      end.Contents?.map(({ Key }) => Key),
      ['ten/part-9999998.parquet', 'ten/part-9999999.parquet'],
    );
    for (let page = 0; page < 10; page++) {
      const { Contents } = await list({
        Prefix: 'ten/',
        StartAfter: `ten/part-${page}999998`,
        MaxKeys: 1,
      });
      assert.equal(Contents?.[0]?.Key, `ten/part-${page}999998.parquet`);
    }
  });

  test('two hundred thousand partitions come in segments, each once, and one is found by its values', async () => {
    const TableName = 'readings';
    await glue.send(
      new Glue.CreateTableCommand({
        DatabaseName,
        TableInput: {
          Name: TableName,
          PartitionKeys: [
            { Name: 'dt', Type: 'date' },
            { Name: 'station', Type: 'int' },
          ],
          StorageDescriptor: {
            Location: `s3://${Bucket}/readings/`,
            Columns: [{ Name: 'value', Type: 'double' }],
          },
        },
      }),
    );
    const made = [
      { name: 'dt', from: '2020-01-01', count: 2000 },
      { name: 'station', from: 1, count: 100 },
    ];
    await wish({ partitions: [{ database: DatabaseName, table: TableName, count: 0, levels: made }] });
    const seen = new Set<string>();
    let pages = 0;
    await Promise.all(
      Array.from({ length: 10 }, async (_, SegmentNumber) => {
        let NextToken: string | undefined;
        do {
          const answer = await fetch(lake.endpoint, {
            method: 'POST',
            headers: { 'x-amz-target': 'AWSGlue.GetPartitions' },
            body: JSON.stringify({
              DatabaseName,
              TableName,
              Segment: { SegmentNumber, TotalSegments: 10 },
              ExcludeColumnSchema: true,
              NextToken,
            }),
          });
          const page = (await answer.json()) as Glue.GetPartitionsResponse;
          for (const { Values } of page.Partitions ?? []) seen.add(Values?.join('/') ?? '');
          NextToken = page.NextToken;
          pages++;
        } while (NextToken !== undefined);
      }),
    );
    assert.deepEqual([seen.size, pages], [200_000, 200]);
    const one = await glue.send(
      new Glue.GetPartitionCommand({ DatabaseName, TableName, PartitionValues: ['2020-02-29', '007'] }),
    );
    assert.equal(
      one.Partition?.StorageDescriptor?.Location,
      `s3://${Bucket}/readings/dt=2020-02-29/station=007/`,
    );
    const { Partitions } = await glue.send(
      new Glue.GetPartitionsCommand({
        DatabaseName,
        TableName,
        Expression: "dt = '2025-06-22' AND station > 98",
      }),
    );
    assert.deepEqual(
      Partitions?.map(({ Values }) => Values?.join('/')),
      ['2025-06-22/099', '2025-06-22/100'],
    );
  });

  test('real partitions by the ten thousand are made, kept and given in segments', async () => {
    const TableName = 'many_real';
    await glue.send(
      new Glue.CreateTableCommand({
        DatabaseName,
        TableInput: { Name: TableName, PartitionKeys: [{ Name: 'n', Type: 'int' }] },
      }),
    );
    for (let batch = 0; batch < 100; batch++) {
      await fetch(lake.endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': 'AWSGlue.BatchCreatePartition' },
        body: JSON.stringify({
          DatabaseName,
          TableName,
          PartitionInputList: Array.from({ length: 100 }, (_, at) => ({
            Values: [String(batch * 100 + at)],
            StorageDescriptor: {
              Columns: [{ Name: 'a', Type: 'string' }],
              Location: `s3://b/${batch}/${at}/`,
            },
          })),
        }),
      });
    }
    const counts = await Promise.all(
      Array.from({ length: 5 }, async (_, SegmentNumber) => {
        let count = 0;
        const request = { DatabaseName, TableName, Segment: { SegmentNumber, TotalSegments: 5 } };
        for await (const page of Glue.paginateGetPartitions({ client: glue }, request))
          count += page.Partitions?.length ?? 0;
        return count;
      }),
    );
    assert.deepEqual(counts, [2000, 2000, 2000, 2000, 2000]);
  });
});
