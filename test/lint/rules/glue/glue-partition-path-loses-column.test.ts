import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gluePartitionPathLosesColumn } from '../../../../src/lint/rules/glue/glue-partition-path-loses-column';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(gluePartitionPathLosesColumn, 'glue');

test('a column that the path names and the code uses is a warning', async () => {
  await check(
    `${head}df = spark.read.«parquet»("s3://bank-lake/cards/year=2026/month=11/")\ndf.select("id", "month")`,
    'warning: month',
  );
  await check(
    `${head}df = spark.read.«parquet»(f"s3://bank-lake/cards/day={day}/")\ndf.write.partitionBy("day").parquet(out)`,
    'warning',
  );
  await check(
    `${head}df = spark.read.format("csv").«load»("s3://bank-lake/cards/day=1/")\ndf["day"]`,
    'warning',
  );
});

test('a column that nothing uses is only worth knowing', async () => {
  await check(
    `${head}df = spark.read.«parquet»("s3://bank-lake/cards/day=1/")\ndf.select("id")`,
    'information',
  );
});

test('with basePath, with the column made anew, and for other paths nothing is said', async () => {
  await check(
    `${head}df = spark.read.option("basePath", "s3://bank-lake/cards/").parquet("s3://bank-lake/cards/day=1/")\ndf.select("day")`,
  );
  await check(
    `${head}df = spark.read.parquet("s3://bank-lake/cards/day=1/").withColumn("day", F.lit("1"))\ndf.select("day")`,
  );
  await check(`${head}df = spark.read.parquet("s3://bank-lake/cards/")\ndf.select("day")`);
  await check(`${head}df = spark.read.parquet(path)\ndf.select("day")`);
});

test('the base path keeps the fields of an f-string that it needs, and drops its f otherwise', async () => {
  const text = `${head}df = spark.read.parquet(f"s3://{bucket}/cards/day={day}/")`;
  assert.ok(
    (await check.fixed(text)).endsWith(
      '.option("basePath", f"s3://{bucket}/cards/").parquet(f"s3://{bucket}/cards/day={day}/")',
    ),
  );
  const other = `${head}df = spark.read.parquet(f"s3://bank-lake/cards/day={day}/")`;
  assert.match(await check.fixed(other), /\.option\("basePath", "s3:\/\/bank-lake\/cards\/"\)/);
});
