import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueBookmarkWithSparkRead } from '../../../../src/lint/rules/glue/glue-bookmark-with-spark-read';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueBookmarkWithSparkRead, 'glue');

const on = `# job argument: --job-bookmark-option job-bookmark-enable\n${head}`;

test('a source past the bookmarks is reported', async () => {
  await check(
    `${on}cards = spark.read.option("x", "y").«csv»("s3://bank-lake/raw/cards/")`,
    'warning: reads all',
  );
});

test('a path of the date is logic of its own', async () => {
  await check(`${on}cards = spark.read.«parquet»("s3://bank-lake/raw/" + args["run_date"])`, 'information');
});

test('nothing is said where bookmarks are off or unknown, where a DynamicFrame is read, and of streams', async () => {
  const read = 'cards = spark.read.parquet("s3://bank-lake/raw/cards/")\n';
  await check(`${head}${read}`);
  await check(`# job-bookmark-disable\n${head}${read}`);
  await check(
    `${on}${read}frame = glue_context.create_dynamic_frame.from_catalog(database="a", table_name="b")`,
  );
  await check(`${on}${read}events = spark.readStream.load()`);
});

test('only a plain read of a known context can be rewritten', async () => {
  const plain = `${on}cards = spark.read.json("s3://bank-lake/raw/cards/")`;
  assert.match(
    await check.fixed(plain),
    /cards = glue_context\.create_dynamic_frame\.from_options\("s3", \{"paths": \["s3:\/\/bank-lake\/raw\/cards\/"\]\}, format="json", transformation_ctx="src_cards"\)\.toDF\(\)/,
  );
  const withOption = `${on}cards = spark.read.option("multiLine", True).json("s3://bank-lake/raw/cards/")`;
  assert.equal(await check.fixed(withOption), withOption);
});
