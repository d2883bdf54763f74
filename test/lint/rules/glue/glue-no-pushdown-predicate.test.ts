import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueNoPushdownPredicate } from '../../../../src/lint/rules/glue/glue-no-pushdown-predicate';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueNoPushdownPredicate, 'glue');

const ddl =
  "CREATE EXTERNAL TABLE cards (id string, year string) PARTITIONED BY (region string) STORED AS PARQUET LOCATION 's3://bank-lake/cards/'";
const known = documentChecker(glueNoPushdownPredicate, 'glue', ddl);
const read = `${head}cards = glue_context.create_dynamic_frame.from_catalog(database="bank_lake", table_name="cards").toDF()\n`;

test('the keys of a known table count, and no other names', async () => {
  await known(`${read}cards.«filter»("region = 'eu'").show()`, 'warning: region');
  await known(`${read}cards.filter("year = '2026'").show()`);
});

test('of an unknown table the usual names are taken for keys', async () => {
  await check(`${read}cards.«where»("year = '2026' and amount > 1").show()`, 'warning: year');
  await check(`${read}cards.«filter»(F.col("month") == "11").show()`);
  await check(`${read}cards.«filter»(cards["day"] == "11").show()`);
  await check(`${read}cards.filter("amount > 1").show()`);
});

test('only a condition on nothing but keys is moved', async () => {
  assert.match(
    await check.fixed(`${read}cards.filter("year = '2026'").show()`),
    /table_name="cards", push_down_predicate="year = '2026'"\)/,
  );
  const mixed = `${read}cards.filter("year = '2026' and amount > 1").show()`;
  assert.equal(await check.fixed(mixed), mixed);
});

test('with bookmarks on it is only pointed out', async () => {
  await check(`# job-bookmark-enable\n${read}cards.«filter»("year = '2026'").show()`, 'information');
});

test('a predicate in any form, other sources and columns that were made since are silent', async () => {
  const from = `${head}cards = glue_context.create_dynamic_frame.from_catalog(database="a", table_name="b", `;
  await check(`${from}push_down_predicate=which).toDF()\ncards.filter("year = '2026'")`);
  await check(
    `${from}additional_options={"catalogPartitionPredicate": "year='2026'"}).toDF()\ncards.filter("year = '2026'")`,
  );
  await check(`${from}additional_options=options).toDF()\ncards.filter("year = '2026'")`);
  await check(`${head}cards = spark.read.parquet("s3://bank-lake/cards/")\ncards.filter("year = '2026'")`);
  await check(`${read}cards.withColumn("year", F.year("booked")).filter("year = '2026'")`);
});
