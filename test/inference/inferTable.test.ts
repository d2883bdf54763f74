import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { ddlLetter } from '../../src/inference/ddlLetter';
import { inferTable, type InferredTable } from '../../src/inference/inferTable';
import { lintDocument } from '../../src/lint/lint';
import { readDocument } from '../../src/sql/document';
import { connection, fault } from '../support/fakes';
import { bucketOf, fixture, type Content } from './objects';

const { signal } = new AbortController();
const name = { database: 'bank', name: 'payments' };

function infer(contents: Readonly<Record<string, Content>>, uri = 's3://lake/raw/'): Promise<InferredTable> {
  return inferTable(bucketOf(contents), { connection, uri, name }, signal);
}

/** The columns and keys of the table, as its DDL has them. */
function columnsOf({ table }: InferredTable): string {
  const list = (columns: InferredTable['table']['columns']): string =>
    columns.map((column) => `${column.name} ${column.type}`).join(', ');
  return table.partitionKeys.length === 0
    ? list(table.columns)
    : `${list(table.columns)} by ${list(table.partitionKeys)}`;
}

/** The letter has one statement that the parser takes, and none of our rules has anything against it. */
function assertClean(inferred: InferredTable): void {
  const sql = ddlLetter(inferred);
  const document = readDocument(sql, 'athena');
  assert.deepEqual(
    document.statements.map(({ parsed }) => parsed.problems),
    [[]],
    sql,
  );
  const { findings } = lintDocument(document, {
    catalog: { table: () => undefined },
    config: { rules: {} },
  });
  assert.deepEqual(
    findings.map(({ rule, message }) => `${rule}: ${message}`),
    [],
    sql,
  );
}

const payments =
  'payment_id bigint, customer string, channel string, amount double, booked_on date, booked_at timestamp, note string';

test('Parquet below key=value folders becomes a table with those keys, in the types of its footer', async () => {
  const file = fixture('payments.codecs.parquet');
  const inferred = await infer({
    'raw/year=2024/month=01/a.parquet': file,
    'raw/year=2024/month=02/b.parquet': file,
    'raw/_SUCCESS': '',
    'raw/year=2024/_temporary/0/c.parquet': file,
  });
  assert.equal(columnsOf(inferred), `${payments} by year string, month string`);
  assert.deepEqual([inferred.layout, inferred.table.location], ['hive', 's3://lake/raw/']);
  assert.match(
    inferred.notes[0] ?? '',
    /^Inferred from 2 of 4 objects below s3:\/\/lake\/raw\/: .* read in \d+ requests, 1 listing\.$/,
  );
  assert.ok(inferred.doubts.some((doubt) => doubt.endsWith("write year = '2024' and month = '01'.")));
  assert.match(ddlLetter(inferred), /\nSTORED AS PARQUET\n/);
  assert.match(ddlLetter(inferred), /partitions must be added/);
  assertClean(inferred);
});

