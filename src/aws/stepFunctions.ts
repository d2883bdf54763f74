import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Connection } from '../connection/connection';
import type { LogLine, PipelineCalls, Run, RunState } from '../pipelines/pipeline';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { cloudWatchLog } from './cloudWatchLog';
import { byTime, glueRunLog } from './glueRunLog';

/** State machines and their executions. */
export function stepFunctions(clients: Clients, callAws: CallAws): PipelineCalls {
  const readLog = cloudWatchLog(clients, callAws);

  /** The newest events of an execution, newest first. */
  const readHistory = async (
    connection: Connection,
    request: { readonly run: Run; readonly limit: number },
    signal: AbortSignal,
  ): Promise<readonly HistoryEvent[]> => {
    const answer = await callAws(
      { action: 'states:GetExecutionHistory', target: request.run.pipeline, connection },
      async (options) => {
        const { GetExecutionHistoryCommand } = await import('@aws-sdk/client-sfn');
        const client = await clients.sfn(connection);
        const input = {
          executionArn: request.run.id,
          reverseOrder: true,
          maxResults: Math.min(request.limit, 1000),
        };
        return client.send(new GetExecutionHistoryCommand(input), options);
      },
      signal,
    );
    return answer.events ?? [];
  };

  return {
    async list(connection, { next }, signal) {
      const page = await callAws(
        { action: 'states:ListStateMachines', target: 'the state machines', connection },
        async (options) => {
          const { ListStateMachinesCommand } = await import('@aws-sdk/client-sfn');
          const client = await clients.sfn(connection);
          return client.send(new ListStateMachinesCommand({ nextToken: next, maxResults: 100 }), options);
        },
        signal,
      );
      const items = (page.stateMachines ?? []).map(({ name = '', stateMachineArn = '' }) => ({
        kind: 'state-machine' as const,
        name,
        id: stateMachineArn,
      }));
      return { items, ...(page.nextToken ? { next: page.nextToken } : {}) };
    },

    async runs(connection, { pipeline, next, limit = 20 }, signal) {
      const page = await callAws(
        { action: 'states:ListExecutions', target: pipeline.name, connection },
        async (options) => {
          const { ListExecutionsCommand } = await import('@aws-sdk/client-sfn');
          const client = await clients.sfn(connection);
          const request = { stateMachineArn: pipeline.id, nextToken: next, maxResults: limit };
          return client.send(new ListExecutionsCommand(request), options);
        },
        signal,
      );
      const items = (page.executions ?? []).map((raw) =>
        runFrom({ ...raw, pipeline: pipeline.name, pipelineId: pipeline.id }),
      );
      return { items, ...(page.nextToken ? { next: page.nextToken } : {}) };
    },

    async state(connection, { run }, signal) {
      const answer = await callAws(
        { action: 'states:DescribeExecution', target: run.pipeline, connection },
        async (options) => {
          const { DescribeExecutionCommand } = await import('@aws-sdk/client-sfn');
          const client = await clients.sfn(connection);
          return client.send(new DescribeExecutionCommand({ executionArn: run.id }), options);
        },
        signal,
      );
      const now = runFrom({ ...answer, pipeline: run.pipeline, pipelineId: run.pipelineId });
      if (now.state !== 'failed' && now.state !== 'timed-out') return now;
      // Where it failed is worth one more request, once.
      const step = failedStep(await readHistory(connection, { run, limit: 20 }, signal));
      return { ...now, ...(step === undefined ? {} : { step }) };
    },

    async start(connection, { pipeline, input, token }, signal) {
      const answer = await callAws(
        { action: 'states:StartExecution', target: pipeline.name, connection },
        async (options) => {
          const { StartExecutionCommand } = await import('@aws-sdk/client-sfn');
          // The same name and input again is the same execution, so the SDK may repeat the call.
          const client = await clients.sfn(connection);
          return client.send(
            new StartExecutionCommand({ stateMachineArn: pipeline.id, name: token, input }),
            options,
          );
        },
        signal,
      );
      return {
        kind: 'state-machine',
        pipeline: pipeline.name,
        pipelineId: pipeline.id,
        id: answer.executionArn ?? '',
        state: 'running',
        startedAt: answer.startDate ?? new Date(),
        input,
      };
    },

    async stop(connection, { run }, signal) {
      await callAws(
        { action: 'states:StopExecution', target: run.pipeline, connection },
        async (options) => {
          const { StopExecutionCommand } = await import('@aws-sdk/client-sfn');
          const client = await clients.sfn(connection);
          const input = { executionArn: run.id, error: 'Stopped', cause: 'Stopped from Lake Workbench.' };
          return client.send(new StopExecutionCommand(input), options);
        },
        signal,
      );
    },

    async log(connection, { run, limit }, signal) {
      const events = await readHistory(connection, { run, limit }, signal);
      // A state machine's own log tells that a job failed, the job's log why.
      const jobs = await Promise.all(
        jobRunsIn(events).map((runId) => glueRunLog(readLog, { connection, runId, limit }, signal)),
      );
      const below = jobs.flat().map((line) => ({ ...line, text: `Glue · ${line.text}` }));
      return [...events.toReversed().map(lineFrom), ...below].toSorted(byTime).slice(-limit);
    },
  };
}

