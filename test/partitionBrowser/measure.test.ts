import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Table } from '../../src/catalog/catalog';
import type { StoredObject } from '../../src/zones/objectStore';
import {
  type Measurement,
  measurePartitions,
  measurePlan,
  measureQuestion,
} from '../../src/partitionBrowser/measure';
import { partitionRows, type PartitionRows } from '../../src/partitionBrowser/partitionRows';
import { connection, never, objectsOf, partitionLake, partitionsOf, salesTable } from './partitionLake';

const random = (): number => 0;

function rowsOf(table: Table, texts: readonly string[]): PartitionRows {
  const rows = partitionRows(table.partitionKeys, table.location);
  for (const one of partitionsOf(table, texts)) rows.add(one);
  return rows;
}

async function measured(
  table: Table,
  rows: PartitionRows,
  buckets: Readonly<Record<string, readonly StoredObject[]>>,
  more: { readonly filtered?: boolean; readonly before?: (target: string) => void } = {},
): Promise<Measurement & { readonly lists: number }> {
  const lake = partitionLake({ table, partitions: () => [], buckets });
  lake.before = (_, target) => more.before?.(target);
  const plan = measurePlan(table, rows, { filtered: more.filtered ?? false });
  const found = await measurePartitions(lake.store, { connection, table, rows, plan, random }, never);
  return { ...found, lists: lake.requests.list };
}

const shown = ({ figures }: Measurement, rows: PartitionRows): readonly string[] =>
  Array.from({ length: rows.count }, (_, row) =>
    [rows.values(row).join('/'), figures.state(row), figures.files(row), figures.bytes(row)].join(' '),
  );

test('files and bytes are those of each partition, and what is empty, missing or unknown to the catalog is told apart', async () => {
  const table = salesTable();
  const rows = rowsOf(table, ['2024/01', '2024/02', '2024/03', '2024/04']);
  const found = await measured(table, rows, {
    lake: objectsOf([
      'sales/year=2024/month=01/a.parquet 100',
      'sales/year=2024/month=01/deeper/b.parquet 50',
      'sales/year=2024/month=01/_SUCCESS 1',
      'sales/year=2024/month=02/_temporary/x.parquet 5',
      'sales/year=2024/month=03/ 0',
      'sales/year=2024/month=05/c.parquet 7',
      'sales/year=2024/month=05/d.parquet 8',
      'sales/year=2024/stray.parquet 9',
      'sales/_delta_log/0.json 3',
      'salesforce/year=2024/month=01/z.parquet 1000',
    ]),
  });
  assert.deepEqual(shown(found, rows), [
    '2024/01 data 2 150',
    '2024/02 empty 0 0',
    '2024/03 empty 0 0',
    '2024/04 missing 0 0',
  ]);
  assert.deepEqual(
    found.orphans.map(({ values, location, files, bytes }) => [values.join('/'), location, files, bytes]),
    [['2024/05', 's3://lake/sales/year=2024/month=05/', 2, 15]],
  );
  assert.deepEqual(found.strays, { files: 1, bytes: 9, folders: ['s3://lake/sales/year=2024/'] });
  assert.deepEqual(
    [found.ending, found.objects, found.figures.newest(0)],
    ['whole', 9, Date.UTC(2024, 0, 3)],
  );
});

test('two spellings of one date and a key in another case are folders of their own', async () => {
  const table = salesTable({ by: 'year int, month int' });
  const rows = rowsOf(table, ['2024/1', '2024/02 -> s3://lake/sales/year=2024/month=2/']);
  const found = await measured(table, rows, {
    lake: objectsOf([
      'sales/year=2024/month=1/a 1',
      'sales/year=2024/month=01/b 2',
      'sales/year=2024/month=2/c 3',
      'sales/Year=2024/month=1/d 4',
    ]),
  });
  assert.deepEqual(shown(found, rows), ['2024/1 data 1 1', '2024/02 data 1 3']);
  assert.deepEqual(
    found.orphans.map(({ location, otherCase, registeredAt }) => [location, otherCase, registeredAt]),
    [
      ['s3://lake/sales/Year=2024/month=1/', true, 's3://lake/sales/year=2024/month=1/'],
      ['s3://lake/sales/year=2024/month=01/', false, undefined],
    ],
  );
});

test('NULL partitions and values with special characters are found at the places Hive gives them', async () => {
  const table = salesTable({ by: 'name string' });
  const rows = rowsOf(table, []);
  for (const [value, folder] of [
    ['__HIVE_DEFAULT_PARTITION__', 'name=__HIVE_DEFAULT_PARTITION__'],
    ['a b', 'name=a b'],
    ['x/y:z', 'name=x%2Fy%3Az'],
    ['grün', 'name=grün'],
  ] as const) {
    rows.add({ values: [value], location: `s3://lake/sales/${folder}/` });
  }
  assert.equal([...rows.unusual()].length, 0);
  const found = await measured(table, rows, {
    lake: ['name=__HIVE_DEFAULT_PARTITION__', 'name=a b', 'name=x%2Fy%3Az', 'name=grün'].map((folder) => ({
      key: `sales/${folder}/a`,
      bytes: 10,
    })),
  });
  assert.deepEqual(
    shown(found, rows).map((text) => text.split(' ').slice(-3).join(' ')),
    ['data 1 10', 'data 1 10', 'data 1 10', 'data 1 10'],
  );
  assert.equal(found.orphans.length, 0);
});

