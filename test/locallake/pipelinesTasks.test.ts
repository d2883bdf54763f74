import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateJobCommand, GetJobRunsCommand } from '@aws-sdk/client-glue';
import {
  CreateStateMachineCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ended, type PipelineClients, pipelineClients, until } from '../contract/pipelineClients';
import { startLake, type TestLake } from '../support/localLake';

describe('tasks of state machines', { concurrency: true }, () => {
  let lake: TestLake;
  let clients: PipelineClients;
  const run = async (name: string, task: object, machine: object = {}) => {
    const definition = JSON.stringify({
      ...machine,
      StartAt: 'A',
      States: { A: { Type: 'Task', End: true, ...task } },
    });
    const roleArn = 'arn:aws:iam::111122223333:role/r';
    const { stateMachineArn } = await clients.sfn.send(
      new CreateStateMachineCommand({ name, definition, roleArn }),
    );
    const { executionArn } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn }));
    const end = await ended(clients, executionArn);
    const { events = [] } = await clients.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    return { ...end, types: events.map(({ type }) => type) };
  };
  const slowJob = async (Name: string): Promise<object> => {
    const Command = { Name: 'glueetl', ScriptLocation: 's3://lake-scripts/sleep.py' };
    await clients.glue.send(new CreateJobCommand({ Name, Role: 'r', Command }));
    return { Resource: 'arn:aws:states:::glue:startJobRun.sync', Parameters: { JobName: Name } };
  };
  const jobStopped = async (JobName: string): Promise<void> => {
    const state = async () =>
      (await clients.glue.send(new GetJobRunsCommand({ JobName }))).JobRuns?.[0]?.JobRunState;
    assert.equal(
      await until(state, (found) => found !== 'RUNNING' && found !== 'STARTING' && found !== 'STOPPING'),
      'STOPPED',
    );
  };
  before(async () => {
    lake = await startLake();
    clients = pipelineClients(lake);
  });
  after(() => lake.stop());

  test('a task over its time fails with States.Timeout, and the job it waited for is stopped', async () => {
    const { status, error, types } = await run('task-time', {
      ...(await slowJob('slow-task')),
      TimeoutSeconds: 1,
    });
    assert.deepEqual([status, error], ['FAILED', 'States.Timeout']);
    assert.deepEqual(types.slice(-2), ['TaskTimedOut', 'ExecutionFailed']);
    await jobStopped('slow-task');
  });

  test('an execution over its time has timed out, and the job it waited for is stopped', async () => {
    const { status, types } = await run('machine-time', await slowJob('slow-machine'), { TimeoutSeconds: 1 });
    assert.deepEqual([status, types.at(-1)], ['TIMED_OUT', 'ExecutionTimedOut']);
    await jobStopped('slow-machine');
  });

  test('an error of a service has the name that Retry matches, and its cause the code', async () => {
    const task = { Resource: 'arn:aws:states:::glue:startJobRun', Parameters: { JobName: 'no-such-job' } };
    const { error, cause } = await run('no-job', task);
    assert.equal(error, 'Glue.EntityNotFoundException');
    assert.match(
      cause ?? '',
      /^Job with name: no-such-job not found\. \(Service: Glue; Status Code: 400; Error Code: EntityNotFoundException\)$/,
    );
  });

  test('a query is waited for, and one that fails fails the task', async () => {
    const query = (QueryString: string) => ({
      Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
      Parameters: {
        QueryString,
        QueryExecutionContext: { Database: 'centralbank_data' },
        ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/' },
      },
    });
    const good = await run('query', query('select 1'));
    assert.match(good.output ?? '', /"State":"SUCCEEDED"/);
    const bad = await run('bad-query', query('select nope from customers'));
    assert.deepEqual([bad.status, bad.error], ['FAILED', 'States.TaskFailed']);
    assert.match(bad.cause ?? '', /COLUMN_NOT_FOUND/);
  });

  test('a crawler is started through the SDK integration', async () => {
    const task = {
      Resource: 'arn:aws:states:::aws-sdk:glue:startCrawler',
      Parameters: { Name: 'banking-data-crawler' },
    };
    assert.equal((await run('crawl', task)).status, 'SUCCEEDED');
    const calls = await lake.calls();
    assert.ok(!calls.some(({ action }) => action === 'glue:StartCrawler'));
  });
});
