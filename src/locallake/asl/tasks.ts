import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Functions } from '../services/lambdaFunctions';
import { hasEnded, type JobRuns, shownRun } from '../services/glueJobRuns';
import { AwsError, type Fields, type Service } from '../service';
import { fields, isFields, text } from '../wire/input';
import { partsOf } from './history';
import type { TaskCall } from './machine';

/** What tasks are carried out by: the lake's own services. */
export interface TaskWorld {
  readonly services: readonly Service[];
  readonly functions: Functions;
  readonly runs: JobRuns;
}

/** A failure of a task with the error name that Retry and Catch match. */
export class TaskError extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

/** How AWS writes the services in the names of errors. */
const errorPrefixes: Readonly<Record<string, string>> = {
  glue: 'Glue',
  athena: 'Athena',
  sns: 'SNS',
  lambda: 'Lambda',
  logs: 'CloudWatchLogs',
  states: 'Sfn',
};
/** The names of aws-sdk integrations that differ from those of the services. */
const sdkNames: Readonly<Record<string, string>> = { cloudwatchlogs: 'logs', sfn: 'states' };

const optimized = new Set([
  'glue:startJobRun',
  'glue:startJobRun.sync',
  'lambda:invoke',
  'sns:publish',
  'athena:startQueryExecution',
  'athena:startQueryExecution.sync',
]);

/** Whether tasks with this resource can be carried out. */
export function supportsResource({ services }: Pick<TaskWorld, 'services'>, resource: string): boolean {
  if (/^arn:aws:lambda:[\w-]+:\d{12}:function:/.test(resource)) return true;
  if (!resource.startsWith('arn:aws:states:')) return false;
  const { service, action } = partsOf(resource);
  return service.startsWith('aws-sdk:')
    ? sdkOperation(services, resource) !== undefined
    : optimized.has(`${service}:${action}`);
}

/** Carries out one task. TaskError when it fails; an abort also ends what it waits for. `submitted` hears what a `.sync` task waits for. */
export async function runTask(
  world: TaskWorld,
  call: TaskCall & { submitted(output: unknown): void },
  signal: AbortSignal,
): Promise<unknown> {
  const input = isFields(call.input) ? call.input : {};
  if (call.resource.startsWith('arn:aws:lambda:'))
    return invoked(world, { name: call.resource, event: call.input });
  const { service, action } = partsOf(call.resource);
  switch (`${service}:${action}`) {
    case 'glue:startJobRun':
      return perform(world, 'glue:StartJobRun', input);
    case 'glue:startJobRun.sync':
      return startJobRunSync(world, { ...call, input }, signal);
    case 'lambda:invoke': {
      const Payload = await invoked(world, {
        name: text(input, 'FunctionName') ?? '',
        event: input['Payload'] ?? {},
      });
      return { ExecutedVersion: '$LATEST', Payload, StatusCode: 200 };
    }
    case 'sns:publish': {
      const message = input['Message'];
      return perform(world, 'sns:Publish', {
        ...input,
        Message: typeof message === 'string' ? message : JSON.stringify(message ?? ''),
      });
    }
    case 'athena:startQueryExecution':
      return perform(world, 'athena:StartQueryExecution', input);
    case 'athena:startQueryExecution.sync':
      return startQuerySync(world, { ...call, input }, signal);
    default: {
      const operation = sdkOperation(world.services, call.resource);
      if (operation === undefined)
        throw new TaskError('States.Runtime', `The local lake does not implement ${call.resource}.`);
      return perform(world, operation, input);
    }
  }
}

