import { test } from 'node:test';
import { glueOverwriteWipesPartitions } from '../../../../src/lint/rules/glue/glue-overwrite-wipes-partitions';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueOverwriteWipesPartitions, 'glue');

const daily = `${head}args = getResolvedOptions(sys.argv, ["JOB_NAME", "run_date"])
df = spark.read.parquet(f"s3://bank-lake/raw/cards/{args['run_date']}/")
`;

test('an overwrite of the whole table by a run for one date is an error', async () => {
  await check(
    `${daily}df.«write».mode("overwrite").partitionBy("day").parquet("s3://bank-lake/curated/cards/")`,
    'error: all of s3://bank-lake/curated/cards/',
  );
  await check(
    `${daily}df.write.«parquet»("s3://bank-lake/curated/cards/", mode="overwrite", partitionBy="day")`,
    'error',
  );
  await check(
    `${daily}df.«write».mode("overwrite").format("orc").partitionBy("day").save("s3://bank-lake/curated/cards/")`,
    'error',
  );
});

test('the date is followed through names and steps', async () => {
  const text = `${head}run_date = getResolvedOptions(sys.argv, ["run_date"])["run_date"]
cards = spark.read.parquet("s3://bank-lake/raw/cards/")
today = cards.filter(cards.day == run_date)
today.«write».mode("overwrite").partitionBy("day").parquet("s3://bank-lake/curated/cards/")`;
  await check(text, 'error');
});

test('where it is not sure that the run is for a date, or where it writes to, it is no error', async () => {
  await check(
    `${head}args = getResolvedOptions(sys.argv, ["run_date"])
def save(df):
    df.«write».mode("overwrite").partitionBy("day").parquet("s3://bank-lake/curated/cards/")`,
    'warning',
  );
  await check(`${daily}df.«write».mode("overwrite").partitionBy("day").parquet(args["target"])`, 'warning');
});

test('a full refresh is only pointed out', async () => {
  await check(
    `${head}df = spark.read.parquet("s3://bank-lake/raw/cards/")
df.«write».mode("overwrite").partitionBy("day").parquet("s3://bank-lake/curated/cards/")`,
    'information',
  );
});

test('a dynamic overwrite is silent wherever it is set, and a static one is not', async () => {
  const write = 'df.write.mode("overwrite").partitionBy("day")';
  const path = '"s3://bank-lake/curated/cards/"';
  await check(
    `${daily}spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")\n${write}.parquet(${path})`,
  );
  await check(
    `${daily}spark.conf.set("spark.sql.sources.partitionOverwriteMode", mode)\n${write}.parquet(${path})`,
  );
  await check(`${daily}${write}.option("partitionOverwriteMode", "dynamic").parquet(${path})`);
  await check(
    `# job argument: --conf spark.sql.sources.partitionOverwriteMode=dynamic\n${daily}${write}.parquet(${path})`,
  );
  await check(
    `${daily}for key, value in settings.items():\n    spark.conf.set(key, value)\n${write}.parquet(${path})`,
  );
  await check(
    `${daily}spark.conf.set("spark.sql.sources.partitionOverwriteMode", "static")\ndf.«write».mode("overwrite").partitionBy("day").parquet(${path})`,
  );
});

test('other writers, other modes, a path of the date itself and a session from elsewhere are silent', async () => {
  await check(
    `${daily}df.write.format("iceberg").mode("overwrite").partitionBy("day").save("s3://bank-lake/curated/cards/")`,
  );
  await check(`${daily}df.write.mode("overwrite").partitionBy("day").insertInto("bank_lake.cards")`);
  await check(`${daily}df.write.mode("append").partitionBy("day").parquet("s3://bank-lake/curated/cards/")`);
  await check(`${daily}df.write.mode(mode).partitionBy("day").parquet("s3://bank-lake/curated/cards/")`);
  await check(`${daily}df.write.mode("overwrite").parquet("s3://bank-lake/curated/cards/")`);
  await check(
    `${daily}df.write.mode("overwrite").partitionBy("kind").parquet(f"s3://bank-lake/curated/cards/day={args['run_date']}/")`,
  );
  await check(
    `from jobs.session import spark
df = spark.read.parquet("s3://bank-lake/raw/cards/" + args["run_date"])
df.write.mode("overwrite").partitionBy("day").parquet("s3://bank-lake/curated/cards/")`,
  );
});
