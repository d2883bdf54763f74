import { test } from 'node:test';
import { glueActionBeforeWrite } from '../../../../src/lint/rules/glue/glue-action-before-write';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueActionBeforeWrite, 'glue');

const read = `${head}cards = spark.read.parquet("s3://bank-lake/raw/cards/")`;
const write = 'cards.write.parquet("s3://bank-lake/curated/cards/")';

test('a count before the write is reported where it is computed', async () => {
  await check(`${read}.filter("a > 0")\nprint(cards.«count»())\n${write}`, 'warning');
});

test('what takes few rows, and a count of files as they are, is a hint', async () => {
  await check(`${read}.filter("a > 0")\ncards.«show»()\n${write}`, 'hint');
  await check(`${read}\ncards.«count»()\n${write}`, 'hint');
  await check(`${read}.distinct()\ncards.«show»()\n${write}`, 'warning');
});

test('a frame that is kept, in any way, is silent', async () => {
  await check(`${read}.filter("a > 0").cache()\ncards.count()\n${write}`);
  await check(`${read}.filter("a > 0")\ncards.persist()\ncards.count()\n${write}`);
  await check(`${read}.filter("a > 0")\ncards = cards.cache()\ncards.count()\n${write}`);
});

test('a count after the write, another frame and a frame from elsewhere are silent', async () => {
  await check(`${read}.filter("a > 0")\n${write}\ncards.count()`);
  await check(`${read}.filter("a > 0")\ncards.count()\ncards = cards.filter("b > 0")\n${write}`);
  await check(`${head}def save(cards):\n    cards.count()\n    ${write}`);
  await check(`${head}words = ["a"]\nwords.count("a")\n`);
});
