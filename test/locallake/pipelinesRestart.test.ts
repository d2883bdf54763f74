import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateJobCommand, GetJobRunsCommand } from '@aws-sdk/client-glue';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { jobRun, linesOf, pipelineClients, until } from '../contract/pipelineClients';
import { startLake } from '../support/localLake';

test('a killed lake forgets no run: what ran has failed, and nothing goes on', async () => {
  let lake = await startLake({ empty: true });
  let clients = pipelineClients(lake);
  const Command = { Name: 'glueetl', ScriptLocation: 's3://lake-scripts/sleep.py' };
  await clients.glue.send(new CreateJobCommand({ Name: 'slow', Role: 'r', Command }));
  const Resource = 'arn:aws:states:::glue:startJobRun.sync';
  const states = { Job: { Type: 'Task', Resource, Parameters: { JobName: 'slow' }, End: true } };
  const definition = JSON.stringify({ StartAt: 'Job', States: states });
  const roleArn = 'arn:aws:iam::111122223333:role/r';
  const { stateMachineArn } = await clients.sfn.send(
    new CreateStateMachineCommand({ name: 'slow', definition, roleArn }),
  );
  const { executionArn } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn }));
  const runs = async () =>
    (await clients.glue.send(new GetJobRunsCommand({ JobName: 'slow' }))).JobRuns ?? [];
  const [{ Id = '' } = {}] = await until(runs, (found) => found[0]?.JobRunState === 'RUNNING');
  await until(
    () => linesOf(clients, '/aws-glue/jobs/output', Id).catch((): readonly string[] => []),
    (lines) => lines.length > 0,
  );

  await lake.kill('SIGKILL');
  lake = await startLake({ empty: true, root: lake.root });
  clients = pipelineClients(lake);
  try {
    const { status, cause } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    assert.deepEqual([status, cause], ['FAILED', 'The local lake was stopped while the execution ran']);
    const run = await jobRun(clients, 'slow', Id);
    assert.deepEqual(
      [run.JobRunState, run.ErrorMessage],
      ['FAILED', 'The local lake was stopped while the run ran'],
    );
    const lines = await linesOf(clients, '/aws-glue/jobs/output', Id);
    await new Promise((next) => setTimeout(next, 150));
    assert.deepEqual(await linesOf(clients, '/aws-glue/jobs/output', Id), lines);
  } finally {
    await lake.stop();
  }
});
