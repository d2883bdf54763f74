import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueNoTimeout } from '../../../../src/lint/rules/glue/glue-no-timeout';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(glueNoTimeout, 'glue');

const client = 'import boto3\nglue = boto3.client("glue")\n';

test('the cost is named only for a version whose default is known', async () => {
  const job = (version: string): string =>
    `${client}glue.«create_job»(Name="a", Command={"Name": "glueetl"}, GlueVersion="${version}", WorkerType="G.1X", NumberOfWorkers=10)`;
  await check(job('4.0'), 'warning: about $211');
  await check(job('5.0'), 'warning: until the default');
});

test('a run takes over the timeout of its job, so that it is a hint', async () => {
  await check(`${client}glue.«start_job_run»(JobName="a")`, 'hint');
});

test('a timeout, one that may come in unseen, and jobs without one by nature are silent', async () => {
  await check(`${client}glue.create_job(Name="a", Timeout=minutes)`);
  await check(`${client}glue.create_job(Name="a", **settings)`);
  await check(`${client}glue.update_job(JobName="a", JobUpdate=settings)`);
  await check(`${client}glue.create_job(Name="a", Command={"Name": "gluestreaming"})`);
});

test('an update gets its timeout inside the definition', async () => {
  const text = `${client}glue.update_job(JobName="a", JobUpdate={"Role": "r"})`;
  assert.ok((await check.fixed(text)).endsWith('JobUpdate={"Role": "r", "Timeout": 120})'));
});

test('a state machine that starts a job without one is given a hint', async () => {
  const asl = documentChecker(glueNoTimeout, 'asl');
  const machine = (parameters: string): string =>
    `{ "StartAt": "Load", "States": { «"Load"»: { "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": { ${parameters} }, "End": true } } }`;
  await asl(machine('"JobName": "ledger"'), 'hint');
  await asl(machine('"JobName": "ledger", "Timeout.$": "$.minutes"').replaceAll(/[«»]/g, ''));
});
