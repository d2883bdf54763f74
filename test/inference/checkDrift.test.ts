import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import type { PartitionSchema } from '../../src/catalog/partitionDrift';
import { checkDrift, type DriftReport } from '../../src/inference/checkDrift';
import { driftLetter } from '../../src/inference/driftLetter';
import { readDocument } from '../../src/sql/document';
import { connection, fakeCatalog, fault, tableOf } from '../support/fakes';
import { bucketOf, fixture, type Content } from './objects';

const { signal } = new AbortController();
const columns =
  'id int, price decimal(18,2), contact struct<phone:string,preferred:boolean>, tags array<string>, counts map<string,bigint>';

interface Given {
  readonly table: Table;
  readonly partitions?: readonly PartitionSchema[] | Error;
  readonly files?: Readonly<Record<string, Content>>;
  /** A page of partitions holds so many. */
  readonly page?: number;
}

async function check({
  table,
  partitions = [],
  files = {},
  page = 1000,
}: Given): Promise<DriftReport & { readonly letter: string }> {
  const report = await checkDrift(
    {
      catalog: fakeCatalog({ tables: [table] }),
      store: bucketOf(files),
      schemas: {
        async partitionSchemas(_, { limit, segment, expression }) {
          if (partitions instanceof Error) throw partitions;
          const size = partitions.length / (segment?.total ?? 1);
          const some = partitions.filter(({ values: [value = ''] }, at) =>
            expression === undefined
              ? Math.floor(at / size) === (segment?.number ?? 0)
              : expression.includes(value),
          );
          const most = Math.min(limit, page);
          return { items: some.slice(0, most), ...(some.length > most ? { next: 'x' } : {}) };
        },
      },
    },
    { connection, table, newest: "day = '14999'" },
    signal,
  );
  const letter = driftLetter(report);
  const { statements } = readDocument(letter, 'athena');
  for (const { parsed } of statements) assert.deepEqual(parsed.problems, [], letter);
  return { ...report, letter };
}

function parquetTable(list = columns): Table {
  const [names = '', ...keys] = list.split(' by ');
  const fields = names.split(/, (?=\w+ )/).map((field) => {
    const [name = '', ...type] = field.split(' ');
    return { name, type: type.join(' ') };
  });
  return {
    ...tableOf(`bank.visits(x int)${keys.length === 0 ? '' : ` by ${keys.join('')}`}`),
    columns: fields,
    kind: 'hive',
    format: 'parquet',
    location: 's3://lake/visits/',
  };
}

function partition(
  day: string,
  types: readonly (readonly [string, string])[],
  rest: Partial<PartitionSchema> = {},
): PartitionSchema {
  return {
    values: [day],
    columns: types.map(([name, type]) => ({ name, type })),
    location: `s3://lake/visits/day=${day}/`,
    ...rest,
  };
}

const nested = fixture('nested.snappy.parquet');

test('a table that agrees with its partitions and files has a letter that says what was compared', async () => {
  const table = parquetTable(`${columns} by day string`);
  const own = table.columns.map(({ name, type }) => [name, type] as const);
  const report = await check({
    table,
    partitions: [partition('2024-01-01', own), partition('2024-01-02', own)],
    files: { 'visits/day=2024-01-01/a.parquet': nested, 'visits/day=2024-01-02/a.parquet': nested },
  });
  assert.deepEqual([report.drifts, report.unread, report.notes], [[], [], []]);
  assert.match(
    report.letter,
    /^-- dialect: athena\n-- `bank`\.`visits` compared with all 2 of its partitions and 2 files: .* read in \d+ requests, 2\n--   listings, 2 requests to Glue\.\n-- `bank`\.`visits` agrees with all that was looked at\.\n/,
  );
});

