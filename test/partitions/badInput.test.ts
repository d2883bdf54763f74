import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Partition, Table } from '../../src/catalog/catalog';
import { isEmpty, type RepairPlan } from '../../src/partitions/plan';
import { planRepair, type PlanRequest } from '../../src/partitions/planRepair';
import { memoryConnection, type MemoryLake, memoryLake } from '../support/memoryLake';

const signal = new AbortController().signal;
const table = { database: 'bank', name: 'payments' };

function payments(keys: string, more: Partial<Table> = {}): Table {
  return {
    ...table,
    columns: [{ name: 'id', type: 'bigint' }],
    partitionKeys: keys.split(', ').map((key) => {
      const [name = '', type = ''] = key.split(' ');
      return { name, type };
    }),
    location: 's3://lake/payments/',
    kind: 'hive',
    ...more,
  };
}

function lakeOf(keys: string, files: readonly string[], partitions: readonly Partition[] = []): MemoryLake {
  return memoryLake({ table: payments(keys), keys: files.map((file) => `payments/${file}`), partitions });
}

function plan(lake: Parameters<typeof planRepair>[0], wish: Partial<PlanRequest> = {}): Promise<RepairPlan> {
  return planRepair(
    lake,
    { connection: memoryConnection, table, patience: { random: () => 0 }, ...wish },
    signal,
  );
}

const at = (values: readonly string[], path: string): Partition => ({
  values,
  location: `s3://lake/payments/${path}`,
});
const created = (found: RepairPlan): readonly string[] =>
  [...found.create].map((one) => one.values.join('|'));
const told = (found: RepairPlan): readonly string[] =>
  found.report.map(
    ({ kind, location, message }) => `${kind} ${location.replace('s3://lake/payments/', '')}: ${message}`,
  );

test('spaces, %, +, unicode and NULL are values; a colon and directories without a name are reported', async () => {
  const files = [
    'city=New York/a',
    'city=50%/a',
    'city=a+b/a',
    'city=東京/a',
    'city=__HIVE_DEFAULT_PARTITION__/a',
  ];
  const odd = ['city=12:30/a', '/city=lost/a', 'city=/a'];
  const found = await plan(lakeOf('city string', [...files, ...odd]));
  assert.deepEqual(created(found), ['50%', 'New York', '__HIVE_DEFAULT_PARTITION__', 'a+b', '東京']);
  assert.deepEqual(told(found), [
    'malformed /: a directory without a name is not a city=… directory',
    'malformed city=/: city= has no value for city',
    'malformed city=12:30/: city=12:30 has a colon in its name, which MSCK and Spark cannot read; write it as %3A',
  ]);
});

test('two spellings of one date are never both registered, nor one of them beside the other', async () => {
  const files = ['dt=2024-01-05/a', 'dt=2024-1-5/a', 'dt=2024-01-06/a'];
  const fresh = await plan(lakeOf('dt date', files));
  assert.deepEqual(created(fresh), ['2024-01-06']);
  assert.deepEqual(told(fresh), [
    'duplicate dt=2024-01-05/: dt=2024-01-05 and payments/dt=2024-1-5/ mean the same partition; merge them, then repair',
    'duplicate dt=2024-1-5/: dt=2024-1-5 and payments/dt=2024-01-05/ mean the same partition; merge them, then repair',
  ]);
  const half = await plan(lakeOf('dt date', files, [at(['2024-01-05'], 'dt=2024-01-05/')]));
  assert.deepEqual(created(half), ['2024-01-06']);
});

test('two spellings of one day in a text key are two partitions, and said', async () => {
  const found = await plan(lakeOf('dt string', ['dt=2024-01-05/a', 'dt=20240105/a', 'dt=x/a']));
  assert.deepEqual(created(found), ['2024-01-05', '20240105', 'x']);
  assert.deepEqual(told(found), [
    'duplicate dt=2024-01-05/: dt=2024-01-05 and payments/dt=20240105/ name the same day in two spellings: a filter on one does not find the other',
    'duplicate dt=20240105/: dt=20240105 and payments/dt=2024-01-05/ name the same day in two spellings: a filter on one does not find the other',
  ]);
});

