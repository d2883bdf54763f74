import { test } from 'node:test';
import { glueFlexInvalid } from '../../../../src/lint/rules/glue/glue-flex-invalid';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(glueFlexInvalid, 'glue');

const client = 'import boto3\nglue = boto3.client("glue")\n';

test('command, version and worker are each looked at', async () => {
  await check(
    `${client}glue.create_job(Name="a", Command={"Name": "pythonshell"}, ExecutionClass=«"FLEX"»)`,
    'warning: pythonshell',
  );
  await check(
    `${client}glue.create_job(Name="a", GlueVersion="2.0", ExecutionClass=«"FLEX"»)`,
    'warning: 2.0',
  );
  await check(
    `${client}glue.start_job_run(JobName="a", WorkerType="G.4X", ExecutionClass=«"FLEX"»)`,
    'warning: G.4X',
  );
  await check(
    `${client}glue.update_job(JobName="a", JobUpdate={"WorkerType": "G.4X", "ExecutionClass": «"FLEX"»})`,
    'warning',
  );
});

test('what Flex takes, what is not written out and other classes are silent', async () => {
  await check(
    `${client}glue.create_job(Name="a", Command={"Name": "glueetl"}, GlueVersion="4.0", WorkerType="G.2X", ExecutionClass="FLEX")`,
  );
  await check(
    `${client}glue.create_job(Name="a", WorkerType=worker, GlueVersion=version, ExecutionClass="FLEX")`,
  );
  await check(`${client}glue.create_job(Name="a", WorkerType="G.8X", ExecutionClass="STANDARD")`);
});
