import { plainOf, propertyOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import type { DataValue } from '../../../documents/data/node';
import { failureOnly, reachable, reachedFrom } from '../../../documents/asl/graph';
import type { ErrorHandler, Machine, State } from '../../../documents/asl/model';
import { defineRule } from '../../rule';
import { handlerStates, isGeneral, notifies } from './handlers';

/** A task whose failure nobody hears of, in a machine that reports failures. */
export const aslCatchInconsistent = defineRule({
  code: 'ASL02',
  id: 'asl-catch-inconsistent',
  dialects: ['asl'],
  severity: 'warning',
  title: 'Catch the failures of earlier tasks as well',
  why: 'The machine sends a notice when a later task fails, so people rely on it; a failure of this task ends the execution before that, without a notice.',
  sources: ['https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html'],
  bad: `StartAt: LoadLedger
States:
  LoadLedger:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-ledger, Timeout: 90 }
    TimeoutSeconds: 6000
    ResultPath: $.load
    Next: RefreshTotals
  RefreshTotals:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters: { QueryString: MSCK REPAIR TABLE ledger, WorkGroup: reports }
    TimeoutSeconds: 900
    ResultPath: $.refresh
    Catch:
      - ErrorEquals: [States.ALL]
        ResultPath: $.error
        Next: TellTeam
    End: true
  TellTeam:
    Type: Task
    Resource: arn:aws:states:::sns:publish
    Parameters: { TopicArn: '\${TeamTopic}', Message.$: $.error.Cause }
    Next: Stopped
  Stopped:
    Type: Fail
`,
  good: `StartAt: LoadLedger
States:
  LoadLedger:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-ledger, Timeout: 90 }
    TimeoutSeconds: 6000
    ResultPath: $.load
    Catch:
      - ErrorEquals: [States.ALL]
        ResultPath: $.error
        Next: TellTeam
    Next: RefreshTotals
  RefreshTotals:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters: { QueryString: MSCK REPAIR TABLE ledger, WorkGroup: reports }
    TimeoutSeconds: 900
    ResultPath: $.refresh
    Catch:
      - ErrorEquals: [States.ALL]
        ResultPath: $.error
        Next: TellTeam
    End: true
  TellTeam:
    Type: Task
    Resource: arn:aws:states:::sns:publish
    Parameters: { TopicArn: '\${TeamTopic}', Message.$: $.error.Cause }
    Next: Stopped
  Stopped:
    Type: Fail
`,
  check: {
    asl(document, { report }) {
      for (const machine of document.machines) {
        const caught = reportedStates(machine);
        if (caught.length === 0) continue;
        const handling = failureOnly(machine);
        for (const state of reachable(machine)) {
          if (!canFail(state) || handling.has(state) || propertyOf(state.node, 'Catch') !== undefined)
            continue;
          const behind = reachedFrom(machine, state, ({ kind }) => kind !== 'catch');
          const model = caught.find(({ state: later }) => behind.has(later));
          if (model === undefined) continue;
          const [first] = model.handling;
          report(
            state.property.keySpan,
            `${state.name} has no Catch, though a failure of ${model.state.name} goes to ${first?.name ?? 'a handler'}: when ${state.name} fails, no notice is sent.`,
            { fixes: [copyOf(document.data, state, model)] },
          );
        }
      }
    },
  },
});

interface Reported {
  readonly state: State;
  readonly handling: readonly State[];
}

function reportedStates(machine: Machine): readonly Reported[] {
  return [...machine.states.values()].flatMap((state): readonly Reported[] => {
    const handling = (handler: ErrorHandler): readonly State[] => handlerStates(machine, handler);
    const catcher = state.catchers.find((one) => isGeneral(one) && handling(one).some(notifies));
    return catcher === undefined ? [] : [{ state, handling: handling(catcher) }];
  });
}

function canFail({ type }: State): boolean {
  return type === 'Task' || type === 'Map' || type === 'Parallel';
}

function copyOf(
  data: Parameters<typeof insertProperty>[0],
  state: State,
  { state: model, handling }: Reported,
) {
  const block = propertyOf(model.node, 'Catch');
  const resource = propertyOf(state.node, 'ResultPath') ?? propertyOf(state.node, 'Resource');
  return {
    title: `Copy the Catch of ${model.name}`,
    edits:
      block === undefined
        ? []
        : insertProperty(data, state.node, {
            key: 'Catch',
            value: plainOf(block.value) as DataValue,
            ...(resource === undefined ? {} : { after: resource }),
          }),
    // Where the handler lets the execution succeed, the copy would make a red execution green.
    ...(handling.some(({ type }) => type === 'Fail') ? {} : { scaffold: true }),
  };
}