test('values that do not parse are reported one by one, and the rest is added', async () => {
  const found = await plan(
    lakeOf('dt date, hour int', [
      'dt=2024-02-30/hour=1/a',
      'dt=2024-01-05/hour=x/a',
      'dt=2024-01-05/hour=7/a',
    ]),
  );
  assert.deepEqual(created(found), ['2024-01-05|7']);
  assert.deepEqual(told(found), [
    'malformed dt=2024-01-05/hour=x/: x is no int, which hour needs',
    'malformed dt=2024-02-30/hour=1/: 2024-02-30 is no date, which dt needs',
  ]);
});

test('a partition registered twice for one place, and one under two spellings, are reported and left alone', async () => {
  const partitions = [at(['1'], 'n=1/'), at(['01'], 'n=1/'), at(['2'], 'elsewhere/')];
  const found = await plan(lakeOf('n int', ['n=1/a', 'elsewhere/a'], partitions));
  assert.ok(isEmpty(found));
  assert.ok(
    told(found).includes('duplicate n=1/: the catalog reads this place as n=01, its name says n=1') ||
      told(found).includes('duplicate n=1/: n=01 is registered a second time for this place'),
    told(found).join('\n'),
  );
  assert.equal(
    told(found).filter((line) => /is registered 2 times in different spellings/.test(line)).length,
    2,
  );
});

test('a directory that holds only a marker or an engine’s own files is no partition; one that may not be seen is', async () => {
  const lake = lakeOf('n int', [
    'n=1/',
    'n=2/_SUCCESS',
    'n=2/_temporary/0/part',
    'n=3/part',
    'n=4/deep/part',
    'n=5_$folder$',
    'n=6/part',
  ]);
  lake.beforeList = (prefix) => {
    if (prefix === 'payments/n=6/') throw new Problem('S3 denied it.', 'denied');
  };
  const found = await plan(lake);
  assert.deepEqual(created(found), ['3', '4', '6']);
  assert.deepEqual(told(found), [
    'empty n=1/: has no data in it, only a marker or files that engines pass over',
    'empty n=2/: has no data in it, only a marker or files that engines pass over',
    'unseen n=6/: it is added, though whether it has files could not be seen: S3 denied it.',
  ]);
  assert.equal(found.unread, undefined);
});

test('many new directories are looked into only when told to', async () => {
  const files = ['n=0/', ...Array.from({ length: 150 }, (_, n) => `n=${n + 1}/part`)];
  const quick = await plan(lakeOf('n int', files));
  assert.deepEqual([quick.create.length, quick.unread, quick.calls.s3Probe], [151, 151, 0]);
  const whole = await plan(lakeOf('n int', files), { lookInto: 'all' });
  assert.deepEqual([whole.create.length, whole.unread, whole.calls.s3Probe], [150, undefined, 151]);
});

test('a partition in another bucket or region is never called empty when that place cannot be read', async () => {
  const elsewhere = [
    { values: ['1'], location: 's3://elsewhere/n=1/' },
    { values: ['2'], location: 's3://abroad/n=2/' },
    { values: ['3'], location: 'hdfs://old/n=3/' },
    { values: ['4'], location: 's3://lake/payments/n=4/' },
  ];
  const lake = lakeOf('n int', [], elsewhere);
  const { list } = lake.store;
  const store = {
    ...lake.store,
    list: async (...[connection, request, stop]: Parameters<typeof list>) => {
      if (request.bucket === 'abroad') throw new Problem('S3 refused it (PermanentRedirect).', 'other');
      if (request.bucket === 'elsewhere') throw new Problem('S3 denied it.', 'denied');
      return await list(connection, request, stop);
    },
  };
  const found = await plan({ ...lake, store });
  assert.deepEqual(
    found.remove.map(({ values }) => values[0]),
    ['4'],
  );
  assert.deepEqual(
    found.report.map(({ kind, values, message }) => `${kind} ${values.join('|')}: ${message}`).toSorted(),
    [
      'unseen 1: whether it has files could not be seen: S3 denied it.',
      'unseen 2: whether it has files could not be seen: S3 refused it (PermanentRedirect).',
      'unseen 3: whether it has files could not be seen: hdfs://old/n=3/ is no place in S3.',
    ],
  );
});

test('a directory that may not be listed is named, and nothing is said of what is in it', async () => {
  const files = ['year=2023/month=1/a', 'year=2024/month=1/a'];
  const lake = lakeOf('year int, month int', files, [at(['2023', '1'], 'year=2023/month=1/')]);
  lake.beforeList = (prefix) => {
    if (prefix.startsWith('payments/year=2023/')) throw new Problem('S3 denied it.', 'denied');
  };
  const found = await plan(lake);
  assert.deepEqual(created(found), ['2024|1']);
  assert.deepEqual(found.remove, []);
  assert.deepEqual(told(found), [
    'unseen year=2023/: could not be listed, so nothing is said of the partitions in it: S3 denied it.',
    'unseen year=2023/month=1/: whether it has files could not be seen: S3 denied it.',
  ]);
});

