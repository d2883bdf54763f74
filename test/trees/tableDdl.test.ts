import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableDdl } from '../../src/trees/tableDdl';
import { tableOf } from '../support/fakes';

test('the DDL of a table has its columns, keys, SerDe, location and properties', () => {
  const table = tableOf('bank.tx(id bigint, note string) by year int', {
    kind: 'hive',
    description: "the bank's",
    serde: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
    serdeParameters: { 'field.delim': '\t', 'mapkey.delim': '\u0003' },
    inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    location: 's3://b/tx/',
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'csv',
      'projection.enabled': 'true',
      transient_lastDdlTime: '1',
    },
  });
  assert.equal(
    tableDdl(table),
    `CREATE EXTERNAL TABLE \`bank\`.\`tx\` (
  \`id\` bigint,
  \`note\` string
)
COMMENT 'the bank\\'s'
PARTITIONED BY (
  \`year\` int
)
ROW FORMAT SERDE
  'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
WITH SERDEPROPERTIES (
  'field.delim'='\\t',
  'mapkey.delim'='\\u0003'
)
STORED AS INPUTFORMAT
  'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT
  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://b/tx/'
TBLPROPERTIES (
  'classification'='csv',
  'projection.enabled'='true'
);
`,
  );
});

test('a view is shown as its SELECT, and one without SQL says so', () => {
  const view = tableOf('d.v(x int)', { kind: 'view', viewSql: 'SELECT 1 x;' });
  assert.equal(tableDdl(view), 'CREATE OR REPLACE VIEW d.v AS\nSELECT 1 x;\n');
  assert.match(tableDdl(tableOf('d.v(x int)', { kind: 'view' })), /^-- The catalog does not hold/);
});

test('an Iceberg table has no SerDe and keeps its table type', () => {
  const table = tableOf('d.i(x int)', {
    kind: 'iceberg',
    serde: 'ignored',
    location: 's3://b/i/',
    parameters: { table_type: 'ICEBERG', metadata_location: 's3://b/i/metadata/1.json' },
  });
  assert.equal(
    tableDdl(table),
    "CREATE TABLE `d`.`i` (\n  `x` int\n)\nLOCATION 's3://b/i/'\nTBLPROPERTIES (\n  'table_type'='ICEBERG'\n);\n",
  );
});
