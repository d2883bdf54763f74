import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { startLake, type TestLake } from '../support/localLake';
import { ended, keysUnder, type PipelineClients, pipelineClients, until } from './pipelineClients';

const etl = 'arn:aws:states:us-east-1:111122223333:stateMachine:banking-data-etl';
const lambda = (name: string) => `arn:aws:lambda:us-east-1:111122223333:function:${name}`;

describe('Step Functions on the local lake', () => {
  let lake: TestLake;
  let clients: PipelineClients;
  const start = async (
    stateMachineArn: string,
    input: unknown,
    name?: string,
  ): Promise<string | undefined> => {
    const request = {
      stateMachineArn,
      input: JSON.stringify(input),
      ...(name === undefined ? {} : { name }),
    };
    return (await clients.sfn.send(new StartExecutionCommand(request))).executionArn;
  };
  const machine = async (name: string, states: object, more: object = {}): Promise<string> => {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...more });
    const { stateMachineArn = '' } = await clients.sfn.send(
      new CreateStateMachineCommand({ name, definition, roleArn: 'arn:aws:iam::111122223333:role/r' }),
    );
    return stateMachineArn;
  };
  const history = async (executionArn: string | undefined): Promise<readonly HistoryEvent[]> =>
    (await clients.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))).events ?? [];
  const messages = async (): Promise<readonly { topicArn: string; message: string }[]> => {
    const answer = (await (await fetch(`${lake.endpoint}/_lake/messages`)).json()) as {
      messages: { topicArn: string; message: string }[];
    };
    return answer.messages;
  };
  before(async () => {
    lake = await startLake();
    clients = pipelineClients(lake);
  });
  after(() => lake.stop());

  test('the demo pipeline runs to its end, moves data and sends its message', async () => {
    const arn = await start(etl, { execution_date: '2025-01-06' });
    const { status, output = '{}', startDate, stopDate } = await ended(clients, arn);
    assert.equal(status, 'SUCCEEDED');
    assert.ok(startDate !== undefined && stopDate !== undefined && stopDate > startDate);
    const result = JSON.parse(output) as { load: { rows: number }; job: { JobRunState: string } };
    assert.deepEqual([result.load.rows, result.job.JobRunState], [204, 'SUCCEEDED']);
    assert.equal((await keysUnder(clients, 'analytics/views/')).length, 2);
    assert.deepEqual(
      (await messages()).map(({ topicArn, message }) => [topicArn.split(':').at(-1), message]),
      [['pipeline-success', 'The banking data of 2025-01-06 is ready.']],
    );
    const events = await history(arn);
    assert.deepEqual(
      events.slice(0, 7).map(({ type }) => type),
      [
        'ExecutionStarted',
        'TaskStateEntered',
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionSucceeded',
        'TaskStateExited',
        'TaskStateEntered',
      ],
    );
    assert.deepEqual(
      events.slice(7, 12).map(({ type }) => type),
      ['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited'],
    );
    assert.equal(events.at(-1)?.type, 'ExecutionSucceeded');
    assert.deepEqual(
      events.map(({ id }) => id),
      events.map((_, at) => at + 1),
    );
  });

  test('a failed job fails the execution, and the history says which task and why', async () => {
    const arn = await start(etl, { execution_date: '2025-01-07' });
    const { status, error, cause = '{}' } = await ended(clients, arn);
    assert.deepEqual([status, error], ['FAILED', 'States.TaskFailed']);
    assert.match(
      (JSON.parse(cause) as { ErrorMessage: string }).ErrorMessage,
      /^Nothing to process for 2025-01-07/,
    );
    const { events = [] } = await clients.sfn.send(
      new GetExecutionHistoryCommand({ executionArn: arn, reverseOrder: true, maxResults: 2 }),
    );
    assert.deepEqual(
      events.map(({ type }) => type),
      ['ExecutionFailed', 'TaskFailed'],
    );
    assert.equal(events[1]?.taskFailedEventDetails?.resource, 'startJobRun.sync');
    const bare = await clients.sfn.send(
      new GetExecutionHistoryCommand({ executionArn: arn, includeExecutionData: false, maxResults: 1 }),
    );
    assert.equal(bare.events?.[0]?.executionStartedEventDetails?.input, undefined);
    const entered = (await history(arn)).findLast(({ type }) => type === 'TaskStateEntered');
    assert.equal(entered?.stateEnteredEventDetails?.name, 'RunGlueJob');
  });

  test('a view that cannot be refreshed is caught, and the execution succeeds all the same', async () => {
    const arn = await start(etl, { execution_date: '2025-01-06', views: ['no_such_view'] });
    assert.equal((await ended(clients, arn)).status, 'SUCCEEDED');
    const sent = (await messages()).at(-1);
    assert.match(sent?.topicArn ?? '', /pipeline-failure$/);
    assert.match(sent?.message ?? '', /relation \\"no_such_view\\" does not exist/);
  });

  test('the same name and input while it runs is the same execution, and anything else is refused', async () => {
    const arn = await machine('waits', { Wait: { Type: 'Wait', Seconds: 30, End: true } });
    const first = await start(arn, { a: 1 }, 'once');
    assert.equal(await start(arn, { a: 1 }, 'once'), first);
    await assert.rejects(start(arn, { a: 2 }, 'once'), { name: 'ExecutionAlreadyExists' });
    const { executions = [] } = await clients.sfn.send(new ListExecutionsCommand({ stateMachineArn: arn }));
    assert.equal(executions.length, 1);
    await clients.sfn.send(
      new StopExecutionCommand({ executionArn: first, error: 'Stopped', cause: 'By a test' }),
    );
    const { status, error, cause } = await ended(clients, first);
    assert.deepEqual([status, error, cause], ['ABORTED', 'Stopped', 'By a test']);
    assert.equal((await history(first)).at(-1)?.type, 'ExecutionAborted');
    await assert.rejects(start(arn, { a: 1 }, 'once'), { name: 'ExecutionAlreadyExists' });
  });

  test('a stop also stops the Glue run that the execution waits for', async () => {
    const definition = JSON.stringify({
      StartAt: 'Job',
      States: {
        Job: {
          Type: 'Task',
          Resource: 'arn:aws:states:::glue:startJobRun.sync',
          Parameters: { JobName: 'slow', Arguments: { '--seconds': '60' } },
          End: true,
        },
      },
    });
    const { CreateJobCommand } = await import('@aws-sdk/client-glue');
    await clients.glue.send(
      new CreateJobCommand({
        Name: 'slow',
        Role: 'r',
        Command: { Name: 'glueetl', ScriptLocation: 's3://lake-scripts/sleep.py' },
      }),
    );
    const { stateMachineArn = '' } = await clients.sfn.send(
      new CreateStateMachineCommand({
        name: 'slow',
        definition,
        roleArn: 'arn:aws:iam::111122223333:role/r',
      }),
    );
    const arn = await start(stateMachineArn, {});
    const run = async () =>
      (await clients.glue.send(new GetJobRunsCommand({ JobName: 'slow' }))).JobRuns?.[0]?.JobRunState;
    await until(run, (state) => state === 'RUNNING');
    await clients.sfn.send(new StopExecutionCommand({ executionArn: arn }));
    assert.equal((await ended(clients, arn)).status, 'ABORTED');
    await until(run, (state) => state === 'STOPPED');
    assert.equal((await history(arn)).at(-1)?.type, 'ExecutionAborted');
  });

  test('tasks are tried again, caught, chosen between and mapped', async () => {
    const { CreateFunctionCommand } = await import('@aws-sdk/client-lambda');
    for (const name of ['echo', 'fail']) {
      const Code = { S3Bucket: 'b', S3Key: 'k' };
      await clients.lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Handler: `lake.${name}`,
          Runtime: 'python3.12',
          Role: 'arn:aws:iam::111122223333:role/r',
          Code,
        }),
      );
    }
    const arn = await machine('everything', {
      Try: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'fail', Payload: { name: 'Boom', message: 'no' } },
        Retry: [{ ErrorEquals: ['Boom'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['Boom'], ResultPath: '$.error', Next: 'Choose' }],
        End: true,
      },
      Choose: {
        Type: 'Choice',
        Choices: [{ Variable: '$.error.Error', StringEquals: 'Boom', Next: 'Each' }],
        Default: 'Never',
      },
      Never: { Type: 'Fail', Error: 'Wrong', Cause: 'The choice was wrong' },
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemProcessor: {
          StartAt: 'Echo',
          States: { Echo: { Type: 'Task', Resource: lambda('echo'), End: true } },
        },
        End: true,
      },
    });
    const execution = await start(arn, { items: [1, 2] });
    const { status, output } = await ended(clients, execution);
    assert.deepEqual([status, output], ['SUCCEEDED', '[1,2]']);
    const types = (await history(execution)).map(({ type }) => type);
    assert.equal(types.filter((type) => type === 'TaskFailed').length, 2);
    assert.equal(types.filter((type) => type === 'MapIterationSucceeded').length, 2);
    assert.ok(types.includes('ChoiceStateEntered') && types.includes('MapStateSucceeded'));
  });

  test('a task calls any operation of the lake through the SDK integration, and its error has the name of the service', async () => {
    const arn = await machine('crawl', {
      Crawl: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:startCrawler',
        Parameters: { Name: 'no-such-crawler' },
        End: true,
      },
    });
    const { status, error } = await ended(clients, await start(arn, {}));
    assert.deepEqual([status, error], ['FAILED', 'Glue.EntityNotFoundException']);
  });

  test('executions are listed newest first, by status and in pages', async () => {
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page: {
        executions?: { executionArn?: string | undefined }[] | undefined;
        nextToken?: string | undefined;
      } = await clients.sfn.send(
        new ListExecutionsCommand({ stateMachineArn: etl, maxResults: 2, nextToken }),
      );
      names.push(...(page.executions ?? []).map(({ executionArn }) => executionArn));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    assert.equal(names.length, 3);
    const failed = await clients.sfn.send(
      new ListExecutionsCommand({ stateMachineArn: etl, statusFilter: 'FAILED' }),
    );
    assert.deepEqual(
      failed.executions?.map(({ executionArn }) => executionArn),
      [names[1]],
    );
  });

  test('state machines are checked, changed, listed and removed, and what is not there is named', async () => {
    const broken = machine('broken', { A: { Type: 'Pass', Next: 'B' } });
    await assert.rejects(broken, { name: 'InvalidDefinition' });
    await assert.rejects(
      machine('other', { A: { Type: 'Task', Resource: 'arn:aws:states:::ecs:runTask', End: true } }),
      /does not implement the resource arn:aws:states:::ecs:runTask/,
    );
    const arn = await machine('short', { A: { Type: 'Pass', End: true } });
    await clients.sfn.send(
      new UpdateStateMachineCommand({
        stateMachineArn: arn,
        definition: JSON.stringify({ StartAt: 'B', States: { B: { Type: 'Succeed' } } }),
      }),
    );
    const described = await clients.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    assert.match(described.definition ?? '', /Succeed/);
    const { stateMachines = [] } = await clients.sfn.send(new ListStateMachinesCommand({}));
    assert.ok(
      stateMachines.some(({ name }) => name === 'short') &&
        stateMachines.some(({ name }) => name === 'banking-data-etl'),
    );
    await clients.sfn.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));
    await assert.rejects(start(arn, {}), { name: 'StateMachineDoesNotExist' });
    await assert.rejects(clients.sfn.send(new StartExecutionCommand({ stateMachineArn: etl, input: '{' })), {
      name: 'InvalidExecutionInput',
    });
    await assert.rejects(
      clients.sfn.send(new RedriveExecutionCommand({ executionArn: 'arn' })),
      /does not implement states RedriveExecution/,
    );
  });

  test('troubles hit starts, and half an answer means one execution', async () => {
    const arn = await machine('once', { A: { Type: 'Pass', End: true } });
    await lake.faults({ action: 'states:StartExecution', kind: 'throttle', times: 1 });
    await assert.rejects(start(arn, {}), { name: 'ThrottlingException' });
    await lake.faults({ action: 'states:StartExecution', kind: 'half', times: 1 });
    await assert.rejects(start(arn, {}, 'half'));
    const { executions = [] } = await clients.sfn.send(new ListExecutionsCommand({ stateMachineArn: arn }));
    assert.deepEqual(
      executions.map(({ name }) => name),
      ['half'],
    );
    assert.ok(
      (await lake.calls()).some(
        ({ action, code }) => action === 'states:StartExecution' && code === 'ThrottlingException',
      ),
    );
  });
});
