import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueSmallFiles } from '../../../../src/lint/rules/glue/glue-small-files';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueSmallFiles, 'glue');

const table = (properties: string): string =>
  `CREATE EXTERNAL TABLE events (id string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://bank-lake/events/' TBLPROPERTIES (${properties})`;
const of = (properties: string): ReturnType<typeof documentChecker> =>
  documentChecker(glueSmallFiles, 'glue', table(properties));
const read = `${head}a = glue_context.create_dynamic_frame.«from_catalog»(database="bank_lake", table_name="events")`;
const silent = read.replaceAll(/[«»]/g, '');

test('what the crawler counted decides', async () => {
  await of("'objectCount'='20000', 'sizeKey'='800000000'")(read, 'information: 20000 files of 39 KB');
  await of("'objectCount'='900', 'sizeKey'='800000'")(silent);
  await of("'objectCount'='2000', 'sizeKey'='80000000000'")(silent);
  // Above 50,000 Glue groups by itself.
  await of("'objectCount'='60000', 'sizeKey'='800000000'")(silent);
});

test('without counts, and of other formats, nothing is said', async () => {
  await check(silent);
  const parquet =
    "CREATE EXTERNAL TABLE events (id string) STORED AS PARQUET LOCATION 's3://bank-lake/events/' TBLPROPERTIES ('objectCount'='20000', 'sizeKey'='800000000')";
  await documentChecker(glueSmallFiles, 'glue', parquet)(silent);
});

test('options that are there are added to, and those that are not written out left alone', async () => {
  const counted = of("'objectCount'='20000', 'sizeKey'='800000000'");
  const withOptions = `${silent.slice(0, -1)}, additional_options={"a": "b"})`;
  assert.ok(
    (await counted.fixed(withOptions)).endsWith(
      'additional_options={"a": "b", "groupFiles": "inPartition"})',
    ),
  );
  await counted(`${silent.slice(0, -1)}, additional_options=options)`);
  await counted(`${silent.slice(0, -1)}, additional_options={"groupFiles": "none"})`);
});