const states: Readonly<Record<string, RunState>> = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'queued',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ABORTED: 'stopped',
  TIMED_OUT: 'timed-out',
};

function runFrom(raw: {
  readonly pipeline: string;
  readonly pipelineId: string;
  readonly executionArn?: string | undefined;
  readonly status?: string | undefined;
  readonly startDate?: Date | undefined;
  readonly stopDate?: Date | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly input?: string | undefined;
}): Run {
  const problem = [raw.error, causeText(raw.cause)].filter(Boolean).join(': ');
  const state = states[raw.status ?? ''] ?? 'running';
  return {
    kind: 'state-machine',
    pipeline: raw.pipeline,
    pipelineId: raw.pipelineId,
    id: raw.executionArn ?? '',
    state,
    ...(raw.startDate === undefined ? {} : { startedAt: raw.startDate }),
    ...(raw.stopDate === undefined ? {} : { endedAt: raw.stopDate }),
    ...(problem === '' || state === 'stopped' ? {} : { problem }),
    ...(raw.input === undefined ? {} : { input: raw.input }),
  };
}

/** Logs of more jobs than this are not read for one execution. */
const mostJobs = 3;

/** Ids of the Glue job runs that an execution started, newest first: answers and causes carry them. */
function jobRunsIn(newestFirst: readonly HistoryEvent[]): readonly string[] {
  const found = newestFirst.flatMap((event) => {
    const { output, cause } = detailsOf(event);
    return [...`${output ?? ''} ${cause ?? ''}`.matchAll(/\bjr_[\da-f]{16,}/g)].map(([id]) => id);
  });
  return [...new Set(found)].slice(0, mostJobs);
}

/** A cause that is a whole job run or a Lambda error as JSON: what it says in words. */
function causeText(cause: string | undefined): string | undefined {
  if (cause === undefined || !cause.startsWith('{')) return cause;
  try {
    const said = JSON.parse(cause) as Readonly<Record<string, unknown>>;
    const words = said['ErrorMessage'] ?? said['errorMessage'] ?? said['Cause'];
    return typeof words === 'string' && words !== '' ? words : cause;
  } catch {
    return cause;
  }
}

/** An event's details stand in a field named after its type; all such fields have some of these members. */
interface EventDetails {
  readonly name?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly resource?: string;
  readonly resourceType?: string;
  readonly output?: string;
}

function detailsOf(event: HistoryEvent): EventDetails {
  for (const [name, value] of Object.entries(event)) {
    if (name.endsWith('EventDetails') && typeof value === 'object' && value !== null)
      return value as EventDetails;
  }
  return {};
}

/** The state entered last before the end is the one that failed. */
function failedStep(newestFirst: readonly HistoryEvent[]): string | undefined {
  const entered = newestFirst.find((event) => event.type?.endsWith('StateEntered'));
  return entered === undefined ? undefined : detailsOf(entered).name;
}

function lineFrom(event: HistoryEvent): LogLine {
  const { name, error, cause, resource, resourceType } = detailsOf(event);
  const words = (event.type ?? 'Event').replace(/([a-z])([A-Z])/g, '$1 $2');
  const what = [resourceType, resource].filter(Boolean).join(':');
  const why = [error, causeText(cause)].filter(Boolean).join(': ');
  const text = [words, name, what, why].filter((part) => part !== undefined && part !== '').join(' · ');
  return { text, ...(event.timestamp === undefined ? {} : { at: event.timestamp }) };
}
