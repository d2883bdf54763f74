import type { KindId, Pipeline, Run } from '../../src/pipelines/pipeline';
import type { Operation } from './operations';
import { never, type World } from './world';

const account = 'arn:aws:states:us-east-1:111122223333';
export const machine: Pipeline = {
  kind: 'state-machine',
  name: 'waits',
  id: `${account}:stateMachine:waits`,
};
const job: Pipeline = { kind: 'glue-job', name: 'migrate-legacy-data', id: 'migrate-legacy-data' };
const crawler: Pipeline = { kind: 'crawler', name: 'banking-data-crawler', id: 'banking-data-crawler' };
const fn: Pipeline = { kind: 'lambda', name: 'validate-banking-data', id: 'validate-banking-data' };

const reads = 'reads only';
const followed = 'reads only; a run is followed on after a look that failed';
const lost = 'one attempt; a lost answer is looked for among the runs, and never answered by a second start';

/** Lists and looks of pipelines. */
const lists: readonly Operation[] = [
  read('ListStateMachines', 'states:ListStateMachines', 'the state machines', (ports, world) =>
    ports.pipelines['state-machine'].list(world.connection, {}, never),
  ),
  read('GetJobs', 'glue:GetJobs', 'the jobs', (ports, world) =>
    ports.pipelines['glue-job'].list(world.connection, {}, never),
  ),
  read('GetCrawlers', 'glue:GetCrawlers', 'the crawlers', (ports, world) =>
    ports.pipelines.crawler.list(world.connection, {}, never),
  ),
  read('ListFunctions', 'lambda:ListFunctions', 'the functions', (ports, world) =>
    ports.pipelines.lambda.list(world.connection, {}, never),
  ),
  read('ListExecutions', 'states:ListExecutions', machine.name, (ports, world) =>
    ports.pipelines['state-machine'].runs(world.connection, { pipeline: machine }, never),
  ),
  read('GetJobRuns', 'glue:GetJobRuns', job.name, (ports, world) =>
    ports.pipelines['glue-job'].runs(world.connection, { pipeline: job }, never),
  ),
  read('ListCrawls', 'glue:ListCrawls', crawler.name, (ports, world) =>
    ports.pipelines.crawler.runs(world.connection, { pipeline: crawler }, never),
  ),
  read('FilterLogEvents', 'logs:FilterLogEvents', `/aws/lambda/${fn.name}`, (ports, world) =>
    ports.pipelines.lambda.runs(world.connection, { pipeline: fn }, never),
  ),
  read('GetCrawler', 'glue:GetCrawler', crawler.name, (ports, world) =>
    ports.pipelines.crawler.state(world.connection, { run: runOf('crawler', crawler, 'none') }, never),
  ),
  {
    ...read('DescribeExecution', 'states:DescribeExecution', machine.name, unused),
    guarantee: followed,
    cell: async (world, number) => {
      const run = await execution(world, number, 'seen');
      return {
        target: machine.name,
        run: (ports) => ports.pipelines['state-machine'].state(world.connection, { run }, never),
        tidy: () => world.ask('AWSStepFunctions.StopExecution', { executionArn: run.id }),
      };
    },
  },
  {
    ...read('GetExecutionHistory', 'states:GetExecutionHistory', machine.name, unused),
    cell: async (world, number) => {
      const run = await execution(world, number, 'told');
      return {
        target: machine.name,
        run: (ports) => ports.pipelines['state-machine'].log(world.connection, { run, limit: 20 }, never),
        tidy: () => world.ask('AWSStepFunctions.StopExecution', { executionArn: run.id }),
      };
    },
  },
  {
    ...read('GetJobRun', 'glue:GetJobRun', job.name, unused),
    guarantee: followed,
    cell: async (world, number) => {
      const run = await jobRun(world, number);
      return {
        target: `${run.pipeline} ${run.id}`,
        run: (ports) => ports.pipelines['glue-job'].state(world.connection, { run }, never),
      };
    },
  },
];

