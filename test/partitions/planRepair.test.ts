import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Partition, Table } from '../../src/catalog/catalog';
import { isEmpty, neededActions } from '../../src/partitions/plan';
import { planRepair } from '../../src/partitions/planRepair';
import { planSql } from '../../src/partitions/planSql';
import { memoryConnection, memoryLake } from '../support/memoryLake';

const signal = new AbortController().signal;
const table = { database: 'bank', name: 'payments' };

function payments(keys: string): Table {
  return {
    ...table,
    columns: [{ name: 'id', type: 'bigint' }],
    partitionKeys: keys.split(', ').map((key) => {
      const [name = '', type = ''] = key.split(' ');
      return { name, type };
    }),
    location: 's3://lake/payments/',
    kind: 'hive',
  };
}

async function plan(keys: string, files: readonly string[], partitions: readonly Partition[] = []) {
  const lake = memoryLake({ table: payments(keys), keys: files, partitions });
  return planRepair(lake, { connection: memoryConnection, table }, signal);
}

const at = (values: readonly string[], path: string): Partition => ({
  values,
  location: `s3://lake/payments/${path}`,
});

test('a prefix the catalog lacks is to be created at its place', async () => {
  const found = await plan(
    'year int, month int',
    ['payments/year=2024/month=01/a.parquet', 'payments/year=2024/month=02/a.parquet'],
    [at(['2024', '01'], 'year=2024/month=01/')],
  );
  assert.deepEqual(
    [...found.create],
    [{ values: ['2024', '02'], location: 's3://lake/payments/year=2024/month=02/' }],
  );
  assert.deepEqual([found.remove, found.update, found.report], [[], [], []]);
});

test('a partition without files is to be removed, and one whose files lie elsewhere on purpose is not', async () => {
  const found = await plan(
    'day date',
    ['payments/day=2024-01-01/a', 'moved/jan/a'],
    [
      at(['2024-01-01'], 'day=2024-01-01'),
      at(['2024-01-02'], 'day=2024-01-02/'),
      { values: ['2024-01-03'], location: 's3://lake/moved/jan/' },
    ],
  );
  assert.deepEqual(found.remove, [
    { values: ['2024-01-02'], location: 's3://lake/payments/day=2024-01-02/' },
  ]);
  assert.equal(found.calls.s3Probe, 2);
  assert.equal(found.partitions.elsewhere, 1);
});

test('a partition that points elsewhere than its files is a move, and says whether the old place has files', async () => {
  const found = await plan(
    'day date',
    ['payments/day=2024-01-01/a', 'payments/day=2024-01-02/a', 'old/a'],
    [
      { values: ['2024-01-01'], location: 's3://lake/old/' },
      { values: ['2024-01-02'], location: 's3://lake/gone/' },
    ],
  );
  assert.deepEqual(
    found.update.map((one) => [one.values[0], one.oldPlaceHasFiles]),
    [
      ['2024-01-01', true],
      ['2024-01-02', false],
    ],
  );
  assert.equal(found.create.length, 0);
});

test('two spellings of one number are reported and neither is created', async () => {
  const found = await plan('month int', ['payments/month=1/a', 'payments/month=01/a']);
  assert.deepEqual([...found.create], []);
  assert.deepEqual(
    found.report.map((one) => one.kind),
    ['duplicate', 'duplicate'],
  );
});

test('a partition registered as 1 with the files of month=01 is the same partition', async () => {
  const found = await plan('month int', ['payments/month=01/a'], [at(['1'], 'month=01/')]);
  assert.ok(isEmpty(found));
  assert.deepEqual(found.report, []);
});

test('a place registered under another value is reported, not created a second time', async () => {
  const found = await plan(
    'day string',
    ['payments/day=2024-01-01/a'],
    [at(['2024-01-02'], 'day=2024-01-01/')],
  );
  assert.ok(isEmpty(found));
  assert.deepEqual(
    found.report.map((one) => one.kind),
    ['duplicate'],
  );
});

test('escaped, spaced, unicode and mixed case names are read as their values', async () => {
  const files = [
    'payments/City=New York/a',
    'payments/city=a%3Ab/a',
    'payments/city=50%/a',
    'payments/city=a=b/a',
    'payments/city=Zürich/a',
    'payments/city=__HIVE_DEFAULT_PARTITION__/a',
  ];
  const found = await plan('city string', files);
  assert.deepEqual(
    [...found.create].map((one) => one.values[0]),
    ['50%', 'New York', 'Zürich', '__HIVE_DEFAULT_PARTITION__', 'a:b', 'a=b'],
  );
  assert.deepEqual(
    found.report.map((one) => [one.kind, one.location]),
    [['case', 's3://lake/payments/City=New York/']],
  );
});

