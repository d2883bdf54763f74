import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueFlexNotUsed } from '../../../../src/lint/rules/glue/glue-flex-not-used';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(glueFlexNotUsed, 'glue');

const client = 'import boto3\nglue = boto3.client("glue")\n';

test('a name or a comment that says that the job can wait is enough', async () => {
  await check(`${client}glue.«start_job_run»(JobName="ledger-nightly")`, 'hint: 34 %');
  await check(`${client}# could run on Flex\nglue.«start_job_run»(JobName="ledger")`);
  await check(`${client}glue.«start_job_run»(JobName="ledger")  # not time-critical`);
  await check(
    `${client}glue.«create_job»(Name="ledger-dev", Role="r", Command={"Name": "glueetl"}, Timeout=5)`,
  );
});

test('what presses, what Flex does not take and what cannot be seen is silent', async () => {
  await check(`${client}glue.start_job_run(JobName="ledger")`);
  await check(`${client}glue.start_job_run(JobName="latest-contest-device")`);
  await check(`${client}# nightly, but urgent\nglue.start_job_run(JobName="ledger")`);
  await check(`${client}# nightly\n\nglue.start_job_run(JobName="ledger")`);
  await check(`${client}glue.start_job_run(JobName="ledger-nightly", WorkerType="G.8X")`);
  await check(`${client}glue.start_job_run(JobName="ledger-nightly", **more)`);
  await check(`${client}glue.start_job_run(JobName="ledger-nightly", ExecutionClass=how)`);
  await check(`${client}glue.create_job(Name="ledger-dev", Command={"Name": "pythonshell"})`);
  await check(`${client}glue.create_job(Name="ledger-dev", Command={"Name": "glueetl"}, GlueVersion="2.0")`);
  await check('import boto3\nemr = boto3.client("emr-serverless")\nemr.start_job_run(name="nightly")');
});

test('the argument is added on a line of its own where the others stand so', async () => {
  const text = `${client}glue.start_job_run(\n    JobName='ledger-nightly',\n    Timeout=5\n)\nx = 'a' + 'b'\n`;
  assert.match(
    await check.fixed(text),
    /JobName='ledger-nightly',\n {4}ExecutionClass='FLEX',\n {4}Timeout=5\n/,
  );
});

test('a state machine that starts a job is told the same', async () => {
  const asl = documentChecker(glueFlexNotUsed, 'asl');
  const machine = (parameters: string): string =>
    `{ "StartAt": "Load", "States": { «"Load"»: { "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": { ${parameters} }, "End": true } } }`;
  await asl(machine('"JobName": "ledger-backfill"'), 'hint');
  await asl(machine('"JobName": "ledger-backfill", "ExecutionClass": "FLEX"').replaceAll(/[«»]/g, ''));
  await asl(machine('"JobName": "ledger"').replaceAll(/[«»]/g, ''));
});
