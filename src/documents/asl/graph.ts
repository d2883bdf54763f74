import { isUnknown, textOf } from '../data/access';
import type { AslDocument, Edge, Machine, State } from './model';

/** The state a machine starts with; undefined where it names none that is there. */
export function startOf(machine: Machine): State | undefined {
  const name = startName(machine);
  return name === undefined ? undefined : machine.states.get(name);
}

/** The name in `StartAt`; undefined where it is missing or filled in by a tool. */
export function startName({ startAt }: Machine): string | undefined {
  return isUnknown(startAt?.value) ? undefined : textOf(startAt?.value);
}

/** Whether every state and every transition of a machine is written out: only then can it be said what is not there. */
export function isWhole(machine: Machine): boolean {
  return (
    !machine.isPartial &&
    startOf(machine) !== undefined &&
    [...machine.states.values()].every(({ hasUnknownEdges }) => !hasUnknownEdges)
  );
}

/**
 * The states that can be reached from one, itself only where a way leads back to it.
 * `over` chooses the edges that are followed.
 */
export function reachedFrom(
  machine: Machine,
  from: State,
  over: (edge: Edge) => boolean = () => true,
): ReadonlySet<State> {
  const reached = new Set<State>();
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const edge of state.edges) {
      const next = over(edge) ? machine.states.get(edge.to) : undefined;
      if (next === undefined || reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}

/** The states from which a way leads to one, itself only where it is in a loop. */
export function reaching(machine: Machine, to: State): ReadonlySet<State> {
  const before = new Map<State, State[]>();
  for (const state of machine.states.values()) {
    for (const edge of state.edges) {
      const next = machine.states.get(edge.to);
      if (next === undefined) continue;
      const known = before.get(next);
      if (known === undefined) before.set(next, [state]);
      else known.push(state);
    }
  }
  const found = new Set<State>();
  const open = [to];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const earlier of before.get(state) ?? []) {
      if (found.has(earlier)) continue;
      found.add(earlier);
      open.push(earlier);
    }
  }
  return found;
}

/** All states that a machine can come to, its first one included. */
export function reachable(machine: Machine, over?: (edge: Edge) => boolean): ReadonlySet<State> {
  const start = startOf(machine);
  if (start === undefined) return new Set();
  return new Set([start, ...reachedFrom(machine, start, over)]);
}

/** The states that only a failure leads to. */
export function failureOnly(machine: Machine): ReadonlySet<State> {
  const planned = reachable(machine, ({ kind }) => kind !== 'catch');
  return new Set([...reachable(machine)].filter((state) => !planned.has(state)));
}

/** All states of a document with their machine, the outermost first. */
export function everyState({ machines }: AslDocument): readonly StateInMachine[] {
  return machines.flatMap((machine) => [...machine.states.values()].map((state) => ({ machine, state })));
}

/** A state and the machine whose name it is. */
export interface StateInMachine {
  readonly machine: Machine;
  readonly state: State;
}

/** The states around a machine, the nearest first. */
export function statesAround({ machines }: AslDocument, machine: Machine): readonly State[] {
  const around: State[] = [];
  for (let at: Machine | undefined = machine; at?.parent !== undefined;) {
    const parent: State = at.parent;
    around.push(parent);
    at = machines.find(({ states }) => states.get(parent.name) === parent);
  }
  return around;
}

/** All states inside a state: those of its branches or of its processor, at any depth. */
export function statesInside(state: State): readonly State[] {
  return state.inner.flatMap(({ states }) =>
    [...states.values()].flatMap((inner) => [inner, ...statesInside(inner)]),
  );
}
