import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { Table } from '../../../src/catalog/catalog';
import { ddlForms } from '../../../src/catalog/ddl';
import { athenaDdl } from '../../../src/catalog/ddl/athena';
import { cloudFormationTable } from '../../../src/catalog/ddl/cloudFormation';
import { hiveDdl } from '../../../src/catalog/ddl/hive';
import { icebergDdl, icebergType } from '../../../src/catalog/ddl/iceberg';
import { sparkDdl } from '../../../src/catalog/ddl/spark';
import { hclText, terraformTable } from '../../../src/catalog/ddl/terraform';
import { tablesFromDdl } from '../../../src/catalog/ddlTables';
import { readDocument } from '../../../src/sql/document';
import { tableOf } from '../../support/fakes';

/** Everything that quoting can get wrong, in one table. */
const hard: Table = {
  database: '2nd-lake',
  name: 'select',
  columns: [
    { name: 'order by', type: 'bigint', comment: `it's "quoted" \\ and\nbroken` },
    { name: 'tick`ed', type: 'array<struct<k:string,v:map<string,decimal(18,2)>>>' },
    { name: 'größe', type: 'varchar(9)', comment: '${not} a %{template}' },
  ],
  partitionKeys: [{ name: 'dt', type: 'string', comment: 'the day' }],
  kind: 'hive',
  format: 'json',
  serde: 'org.openx.data.jsonserde.JsonSerDe',
  serdeParameters: { 'ignore.malformed.json': 'true', 'mapping.a': "o'brien" },
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  location: "s3://lake/it's here/",
  description: "the lake's",
  parameters: {
    EXTERNAL: 'TRUE',
    transient_lastDdlTime: '1700000000',
    'projection.enabled': 'true',
    'projection.dt.type': 'date',
    'projection.dt.format': "yyyy-MM-dd'T'HH",
    'projection.dt.range': '2023-01-01,NOW',
    'storage.location.template': 's3://lake/x/${dt}/',
  },
};

function readBack(sql: string): Table | undefined {
  const tables = tablesFromDdl(readDocument(sql, 'athena'));
  assert.equal(tables.length, 1, sql);
  return tables[0];
}

test('what Athena DDL writes of a table our parser reads as the same table', () => {
  const { parameters = {}, ...rest } = hard;
  const { EXTERNAL: _, transient_lastDdlTime: __, ...kept } = parameters;
  assert.deepEqual(readBack(athenaDdl(hard)), { ...rest, parameters: kept });
});

test('Hive DDL drops projection and says what to run instead, and reads back otherwise equal', () => {
  const sql = hiveDdl(hard);
  assert.match(
    sql,
    /^-- Hive has no partition projection: list .* MSCK REPAIR TABLE `2nd-lake`\.`select`\.\n/,
  );
  const { parameters: _, ...rest } = hard;
  assert.deepEqual(readBack(sql), rest);
});