test('structures, lists and maps of Parquet, ORC and Avro keep all their fields', async () => {
  const parquet = await infer({ 'raw/a.parquet': fixture('nested.snappy.parquet') });
  assert.equal(
    columnsOf(parquet),
    'id int, price decimal(18,2), contact struct<phone:string,preferred:boolean>, tags array<string>, counts map<string,bigint>',
  );
  const orc = await infer({ 'raw/a.orc': fixture('payments.zlib.orc') });
  assert.equal(columnsOf(orc), payments);
  assert.match(ddlLetter(orc), /'orc\.column\.index\.access'='false'/);
  const avro = await infer({ 'raw/a.avro': fixture('payments.snappy.avro') });
  assert.match(
    columnsOf(avro),
    /booked_at bigint, note string, tags array<string>, extra map<string,bigint>$/,
  );
  assert.match(ddlLetter(avro), /'avro\.schema\.literal'='\{"type":"record",/);
  assert.ok(avro.doubts.some((doubt) => doubt.includes('booked_at is a timestamp-micros')));
  for (const inferred of [parquet, orc, avro]) assertClean(inferred);
});

test('CSV in quotes goes by OpenCSVSerde with strings, and the casts are told; folders of dates become a projection', async () => {
  const inferred = await infer({
    'raw/2024/01/15/a.csv.gz': fixture('payments.csv.gz'),
    'raw/2024/01/16/a.csv.gz': fixture('payments.csv.gz'),
  });
  assert.match(columnsOf(inferred), /^payment_id string, .* by day string$/);
  assert.match(inferred.table.serde ?? '', /OpenCSVSerde$/);
  assert.ok(
    inferred.doubts.some((doubt) => /CAST\(payment_id AS bigint\), CAST\(amount AS double\)/.test(doubt)),
  );
  const { parameters = {} } = inferred.table;
  assert.equal(parameters['skip.header.line.count'], '1');
  assert.equal(parameters['storage.location.template'], 's3://lake/raw/${day}/');
  assert.equal(parameters['projection.day.format'], 'yyyy/MM/dd');
  assert.equal(parameters['projection.day.range'], '2024/01/15,NOW');
  assertClean(inferred);
});

test('CSV without quotes goes by LazySimpleSerDe with types; codes with leading zeros and foreign times stay text', async () => {
  const inferred = await infer({
    'raw/a.csv':
      'id;zip;amount;open;at;iso;none\n1;01234;1.5;true;2024-01-01 10:00:00;2024-01-01T10:00:00Z;\n',
    'raw/b.csv':
      'id;zip;amount;open;at;iso;none\n9999999999;99999;2;false;2024-01-02 10:00:00.5;2024-01-02T10:00:00Z;\n',
  });
  assert.equal(
    columnsOf(inferred),
    'id bigint, zip string, amount double, open boolean, at timestamp, iso string, none string',
  );
  assert.match(inferred.table.serde ?? '', /LazySimpleSerDe$/);
  assert.equal(inferred.table.serdeParameters?.['field.delim'], ';');
  for (const doubt of [
    /^zip holds numbers with leading zeros/,
    /^iso holds times in ISO 8601/,
    /^none held no value/,
  ]) {
    assert.ok(
      inferred.doubts.some((each) => doubt.test(each)),
      String(doubt),
    );
  }
  assertClean(inferred);
});

test('files that disagree are told: types that widen, types that do not, columns that come later, other formats', async () => {
  const row = (fields: object): string => `${JSON.stringify(fields)}\n`;
  const inferred = await infer({
    'raw/a.json': row({ id: 1, amount: 1, code: 5, who: { name: 'a' } }),
    'raw/b.json': row({ id: 2, amount: 1.5, code: 'x', who: { name: 'b', age: 3 }, extra: [1] }),
    'raw/notes.csv': 'a,b\n1,2\n',
  });
  assert.equal(
    columnsOf(inferred),
    'id bigint, amount double, code string, who struct<name:string,age:bigint>, extra array<bigint>',
  );
  assert.ok(
    inferred.doubts.some((doubt) => doubt.startsWith('Not all files are JSON: raw/notes.csv is CSV')),
  );
  assert.ok(inferred.doubts.some((doubt) => doubt.startsWith('extra was seen in 1 of 2 files')));
  assertClean(inferred);
});

test('keys of JSON that no column can spell are mapped, and two that differ in case alone are told', async () => {
  const inferred = await infer({
    'raw/a.json': '{"Order-Id":1,"naïve key":"x","Total":1,"total":2,"n":{"a b":1}}\n',
  });
  assert.equal(columnsOf(inferred), 'order_id bigint, naive_key string, total bigint, n string');
  assert.deepEqual(inferred.table.serdeParameters, {
    'mapping.order_id': 'Order-Id',
    'mapping.naive_key': 'naïve key',
  });
  assert.ok(
    inferred.doubts.includes('The keys Total and total would be one column total: only the first is read.'),
  );
  assert.ok(inferred.doubts.some((doubt) => doubt.startsWith('n has keys that no type can name')));
  assertClean(inferred);
});

test('a JSON document over several lines gives its columns and the warning that Athena cannot read it', async () => {
  const inferred = await infer({ 'raw/a.json': '[\n  {"id": 1},\n  {"id": 2, "at": "2024-01-01"}\n]\n' });
  assert.equal(columnsOf(inferred), 'id bigint, at date');
  assert.match(inferred.doubts[0] ?? '', /one JSON document over several lines/);
});

test('what cannot be read of the sample is told, and the rest goes on', async () => {
  const inferred = await infer({
    'raw/a.parquet': fixture('nested.snappy.parquet'),
    'raw/b.parquet': fixture('corrupt-footer.parquet'),
    'raw/c.parquet': fixture('cut-off.parquet'),
    'raw/d.parquet': fault('missing'),
    'raw/e.parquet': fault('denied', 'Not allowed: s3:GetObject on raw/e.parquet.'),
  });
  assert.match(columnsOf(inferred), /^id int, /);
  const unread = inferred.doubts.filter((doubt) => doubt.startsWith('Not read: '));
  assert.deepEqual(unread, [
    'Not read: The footer of raw/b.parquet cannot be read, so the file is damaged or was cut off: write it again.',
    'Not read: The footer of raw/c.parquet cannot be read, so the file is damaged or was cut off: write it again.',
    'Not read: raw/d.parquet was deleted between the listing and the reading.',
    'Not read: Not allowed: s3:GetObject on raw/e.parquet.',
  ]);
  assertClean(inferred);
});

test('a gzip that was cut off gives what stands before the cut, and says that queries will fail', async () => {
  const inferred = await infer({ 'raw/a.ndjson.gz': fixture('truncated.ndjson.gz') });
  assert.match(columnsOf(inferred), /^payment_id bigint, /);
  assert.ok(inferred.doubts.some((doubt) => doubt.startsWith('a.ndjson.gz: Its gzip stream is damaged')));
});

test('a prefix without files, one of no table format, an Iceberg table and a place that is none are one sentence each', async () => {
  const rejected = async (contents: Readonly<Record<string, Content>>, uri?: string): Promise<string> => {
    try {
      await infer(contents, uri);
    } catch (error) {
      assert.ok(error instanceof Problem, String(error));
      return error.message;
    }
    return assert.fail('nothing was refused');
  };
  assert.match(await rejected({ 'other/a.csv': 'a,b\n1,2\n' }), /^No file lies below s3:\/\/lake\/raw\//);
  assert.match(
    await rejected({ 'raw/_SUCCESS': '', 'raw/.part': 'x' }),
    /^No file of 2 objects, all empty or hidden, lies below/,
  );
  assert.match(await rejected({ 'raw/a.bin': new Uint8Array(50) }), /they hold binary\.$/);
  assert.match(
    await rejected({ 'raw/metadata/v1.metadata.json': '{}', 'raw/data/a.parquet': 'x' }),
    /^An Iceberg table lies at/,
  );
  assert.match(
    await rejected({ 'raw/a.json.lz4': new Uint8Array(50) }),
    /they hold JSON in an unknown packing\.$/,
  );
  assert.match(
    await rejected({ 'raw/a.csv': Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le') }),
    /they hold UTF-16 text\.$/,
  );
  assert.match(
    await rejected({ 'raw/a.csv': 'a,b\n1,2\n' }, 's3://lake/raw/a.csv'),
    /^s3:\/\/lake\/raw\/a\.csv is a file, and a table lies in a folder: choose s3:\/\/lake\/raw\/\.$/,
  );
  assert.match(await rejected({}, 'C:/data'), /^C:\/data is no place in S3/);
});

test('a Delta table is defined by its log alone', async () => {
  const inferred = await infer({
    'raw/_delta_log/0.json': '{}',
    'raw/a.parquet': fixture('nested.snappy.parquet'),
  });
  assert.match(
    ddlLetter(inferred),
    /CREATE EXTERNAL TABLE `bank`\.`payments`\nLOCATION 's3:\/\/lake\/raw\/'\nTBLPROPERTIES \(\n {2}'table_type'='DELTA'\n\);/,
  );
  assertClean(inferred);
});

test('odd keys, a partition key that is a column too and __HIVE_DEFAULT_PARTITION__ are taken as they are', async () => {
  const file = 'id,Region Name\n1,x\n';
  const inferred = await infer(
    {
      'raw/my data %+/ü/Region=a%2Fb/x y.csv': file,
      'raw/my data %+/ü/Region=__HIVE_DEFAULT_PARTITION__/+.csv': file,
      'raw/my data %+/ü/stray.csv': file,
    },
    's3://lake/raw/my data %+/ü',
  );
  assert.equal(columnsOf(inferred), 'id bigint, region_name string by region string');
  assert.equal(inferred.table.location, 's3://lake/raw/my data %+/ü/');
  assert.ok(inferred.doubts.some((doubt) => doubt.startsWith('1 file lies beside the folders')));
  assert.ok(inferred.doubts.some((doubt) => doubt.includes('__HIVE_DEFAULT_PARTITION__')));
  assertClean(inferred);
});

test('a million objects cost at most 40 listings, 8 files and 8 MB, and the newest folders are seen', async () => {
  const contents: Record<string, string> = {};
  for (let day = 0; day < 400; day++) {
    const date = new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10);
    for (let part = 0; part < 10; part++) {
      contents[`raw/day=${date}/part-${part}.csv`] = `id,late\n${part},${day === 399 ? 'x' : 1}\n`;
    }
  }
  const store = bucketOf(contents);
  const inferred = await inferTable(store, { connection, uri: 's3://lake/raw/', name }, signal);
  assert.ok(store.calls.list <= 40 && store.calls.read <= 8, JSON.stringify(store.calls));
  assert.equal(columnsOf(inferred), 'id bigint, late string by day string');
  assert.match(inferred.notes[0] ?? '', /^Inferred from 8 of more than /);
});

test('a lost sign-in ends it: nothing else would come', async () => {
  await assert.rejects(infer({ 'raw/a.csv': fault('signed-out') }), { kind: 'signed-out' });
});

test('folders that hold unlike columns, and more folders than are looked at, are told', async () => {
  const unlike = await infer({
    'raw/cats/a.csv': 'cat,lives,name\n1,9,Tom\n',
    'raw/dogs/a.csv': 'dog,owner,age\n1,x,5\n',
  });
  assert.ok(
    unlike.doubts.includes(
      'cats/ and dogs/ hold unlike columns: each may be a table of its own, made from its own folder.',
    ),
  );
  const many: Record<string, string> = {};
  for (let id = 0; id < 1200; id++) many[`raw/id=${String(id).padStart(5, '0')}/a.csv`] = 'a,b\n1,2\n';
  const cut = await infer(many);
  assert.ok(cut.doubts.some((doubt) => doubt.startsWith('More than 1,000 folders lie in raw/: ')));
});

test('a first line that is longer than what is read of a file is told', async () => {
  const inferred = await infer({ 'raw/a.csv': `${'some_column,'.repeat(30_000)}last\n` });
  assert.ok(inferred.doubts.some((doubt) => doubt.includes('Its first line is longer than 256 KB')));
});

test('a statement that is longer than Athena takes says so', async () => {
  const names = Array.from({ length: 6000 }, (_, at) => `a_rather_long_name_of_a_column_${at}`);
  const wide = await infer({ 'raw/a.csv': `${names.join(',')}\n${names.map((_, at) => at).join(',')}\n` });
  assert.equal(wide.table.columns.length, 6000);
  assert.match(ddlLetter(wide), /-- Check: The statement is longer than the 262,144 bytes/);
});
