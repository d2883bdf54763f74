import type { Fields } from '../service';
import type { MachineEvent, TaskCall } from './machine';

/** An entry of a history before it has its number and time. */
export interface HistoryEntry {
  readonly type: string;
  /** The member of HistoryEvent that is named after the type, when the entry has details. */
  readonly details?: readonly [member: string, value: Fields];
}

/** The entries that AWS writes for an event of a run; those of tasks and of the end are written elsewhere. */
export function entriesOf(event: MachineEvent): readonly HistoryEntry[] {
  switch (event.type) {
    case 'StateEntered': {
      const { name, type, input } = event.state;
      const entered: HistoryEntry = {
        type: `${type}StateEntered`,
        details: ['stateEnteredEventDetails', { name, input: json(input) }],
      };
      return type === 'Map' || type === 'Parallel' ? [entered, { type: `${type}StateStarted` }] : [entered];
    }
    case 'StateExited': {
      const { name, type, output } = event.state;
      const exited: HistoryEntry = {
        type: `${type}StateExited`,
        details: ['stateExitedEventDetails', { name, output: json(output) }],
      };
      return type === 'Map' || type === 'Parallel' ? [{ type: `${type}StateSucceeded` }, exited] : [exited];
    }
    case 'StateFailed':
      return event.state.type === 'Map' || event.state.type === 'Parallel'
        ? [{ type: `${event.state.type}StateFailed` }]
        : [];
    case 'MapIterationStarted':
    case 'MapIterationSucceeded':
    case 'MapIterationFailed': {
      const member = `${event.type.charAt(0).toLowerCase()}${event.type.slice(1)}EventDetails`;
      return [{ type: event.type, details: [member, { name: event.parentState.name, index: event.index }] }];
    }
    // Those of the start and the end have more to tell than the library knows; for the others AWS writes nothing.
    case 'ExecutionStarted':
    case 'ExecutionSucceeded':
    case 'ExecutionFailed':
    case 'ExecutionAborted':
    case 'ExecutionTimeout':
    case 'ParallelBranchStarted':
    case 'ParallelBranchSucceeded':
    case 'ParallelBranchFailed':
    case 'StateRetried':
    case 'StateCaught':
      return [];
  }
}

/** The entries of one task as it goes on: plain functions have names of their own. */
export function taskEntries({ resource, input, timeout }: TaskCall, region: string) {
  const timed = timeout === undefined ? {} : { timeoutInSeconds: timeout };
  if (resource.startsWith('arn:aws:lambda:')) {
    const entry = (step: string, value: Fields): HistoryEntry => ({
      type: `LambdaFunction${step}`,
      details: [`lambdaFunction${step}EventDetails`, value],
    });
    return {
      scheduled: entry('Scheduled', { resource, input: json(input), ...timed }),
      started: { type: 'LambdaFunctionStarted' } as HistoryEntry,
      submitted: undefined,
      succeeded: (output: unknown) => entry('Succeeded', { output: json(output) }),
      failed: (error: string, cause: string) => entry('Failed', { error, cause }),
      timedOut: entry('TimedOut', { error: 'States.Timeout' }),
    };
  }
  const { service, action } = partsOf(resource);
  const which = { resourceType: service, resource: action };
  const entry = (step: string, value: Fields): HistoryEntry => ({
    type: `Task${step}`,
    details: [`task${step}EventDetails`, { ...which, ...value }],
  });
  return {
    scheduled: entry('Scheduled', { region, parameters: json(input), ...timed }),
    started: entry('Started', {}),
    submitted: (output: unknown) => entry('Submitted', { output: json(output) }),
    succeeded: (output: unknown) => entry('Succeeded', { output: json(output) }),
    failed: (error: string, cause: string) => entry('Failed', { error, cause }),
    timedOut: entry('TimedOut', { error: 'States.Timeout' }),
  };
}

/** `arn:aws:states:::glue:startJobRun.sync` is `glue` and `startJobRun.sync`; `…:aws-sdk:glue:startCrawler` is `aws-sdk:glue` and `startCrawler`. */
export function partsOf(resource: string): { readonly service: string; readonly action: string } {
  const parts = resource.replace(/^arn:aws:states:[\w-]*:\d*:/, '').split(':');
  return { service: parts.slice(0, -1).join(':'), action: parts.at(-1) ?? '' };
}

function json(value: unknown): string {
  return JSON.stringify(value ?? null);
}