/** Starts and stops of pipelines. */
const changes: readonly Operation[] = [
  {
    command: 'StartExecution',
    at: { action: 'states:StartExecution' },
    action: 'states:StartExecution',
    use: 'Run Pipeline',
    repeats: 'safely',
    guarantee: 'one name a start: the same name is the same execution',
    cell: async (world, number) => {
      await needMachine(world);
      const token = `started-${number}`;
      const arn = `${account}:execution:${machine.name}:${token}`;
      const request = { pipeline: machine, input: '{}', token };
      return {
        target: machine.name,
        run: (ports) => ports.pipelines['state-machine'].start(world.connection, request, never),
        effects: async () => {
          const { executions } = (await world.ask('AWSStepFunctions.ListExecutions', {
            stateMachineArn: machine.id,
            maxResults: 1000,
          })) as { executions: readonly { executionArn: string }[] };
          return executions.filter(({ executionArn }) => executionArn === arn).length;
        },
        tidy: () => world.ask('AWSStepFunctions.StopExecution', { executionArn: arn }),
      };
    },
  },
  {
    command: 'StopExecution',
    at: { action: 'states:StopExecution' },
    action: 'states:StopExecution',
    use: 'stopping a run',
    repeats: 'safely',
    guarantee: 'stopping twice is stopping once',
    cell: async (world, number) => {
      const run = await execution(world, number, 'stopped');
      return {
        target: machine.name,
        run: (ports) => ports.pipelines['state-machine'].stop(world.connection, { run }, never),
        effects: async () => {
          const { status } = await world.ask('AWSStepFunctions.DescribeExecution', { executionArn: run.id });
          return status === 'ABORTED' ? 1 : 0;
        },
      };
    },
  },
  {
    command: 'StartJobRun',
    at: { action: 'glue:StartJobRun' },
    action: 'glue:StartJobRun',
    use: 'Run Pipeline',
    repeats: 'never',
    guarantee: lost,
    cell: async (world, number) => {
      const pipeline = await newJob(world, `started-${number}`);
      const request = { pipeline, input: '{"--execution_date":"1999-01-01"}', token: `job-${number}` };
      return {
        target: pipeline.name,
        run: (ports) => ports.pipelines['glue-job'].start(world.connection, request, never),
        effects: async () => {
          const { JobRuns } = await world.ask('AWSGlue.GetJobRuns', { JobName: pipeline.name });
          return (JobRuns as readonly unknown[]).length;
        },
      };
    },
  },
  {
    command: 'BatchStopJobRun',
    at: { action: 'glue:BatchStopJobRun' },
    action: 'glue:BatchStopJobRun',
    use: 'stopping a run',
    repeats: 'safely',
    guarantee: 'stopping twice is stopping once',
    cell: async (world, number) => {
      const run = await jobRun(world, number);
      return {
        target: `${run.pipeline} ${run.id}`,
        run: (ports) => ports.pipelines['glue-job'].stop(world.connection, { run }, never),
      };
    },
  },
  {
    command: 'StartCrawler',
    at: { action: 'glue:StartCrawler' },
    action: 'glue:StartCrawler',
    use: 'Run Pipeline',
    repeats: 'never',
    guarantee: lost,
    cell: async (world, number) => {
      const pipeline = await newCrawler(world, number);
      return {
        target: pipeline.name,
        run: (ports) =>
          ports.pipelines.crawler.start(
            world.connection,
            { pipeline, input: '{}', token: String(number) },
            never,
          ),
        effects: async () => {
          const { Crawls } = await world.ask('AWSGlue.ListCrawls', { CrawlerName: pipeline.name });
          return (Crawls as readonly unknown[]).length;
        },
      };
    },
  },
  {
    command: 'StopCrawler',
    at: { action: 'glue:StopCrawler' },
    action: 'glue:StopCrawler',
    use: 'stopping a run',
    repeats: 'safely',
    guarantee: 'stopping twice, or after the end, is stopping once',
    // Of a crawler that has ended: whether a crawl is still going when it is asked would be chance.
    cell: async (world) => ({
      target: crawler.name,
      run: (ports) =>
        ports.pipelines.crawler.stop(world.connection, { run: runOf('crawler', crawler, 'none') }, never),
    }),
  },
  {
    command: 'Invoke',
    at: { action: 'lambda:InvokeFunction' },
    action: 'lambda:InvokeFunction',
    use: 'Run Pipeline',
    repeats: 'never',
    guarantee: `${lost}; an answer may take the 15 minutes of a function`,
    patient: true,
    formless: true,
    cell: async (world) => {
      const input = '{"execution_date":"1999-01-01"}';
      const count = async (): Promise<number> => {
        const { logGroups } = await world.ask('Logs_20140328.DescribeLogGroups', {});
        const logGroupName = `/aws/lambda/${fn.name}`;
        if (
          !(logGroups as readonly { logGroupName: string }[]).some((one) => one.logGroupName === logGroupName)
        )
          return 0;
        const { events } = await world.ask('Logs_20140328.FilterLogEvents', { logGroupName });
        return (events as readonly { message: string }[]).filter((one) => one.message.startsWith('START '))
          .length;
      };
      const before = await count();
      return {
        target: fn.name,
        run: (ports) =>
          ports.pipelines.lambda.start(world.connection, { pipeline: fn, input, token: 'none' }, never),
        effects: async () => (await count()) - before,
      };
    },
  },
];