test('what is deleted while it is listed is no partition, and no fault', async () => {
  const lake = lakeOf('year int, month int', [
    'year=2023/month=1/a',
    'year=2024/month=1/a',
    'year=2024/month=2/a',
  ]);
  lake.beforeList = (prefix) => {
    // Between the listing of the years and that of 2023, and before the look into 2024-02.
    const gone =
      prefix === 'payments/year=2023/'
        ? 'payments/year=2023/month=1/a'
        : prefix === 'payments/year=2024/month=2/'
          ? 'payments/year=2024/month=2/a'
          : undefined;
    const index = gone === undefined ? -1 : lake.objects.indexOf(gone);
    if (index >= 0) lake.objects.splice(index, 1);
  };
  const found = await plan(lake);
  assert.deepEqual(created(found), ['2024|1']);
  assert.deepEqual(told(found), [
    'empty year=2024/month=2/: has no data in it, only a marker or files that engines pass over',
  ]);
});

test('throttling on half of all calls costs time, and nothing of the plan', async () => {
  const files = Array.from({ length: 200 }, (_, n) => `year=${1900 + n}/month=1/a`);
  const stale = Array.from({ length: 50 }, (_, n) =>
    at([String(1700 + n), '1'], `year=${1700 + n}/month=1/`),
  );
  const lake = lakeOf('year int, month int', files, stale);
  const { partitions: read } = lake.catalog;
  // Whatever is asked for is refused once: half of all calls.
  const refused = new Set<string>();
  const throttle = (what: string): void => {
    if (refused.has(what)) return;
    refused.add(what);
    throw new Problem('S3 asked to slow down.', 'throttled');
  };
  lake.beforeList = throttle;
  const catalog = {
    ...lake.catalog,
    partitions: async (...given: Parameters<typeof read>) => {
      throttle(JSON.stringify(given[1]));
      return await read(...given);
    },
  };
  const found = await plan({ ...lake, catalog });
  assert.deepEqual([found.create.length, found.remove.length, found.report.length], [200, 50, 0]);
});

test('a flat directory of 30,000 is cut up and listed side by side: each partition once, few requests more', async () => {
  const days = Array.from({ length: 30_000 }, (_, n) =>
    new Date(Date.UTC(1990, 0, 1 + n)).toISOString().slice(0, 10),
  );
  const lake = lakeOf(
    'dt date',
    days.map((day) => `dt=${day}/a`),
  );
  let open = 0;
  let most = 0;
  const { list } = lake.store;
  const store = {
    ...lake.store,
    list: async (...given: Parameters<typeof list>) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((next) => setImmediate(next));
      open -= 1;
      return await list(...given);
    },
  };
  const found = await plan({ ...lake, store });
  assert.equal(found.create.length, 30_000);
  assert.equal(new Set(created(found)).size, 30_000);
  assert.ok(most > 4, `${most} listings side by side`);
  assert.ok(found.calls.s3List < 30 + 30, `${found.calls.s3List} requests for 30 pages`);
});