async function startJobRunSync(
  world: TaskWorld,
  { input, submitted }: { input: Fields; submitted(output: unknown): void },
  signal: AbortSignal,
): Promise<unknown> {
  const { JobRunId } = await perform(world, 'glue:StartJobRun', input);
  const id = String(JobRunId);
  submitted({ JobRunId });
  const stop = (): void => void world.runs.stop(id);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    let run = await world.runs.ended(id);
    // A run that is tried again goes on as another one, which the task waits for too.
    for (let next = nextAttempt(world, id); next !== undefined; next = nextAttempt(world, next))
      run = await world.runs.ended(next);
    if (run === undefined || !hasEnded(run))
      throw new TaskError('States.TaskFailed', `The run ${id} is gone.`);
    // Step Functions writes times as milliseconds.
    const shown = Object.fromEntries(
      Object.entries(shownRun(run, undefined)).map(([name, value]) => [
        name,
        name.endsWith('On') ? Math.round(Number(value) * 1000) : value,
      ]),
    );
    if (run.state !== 'SUCCEEDED') throw new TaskError('States.TaskFailed', JSON.stringify(shown));
    return shown;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function nextAttempt({ runs }: TaskWorld, id: string): string | undefined {
  const run = runs.find(id);
  return run === undefined ? undefined : runs.of(run.job).find(({ previous }) => previous === id)?.id;
}

async function startQuerySync(
  world: TaskWorld,
  { input, submitted }: { input: Fields; submitted(output: unknown): void },
  signal: AbortSignal,
): Promise<unknown> {
  const { QueryExecutionId } = await perform(world, 'athena:StartQueryExecution', input);
  submitted({ QueryExecutionId });
  for (;;) {
    if (signal.aborted) await perform(world, 'athena:StopQueryExecution', { QueryExecutionId });
    const answer = await perform(world, 'athena:GetQueryExecution', { QueryExecutionId });
    const state = text(fields(fields(answer, 'QueryExecution'), 'Status'), 'State');
    if (state === 'SUCCEEDED') return answer;
    if (state === 'FAILED' || state === 'CANCELLED')
      throw new TaskError('States.TaskFailed', JSON.stringify(answer));
    await wait(25);
  }
}

async function invoked(
  { functions }: TaskWorld,
  { name, event }: { name: string; event: unknown },
): Promise<unknown> {
  try {
    // Lambda knows no stop: an invocation goes on when the execution that asked for it has ended.
    const { payload, error } = await functions.invoke({ name, event, requestId: randomUUID() });
    const value: unknown = JSON.parse(payload);
    if (error === undefined) return value;
    throw new TaskError(
      (isFields(value) ? text(value, 'errorType') : undefined) ?? 'Lambda.Unknown',
      payload,
    );
  } catch (error) {
    throw taskError('lambda', error);
  }
}

// The calls of tasks are Step Functions' own: they are neither counted among the client's nor hit by its troubles.
async function perform({ services }: TaskWorld, action: string, input: Fields): Promise<Fields> {
  const [service = '', name = ''] = action.split(':');
  const operation = services.find((each) => each.name === service)?.operations[name];
  if (operation === undefined)
    throw new TaskError('States.Runtime', `The local lake does not implement ${action}.`);
  const unknown = Object.keys(input).find((member) => !operation.members.includes(member));
  if (unknown !== undefined)
    throw new TaskError(
      'States.Runtime',
      `The local lake does not implement the member ${unknown} of ${action}.`,
    );
  try {
    const result: unknown = await operation.run(input);
    return isFields(result) ? result : {};
  } catch (error) {
    throw taskError(service, error);
  }
}

function taskError(service: string, error: unknown): Error {
  if (!(error instanceof AwsError)) return error instanceof Error ? error : new Error(String(error));
  const code = /(Exception|Error)$/.test(error.code) ? error.code : `${error.code}Exception`;
  const prefix = errorPrefixes[service] ?? service;
  return new TaskError(
    `${prefix}.${code}`,
    `${error.message} (Service: ${prefix}; Status Code: ${error.status}; Error Code: ${error.code})`,
  );
}

// `aws-sdk:glue:startCrawler` is `glue:StartCrawler`.
function sdkOperation(services: readonly Service[], resource: string): string | undefined {
  const { service, action } = partsOf(resource);
  const plain = service.replace(/^aws-sdk:/, '');
  const name = sdkNames[plain] ?? plain;
  const operation = `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return services.some((each) => each.name === name && operation in each.operations)
    ? `${name}:${operation}`
    : undefined;
}