/** Every operation of the pipelines. */
export const pipelineOperations: readonly Operation[] = [...lists, ...changes];

function read(
  command: string,
  action: string,
  target: string,
  run: (ports: ReturnType<World['ports']>, world: World) => Promise<unknown>,
): Operation {
  return {
    command,
    at: { action },
    action,
    use: 'Runs',
    repeats: 'safely',
    guarantee: reads,
    cell: async (world) => {
      await needMachine(world);
      return { target, run: (ports) => run(ports, world) };
    },
  };
}

function unused(): Promise<never> {
  return Promise.reject(new Error('This operation has a cell of its own'));
}

function runOf(kind: KindId, pipeline: Pipeline, id: string): Run {
  return { kind, pipeline: pipeline.name, pipelineId: pipeline.id, id, state: 'running' };
}

const made = new WeakMap<World, Promise<unknown>>();

/** A machine that waits longer than any test; the same request again is no error. */
export async function needMachine(world: World): Promise<void> {
  const known = made.get(world);
  if (known !== undefined) return void (await known);
  const making = world.ask('AWSStepFunctions.CreateStateMachine', {
    name: machine.name,
    roleArn: 'arn:aws:iam::111122223333:role/waits',
    definition: JSON.stringify({
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 600, End: true } },
    }),
  });
  made.set(world, making);
  await making;
}

export async function execution(world: World, number: number, why: string): Promise<Run> {
  await needMachine(world);
  const { executionArn } = await world.ask('AWSStepFunctions.StartExecution', {
    stateMachineArn: machine.id,
    name: `${why}-${number}`,
    input: '{}',
  });
  return runOf('state-machine', machine, String(executionArn));
}

export async function newJob(world: World, name: string): Promise<Pipeline> {
  await world.ask('AWSGlue.CreateJob', {
    Name: name,
    Role: 'arn:aws:iam::111122223333:role/banking-glue',
    Command: { Name: 'glueetl', ScriptLocation: 's3://centralbank-data-lake/scripts/none.py' },
  });
  return { kind: 'glue-job', name, id: name };
}

async function jobRun(world: World, number: number): Promise<Run> {
  const pipeline = await newJob(world, `looked-at-${number}`);
  const { JobRunId } = await world.ask('AWSGlue.StartJobRun', { JobName: pipeline.name });
  return runOf('glue-job', pipeline, String(JobRunId));
}

export async function newCrawler(world: World, number: number): Promise<Pipeline> {
  const name = `crawler-${number}`;
  await world.ask('AWSGlue.CreateCrawler', {
    Name: name,
    Role: 'arn:aws:iam::111122223333:role/banking-glue',
    DatabaseName: 'centralbank_data',
    Targets: { S3Targets: [{ Path: 's3://centralbank-data-lake/nothing-here/' }] },
  });
  return { kind: 'crawler', name, id: name };
}
