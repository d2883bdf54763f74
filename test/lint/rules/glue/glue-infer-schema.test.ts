import { test } from 'node:test';
import { glueInferSchema } from '../../../../src/lint/rules/glue/glue-infer-schema';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueInferSchema, 'glue');

test('an inferred schema is pointed out in every way it can be asked for', async () => {
  await check(`${head}a = spark.read.«csv»("s3://bank-lake/raw/rates/", inferSchema=True)`, 'information');
  await check(`${head}a = spark.read.option("inferSchema", "true").«csv»("s3://bank-lake/raw/rates/")`);
  await check(
    `${head}a = spark.read.options(header=True, inferSchema=True).«csv»("s3://bank-lake/raw/rates/")`,
  );
  await check(
    `${head}a = spark.read.format("csv").option("inferschema", True).«load»("s3://bank-lake/raw/rates/")`,
  );
  await check(`${head}a = spark.read.«json»("s3://bank-lake/raw/rates/")`);
});

test('a schema, a sample, small files and data in memory are silent', async () => {
  await check(`${head}a = spark.read.csv("s3://bank-lake/raw/rates/", inferSchema=False)`);
  await check(`${head}a = spark.read.csv("s3://bank-lake/raw/rates/")`);
  await check(`${head}a = spark.read.schema(schema).json("s3://bank-lake/raw/rates/")`);
  await check(`${head}a = spark.read.json("s3://bank-lake/raw/rates/", schema)`);
  await check(`${head}a = spark.read.option("samplingRatio", 0.1).json("s3://bank-lake/raw/rates/")`);
  await check(`${head}a = spark.read.json("s3://bank-lake/config/jobs.json")`);
  await check(`${head}a = spark.read.json(spark.sparkContext.parallelize(rows))`);
  await check(`${head}a = spark.read.csv("s3://bank-lake/raw/rates/", inferSchema=infer)`);
});