test('Iceberg DDL makes columns of the partition keys, widens types and keeps only properties that Athena takes', () => {
  const { description: _, ...silent } = hard;
  const table = {
    ...silent,
    columns: hard.columns.map(({ name, type }) => ({ name, type })),
    location: 's3://lake/here/',
    parameters: { ...hard.parameters, write_compression: 'zstd' },
  };
  const sql = icebergDdl(table);
  const read = readBack(sql);
  assert.deepEqual(
    read?.columns.map(({ name, type }) => `${name} ${type}`),
    [
      'order by bigint',
      'tick`ed array<struct<k:string,v:map<string,decimal(18,2)>>>',
      'größe string',
      'dt string',
    ],
  );
  assert.deepEqual(read?.partitionFields, ['dt']);
  assert.deepEqual(read?.parameters, { table_type: 'ICEBERG', write_compression: 'zstd' });
  assert.equal(read?.location, table.location);
  assert.doesNotMatch(sql, /EXTERNAL|SERDE/);
  assert.match(icebergDdl(hard), /COMMENT 'the lake\\'s'/);
});

test('an Iceberg table keeps its transforms, with the columns quoted', () => {
  const table = tableOf('d.i(id bigint, at timestamp)', {
    kind: 'iceberg',
    partitionFields: ['day(at)', 'bucket(16, id)'],
  });
  assert.match(icebergDdl(table), /PARTITIONED BY \(day\(`at`\), bucket\(16, `id`\)\)/);
  assert.deepEqual(readBack(icebergDdl(table))?.partitionFields, ['day(at)', 'bucket(16, id)']);
});

test('types that Iceberg lacks are widened wherever they stand, and names that look like types are left', () => {
  assert.equal(icebergType('smallint'), 'int');
  assert.equal(
    icebergType('struct<tinyint:tinyint,c:char(3),m:map<varchar(2),array<smallint>>>'),
    'struct<tinyint:int,c:string,m:map<string,array<int>>>',
  );
  assert.equal(icebergType('decimal(9,2)'), 'decimal(9,2)');
});

test('Spark DDL reads Parquet by USING with the partition keys among the columns', () => {
  const table = tableOf('d.t(id bigint) by dt date', {
    kind: 'hive',
    format: 'parquet',
    serde: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    location: 's3://b/t/',
    parameters: { 'parquet.compression': 'ZSTD', 'projection.enabled': 'true' },
  });
  assert.equal(
    sparkDdl(table),
    `CREATE TABLE \`d\`.\`t\` (
  \`id\` bigint,
  \`dt\` date
)
USING parquet
PARTITIONED BY (\`dt\`)
LOCATION 's3://b/t/'
TBLPROPERTIES (
  'parquet.compression'='ZSTD'
);
`,
  );
});

test('Spark DDL carries the separators of OpenCSVSerde over, and falls back to the SerDe for what Spark cannot read', () => {
  const csv = tableOf('d.c(a string)', {
    kind: 'hive',
    format: 'csv',
    serde: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
    serdeParameters: { separatorChar: ';', quoteChar: "'" },
    parameters: { 'skip.header.line.count': '1' },
  });
  assert.match(
    sparkDdl(csv),
    /USING csv\nOPTIONS \(\n {2}'escape'='\\\\',\n {2}'header'='true',\n {2}'quote'='\\'',\n {2}'sep'=';'\n\)/,
  );
  // The mapping of a key is something that only the SerDe knows.
  assert.match(sparkDdl(hard), /CREATE EXTERNAL TABLE[\s\S]*ROW FORMAT SERDE\n {2}'org\.openx/);
});

test('Terraform doubles what would begin a template, and escapes quotes and breaks', () => {
  assert.equal(hclText('a${b} %{c} "d"\\\n\u0001'), '"a$${b} %%{c} \\"d\\"\\\\\\n\\u0001"');
  const text = terraformTable(hard);
  assert.match(text, /^resource "aws_glue_catalog_table" "_2nd-lake_select" \{\n {2}name {10}= "select"\n/);
  assert.match(text, /"storage\.location\.template" = "s3:\/\/lake\/x\/\$\$\{dt\}\/"/);
  assert.match(text, /"projection\.dt\.format" {6}= "yyyy-MM-dd'T'HH"/);
  assert.match(text, /comment = "it's \\"quoted\\" \\\\ and\\nbroken"/);
  assert.match(
    text,
    /partition_keys \{\n {4}name {4}= "dt"\n {4}type {4}= "string"\n {4}comment = "the day"\n {2}\}/,
  );
  assert.doesNotMatch(text, /transient_lastDdlTime/);
  for (const line of text.split('\n')) assert.doesNotMatch(line, /\s$/, 'no line ends in spaces');
});

test('CloudFormation YAML reads back as the TableInput of the table', () => {
  const template: unknown = parse(cloudFormationTable(hard), { customTags: [refTag] });
  const { transient_lastDdlTime: _, ...parameters } = hard.parameters ?? {};
  assert.deepEqual(template, {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      '2ndLakeSelectTable': {
        Type: 'AWS::Glue::Table',
        Properties: {
          CatalogId: 'ref:AWS::AccountId',
          DatabaseName: '2nd-lake',
          TableInput: {
            Name: 'select',
            Description: "the lake's",
            TableType: 'EXTERNAL_TABLE',
            Parameters: parameters,
            PartitionKeys: [{ Name: 'dt', Type: 'string', Comment: 'the day' }],
            StorageDescriptor: {
              Location: hard.location,
              InputFormat: hard.inputFormat,
              OutputFormat: hard.outputFormat,
              Columns: hard.columns.map(({ name, type, comment }) => ({
                Name: name,
                Type: type,
                ...(comment === undefined ? {} : { Comment: comment }),
              })),
              SerdeInfo: {
                SerializationLibrary: hard.serde,
                Parameters: hard.serdeParameters,
              },
            },
          },
        },
      },
    },
  });
});
const refTag = { tag: '!Ref', resolve: (text: string) => `ref:${text}` };

test('infrastructure code makes an Iceberg table by its open table format, without the metadata of another', () => {
  const table = tableOf('d.i(x int)', {
    kind: 'iceberg',
    location: 's3://b/i/',
    parameters: { table_type: 'ICEBERG', metadata_location: 's3://b/i/metadata/1.json' },
  });
  assert.match(terraformTable(table), /open_table_format_input \{\n {4}iceberg_input \{\n/);
  assert.match(
    cloudFormationTable(table),
    /IcebergInput:\n\s+MetadataOperation: "CREATE"\n\s+Version: "2"\n/,
  );
  for (const text of [terraformTable(table), cloudFormationTable(table)]) {
    assert.doesNotMatch(text, /metadata_location|table_type"? *[=:] *"ICEBERG/);
  }
});

test('a table known by its format alone keeps that format in every form', () => {
  const table = tableOf('d.t(x int)', { kind: 'hive', format: 'parquet', location: 's3://b/' });
  for (const form of ddlForms) assert.match(form.write(table), /parquet|ICEBERG/i, form.id);
});

test('every form says something of a view and of a table without columns', () => {
  const view = tableOf('d.v(x int)', { kind: 'view', viewSql: 'SELECT 1 AS x' });
  for (const form of ddlForms) {
    assert.match(form.write(view), /VIEW/i, form.id);
    assert.ok(form.write(tableOf('d.empty()', { kind: 'hive' })).endsWith('\n'), form.id);
  }
  assert.match(sparkDdl(view), /^CREATE OR REPLACE VIEW `d`\.`v` AS\nSELECT 1 AS x;/);
});

test('Hive makes an Iceberg table by its storage handler, partitioned by its transforms', () => {
  const table = tableOf('d.i(id bigint, at timestamp)', {
    kind: 'iceberg',
    partitionFields: ['day(at)'],
    parameters: { table_type: 'ICEBERG' },
  });
  assert.equal(
    hiveDdl(table),
    `CREATE EXTERNAL TABLE \`d\`.\`i\` (
  \`id\` bigint,
  \`at\` timestamp
)
PARTITIONED BY SPEC (day(\`at\`))
STORED BY 'org.apache.iceberg.mr.hive.HiveIcebergStorageHandler';
`,
  );
});
