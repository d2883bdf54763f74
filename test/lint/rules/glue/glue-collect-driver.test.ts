import { test } from 'node:test';
import { glueCollectDriver } from '../../../../src/lint/rules/glue/glue-collect-driver';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueCollectDriver, 'glue');

const read = `${head}cards = spark.read.parquet("s3://bank-lake/cards/")\n`;

test('every row of a frame on the driver is a warning', async () => {
  await check(`${read}rows = cards.select("id").«collect»()`, 'warning');
  await check(`${read}pdf = cards.filter("a > 0").«toPandas»()`, 'warning');
});

test('what is limited or summed up, small tables and SQL are silent', async () => {
  await check(`${read}rows = cards.limit(10).collect()`);
  await check(`${read}rows = cards.groupBy("kind").count().collect()`);
  await check(`${read}rows = cards.select("kind").distinct().collect()`);
  await check(`${head}rows = spark.read.parquet("s3://bank-lake/lookup/branches/").collect()`);
  await check(`${head}rows = spark.sql("select count(*) from cards").collect()`);
  await check(`${head}def f(frame):\n    return frame.collect()`);
  await check(`${head}import gc\ngc.collect()`);
});

test('a table that is known to be small is silent, and one that is large is not', async () => {
  const text = `${head}rows = glue_context.create_dynamic_frame.from_catalog(database="bank_lake", table_name="cards").toDF().«collect»()`;
  const of = (bytes: number): ReturnType<typeof documentChecker> =>
    documentChecker(glueCollectDriver, 'glue', [{ database: 'bank_lake', name: 'cards', bytes }]);
  await of(5e9)(text);
  await of(1e6)(text.replaceAll(/[«»]/g, ''));
});
