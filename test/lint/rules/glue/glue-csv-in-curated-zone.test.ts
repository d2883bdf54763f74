import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueCsvInCuratedZone } from '../../../../src/lint/rules/glue/glue-csv-in-curated-zone';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueCsvInCuratedZone, 'glue');

const read = `${head}cards = spark.read.parquet("s3://bank-lake/raw/cards/")\n`;

test('text in a zone for analysis is pointed out, by whichever writer', async () => {
  await check(`${read}cards.write.«csv»("s3://bank-lake/gold/cards/")`, 'information');
  await check(`${read}cards.write.format("json").«save»("s3://bank-curated/cards/")`);
  await check(
    `${read}glue_context.write_dynamic_frame.from_options(frame=f, connection_type="s3", connection_options={"path": "s3://bank-lake/silver/cards/"}, format=«"csv"»)`,
  );
});

test('other zones, what goes out to others and unknown paths are silent', async () => {
  await check(`${read}cards.write.csv("s3://bank-lake/raw/cards/")`);
  await check(`${read}cards.write.csv("s3://bank-lake/processed/export/cards/")`);
  await check(`${read}cards.write.csv("s3://bank-lake/marigolds/cards/")`);
  await check(`${read}cards.write.csv(path)`);
  await check(`${read}cards.write.parquet("s3://bank-lake/gold/cards/")`);
});

test('the writer is changed where it has no options of its own', async () => {
  assert.ok(
    (await check.fixed(`${read}cards.write.mode("append").csv("s3://bank-lake/gold/cards/")`)).endsWith(
      '.mode("append").parquet("s3://bank-lake/gold/cards/")',
    ),
  );
  assert.ok(
    (await check.fixed(`${read}cards.write.format('csv').save("s3://bank-lake/gold/cards/")`)).includes(
      ".format('parquet').save(",
    ),
  );
  const withOptions = `${read}cards.write.option("sep", ";").csv("s3://bank-lake/gold/cards/")`;
  assert.equal(await check.fixed(withOptions), withOptions);
});
