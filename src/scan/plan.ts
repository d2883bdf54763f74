import type { Span } from '../base/text';
import type { Column, Table } from '../catalog/catalog';
import type { Select, TableRef } from '../sql/ast';
import type { Term } from './term';

/** What a filter cannot be moved below. */
export type Obstacle = 'limit' | 'window' | 'aggregate' | 'outer-join' | 'recursive';

/** One condition that must hold, and where it stands in the statement (absent inside a view). */
export interface Condition {
  readonly term: Term;
  readonly at?: Span;
  /** True when it follows from an equality with another table's column. */
  readonly derived?: boolean;
}

/** One use of something that is read; its number is its place in the list of relations. */
export interface Relation {
  readonly id: number;
  /** A table by name, where it stands in the statement; for a table inside a view, where the view stands. */
  readonly ref?: TableRef;
  readonly table?: Table;
  /** The view that it is read through. */
  readonly view?: string;
  /** The SELECT of the statement whose FROM it stands in; absent inside a view. */
  readonly select?: Select;
}

/**
 * What a query does with what it reads, as far as the movement of filters depends on it.
 * `below` is filled in by `relationsOf`: a map on the side is dear to a garbage collector when every statement adds to it.
 */
export type Plan =
  | { readonly kind: 'leaf'; readonly relation: number; below?: ReadonlySet<number> }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'filter'; readonly input: Plan; readonly conditions: readonly Condition[] }
  | {
      readonly kind: 'join';
      readonly type: 'INNER' | 'LEFT' | 'RIGHT' | 'FULL';
      readonly left: Plan;
      readonly right: Plan;
      readonly on: readonly Condition[];
      below?: ReadonlySet<number>;
    }
  | {
      readonly kind: 'barrier';
      readonly obstacle: Obstacle;
      readonly input: Plan;
      readonly passes: (term: Term) => boolean;
    }
  | {
      readonly kind: 'union';
      readonly relation: number;
      readonly branches: readonly BoundQuery[];
      below?: ReadonlySet<number>;
    }
  /** A subquery of an expression; `equal` holds between a row outside and one inside. */
  | {
      readonly kind: 'semi';
      readonly input: Plan;
      readonly query: Plan;
      readonly equal: readonly Condition[];
      below?: ReadonlySet<number>;
    };

/** One column that a query or table gives. */
export interface Output {
  /** Absent for an expression without a name. */
  readonly name?: string;
  readonly term: Term;
  /** True when nobody named it: it comes from a table through nothing but stars. */
  readonly starred?: boolean;
}

/** A query that has been read. */
export interface BoundQuery {
  readonly plan: Plan;
  readonly outputs: readonly Output[];
  /** Relations whose columns are not known and all belong to the outputs. */
  readonly open: readonly number[];
}

/** The columns of a table with its partition keys last, as `*` gives them. */
export function allColumns(table: Table): readonly Column[] {
  return [...table.columns, ...table.partitionKeys];
}

/** The relations read below a plan. */
export function relationsOf(plan: Plan): ReadonlySet<number> {
  if (plan.kind === 'filter' || plan.kind === 'barrier') return relationsOf(plan.input);
  if (plan.kind === 'leaf') return (plan.below ??= new Set([plan.relation]));
  if (plan.kind === 'nothing') return nothingBelow;
  return (plan.below ??= new Set(relationsBelow(plan)));
}

const nothingBelow: ReadonlySet<number> = new Set();

function relationsBelow(plan: Extract<Plan, { kind: 'join' | 'union' | 'semi' }>): Iterable<number> {
  switch (plan.kind) {
    case 'join':
      return [...relationsOf(plan.left), ...relationsOf(plan.right)];
    case 'union':
      return [plan.relation, ...plan.branches.flatMap((branch) => [...relationsOf(branch.plan)])];
    case 'semi':
    default:
      return [...relationsOf(plan.input), ...relationsOf(plan.query)];
  }
}
