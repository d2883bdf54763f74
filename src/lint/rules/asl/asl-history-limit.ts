import { numberOf, propertyOf, textOf, valueOf } from '../../../documents/data/access';
import { textsIn } from '../../../documents/asl/fields';
import { everyState, reachedFrom, reaching } from '../../../documents/asl/graph';
import type { AslDocument, Machine, State } from '../../../documents/asl/model';
import { defineRule } from '../../rule';
import { isDistributed, isExpress, writtenItems } from './mapItems';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: events in the history of a Standard execution. */
const historyEvents = 25_000;

/** A polling loop or a Map that fills the history of its execution. */
export const aslHistoryLimit = defineRule({
  code: 'ASL14',
  id: 'asl-history-limit',
  dialects: ['asl'],
  severity: 'information',
  title: 'Keep an execution below 25,000 events',
  why: 'A Standard execution fails when its history has 25,000 events, a hard quota: a poll each five seconds gets there within hours, an inline Map with some thousand items at once. Wait with .sync, a longer Wait, a counter, or hand the items to a distributed Map.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  ],
  bad: `StartAt: AskState
States:
  AskState:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:glue:getJobRun
    Parameters: { JobName: load-cards, RunId.$: $.run }
    ResultPath: $.job
    Next: IsDone
  IsDone:
    Type: Choice
    Choices:
      - Variable: $.job.JobRun.JobRunState
        StringEquals: SUCCEEDED
        Next: Done
    Default: Pause
  Pause:
    Type: Wait
    Seconds: 5
    Next: AskState
  Done:
    Type: Succeed
`,
  good: `StartAt: AskState
States:
  AskState:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:glue:getJobRun
    Parameters: { JobName: load-cards, RunId.$: $.run }
    ResultPath: $.job
    Next: IsDone
  IsDone:
    Type: Choice
    Choices:
      - Variable: $.job.JobRun.JobRunState
        StringEquals: SUCCEEDED
        Next: Done
    Default: Pause
  Pause:
    Type: Wait
    Seconds: 60
    Next: AskState
  Done:
    Type: Succeed
`,
  check: {
    asl(document, { report }) {
      for (const { machine, state } of everyState(document)) {
        if (isExpress(document, machine)) continue;
        const hours = hoursOfPolling(document, machine, state);
        if (hours !== undefined) {
          report(
            valueOf(state.node, 'Seconds') ?? state.property.keySpan,
            `This loop waits ${numberOf(valueOf(state.node, 'Seconds')) ?? 0} s a round and counts no rounds: after about ${hours} h its events reach the limit of 25,000, and the execution fails.`,
          );
        }
        const perItem = statesPerItem(machine, state);
        if (perItem > 5) {
          report(
            state.property.keySpan,
            `Each item of ${state.name} goes through up to ${perItem} states in the history of this execution: some thousand items reach its limit of 25,000 events. A distributed Map gives the items executions of their own.`,
          );
        }
      }
    },
  },
});

// Waiting longer than this, a loop runs for days before the limit.
const shortWait = 30;

function hoursOfPolling(document: AslDocument, machine: Machine, state: State): string | undefined {
  const seconds = state.type === 'Wait' ? numberOf(valueOf(state.node, 'Seconds')) : undefined;
  if (seconds === undefined || seconds <= 0 || seconds >= shortWait) return undefined;
  const ahead = reachedFrom(machine, state);
  if (!ahead.has(state)) return undefined;
  const ways = reaching(machine, state);
  const loop = [...ahead].filter((one) => ways.has(one));
  if (loop.some(counts)) return undefined;
  const events = loop.reduce((sum, one) => sum + eventsOf(one), 0);
  const timeToLimit = (historyEvents / events) * seconds;
  const limit = timeoutSeconds(document);
  if (limit !== undefined && limit <= timeToLimit) return undefined;
  const hours = timeToLimit / 3600;
  return hours < 10 ? String(Math.round(hours * 10) / 10) : String(Math.round(hours));
}

// Entered and exited; a Task is scheduled, started and done as well.
function eventsOf({ type }: State): number {
  return type === 'Task' ? 5 : 2;
}

// A number that is compared, or one that is added up, ends the loop.
function counts({ node, type, language }: State): boolean {
  if (type === 'Choice') {
    const isNumeric = /"?Numeric(?:Greater|Less)/.test(JSON.stringify(keysIn(node)));
    const isCompared = textsIn(node).some(({ value }) => language === 'jsonata' && /[<>]/.test(value));
    return isNumeric || isCompared;
  }
  return textsIn(node).some(({ value }) => /States\.MathAdd|RetryCount/.test(value));
}

function keysIn(node: State['node']): readonly string[] {
  const keys: string[] = [];
  const visit = (at: State['node'] | State['node']['properties'][number]['value']): void => {
    if (at.kind === 'array') for (const item of at.items) visit(item);
    if (at.kind !== 'object') return;
    for (const { key, value } of at.properties) {
      keys.push(key);
      visit(value);
    }
  };
  visit(node);
  return keys;
}

function timeoutSeconds({ machines }: AslDocument): number | undefined {
  return machines.length === 0 ? undefined : numberOf(propertyOf(machines[0]?.node, 'TimeoutSeconds')?.value);
}

function statesPerItem(machine: Machine, state: State): number {
  if (state.type !== 'Map' || isDistributed(state)) return 0;
  const items = writtenItems(machine, state);
  if (items !== undefined) return 0;
  // What an outer Map or reader hands over in batches is few.
  if (textOf(valueOf(state.node, 'ItemsPath'))?.endsWith('.Items') === true) return 0;
  return state.inner.reduce(
    (sum, { states }) => sum + [...states.values()].filter(({ type }) => type !== 'Fail').length,
    0,
  );
}
