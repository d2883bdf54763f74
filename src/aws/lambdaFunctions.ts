import { Problem } from '../base/problem';
import type { PipelineCalls, Run } from '../pipelines/pipeline';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { cloudWatchLog, type LogEvent } from './cloudWatchLog';

/** Invocations are looked for in the log of the last day. */
const lookBackMs = 24 * 60 * 60 * 1000;

/** Lambda functions. There is no list of invocations in Lambda: they are read from the function's log. */
export function lambdaFunctions(clients: Clients, callAws: CallAws): PipelineCalls {
  const readLog = cloudWatchLog(clients, callAws);
  return {
    async list(connection, { next }, signal) {
      const page = await callAws(
        { action: 'lambda:ListFunctions', target: 'the functions', connection },
        async (options) => {
          const { ListFunctionsCommand } = await import('@aws-sdk/client-lambda');
          const client = await clients.lambda(connection);
          return client.send(new ListFunctionsCommand({ Marker: next, MaxItems: 50 }), options);
        },
        signal,
      );
      const items = (page.Functions ?? []).map(({ FunctionName = '', Description }) => ({
        kind: 'lambda' as const,
        name: FunctionName,
        id: FunctionName,
        ...(Description ? { description: Description } : {}),
      }));
      return { items, ...(page.NextMarker ? { next: page.NextMarker } : {}) };
    },

    async runs(connection, { pipeline, limit = 20 }, signal) {
      const events = await readLog(
        {
          connection,
          group: `/aws/lambda/${pipeline.name}`,
          from: Date.now() - lookBackMs,
          // START and REPORT frame an invocation; the others say that it failed.
          pattern: '?START ?REPORT ?ERROR ?"Task timed out"',
          limit: 10 * limit,
        },
        signal,
      );
      return { items: invocations(events, pipeline.name).slice(0, limit) };
    },

    // An invocation is over when its start comes back.
    state: async (_, { run }) => run,

    async start(connection, { pipeline, input }, signal) {
      const startedAt = new Date();
      const answer = await callAws(
        { action: 'lambda:InvokeFunction', target: pipeline.name, connection },
        async (options) => {
          const { InvokeCommand } = await import('@aws-sdk/client-lambda');
          const client = await clients.lambdaOnce(connection);
          return client.send(
            new InvokeCommand({
              FunctionName: pipeline.name,
              InvocationType: 'RequestResponse',
              Payload: new TextEncoder().encode(input),
            }),
            options,
          );
        },
        signal,
      );
      const payload = new TextDecoder().decode(answer.Payload ?? new Uint8Array());
      return {
        kind: 'lambda',
        pipeline: pipeline.name,
        pipelineId: pipeline.id,
        id: answer.$metadata.requestId ?? '',
        state: answer.FunctionError === undefined ? 'succeeded' : 'failed',
        startedAt,
        endedAt: new Date(),
        input,
        ...(answer.FunctionError === undefined
          ? { outcome: payload.length > 200 ? `${payload.slice(0, 200)}…` : payload }
          : { problem: errorIn(payload) }),
      };
    },

    stop: async (_, { run }) => {
      throw new Problem(
        `Lambda cannot stop an invocation of ${run.pipeline}: it ends by itself or at its time-out.`,
        'invalid',
      );
    },

    async log(connection, { run, limit }, signal) {
      const from = (run.startedAt?.getTime() ?? Date.now()) - 60_000;
      const group = `/aws/lambda/${run.pipeline}`;
      const events = await readLog({ connection, group, from, limit: 10 * limit }, signal);
      // Only the lines between this invocation's START and REPORT, which stand in one stream.
      const start = events.find((event) => event.text.startsWith('START ') && event.text.includes(run.id));
      if (start === undefined) return events.slice(-limit);
      const stream = events.filter((event) => event.stream === start.stream);
      const begin = stream.indexOf(start);
      const end = stream.findIndex(
        (event) => event.text.startsWith('REPORT ') && event.text.includes(run.id),
      );
      return stream.slice(begin, end < 0 ? undefined : end + 1).slice(-limit);
    },
  };
}

/** The invocations whose START stands in a log, newest first. */
function invocations(events: readonly LogEvent[], name: string): readonly Run[] {
  const runs = new Map<string, Run>();
  /** The invocation that each stream is in: a stream holds one at a time. */
  const open = new Map<string, string>();
  for (const { text, stream, at } of events) {
    const id = /RequestId: (\S+)/.exec(text)?.[1];
    if (text.startsWith('START ') && id !== undefined) {
      open.set(stream, id);
      runs.set(id, {
        kind: 'lambda',
        pipeline: name,
        pipelineId: name,
        id,
        state: 'running',
        ...(at === undefined ? {} : { startedAt: at }),
      });
      continue;
    }
    const current = runs.get(id ?? open.get(stream) ?? '');
    if (current === undefined) continue;
    if (text.startsWith('REPORT ')) {
      const ms = Number(/Duration: ([\d.]+) ms/.exec(text)?.[1] ?? 0);
      const begun = current.startedAt?.getTime();
      runs.set(current.id, {
        ...current,
        state:
          current.problem === undefined
            ? 'succeeded'
            : current.state === 'timed-out'
              ? 'timed-out'
              : 'failed',
        ...(begun === undefined ? {} : { endedAt: new Date(begun + ms) }),
      });
    } else if (/Task timed out/.test(text)) {
      runs.set(current.id, { ...current, state: 'timed-out', problem: text.slice(0, 300) });
    } else if (/\bERROR\b/.test(text) && current.problem === undefined) {
      runs.set(current.id, { ...current, problem: text.slice(0, 300) });
    }
  }
  return [...runs.values()].toReversed();
}

function errorIn(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
    const said = [errorType, errorMessage].filter(Boolean).join(': ');
    return said === '' ? payload.slice(0, 300) : said;
  } catch {
    return payload.slice(0, 300);
  }
}
