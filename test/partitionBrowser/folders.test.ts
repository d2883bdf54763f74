import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { listFolders } from '../../src/partitionBrowser/folders';
import { connection, never, objectsOf, partitionLake, salesTable } from './partitionLake';

const found = async (table: ReturnType<typeof salesTable>, keys: readonly string[]) => {
  const lake = partitionLake({ table, partitions: () => [], buckets: { lake: objectsOf(keys) } });
  const { rows, odd, requests } = await listFolders(lake.store, { connection, table }, never);
  return { values: [...rows.allValues()].map((values) => values.join('/')).toSorted(), odd, requests };
};

test('folders tell the partitions of a Hive layout without listing an object below them', async () => {
  const keys = ['2023/01', '2023/02', '2024/01'].flatMap((name) => {
    const [year, month] = name.split('/');
    return Array.from({ length: 1500 }, (_, n) => `sales/year=${year}/month=${month}/${n}`);
  });
  assert.deepEqual(await found(salesTable(), [...keys, 'sales/_spark/x/y', 'sales/year=2024/odd/z']), {
    values: ['2023/01', '2023/02', '2024/01'],
    odd: ['s3://lake/sales/year=2024/odd/'],
    requests: 3,
  });
});

test('folders without key names are one level a key, and a template says where values stand', async () => {
  assert.deepEqual((await found(salesTable(), ['sales/2024/01/a', 'sales/2024/02/b'])).values, [
    '2024/01',
    '2024/02',
  ]);
  const table = salesTable({
    by: 'dt string',
    parameters: {
      'projection.dt.format': 'yyyy/MM/dd',
      'storage.location.template': 's3://lake/other/logs/${dt}/raw',
    },
  });
  assert.deepEqual(
    (await found(table, ['other/logs/2024/01/15/raw/a', 'other/logs/2024/01/16/raw/b'])).values,
    ['2024/01/15', '2024/01/16'],
  );
});

test('a denied listing is the Problem that names it', async () => {
  const table = salesTable();
  const lake = partitionLake({ table, partitions: () => [], buckets: { lake: [] } });
  lake.before = () => {
    throw new Problem('S3 denied s3:ListBucket on s3://lake/sales/.', 'denied');
  };
  await assert.rejects(listFolders(lake.store, { connection, table }, never), /denied s3:ListBucket/);
});
