import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueBookmarkNoTransformationCtx } from '../../../../src/lint/rules/glue/glue-bookmark-no-transformation-ctx';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueBookmarkNoTransformationCtx, 'glue');

const job = `${head}job = Job(glue_context)
job.init(args["JOB_NAME"], args)
`;

const commit = '\njob.commit()\n';

test('each source of Glue without a context is reported, and gets a name of its own', async () => {
  const text = `${job}a = glue_context.create_dynamic_frame.«from_catalog»(database="bank_lake", table_name="cards")
b = glue_context.create_dynamic_frame.«from_options»(
    connection_type="s3",
    connection_options={"paths": ["s3://bank-lake/raw/cards/"]},
    format="json",
    transformation_ctx="",
)${commit}`;
  await check(text, 'warning', 'warning');
  const fixed = await check.fixed(text.replaceAll(/[«»]/g, ''));
  assert.match(fixed, /table_name="cards", transformation_ctx="src_cards"\)/);
  assert.match(fixed, /transformation_ctx="src_cards_2",/);
});

test('it is a warning where bookmarks are on or a write has a context, and information in any other script', async () => {
  const read = `${job}a = glue_context.create_dynamic_frame.«from_catalog»(database="bank_lake", table_name="tills")`;
  await check(`${read}${commit}`, 'information');
  await check(`# --job-bookmark-option job-bookmark-enable\n${read}${commit}`, 'warning');
  await check(
    `${read}\nglue_context.write_dynamic_frame.from_options(frame=a, connection_type="s3", transformation_ctx="out")${commit}`,
    'warning',
  );
});

test('with bookmarks known to be off it is a hint', async () => {
  await check(
    `# job argument: --job-bookmark-option job-bookmark-disable
${job}a = glue_context.create_dynamic_frame.«from_catalog»(database="bank_lake", table_name="cards")${commit}`,
    'hint',
  );
});

test('a source with a context, however it is given, and one that bookmarks do not know are silent', async () => {
  const from = 'glue_context.create_dynamic_frame';
  await check(`${job}a = ${from}.from_catalog("bank_lake", "cards", "", "src")${commit}`);
  await check(
    `${job}a = ${from}.from_catalog(database="bank_lake", table_name="cards", transformation_ctx=name)${commit}`,
  );
  await check(`${job}a = ${from}.from_catalog(**options)${commit}`);
  await check(`${job}a = ${from}.from_options(connection_type="dynamodb", connection_options={})${commit}`);
});

test('a script without job.init and job.commit is silent', async () => {
  await check(
    `${head}a = glue_context.create_dynamic_frame.from_catalog(database="bank_lake", table_name="cards")`,
  );
});
