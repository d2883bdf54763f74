import { propertyOf, textOf, valueOf } from '../../../documents/data/access';
import { insertProperty, replaceValue } from '../../../documents/data/edits';
import type { DataDocument, DataObject } from '../../../documents/data/node';
import { reachedFrom, reaching, startOf } from '../../../documents/asl/graph';
import type { ErrorHandler, Machine, State } from '../../../documents/asl/model';
import { calls, callsFunction } from '../../../documents/asl/resource';
import { defineRule } from '../../rule';
import { fieldsRead, handingOf } from './inputReferences';

/** An answer that takes the place of the input which later states read. */
export const aslOutputLost = defineRule({
  code: 'ASL11',
  id: 'asl-output-lost',
  dialects: ['asl'],
  severity: 'warning',
  title: 'Keep the input that later states read',
  why: 'Without ResultPath the answer of a task replaces the whole input, and in a Catch the error does. A later state that reads a field of the input then fails with States.Runtime, which no Catch can catch.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  ],
  bad: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: load-cards
      Timeout: 60
      Arguments: { --day.$: $.day }
    Next: SumCards
  SumCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: sum-cards
      Timeout: 60
      Arguments: { --day.$: $.day }
    End: true
`,
  good: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: load-cards
      Timeout: 60
      Arguments: { --day.$: $.day }
    ResultPath: $.load
    Next: SumCards
  SumCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: sum-cards
      Timeout: 60
      Arguments: { --day.$: $.day }
    End: true
`,
  check: {
    asl({ data, machines }, { report }) {
      for (const machine of machines) {
        // Variables and JSONata states make their own way.
        if (
          [...machine.states.values()].some(
            ({ language, node }) => language === 'jsonata' || propertyOf(node, 'Assign') !== undefined,
          )
        )
          continue;
        const intact = statesWithInput(machine);
        for (const state of intact) {
          const isReplaced = handingOf(state).kind === 'answer' && handsAnswerOn(state);
          if (!isReplaced && state.catchers.length === 0) continue;
          const known = knownFields(machine, state, intact);
          if (isReplaced) {
            const lost = readLater(machine, state, { known, firsts: nextOf(machine, state) });
            if (lost !== undefined && !mayAnswer(state, lost.field)) {
              report(state.property.keySpan, lostMessage(state, lost), {
                severity: isOpenAnswer(state) ? 'information' : 'warning',
                fixes: [keepInput(data, { machine, state })],
              });
            }
          }
          for (const catcher of state.catchers) reportCatcher({ machine, state, catcher, known });
        }

        function reportCatcher({ state, catcher, known }: Caught): void {
          const path = valueOf(catcher.node, 'ResultPath');
          if (path !== undefined && textOf(path) !== '$') return;
          const handler = machine.states.get(textOf(valueOf(catcher.node, 'Next')) ?? '');
          if (handler === undefined) return;
          const lost = readLater(machine, state, { known, firsts: [handler] });
          if (lost === undefined || lost.field === 'Error' || lost.field === 'Cause') return;
          const readsError = [handler, ...reachedFrom(machine, handler)].some((later) => {
            const read = fieldsRead(later);
            return read.has('Error') || read.has('Cause');
          });
          const target = valueOf(catcher.node, 'Next') ?? catcher.node;
          report(
            target,
            `The error replaces the input on the way to ${handler.name}, and ${lost.by.name} reads $.${lost.field}, which is then gone.`,
            {
              fixes: readsError || path !== undefined ? [] : [keepError(data, catcher.node)],
            },
          );
        }
      }
    },
  },
});

interface Caught {
  readonly machine: Machine;
  readonly state: State;
  readonly catcher: ErrorHandler;
  readonly known: ReadonlySet<string>;
}

interface Lost {
  readonly field: string;
  readonly by: State;
}

function lostMessage(state: State, { field, by }: Lost): string {
  return isOpenAnswer(state)
    ? `The answer of ${state.name} replaces the input: unless the function returns ${field} again, $.${field} in ${by.name} is gone.`
    : `The answer of ${state.name} replaces the input, and ${by.name} reads $.${field}, which is then gone.`;
}

