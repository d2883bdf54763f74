import { evaluate } from './evaluate';
import { inferred } from './inference';
import { relationsOf, type Condition, type Obstacle, type Plan } from './plan';
import { columnsIn, replaced, someTerm, type Term } from './term';

/** What reaches the relations of a plan. */
export interface Attribution {
  /** By relation: the conditions that every row read from it has to meet. */
  readonly met: Map<number, Condition[]>;
  /** By relation: conditions on its columns that are checked only after all of it was read. */
  readonly stopped: Map<number, { readonly condition: Condition; readonly obstacle: Obstacle }[]>;
}

/** Moves every condition of a plan down to the tables it is about, as Trino's optimizer does, and notes it there. */
export function attribute(plan: Plan, attribution: Attribution): void {
  push(plan, [], attribution);
}

function push(plan: Plan, above: readonly Condition[], result: Attribution): void {
  switch (plan.kind) {
    case 'nothing':
      return;
    case 'leaf': {
      const met = above.filter(({ term }) => mentionsOne(term, plan.relation) || isFree(term));
      const before = result.met.get(plan.relation);
      result.met.set(plan.relation, before === undefined ? met : [...before, ...met]);
      return;
    }
    case 'filter':
      push(plan.input, inferred(together(above, plan.conditions)), result);
      return;
    case 'semi':
      push(plan.input, above, result);
      push(plan.query, inferred(together(above, plan.equal)), result);
      return;
    case 'barrier':
      push(plan.input, passing(plan, above, result), result);
      return;
    case 'union':
      for (const branch of plan.branches) {
        push(
          branch.plan,
          above.map((condition) => ({
            ...condition,
            term: inBranch(condition.term, plan.relation, branch.outputs),
          })),
          result,
        );
      }
      return;
    case 'join':
      pushJoin(plan, above, result);
      return;
  }
}

function together(above: readonly Condition[], own: readonly Condition[]): readonly Condition[] {
  if (above.length === 0) return own;
  return own.length === 0 ? above : [...above, ...own];
}

/** True when a condition may be about any table: a template in its place, a name that is not certain. */
function isFree(term: Term): boolean {
  let column = false;
  let opaque = false;
  const unresolved = someTerm(term, (part) => {
    if (part.kind === 'column') column = true;
    if (part.kind === 'opaque') opaque = true;
    return part.kind === 'opaque' && part.why === 'unresolved';
  });
  return unresolved || (opaque && !column);
}

function mentionsOne(term: Term, relation: number): boolean {
  return someTerm(term, (part) => part.kind === 'column' && part.relation === relation);
}

function mentions(term: Term, relations: ReadonlySet<number>): boolean {
  return someTerm(term, (part) => part.kind === 'column' && relations.has(part.relation));
}

function passing(
  plan: Extract<Plan, { kind: 'barrier' }>,
  above: readonly Condition[],
  result: Attribution,
): readonly Condition[] {
  if (above.length === 0) return above;
  const below = relationsOf(plan.input);
  return above.filter((condition) => {
    if (!mentions(condition.term, below) || plan.passes(condition.term)) return true;
    stop(result, { condition, obstacle: plan.obstacle, relations: below });
    return false;
  });
}

interface Stop {
  readonly condition: Condition;
  readonly obstacle: Obstacle;
  readonly relations: ReadonlySet<number>;
}

/** What stops above a union stops for the columns of each of its branches. */
export function spreadStops(
  { stopped }: Attribution,
  unions: ReadonlyMap<number, readonly (readonly { readonly term: Term }[])[]>,
): void {
  if (unions.size === 0) return;
  // A union is numbered after all that is below it.
  for (const relation of [...unions.keys()].toSorted((a, b) => b - a)) {
    for (const { condition, obstacle } of stopped.get(relation) ?? []) {
      for (const outputs of unions.get(relation) ?? []) {
        const term = inBranch(condition.term, relation, outputs);
        const relations = new Set(columnsIn(term).map((column) => column.relation));
        stop({ met: new Map(), stopped }, { condition: { ...condition, term }, obstacle, relations });
      }
    }
  }
}

function stop(result: Attribution, { condition, obstacle, relations }: Stop): void {
  for (const relation of new Set(columnsIn(condition.term).map((column) => column.relation))) {
    if (!relations.has(relation)) continue;
    result.stopped.set(relation, [...(result.stopped.get(relation) ?? []), { condition, obstacle }]);
  }
}

function inBranch(term: Term, relation: number, outputs: readonly { readonly term: Term }[]): Term {
  return replaced(term, (part) => {
    if (part.kind !== 'column' || part.relation !== relation) return undefined;
    return (
      outputs[Number(part.name.slice(1))]?.term ?? {
        kind: 'opaque',
        why: 'unresolved',
        parts: [],
        name: part.name,
      }
    );
  });
}

function pushJoin(
  plan: Extract<Plan, { kind: 'join' }>,
  above: readonly Condition[],
  result: Attribution,
): void {
  const [left, right] = [relationsOf(plan.left), relationsOf(plan.right)];
  const rejects = (relations: ReadonlySet<number>) =>
    above.some(({ term }) => mentions(term, relations) && afterNulls(term, relations) === 'rejected');
  // A condition that no row of NULLs can meet turns the outer join into an inner one.
  const keepsLeft = (plan.type === 'LEFT' || plan.type === 'FULL') && !rejects(right);
  const keepsRight = (plan.type === 'RIGHT' || plan.type === 'FULL') && !rejects(left);
  for (const side of [
    { plan: plan.left, own: left, other: right, kept: keepsLeft, filled: keepsRight },
    { plan: plan.right, own: right, other: left, kept: keepsRight, filled: keepsLeft },
  ]) {
    const pool = !side.filled
      ? above
      : above.flatMap((condition) => {
          if (!mentions(condition.term, side.own)) return [condition];
          const fate = afterNulls(condition.term, side.own);
          if (fate === 'rejected') return [condition];
          if (fate === 'unknown') return [{ ...condition, term: hidden(condition.term) }];
          stop(result, { condition, obstacle: 'outer-join', relations: side.own });
          return [];
        });
    if (!side.kept) {
      push(side.plan, inferred(together(pool, plan.on)), result);
      continue;
    }
    for (const condition of plan.on) stop(result, { condition, obstacle: 'outer-join', relations: side.own });
    push(side.plan, pool, result);
  }
}

/** What becomes of a row in which these relations are all NULL. */
function afterNulls(term: Term, relations: ReadonlySet<number>): 'rejected' | 'kept' | 'unknown' {
  const value = evaluate(term, { column: ({ relation }) => (relations.has(relation) ? null : undefined) });
  if (value === undefined) return isDecidable(term, relations) ? 'kept' : 'unknown';
  return value === null || (value.kind === 'boolean' && !value.boolean) ? 'rejected' : 'kept';
}

/** True when only the other side's columns leave it open: `a.k = 1 OR b.k = 1` may keep the row. */
function isDecidable(term: Term, relations: ReadonlySet<number>): boolean {
  return someTerm(term, (part) => part.kind === 'column' && !relations.has(part.relation));
}

function hidden(term: Term): Term {
  return { kind: 'opaque', why: 'syntax', parts: [term] };
}
