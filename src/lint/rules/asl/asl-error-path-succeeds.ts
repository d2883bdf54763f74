import type { TextEdit } from '../../../base/text';
import { propertyOf } from '../../../documents/data/access';
import { insertProperty, renameKey, replaceValue } from '../../../documents/data/edits';
import { failureOnly } from '../../../documents/asl/graph';
import type { AslDocument, Machine, State } from '../../../documents/asl/model';
import { defineRule } from '../../rule';
import { freeName } from './freeName';
import { handlerStates, isGeneral } from './handlers';

/** An execution that failed and is shown as one that succeeded. */
export const aslErrorPathSucceeds = defineRule({
  code: 'ASL06',
  id: 'asl-error-path-succeeds',
  dialects: ['asl'],
  severity: 'warning',
  title: 'End the handling of a failure with a Fail state',
  why: 'An execution whose last state is End or Succeed counts as SUCCEEDED, whatever was caught before: the alarm on ExecutionsFailed stays silent, and whoever waits for the execution goes on.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html',
  ],
  bad: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-cards, Timeout: 60 }
    Catch:
      - ErrorEquals: [States.ALL]
        ResultPath: $.error
        Next: TellTeam
    End: true
  TellTeam:
    Type: Task
    Resource: arn:aws:states:::sns:publish
    Parameters: { TopicArn: '\${TeamTopic}', Message.$: $.error.Cause }
    End: true
`,
  good: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-cards, Timeout: 60 }
    Catch:
      - ErrorEquals: [States.ALL]
        ResultPath: $.error
        Next: TellTeam
    End: true
  TellTeam:
    Type: Task
    Resource: arn:aws:states:::sns:publish
    Parameters: { TopicArn: '\${TeamTopic}', Message.$: $.error.Cause }
    Next: CardsFailed
  CardsFailed:
    Type: Fail
    Error: CardsFailed
`,
  check: {
    asl(document, { report }) {
      // A branch or an item that handles its own failure is one of many: there the machine is meant to go on.
      const machine = document.machines.find(({ role }) => role === 'definition');
      if (machine === undefined) return;
      for (const state of silentEnds(machine)) {
        report(
          state.property.keySpan,
          `Only a failure leads to ${state.name}, and the execution ends there as SUCCEEDED: an alarm on failed executions stays silent.`,
          { fixes: fixesOf(document, { machine, state }) },
        );
      }
    },
  },
});

function silentEnds(machine: Machine): readonly State[] {
  const handling = failureOnly(machine);
  const ends = new Set<State>();
  for (const { catchers } of machine.states.values()) {
    for (const catcher of catchers.filter(isGeneral)) {
      const states = handlerStates(machine, catcher);
      // What may fail as well has chosen; what goes back into the plan has mended it.
      if (states.some((state) => state.type === 'Fail' || !handling.has(state) || state.hasUnknownEdges))
        continue;
      if (states.some(isMeant)) continue;
      for (const state of states) if (state.isEnd) ends.add(state);
    }
  }
  return [...ends];
}

function isMeant({ name }: State): boolean {
  return /compensat|roll.?back|undo|revert|refund|fallback|skip|ignor|default|recover|degrad|best.?effort/i.test(
    name,
  );
}

function fixesOf(
  document: AslDocument,
  { machine, state }: { readonly machine: Machine; readonly state: State },
): readonly { readonly title: string; readonly edits: readonly TextEdit[]; readonly scaffold: true }[] {
  const { data } = document;
  const end = propertyOf(state.node, 'End');
  const states = machine.statesProperty?.value;
  const type = propertyOf(state.node, 'Type');
  if (type !== undefined && state.type === 'Succeed') {
    // Input and output have no place in a Fail state.
    const isPlain = state.node.properties.every(({ key }) => key === 'Type' || key === 'Comment');
    return isPlain
      ? [{ title: 'Make it a Fail state', edits: replaceValue(data, type.value, 'Fail'), scaffold: true }]
      : [];
  }
  if (end === undefined || states?.kind !== 'object') return [];
  const existing = [...machine.states.values()].find((other) => other.type === 'Fail');
  const name = existing?.name ?? freeName(document.machines, 'Failed');
  const value = { Type: 'Fail', Error: 'PipelineFailed' };
  return [
    {
      title: existing === undefined ? 'End in a new Fail state' : `End in ${name}`,
      edits: [
        ...renameKey(data, end, 'Next'),
        ...replaceValue(data, end.value, name),
        ...(existing === undefined
          ? insertProperty(data, states, { key: name, value, after: state.property })
          : []),
      ],
      scaffold: true,
    },
  ];
}
