import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import { lintFile } from '../../src/lint/lintFile';
import { openFile } from '../../src/lint/openFile';
import { catalogFrom } from '../support/ruleChecker';

const catalog = catalogFrom(
  "CREATE EXTERNAL TABLE sales (id bigint) PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://lake/sales/'",
  'athena',
);
const options = { catalogs: { athena: catalog, redshift: catalog }, config: { rules: {} } };

const samples: Readonly<Record<string, string>> = {
  'a.asl.json': `{
  "Comment": "lake-ignore ASL99 x",
  "StartAt": "Load",
  "States": {
    "Load": { "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": { "JobName": "load" }, "Next": "Query" },
    "Query": { "Type": "Task", "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
      "Parameters": { "QueryString.$": "States.Format('SELECT \\\\'x\\\\' FROM sales WHERE id = {}', $.id)" }, "End": true }
  }
}`,
  'a.asl.yaml': `StartAt: Query
States:
  # lake-ignore ASL01
  Query: &query
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters:
      QueryString: |
        SELECT id
        FROM sales
    Next: Again
  Again: { <<: *query, Next: Query }
`,
  'lifecycle.json': `{ "Rules": [ { "ID": "a", "Status": "Enabled", "Filter": { "Prefix": "raw/" },
  "Transitions": [ { "Days": 20, "StorageClass": "STANDARD_IA" }, { "Days": 30, "StorageClass": "GLACIER" } ],
  "Expiration": { "Days": 20 } }, { "Id": "b", "Status": "enabled", "Expiration": { "Days": 1 } } ] }`,
  'wlm.json': `[ { "query_group": ["etl*"], "query_concurrency": 60, "memory_percent_to_use": 80, "rules": [ { "rule_name": "x" } ] },
  { "auto_wlm": true, "max_execution_time": 1 } ]`,
  'job.py': `import sys, boto3
from awsglue.job import Job
job = Job(glueContext)
job.init(args['JOB_NAME'], args)
df = spark.read.option("inferSchema", "true").csv("s3://raw/sales/year=2026/")
spark.sql(f"SELECT id FROM sales {x}") # lake-ignore ATH1
df.count()
df.write.mode("overwrite").partitionBy("day").parquet('s3://curated/sales/')
def handler(event, context):
    key = event['Records'][0]['s3']['object']['key']
    boto3.client('athena').start_query_execution(QueryString="SELECT id " "FROM sales")
`,
  'a.ipynb': JSON.stringify({
    cells: [
      { cell_type: 'code', source: ['%%athena\n', 'SELECT id FROM sales'] },
      {
        cell_type: 'code',
        source: 'import boto3\nc.start_query_execution(QueryString="SELECT \\"id\\" FROM sales")',
      },
    ],
    metadata: {},
  }),
};

/** Opens and lints, and holds every offset and every fix against the text. */
async function lintSafely(path: string, text: string): Promise<number> {
  const file = await openFile({ path, text });
  if (file === undefined) return 0;
  const { findings } = lintFile(file, options);
  for (const { start, end, fixes, code } of findings) {
    for (const span of [{ start, end }, ...fixes.flatMap(({ edits }) => edits)]) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, `${code} in ${path}`);
    }
    for (const { edits } of fixes) {
      const mended = applyEdits(text, edits);
      if (path.endsWith('.json') && isJson(text)) assert.ok(isJson(mended), `${code}: ${mended}`);
    }
  }
  return findings.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

for (const [path, text] of Object.entries(samples)) {
  test(`${path}: whole, with CRLF, with a byte order mark, it is linted and something is found`, async () => {
    const found = await lintSafely(path, text);
    assert.ok(found > 0);
    assert.equal(await lintSafely(path, `\uFEFF${text}`), found);
    if (!path.endsWith('.ipynb')) assert.equal(await lintSafely(path, text.replaceAll('\n', '\r\n')), found);
  });

  test(`${path}: cut off anywhere, with a character gone, doubled or replaced, nothing fails`, async () => {
    for (let at = 0; at < text.length; at += 23) {
      await lintSafely(path, text.slice(0, at));
      await lintSafely(path, text.slice(0, at) + text.slice(at + 1));
      await lintSafely(path, text.slice(0, at) + text.charAt(at) + text.slice(at));
      await lintSafely(path, `${text.slice(0, at)}\0${text.slice(at + 1)}`);
      await lintSafely(path, `${text.slice(0, at)}"😀${text.slice(at)}`);
    }
  });
}
