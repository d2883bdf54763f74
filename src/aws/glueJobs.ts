import type { JobRun } from '@aws-sdk/client-glue';
import type { PipelineCalls, Run, RunState } from '../pipelines/pipeline';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { cloudWatchLog } from './cloudWatchLog';
import { glueRunLog } from './glueRunLog';

/** Glue jobs and their runs. */
export function glueJobs(clients: Clients, callAws: CallAws): PipelineCalls {
  const readLog = cloudWatchLog(clients, callAws);
  return {
    async list(connection, { next }, signal) {
      const page = await callAws(
        { action: 'glue:GetJobs', target: 'the jobs', connection },
        async (options) => {
          const { GetJobsCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(new GetJobsCommand({ NextToken: next, MaxResults: 100 }), options);
        },
        signal,
      );
      const items = (page.Jobs ?? []).map(({ Name = '', Description, DefaultArguments = {} }) => ({
        kind: 'glue-job' as const,
        name: Name,
        id: Name,
        ...(Description ? { description: Description } : {}),
        targets: placesIn(DefaultArguments),
      }));
      return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
    },

    async runs(connection, { pipeline, next, limit = 20 }, signal) {
      const page = await callAws(
        { action: 'glue:GetJobRuns', target: pipeline.name, connection },
        async (options) => {
          const { GetJobRunsCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = { JobName: pipeline.name, NextToken: next, MaxResults: limit };
          return client.send(new GetJobRunsCommand(request), options);
        },
        signal,
      );
      return {
        items: (page.JobRuns ?? []).map((run) => runFrom(run, pipeline.name)),
        ...(page.NextToken ? { next: page.NextToken } : {}),
      };
    },

    async state(connection, { run }, signal) {
      const answer = await callAws(
        { action: 'glue:GetJobRun', target: `${run.pipeline} ${run.id}`, connection },
        async (options) => {
          const { GetJobRunCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(new GetJobRunCommand({ JobName: run.pipeline, RunId: run.id }), options);
        },
        signal,
      );
      return answer.JobRun === undefined ? run : runFrom(answer.JobRun, run.pipeline);
    },

    async start(connection, { pipeline, input }, signal) {
      const answer = await callAws(
        { action: 'glue:StartJobRun', target: pipeline.name, connection },
        async (options) => {
          const { StartJobRunCommand } = await import('@aws-sdk/client-glue');
          // StartJobRun has no client token: a second attempt would be a second run.
          const client = await clients.glueOnce(connection);
          const Arguments = JSON.parse(input) as Record<string, string>;
          return client.send(new StartJobRunCommand({ JobName: pipeline.name, Arguments }), options);
        },
        signal,
      );
      return {
        kind: 'glue-job',
        pipeline: pipeline.name,
        pipelineId: pipeline.id,
        id: answer.JobRunId ?? '',
        state: 'queued',
        startedAt: new Date(),
        input,
      };
    },

    async stop(connection, { run }, signal) {
      await callAws(
        { action: 'glue:BatchStopJobRun', target: `${run.pipeline} ${run.id}`, connection },
        async (options) => {
          const { BatchStopJobRunCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = { JobName: run.pipeline, JobRunIds: [run.id] };
          return client.send(new BatchStopJobRunCommand(request), options);
        },
        signal,
      );
    },

    log: (connection, { run, limit }, signal) =>
      glueRunLog(readLog, { connection, runId: run.id, limit }, signal),
  };
}

/** Glue's own arguments name scratch places and libraries: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
const ownArguments = /^--(TempDir|extra-|scriptLocation|spark-event-logs-path|additional-python-modules)/;

function placesIn(args: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(args).flatMap(([name, value]) =>
    !ownArguments.test(name) && /^s3[an]?:\/\//.test(value) ? [value] : [],
  );
}

const states: Readonly<Record<string, RunState>> = {
  STARTING: 'queued',
  WAITING: 'queued',
  RUNNING: 'running',
  STOPPING: 'stopping',
  STOPPED: 'stopped',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  EXPIRED: 'failed',
  TIMEOUT: 'timed-out',
};

function runFrom(raw: JobRun, job: string): Run {
  const { DPUSeconds, MaxCapacity, ExecutionTime } = raw;
  const dpuSeconds =
    DPUSeconds ?? (MaxCapacity !== undefined && ExecutionTime ? MaxCapacity * ExecutionTime : undefined);
  return {
    kind: 'glue-job',
    pipeline: job,
    pipelineId: job,
    id: raw.Id ?? '',
    state: states[raw.JobRunState ?? ''] ?? 'running',
    ...(raw.StartedOn === undefined ? {} : { startedAt: raw.StartedOn }),
    ...(raw.CompletedOn === undefined ? {} : { endedAt: raw.CompletedOn }),
    ...(raw.ErrorMessage ? { problem: raw.ErrorMessage } : {}),
    ...(raw.Arguments === undefined ? {} : { input: JSON.stringify(raw.Arguments) }),
    ...(dpuSeconds === undefined ? {} : { dpuSeconds }),
  };
}
