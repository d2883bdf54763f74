import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetJobRunCommand, GlueClient, type JobRun } from '@aws-sdk/client-glue';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import type { TestLake } from '../support/localLake';

/** The real clients of what runs in a lake; one attempt, so that errors are seen as they come. */
export function pipelineClients(lake: TestLake) {
  const config = {
    endpoint: lake.endpoint,
    region: lake.region,
    credentials: lake.credentials,
    maxAttempts: 1,
  };
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    glue: new GlueClient(config),
    sfn: new SFNClient(config),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    sns: new SNSClient(config),
  };
}

/** All that runs in a lake is called with. */
export type PipelineClients = ReturnType<typeof pipelineClients>;

/** Asks again until the answer is the one that is waited for. */
export async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (let times = 0; times < 1000; times++) {
    const answer = await ask();
    if (fits(answer)) return answer;
    await new Promise((next) => setTimeout(next, 20));
  }
  throw new Error('What was waited for did not come');
}

/** Waits for the end of a job's run, or for one of these states. */
export async function jobRun(
  { glue }: PipelineClients,
  job: string,
  id: string | undefined,
  states = endStates,
): Promise<JobRun> {
  const ask = async () => (await glue.send(new GetJobRunCommand({ JobName: job, RunId: id }))).JobRun ?? {};
  return until(ask, ({ JobRunState = '' }) => states.includes(JobRunState));
}

const endStates: readonly string[] = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMEOUT'];

/** Waits for the end of an execution. */
export async function ended(
  { sfn }: PipelineClients,
  executionArn: string | undefined,
): Promise<DescribeExecutionCommandOutput> {
  return until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  );
}

/** The lines of a log group, or of one stream of it. */
export async function linesOf(
  { logs }: PipelineClients,
  group: string,
  stream?: string,
): Promise<readonly string[]> {
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName: group,
      ...(stream === undefined ? {} : { logStreamNames: [stream] }),
    }),
  );
  return events.map(({ message = '' }) => message.trimEnd());
}

/** The keys of the lake's bucket below a prefix. */
export async function keysUnder({ s3 }: PipelineClients, Prefix: string): Promise<readonly string[]> {
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: 'centralbank-data-lake', Prefix }),
  );
  return Contents.map(({ Key = '' }) => Key);
}