test('a partition in another bucket is listed by itself, and one that may not be listed is named while the rest goes on', async () => {
  const table = salesTable();
  const rows = rowsOf(table, [
    '2024/01',
    '2024/02 -> s3://cold/sales-2024-02/',
    '2024/03 -> s3://gone/x/',
    '2024/04 -> s3://cold/denied/',
  ]);
  const plan = measurePlan(table, rows, { filtered: false });
  assert.equal(plan.least.requests, 4);
  assert.match(
    measureQuestion(plan),
    /3 partitions that lie elsewhere take a request each\. At least 4 requests/,
  );
  const found = await measured(
    table,
    rows,
    { lake: objectsOf(['sales/year=2024/month=01/a 1']), cold: objectsOf(['sales-2024-02/b 2']) },
    {
      before: (target) => {
        if (target === 's3://cold/denied/') {
          throw new Problem('S3 denied s3:ListBucket on s3://cold/denied/.', 'denied');
        }
      },
    },
  );
  assert.deepEqual(shown(found, rows), [
    '2024/01 data 1 1',
    '2024/02 data 1 2',
    '2024/03 unlisted  ',
    '2024/04 unlisted  ',
  ]);
  assert.equal(found.ending, 'partly');
  assert.deepEqual(found.problems.toSorted(), [
    'S3 denied s3:ListBucket on s3://cold/denied/.',
    'S3 has no bucket gone: check its name.',
  ]);
});

test('where the table itself may not be listed, what lies elsewhere still is', async () => {
  const table = salesTable();
  const rows = rowsOf(table, ['2024/01', '2024/02 -> s3://cold/x/']);
  const found = await measured(
    table,
    rows,
    { lake: [], cold: objectsOf(['x/b 2']) },
    {
      before: (target) => {
        if (target.startsWith('s3://lake/'))
          throw new Problem('S3 denied s3:ListBucket on s3://lake/sales/.', 'denied');
      },
    },
  );
  assert.deepEqual(shown(found, rows), ['2024/01 unlisted  ', '2024/02 data 1 2']);
  assert.deepEqual(found.problems, ['S3 denied s3:ListBucket on s3://lake/sales/.']);
});

test('of filtered partitions only their common folder is listed, and nothing there is called an orphan', async () => {
  const table = salesTable();
  const rows = rowsOf(table, ['2024/06', '2024/07']);
  const plan = measurePlan(table, rows, { filtered: true });
  assert.equal(plan.scope, 'lake/sales/year=2024/');
  const found = await measured(
    table,
    rows,
    {
      lake: objectsOf([
        'sales/year=2024/month=06/a 1',
        'sales/year=2024/month=01/b 1',
        'sales/year=2023/month=01/b 1',
      ]),
    },
    { filtered: true },
  );
  assert.deepEqual(shown(found, rows), ['2024/06 data 1 1', '2024/07 missing 0 0']);
  assert.deepEqual([found.orphans.length, found.objects], [0, 2]);
});

test('a layout without key names is learned from the partitions, so that a new folder of it is an orphan', async () => {
  const table = salesTable();
  const rows = rowsOf(
    table,
    ['2023/11', '2023/12', '2024/01'].map((name) => `${name} -> s3://lake/sales/${name}/`),
  );
  const found = await measured(table, rows, {
    lake: objectsOf([
      'sales/2023/12/a 1',
      'sales/2024/01/b 1',
      'sales/2024/02/c 1',
      'sales/notes/readme.txt 1',
    ]),
  });
  assert.deepEqual(
    found.orphans.map(({ values, location }) => [values.join('/'), location]),
    [['2024/02', 's3://lake/sales/2024/02/']],
  );
  assert.deepEqual(shown(found, rows)[0], '2023/11 missing 0 0');
});

test('a stopped measurement keeps what was counted and calls nothing missing', async () => {
  const table = salesTable();
  const rows = rowsOf(table, ['2024/01', '2024/02']);
  const keys = Array.from(
    { length: 5000 },
    (_, at) => `sales/year=2024/month=01/${String(at).padStart(5, '0')} 1`,
  );
  const lake = partitionLake({ table, partitions: () => [], buckets: { lake: objectsOf(keys) } });
  const stop = new AbortController();
  const plan = measurePlan(table, rows, { filtered: false });
  const found = await measurePartitions(
    lake.store,
    {
      connection,
      table,
      rows,
      plan,
      random,
      onProgress: (objects) => {
        if (objects >= 2000) stop.abort();
      },
    },
    stop.signal,
  );
  assert.equal(found.ending, 'stopped');
  assert.ok(found.cost.requests >= 2); // what was asked is paid for
  assert.ok((found.figures.files(0) ?? 0) >= 2000);
  assert.deepEqual(
    [found.figures.state(0), found.figures.state(1), found.figures.files(1)],
    ['unlisted', 'unlisted', undefined],
  );
});
