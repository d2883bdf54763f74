import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueUnboundedOutputFiles } from '../../../../src/lint/rules/glue/glue-unbounded-output-files';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueUnboundedOutputFiles, 'glue');

const read = `${head}cards = spark.read.parquet("s3://bank-lake/raw/cards/")\n`;

test('a partitioned write of rows that are not gathered is pointed out', async () => {
  await check(`${read}cards.«write».partitionBy("day").parquet("s3://bank-lake/cards/")`, 'information');
});

test('rows that are gathered anywhere before are silent', async () => {
  await check(`${read}cards.repartition("day").write.partitionBy("day").parquet("s3://bank-lake/cards/")`);
  await check(
    `${read}cards = cards.coalesce(4)\ncards.write.partitionBy("day").parquet("s3://bank-lake/cards/")`,
  );
  await check(
    `${read}cards.write.option("maxRecordsPerFile", 1000000).partitionBy("day").parquet("s3://bank-lake/cards/")`,
  );
  await check(
    `${read}cards.hint("rebalance", "day").write.partitionBy("day").parquet("s3://bank-lake/cards/")`,
  );
});

test('frames from elsewhere and table formats are silent', async () => {
  await check(`${head}def save(cards):\n    cards.write.partitionBy("day").parquet("s3://bank-lake/cards/")`);
  await check(`${read}cards.write.format("delta").partitionBy("day").save("s3://bank-lake/cards/")`);
  await check(`${read}cards.write.parquet("s3://bank-lake/cards/")`);
});

test('only columns that are written out are taken over', async () => {
  const text = `${read}cards.write.partitionBy("year", "month").parquet("s3://bank-lake/cards/")`;
  assert.match(await check.fixed(text), /cards\.repartition\("year", "month"\)\.write/);
  const unknown = `${read}cards.write.partitionBy(*keys).parquet("s3://bank-lake/cards/")`;
  assert.equal(await check.fixed(unknown), unknown);
});
