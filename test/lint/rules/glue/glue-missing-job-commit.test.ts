import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueMissingJobCommit } from '../../../../src/lint/rules/glue/glue-missing-job-commit';
import { documentChecker } from '../../../support/documentChecker';

const head = `from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
`;
const check = documentChecker(glueMissingJobCommit, 'glue');

const begun = `${head}job = Job(glue_context)\n`;

test('a job that is never committed is an error, and commit is added where init stands', async () => {
  await check(`${begun}«job.init("a", {})»\nrun()\n`, 'error');
  assert.equal(
    await check.fixed(
      `${head}def main():\n    job = Job(glue_context)\n    job.init("a", {})\n    run()  # all\n\nmain()\n`,
    ),
    `${head}def main():\n    job = Job(glue_context)\n    job.init("a", {})\n    run()  # all\n    job.commit()\n\nmain()\n`,
  );
  assert.ok(
    (await check.fixed(`${begun}if __name__ == "__main__":\n    job.init("a", {})\n    run()`)).endsWith(
      '\n    run()\n    job.commit()',
    ),
  );
});

test('sources of which none keeps a bookmark make it information, one that keeps it an error', async () => {
  const read = (rest: string): string =>
    `${begun}«job.init("a", {})»\ncards = glue_context.create_dynamic_frame.from_catalog(database="bank", table_name="cards"${rest})\ncards.show()\n`;
  await check(read(''), 'information');
  await check(read(', transformation_ctx="cards"'), 'error');
});

test('a line break of Windows is kept', async () => {
  const text = `${begun}job.init("a", {})\nrun()\n`.replaceAll('\n', '\r\n');
  assert.ok((await check.fixed(text)).endsWith('run()\r\njob.commit()\r\n'));
});

test('an early end before commit is a warning, a failure is none', async () => {
  await check(`${begun}job.init("a", {})\nif empty:\n    «sys.exit(0)»\njob.commit()\n`, 'warning');
  await check(
    `${head}def main():\n    job = Job(glue_context)\n    job.init("a", {})\n    if empty:\n        «return»\n    job.commit()\n`,
    'warning',
  );
  await check(
    `${begun}job.init("a", {})\nif empty:\n    sys.exit(1)\nif bad:\n    raise ValueError("x")\njob.commit()\n`,
  );
  await check(`${begun}job.init("a", {})\nif empty:\n    job.commit()\n    sys.exit(0)\njob.commit()\n`);
  await check(
    `${head}def main():\n    job = Job(glue_context)\n    job.init("a", {})\n    try:\n        return\n    finally:\n        job.commit()\n`,
  );
});

test('streams, notebooks, a job that is handed on and a job of something else are silent', async () => {
  await check(`${begun}job.init("a", {})\nglue_context.forEachBatch(frame=x)\n`);
  await check(`#%glue_version 4.0\n${begun}job.init("a", {})\n`);
  await check(`${begun}job.init("a", {})\nfinish(job)\n`);
  await check(`job = Worker()\njob.init("a", {})\n`);
  await check(
    `${head}class Load:\n    def __init__(self):\n        self.job = Job(glue_context)\n        self.job.init("a", {})\n    def end(self):\n        self.job.commit()\n`,
  );
});