test('partitions with other types are one difference with its effect, and one pair of statements', async () => {
  const table = parquetTable('id bigint, name string by day string');
  const days = Array.from({ length: 60 }, (_, at) =>
    new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10),
  );
  const { drifts, letter } = await check({
    table,
    partitions: days.map((day) => partition(day, [['id', 'string']])),
  });
  assert.deepEqual(
    drifts.map(({ message, effect, where }) => [message, effect, where.length]),
    [
      [
        'id is bigint in the table, but string in 60 partitions, and a query over them fails.',
        'Queries fail with HIVE_PARTITION_SCHEMA_MISMATCH.',
        60,
      ],
      [
        'name is in the table, but not in the columns of 60 partitions.',
        'Queries show NULL for it there where the files are read by the columns of the partition.',
        60,
      ],
    ],
  );
  assert.match(letter, /\n-- {5}and 55 more\n/);
  const alters = letter.match(/^ALTER TABLE .*/gm) ?? [];
  assert.equal(alters.length, 4, 'fifty partitions a statement, each dropped and added once');
  assert.match(
    letter,
    /PARTITION \(`day` = '2024-02-29'\) LOCATION 's3:\/\/lake\/visits\/day=2024-02-29\/';/,
  );
});

test('footers are compared by type: what fails, what is harmless, what is missing', async () => {
  const wider = parquetTable(
    columns.replace('id int', 'id bigint').replace('price decimal(18,2)', 'price string'),
  );
  const { drifts, letter } = await check({
    table: {
      ...wider,
      columns: [...wider.columns, { name: 'late', type: 'date' }].filter(({ name }) => name !== 'tags'),
    },
    files: { 'visits/a.parquet': nested },
  });
  assert.deepEqual(
    drifts.map(({ kind, column, effect }) => `${kind} ${column}: ${effect}`),
    [
      'not-in-table tags: Queries do not see it; they work as before.',
      'type id: Queries work: bigint holds all of its values.',
      'type price: Queries that read price from these files fail with HIVE_BAD_DATA or HIVE_CANNOT_OPEN_SPLIT.',
      'not-in-files late: Filters and joins on it lose these rows without an error.',
    ],
  );
  assert.match(letter, /\nALTER TABLE `bank`\.`visits` ADD COLUMNS \(\n {2}`tags` array<string>\n\);\n/);
  assert.match(letter, /\n-- No ALTER can do this/);
});

test('files and partitions of another format are told', async () => {
  const table = { ...parquetTable('id int by day string'), serde: 'a.b.ParquetHiveSerDe' };
  const { drifts } = await check({
    table,
    partitions: [
      partition('1', [['id', 'int']], { format: 'json', serde: 'x.JsonSerDe' }),
      partition('2', [['id', 'int']], { serde: 'x.OtherSerDe' }),
    ],
    files: { 'visits/day=1/a.json': '{"id":1}\n', 'visits/day=2/a.parquet': nested },
  });
  const told = drifts.filter(({ kind }) => kind.endsWith('format')).map(({ message }) => message);
  assert.deepEqual(told, [
    'The table reads parquet, but 1 of 2 files hold json.',
    'The table reads ParquetHiveSerDe, but day=1 says json.',
    'The table reads ParquetHiveSerDe, but day=2 says OtherSerDe.',
  ]);
});

test('text files are judged by what the table could not read, CSV by position', async () => {
  const csv: Table = {
    ...tableOf('bank.visits(a bigint, b string, c double, d int)', {
      kind: 'hive',
      format: 'csv',
      serde: 'x.OpenCSVSerde',
    }),
    location: 's3://lake/visits/',
  };
  const clean = await check({ table: csv, files: { 'visits/a.csv': 'w,x,y,z\n1,2,3,4\n5,x,6.5,7\n' } });
  assert.deepEqual(clean.drifts, []);
  const bad = await check({ table: csv, files: { 'visits/a.csv': 'w,x,y,z,extra\nn/a,2,3,4,5\n' } });
  assert.deepEqual(
    bad.drifts.map(({ kind, column }) => `${kind} ${column}`),
    ['not-in-table extra', 'type a'],
  );
  const json: Table = {
    ...tableOf('bank.visits(order_id bigint, at timestamp)', { kind: 'hive', format: 'json' }),
    location: 's3://lake/visits/',
    serdeParameters: { 'mapping.order_id': 'Order-Id' },
  };
  const mapped = await check({
    table: json,
    files: { 'visits/a.json': '{"Order-Id":1,"AT":"2024-01-01T00:00:00Z"}\n' },
  });
  assert.deepEqual(mapped.drifts, []);
});