for (const [name, names] of [
  ['hexadecimal', (n: number) => ((n * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0')],
  ['words with signs', (n: number) => `k.${'-_.a'[n % 4] ?? ''}${n}`],
  ['beyond ASCII', (n: number) => `${String.fromCodePoint(0x4e00 + (n % 500))}${n}`],
] as const) {
  test(`a flat directory of names that are ${name} is listed whole when it is cut up`, async () => {
    const values = Array.from({ length: 26_000 }, (_, n) => names(n));
    const found = await plan(
      lakeOf(
        'k string',
        values.map((value) => `k=${value}/a`),
      ),
    );
    assert.deepEqual(created(found).toSorted(), [...new Set(values)].toSorted());
  });
}

test('partitions that are read in another format, or have other columns, are reported', async () => {
  const serde = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';
  const parquet = payments('n int', {
    serde,
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'amount', type: 'double' },
    ],
  });
  const lake = memoryLake({
    table: parquet,
    keys: [1, 2, 3].map((n) => `payments/n=${n}/a`),
    partitions: [1, 2, 3].map((n) => at([String(n)], `n=${n}/`)),
  });
  const csv = 'org.apache.hadoop.hive.serde2.OpenCSVSerde';
  const { partitions: read } = lake.catalog;
  const catalog = {
    ...lake.catalog,
    partitions: async (...given: Parameters<typeof read>) => {
      const page = await read(...given);
      return {
        ...page,
        items: page.items.map((one) => ({ ...one, serde: one.values[0] === '1' ? serde : csv })),
      };
    },
  };
  const { describe } = lake.partitions;
  const partitions = {
    ...lake.partitions,
    describe: async (...given: Parameters<typeof describe>) =>
      (await describe(...given)).map((one) => ({
        ...one,
        columns: [
          { name: 'id', type: 'bigint' },
          { name: 'amount', type: one.values[0] === '3' ? 'string' : 'double' },
        ],
      })),
  };
  const found = await plan({ ...lake, catalog, partitions });
  assert.ok(isEmpty(found));
  assert.deepEqual(told(found), [
    `schema n=2/: 2 partitions are read by ${csv}, the table by ${serde}; the first is n=2`,
    'schema n=3/: amount is double in the table, but string in n=3, and a query over it fails',
  ]);
  const denied = {
    describe: () => Promise.reject(new Problem('Glue denied glue:BatchGetPartition.', 'denied')),
  };
  const without = await plan({ ...lake, partitions: denied });
  assert.deepEqual(without.notes, [
    "The columns of partitions were not compared with the table's: Glue denied glue:BatchGetPartition.",
  ]);
});

test('a layout by template is planned like Hive’s, and what does not fit it is reported', async () => {
  const lake = lakeOf(
    'dt date',
    ['2024/01/05/a', '2024/01/06/a', '2024/xx/a', '2024/02/30/a', 'dt=2024-01-07/a'],
    [at(['2024-01-05'], '2024/01/05/'), at(['2024-01-04'], '2024/01/04/')],
  );
  const hive = await plan(lake);
  assert.deepEqual([created(hive), hive.foreign], [['2024-01-07'], ['2024']]);
  const found = await plan(lake, { template: '${dt:yyyy/MM/dd}/' });
  assert.deepEqual(
    [...found.create],
    [{ values: ['2024-01-06'], location: 's3://lake/payments/2024/01/06/' }],
  );
  assert.deepEqual(
    found.remove.map(({ values }) => values[0]),
    ['2024-01-04'],
  );
  assert.deepEqual(told(found), [
    'malformed 2024/02/30/: 30 is no date of dt',
    'malformed 2024/xx/: xx does not fit ${dt:MM}',
    'malformed dt=2024-01-07/: dt=2024-01-07 does not fit ${dt:yyyy}',
  ]);
  assert.equal(found.template, '${dt:yyyy/MM/dd}/');
});

test('fixed directories of a template are entered without a listing, and the last one is asked for', async () => {
  const files = ['eu/v1/2024/data/a', 'eu/v1/2025/tmp/a', 'us/v2/2024/data/a', 'us/v1/2023/data/a'];
  const lake = lakeOf('region string, year int', files);
  const found = await plan(lake, { template: '${region}/v1/${year}/data/' });
  assert.deepEqual(created(found), ['eu|2024', 'us|2023']);
  // The root, a listing of each region's v1, and a look at each year's data; then into the two new ones.
  assert.deepEqual([found.calls.s3List, found.calls.s3Probe], [1 + 2 + 3, 2]);
});

test('a table with a location template of its own is read by it', async () => {
  const own = payments('year int', {
    parameters: { 'storage.location.template': 's3://lake/payments/y/${year}/' },
  });
  const lake = memoryLake({ table: own, keys: ['payments/y/2024/a'], partitions: [] });
  const found = await plan(lake);
  assert.deepEqual([...found.create], [{ values: ['2024'], location: 's3://lake/payments/y/2024/' }]);
});

test('a fault that is the same for all places ends the looking at once', async () => {
  const stale = Array.from({ length: 1000 }, (_, n) => at([String(n)], `n=${n}/`));
  const lake = lakeOf('n int', [], stale);
  let looks = 0;
  lake.beforeList = (prefix) => {
    if (prefix === 'payments/') return;
    looks += 1;
    throw new Problem('The sign-in has expired.', 'signed-out');
  };
  await assert.rejects(plan(lake), { kind: 'signed-out' });
  assert.ok(looks <= 64, `${looks} of 1,000 places were looked at`);
});
