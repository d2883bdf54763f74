import { test } from 'node:test';
import { glueBookmarkConcurrency } from '../../../../src/lint/rules/glue/glue-bookmark-concurrency';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(glueBookmarkConcurrency, 'glue');

const client = 'import boto3\nglue = boto3.client("glue")\n';
const on = '{"--job-bookmark-option": "job-bookmark-enable"}';

test('several runs on one bookmark are a warning, in a new job or a changed one', async () => {
  await check(
    `${client}glue.create_job(Name="a", DefaultArguments=${on}, ExecutionProperty={"MaxConcurrentRuns": «2»})`,
    'warning: 2 runs',
  );
  await check(
    `${client}glue.update_job(JobName="a", JobUpdate={"DefaultArguments": ${on}, "ExecutionProperty": {"MaxConcurrentRuns": «5»}})`,
    'warning',
  );
  await check(
    `${client}runs = {"MaxConcurrentRuns": «3»}\nglue.create_job(Name="a", DefaultArguments=${on}, ExecutionProperty=runs)`,
  );
});

test('one run, no bookmark and unknown numbers are silent', async () => {
  await check(
    `${client}glue.create_job(Name="a", DefaultArguments=${on}, ExecutionProperty={"MaxConcurrentRuns": 1})`,
  );
  await check(`${client}glue.create_job(Name="a", DefaultArguments=${on})`);
  await check(
    `${client}glue.create_job(Name="a", DefaultArguments={}, ExecutionProperty={"MaxConcurrentRuns": 2})`,
  );
  await check(
    `${client}glue.create_job(Name="a", DefaultArguments=${on}, ExecutionProperty={"MaxConcurrentRuns": runs})`,
  );
});