test('what is denied, deleted or damaged is told, and the rest is compared', async () => {
  const table = parquetTable(`${columns} by day string`);
  const own = table.columns.map(({ name, type }) => [name, type] as const);
  const report = await check({
    table,
    partitions: [
      partition('1', own),
      partition('2', own),
      partition('3', own, { location: 's3://other/x/' }),
    ],
    files: {
      'visits/day=1/a.parquet': fixture('corrupt-footer.parquet'),
      'visits/day=1/b.parquet': fault('missing'),
      'visits/day=2/a.parquet': nested,
    },
  });
  assert.equal(report.files, 1);
  assert.deepEqual(report.unread, [
    'The footer of visits/day=1/a.parquet cannot be read, so the file is damaged or was cut off: write it again.',
    'visits/day=1/b.parquet was deleted between the listing and the reading.',
  ]);
  assert.deepEqual(report.notes, [
    'day=3 lies outside of s3://lake/visits/: dropping the table’s folder leaves their files.',
    'day=3 has no files.',
  ]);
  const blind = await check({
    table,
    partitions: fault('denied', 'Not allowed: glue:GetPartitions on bank.visits.'),
    files: { 'visits/day=2/a.parquet': nested },
  });
  assert.deepEqual(blind.unread, ['Not allowed: glue:GetPartitions on bank.visits.']);
  assert.match(blind.letter, /-- Not looked at: Not allowed: glue:GetPartitions on bank\.visits\.\n/);
  assert.equal(blind.files, 1, 'its files are looked at all the same');
});

test('of many partitions a spread is read, in twelve requests', async () => {
  const table = parquetTable('id int by day string');
  const many = Array.from({ length: 5000 }, (_, at) => partition(String(10_000 + at), [['id', 'int']]));
  const { partitions, cost, notes } = await check({ table, partitions: many, page: 500 });
  assert.deepEqual([partitions, cost.glue], [{ read: 681, all: false }, 13]);
  assert.equal(cost.list, 6);
  assert.equal(notes.length, 6, 'no files lie there');
});

test('two partitions over one place, and one without any, are told', async () => {
  const table = parquetTable('id int by day string');
  const { notes } = await check({
    table,
    partitions: [
      partition('1', [['id', 'int']]),
      partition('01', [['id', 'int']], { location: 's3://lake/visits/day=1' }),
      { values: ['2'], columns: [{ name: 'id', type: 'int' }] },
    ],
    files: { 'visits/day=1/a.csv': 'id\n1\n' },
  });
  assert.deepEqual(notes, [
    'day=2 has no place in S3, so nothing is read of it.',
    'day=1 and day=01 lie at one place, s3://lake/visits/day=1/: its rows are counted twice.',
  ]);
});

test('a view has nothing to compare, and a lost sign-in ends the check', async () => {
  await assert.rejects(check({ table: { ...parquetTable(), kind: 'view' } }), { kind: 'invalid' });
  await assert.rejects(
    check({ table: parquetTable('id int by day string'), partitions: fault('signed-out') }),
    { kind: 'signed-out' },
  );
});

test('files that only a pattern or another delimiter cuts are not compared, and damaged ones are told', async () => {
  const csv = tableOf('bank.visits(a bigint, b string)', {
    kind: 'hive',
    format: 'csv',
    location: 's3://lake/visits/',
  });
  const lazy = 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe';
  const files = { 'visits/a.csv': 'x;y\n1;2\n' };
  const other = await check({
    table: { ...csv, serde: lazy, serdeParameters: { 'field.delim': ',' } },
    files,
  });
  assert.deepEqual(
    [other.drifts, other.notes],
    [[], ['s3://lake/visits/a.csv seems to be cut by ";", the table by ",": its columns are not compared.']],
  );
  const pattern = await check({ table: { ...csv, format: 'text', serde: 'x.RegexSerDe' }, files });
  assert.deepEqual(pattern.notes, [
    's3://lake/visits/a.csv is read by a pattern, so its columns are not compared.',
  ]);
  const json = tableOf('bank.visits(payment_id bigint)', {
    kind: 'hive',
    format: 'json',
    location: 's3://lake/visits/',
  });
  const torn = await check({
    table: json,
    files: { 'visits/a.json.gz': fixture('truncated.ndjson.gz'), 'visits/b.json': '[\n{"payment_id":1}\n]' },
  });
  assert.ok(torn.notes.some((note) => /b\.json is one JSON document over several lines/.test(note)));
  assert.ok(torn.notes.some((note) => /a\.json\.gz: Its gzip stream is damaged/.test(note)));
});