/** The states whose input still has all that the machine was given. */
function statesWithInput(machine: Machine): ReadonlySet<State> {
  const start = startOf(machine);
  const found = new Set<State>(start === undefined ? [] : [start]);
  for (const state of found) {
    if (handingOf(state).kind !== 'input') continue;
    for (const next of nextOf(machine, state)) found.add(next);
  }
  return found;
}

/** Fields that the input of a state surely has: read or added by it or by a state on a way to it. */
function knownFields(machine: Machine, state: State, intact: ReadonlySet<State>): ReadonlySet<string> {
  const known = new Set(fieldsRead(state));
  const ways = reaching(machine, state);
  for (const earlier of intact) {
    if (earlier === state || !ways.has(earlier)) continue;
    if (handingOf(earlier).kind !== 'input') continue;
    for (const field of fieldsRead(earlier)) known.add(field);
  }
  return known;
}

function nextOf(machine: Machine, { edges }: State): readonly State[] {
  return edges.flatMap(({ kind, to }) => (kind === 'catch' ? [] : (machine.states.get(to) ?? [])));
}

/** The first read of a known field by a state that gets what replaced the input. */
function readLater(
  machine: Machine,
  state: State,
  { known, firsts }: { readonly known: ReadonlySet<string>; readonly firsts: readonly State[] },
): Lost | undefined {
  const open = firsts.map((at) => ({ at, added: new Set<string>() as ReadonlySet<string> }));
  const seen = new Set<State>([state]);
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { at, added } = next;
    if (seen.has(at)) continue;
    seen.add(at);
    const field = [...fieldsRead(at)].find((one) => known.has(one) && !added.has(one));
    if (field !== undefined) return { field, by: at };
    const handing = handingOf(at);
    if (handing.kind !== 'input') continue;
    const more = handing.adds === undefined ? added : new Set([...added, handing.adds]);
    open.push(...nextOf(machine, at).map((later) => ({ at: later, added: more })));
  }
  return undefined;
}

function handsAnswerOn({ type, resource }: State): boolean {
  return type === 'Map' || type === 'Parallel' || (type === 'Task' && resource !== undefined);
}

// The answers of services have fields of their own, all of them written with a capital letter.
function mayAnswer(state: State, field: string): boolean {
  if (state.type !== 'Task') return false;
  if (state.resource?.kind === 'service' && /^[A-Z]/.test(field)) return true;
  return (
    calls(state, 'states') ||
    calls(state, 'http') ||
    calls(state, 'apigateway') ||
    state.resource?.kind === 'activity' ||
    isToken(state)
  );
}

function isToken({ resource }: State): boolean {
  return resource?.kind === 'service' && resource.pattern === 'token';
}

// What a function returns through the older form is not known.
function isOpenAnswer({ resource }: State): boolean {
  return resource?.kind === 'function';
}

function keepInput(
  data: DataDocument,
  { machine, state }: { readonly machine: Machine; readonly state: State },
) {
  const { node, name } = state;
  const written = propertyOf(node, 'ResultPath');
  const after = propertyOf(node, 'Parameters') ?? propertyOf(node, 'Resource');
  const field = `$.${name.charAt(0).toLowerCase()}${name.slice(1).replace(/\W+/g, '')}`;
  // Who reads the answer has to look for it in its new place.
  const isRead = [...reachedFrom(machine, state)].some((later) =>
    [...fieldsRead(later)].some((read) => /^[A-Z]/.test(read)),
  );
  return {
    title: `Put the answer into ${field}`,
    edits:
      written === undefined
        ? insertProperty(data, node, {
            key: 'ResultPath',
            value: field,
            ...(after === undefined ? {} : { after }),
          })
        : replaceValue(data, written.value, field),
    ...(isRead || callsFunction(state) ? { scaffold: true as const } : {}),
  };
}

function keepError(data: DataDocument, catcher: DataObject) {
  const after = propertyOf(catcher, 'ErrorEquals');
  return {
    title: 'Put the error into $.error',
    edits: insertProperty(data, catcher, {
      key: 'ResultPath',
      value: '$.error',
      ...(after === undefined ? {} : { after }),
    }),
  };
}
