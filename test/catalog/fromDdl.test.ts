import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import { tablesFromDdl } from '../../src/catalog/ddlTables';
import type { Dialect } from '../../src/sql/ast';
import { readDocument } from '../../src/sql/document';

function tables(sql: string, dialect: Dialect = 'athena'): readonly Table[] {
  return tablesFromDdl(readDocument(sql, dialect));
}
/** Columns as `name type`, partition keys behind a bar. */
function shape(table: Table | undefined): string {
  const list = (columns: Table['columns'] = []): string =>
    columns.map(({ name, type }) => `${name} ${type}`.trim()).join(', ');
  return `${list(table?.columns)} | ${list(table?.partitionKeys)}`;
}

test('an external table of Athena has columns, keys, format, location and properties', () => {
  const [table] = tables(`
    CREATE EXTERNAL TABLE IF NOT EXISTS Lake.Trades (
      id bigint COMMENT 'the key', tags array<struct<k:string,v:string>>, price decimal(18,2))
    COMMENT 'all trades'
    PARTITIONED BY (day date, venue string)
    ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
    LOCATION 's3://lake/trades/'
    TBLPROPERTIES ('projection.enabled' = 'true')`);
  assert.deepEqual(table, {
    database: 'lake',
    name: 'trades',
    columns: [
      { name: 'id', type: 'bigint', comment: 'the key' },
      { name: 'tags', type: 'array<struct<k:string,v:string>>' },
      { name: 'price', type: 'decimal(18,2)' },
    ],
    partitionKeys: [
      { name: 'day', type: 'date' },
      { name: 'venue', type: 'string' },
    ],
    kind: 'hive',
    format: 'json',
    serde: 'org.openx.data.jsonserde.JsonSerDe',
    serdeParameters: { 'ignore.malformed.json': 'true' },
    location: 's3://lake/trades/',
    description: 'all trades',
    parameters: { 'projection.enabled': 'true' },
  });
});

test('formats are told from STORED AS, from the SerDe and from input formats; text is the default', () => {
  const format = (clause: string): string | undefined =>
    tables(`CREATE EXTERNAL TABLE t (a int) ${clause} LOCATION 's3://b/'`)[0]?.format;
  assert.equal(format('STORED AS PARQUET'), 'parquet');
  assert.equal(format('STORED AS ORC'), 'orc');
  assert.equal(format('STORED AS AVRO'), 'avro');
  assert.equal(format("ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'"), 'csv');
  assert.equal(
    format("ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' STORED AS TEXTFILE"),
    'csv',
  );
  assert.equal(
    format(
      "ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.orc.OrcSerde' STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat'",
    ),
    'orc',
  );
  assert.equal(format("ROW FORMAT DELIMITED FIELDS TERMINATED BY ','"), 'text');
  assert.equal(format(''), 'text');
});

test('an Iceberg table keeps its partition fields among its columns', () => {
  const [table] = tables(`CREATE TABLE t (id int, made_at timestamp, city string)
    PARTITIONED BY (day(made_at), city) LOCATION 's3://b/t/' TBLPROPERTIES ('table_type' = 'ICEBERG')`);
  assert.equal(table?.kind, 'iceberg');
  assert.equal(shape(table), 'id int, made_at timestamp, city string | ');
});

test('a Redshift table says how it is distributed and sorted', () => {
  const layout = (sql: string) => {
    const [table] = tables(sql, 'redshift');
    return [table?.kind, table?.distribution, table?.sortKeys];
  };
  assert.deepEqual(layout('CREATE TABLE t (a INT DISTKEY SORTKEY)'), [
    'native',
    { style: 'key', key: 'a' },
    ['a'],
  ]);
  assert.deepEqual(layout('CREATE TABLE t (a INT, b INT) DISTSTYLE ALL COMPOUND SORTKEY (b, a)'), [
    'native',
    { style: 'all' },
    ['b', 'a'],
  ]);
  assert.deepEqual(layout('CREATE TABLE t (a INT)'), ['native', undefined, undefined]);
});

test('CREATE TABLE AS takes columns from its query and keys from its properties', () => {
  const all = tables(`
    CREATE EXTERNAL TABLE s (id bigint, amount decimal(10,2)) PARTITIONED BY (day date) STORED AS ORC LOCATION 's3://b/s/';
    CREATE TABLE t WITH (format = 'ORC', partitioned_by = ARRAY['day'], external_location = 's3://b/t/') AS
    WITH recent AS (SELECT * FROM s)
    SELECT r.id, cast(r.amount AS double) AS euros, 1 + 1 AS two, r.day FROM recent r;`);
  assert.equal(shape(all.find(({ name }) => name === 't')), 'id bigint, euros double, two | day date');
  assert.equal(all.find(({ name }) => name === 't')?.format, 'orc');
  assert.equal(all.find(({ name }) => name === 't')?.location, 's3://b/t/');
});

test('a table whose columns cannot be told is left out, not guessed', () => {
  assert.deepEqual(tables('CREATE TABLE t AS SELECT * FROM somewhere'), []);
  assert.deepEqual(tables('CREATE TABLE t AS SELECT count(*) FROM somewhere'), []);
  assert.deepEqual(tables('CREATE TABLE t (LIKE somewhere)', 'redshift'), []);
  assert.deepEqual(tables('CREATE VIEW v AS SELECT a.* FROM a JOIN b USING (id)'), []);
});

test('a view has columns and keeps its SQL', () => {
  const all = tables(`
    CREATE EXTERNAL TABLE s (id bigint, n string) LOCATION 's3://b/s/';
    CREATE OR REPLACE VIEW v AS SELECT id, upper(n) AS name FROM s;`);
  const view = all.find(({ name }) => name === 'v');
  assert.equal(view?.kind, 'view');
  assert.equal(view?.viewSql, 'SELECT id, upper(n) AS name FROM s');
  assert.equal(shape(view), 'id bigint, name | ');
});

test('ALTER TABLE, DROP and IF NOT EXISTS are followed in order', () => {
  const after = (...statements: readonly string[]): string =>
    tables(['CREATE EXTERNAL TABLE t (a int, b string) LOCATION "s3://b/t/"', ...statements].join(';\n'))
      .map((table) => `${table.name}: ${shape(table)}`)
      .join('; ');
  assert.equal(after('ALTER TABLE t ADD COLUMNS (c date)'), 't: a int, b string, c date | ');
  assert.equal(after('ALTER TABLE t REPLACE COLUMNS (z int)'), 't: z int | ');
  assert.equal(after('ALTER TABLE t CHANGE COLUMN a x bigint'), 't: x bigint, b string | ');
  assert.equal(after('ALTER TABLE t DROP COLUMN a'), 't: b string | ');
  assert.equal(
    after('CREATE EXTERNAL TABLE IF NOT EXISTS t (z int) LOCATION "s3://c/"'),
    't: a int, b string | ',
  );
  assert.equal(after('DROP TABLE t'), '');
  const renamed = tables(
    'CREATE TABLE a (x INT); ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME COLUMN x TO y',
    'redshift',
  );
  assert.deepEqual(
    renamed.map((table) => `${table.name}: ${shape(table)}`),
    ['b: y int | '],
  );
});