test('engine folders are passed over, and wrong depths, keys and values are reported and left alone', async () => {
  const found = await plan('year int, month int', [
    'payments/_temporary/0/a',
    'payments/.hive-staging_1/a',
    'payments/_SUCCESS',
    'payments/_delta_log/0.json',
    'payments/loose.parquet',
    'payments/year=2024/loose1.parquet',
    'payments/year=2024/loose2.parquet',
    'payments/year=2024/month=13x/a',
    'payments/year=2024/day=01/a',
    'payments/2024/01/a',
    'payments/year=2024/month=12:30/a',
    'payments/year=2024/month=02/a',
  ]);
  assert.deepEqual(
    [...found.create],
    [{ values: ['2024', '02'], location: 's3://lake/payments/year=2024/month=02/' }],
  );
  assert.deepEqual(
    found.report.map((one) => `${one.location} ${one.message}`),
    [
      's3://lake/payments/ 1 file lies above the partitions, where Athena does not read',
      's3://lake/payments/2024/ 2024 is not a year=… directory',
      's3://lake/payments/year=2024/ 2 files lie above the partitions, where Athena does not read',
      's3://lake/payments/year=2024/day=01/ day=01 has the key day where month is expected',
      's3://lake/payments/year=2024/month=12:30/ month=12:30 has a colon in its name, which MSCK and Spark cannot read; write it as %3A',
      's3://lake/payments/year=2024/month=13x/ 13x is no int, which month needs',
    ],
  );
});

test('a registered partition whose value is odd but whose place is listed is left alone', async () => {
  const found = await plan('month int', ['payments/month=x/a'], [at(['x'], 'month=x/')]);
  assert.ok(isEmpty(found));
});

for (const [name, change, sentence] of [
  ['a view', { kind: 'view' }, 'bank.payments has no partitions to repair: it is a view.'],
  [
    'an Iceberg table',
    { kind: 'iceberg' },
    'bank.payments has no partitions to repair: iceberg keeps its own list of files.',
  ],
  [
    'a table without keys',
    { partitionKeys: [] },
    'bank.payments has no partitions to repair: it has no partition keys.',
  ],
  [
    'a projected table',
    { parameters: { 'projection.enabled': 'true' } },
    'bank.payments has no partitions to repair: Athena computes them by partition projection and ignores registered ones.',
  ],
] as const) {
  test(`${name} is refused in one sentence`, async () => {
    const lake = memoryLake({ table: { ...payments('day date'), ...change }, keys: [], partitions: [] });
    await assert.rejects(planRepair(lake, { connection: memoryConnection, table }, signal), {
      message: sentence,
    });
  });
}

test('a plan of 20,000 partitions makes the least requests, but for the parallel reading of the catalog', async () => {
  const files: string[] = [];
  const partitions: Partition[] = [];
  for (let day = 0; day < 834; day += 1) {
    for (let hour = 0; hour < 24; hour += 1) {
      const date = new Date(Date.UTC(2022, 0, 1 + day));
      const values = [
        String(date.getUTCFullYear()),
        String(date.getUTCMonth() + 1),
        String(date.getUTCDate()),
        String(hour),
      ];
      const path = `year=${values[0]}/month=${values[1]}/day=${values[2]}/hour=${values[3]}/`;
      files.push(`payments/${path}a`, `payments/${path}b`);
      if (day < 800) partitions.push(at(values, path));
    }
  }
  const lake = memoryLake({
    table: payments('year int, month int, day int, hour int'),
    keys: files,
    partitions,
  });
  const found = await planRepair(lake, { connection: memoryConnection, table }, signal);
  assert.equal(found.create.length, 34 * 24);
  const least = 1 + 3 + 28 + 834 + Math.ceil(partitions.length / 1000) + 1;
  const made = found.calls.s3List + found.calls.s3Probe + found.calls.glueRead;
  assert.equal(lake.calls.list + lake.calls.read + 1, made);
  assert.ok(made <= least * 1.05, `${made} requests, ${least} are the least`);
});

test('the SQL of a plan says the same, quoted, and in statements Athena accepts', async () => {
  const found = await plan(
    'city string, day int',
    ["payments/city=L'Aquila/day=01/a", 'payments/city=Rome/day=02/a'],
    [at(['Oslo', '3'], 'city=Oslo/day=3/')],
  );
  assert.deepEqual(
    [...planSql(found, { create: true, remove: true, update: true })],
    [
      "ALTER TABLE bank.payments ADD IF NOT EXISTS\n  PARTITION (city = 'L''Aquila', day = '01') LOCATION 's3://lake/payments/city=L''Aquila/day=01/'\n  PARTITION (city = 'Rome', day = '02') LOCATION 's3://lake/payments/city=Rome/day=02/';",
      "ALTER TABLE bank.payments DROP IF EXISTS\n  PARTITION (city = 'Oslo', day = '3');",
    ],
  );
  const all = { create: true, remove: true, update: true };
  assert.deepEqual(neededActions(found, all), [
    'glue:GetTable',
    'glue:GetPartitions',
    's3:ListBucket',
    'glue:BatchCreatePartition',
    'glue:BatchGetPartition',
    'glue:BatchDeletePartition',
  ]);
});

test('a cancelled plan stops and throws an AbortError', async () => {
  const abort = new AbortController();
  const lake = memoryLake({
    table: payments('day date'),
    keys: ['payments/day=2024-01-01/a'],
    partitions: [],
  });
  abort.abort();
  await assert.rejects(planRepair(lake, { connection: memoryConnection, table }, abort.signal), {
    name: 'AbortError',
  });
});
