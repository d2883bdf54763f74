import { propertiesOf, propertyOf } from '../../../documents/data/access';
import { insertProperty, removeProperty, replaceValue } from '../../../documents/data/edits';
import type { DataDocument, DataNode } from '../../../documents/data/node';
import { isWhole, startName, startOf } from '../../../documents/asl/graph';
import type { Machine, State } from '../../../documents/asl/model';
import { defineRule, type DocumentContext } from '../../rule';
import { nearestName } from './nearestName';

/** Transitions that lead nowhere, states that nothing leads to, and machines without an end. */
export const aslGraph = defineRule({
  code: 'ASL07',
  id: 'asl-graph',
  dialects: ['asl'],
  severity: 'error',
  title: 'Every state is led to, and every transition leads to a state',
  why: 'Step Functions refuses to create or update a state machine with a transition to a state that is not there, a state that cannot be reached, or no way to an end, or two states of one name. Names count with their case, and a branch or a Map sees only its own states.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
    'https://states-language.net/spec.html',
  ],
  bad: `StartAt: LoadLedger
States:
  LoadLedger:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-ledger, Timeout: 90 }
    Next: SumLegder
  SumLedger:
    Type: Succeed
`,
  good: `StartAt: LoadLedger
States:
  LoadLedger:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-ledger, Timeout: 90 }
    Next: SumLedger
  SumLedger:
    Type: Succeed
`,
  check: {
    asl({ data, machines }, { report }) {
      for (const machine of machines) {
        if (machine.states.size === 0) continue;
        reportMachine({ data, machine, machines, report });
      }
      reportDoubles(machines, report);
    },
  },
});

interface Checked {
  readonly data: DataDocument;
  readonly machine: Machine;
  readonly machines: readonly Machine[];
  readonly report: DocumentContext['report'];
}

// Names are one set for the whole definition, branches and Maps included.
function reportDoubles(machines: readonly Machine[], report: DocumentContext['report']): void {
  const names = new Set<string>();
  for (const { statesProperty } of machines) {
    for (const { key, keySpan } of propertiesOf(statesProperty?.value)) {
      if (key.startsWith('Fn::')) continue;
      if (names.has(key))
        report(keySpan, `There are two states called ${key}: a name may stand once in the whole definition.`);
      names.add(key);
    }
  }
}

function reportMachine(checked: Checked): void {
  const { machine, report } = checked;
  const start = startName(machine);
  if (machine.startAt === undefined && machine.statesProperty !== undefined)
    report(machine.statesProperty.keySpan, 'StartAt is missing: it names the state that comes first.');
  if (start !== undefined && machine.startAt !== undefined)
    reportTarget(checked, { field: 'StartAt', to: start, node: machine.startAt.value });
  for (const state of machine.states.values()) {
    for (const { kind, to, node } of state.edges)
      reportTarget(checked, { field: kind === 'default' ? 'Default' : 'Next', to, node });
    reportEnd(checked, state);
  }
  reportWays(checked);
}

function reportTarget(
  { data, machine, machines, report }: Checked,
  { field, to, node }: { readonly field: string; readonly to: string; readonly node: DataNode },
): void {
  if (machine.states.has(to) || machine.isPartial) return;
  if (machines.some(({ states }) => states.has(to))) {
    report(
      node,
      `${field} names ${to}, which is a state of another part: there is none so called ${placeOf(machine)}.`,
    );
    return;
  }
  const near = nearestName(to, machine.states.keys());
  report(
    node,
    near === undefined
      ? `${field} names ${to}, and there is no such state ${placeOf(machine)}.`
      : `${field} names ${to}, and there is no such state ${placeOf(machine)}; ${near} is the nearest.`,
    {
      fixes: near === undefined ? [] : [{ title: `Use ${near}`, edits: replaceValue(data, node, near) }],
    },
  );
}

function placeOf({ role }: Machine): string {
  switch (role) {
    case 'definition':
      return 'in the machine';
    case 'branch':
      return 'in this branch';
    case 'processor':
      return 'in this Map';
  }
}

const goesOn: ReadonlySet<string> = new Set(['Task', 'Pass', 'Wait', 'Map', 'Parallel']);

function reportEnd({ data, machine, report }: Checked, state: State): void {
  const { node, name, type, property } = state;
  const next = propertyOf(node, 'Next');
  const end = propertyOf(node, 'End');
  if (!goesOn.has(type) || state.node.properties.some(({ key }) => key.startsWith('Fn::'))) return;
  if (next !== undefined && state.isEnd && end !== undefined) {
    report(end, `${name} has both Next and End: a state either goes on or ends the machine.`, {
      fixes: [{ title: 'Remove End', edits: removeProperty(data, node, end) }],
    });
  } else if (next === undefined && end === undefined) {
    const following = [...machine.states.keys()].at([...machine.states.keys()].indexOf(name) + 1);
    const isLast = following === undefined;
    report(
      property.keySpan,
      `${name} has neither Next nor End: it must go on to a state or end the machine.`,
      {
        fixes: [
          {
            title: isLast ? 'End the machine here' : `Go on to ${following}`,
            edits: insertProperty(
              data,
              node,
              isLast ? { key: 'End', value: true } : { key: 'Next', value: following },
            ),
            scaffold: true,
          },
        ],
      },
    );
  }
}

// A name that is only mistyped is taken as it was meant: one slip is one finding.
function reportWays({ machine, machines, report }: Checked): void {
  const isElsewhere = (to: string): boolean => machines.some(({ states }) => states.has(to));
  const meant = (to: string): State | undefined =>
    machine.states.get(to) ??
    (isElsewhere(to) ? undefined : machine.states.get(nearestName(to, machine.states.keys()) ?? ''));
  const written = [...machine.states.values()];
  const start = startOf(machine) ?? meant(startName(machine) ?? '');
  const isClear = written.every(
    (state) =>
      !state.hasUnknownEdges &&
      state.edges.every(({ to }) => meant(to) !== undefined) &&
      (state.isEnd || state.edges.length > 0),
  );
  if (start === undefined || machine.isPartial || !isClear) return;
  const reached = new Set([start]);
  for (const state of reached) {
    for (const { to } of state.edges) {
      const next = meant(to);
      if (next !== undefined) reached.add(next);
    }
  }
  for (const state of written) {
    if (reached.has(state)) continue;
    report(state.property.keySpan, `Nothing leads from StartAt to ${state.name}.`);
  }
  const ends = [...reached].some(({ isEnd }) => isEnd);
  if (!ends && isWhole(machine) && machine.statesProperty !== undefined)
    report(
      machine.statesProperty.keySpan,
      `The states lead back to each other for ever: none ${placeOf(machine)} ends it.`,
    );
}
