import type { Condition } from './plan';
import { columnsIn, replaced, someTerm, termKey, type ColumnTerm } from './term';

/** More conditions than this are not combined: what is missed is said to be unfiltered only after a look at all. */
const limit = 400;

/** The conditions and what follows from them through equalities: `a.k = b.k AND a.k = 1` gives `b.k = 1`. */
export function inferred(conditions: readonly Condition[]): readonly Condition[] {
  if (conditions.length < 2 || conditions.length > limit) return conditions;
  const equal = equalColumns(conditions);
  if (equal.size === 0) return conditions;
  const known = new Set(conditions.map(({ term }) => termKey(term)));
  const result = [...conditions];
  for (const condition of conditions) {
    const columns = columnsIn(condition.term);
    const [first] = columns;
    if (
      first === undefined ||
      columns.some((column) => column.relation !== first.relation) ||
      !isPlain(condition)
    )
      continue;
    for (const target of targetsOf(columns, equal)) {
      const term = replaced(condition.term, (part) =>
        part.kind === 'column' ? target.get(termKey(part)) : undefined,
      );
      const key = termKey(term);
      if (known.has(key)) continue;
      known.add(key);
      result.push({ ...condition, term, derived: true });
    }
  }
  return result;
}

function isPlain({ term }: Condition): boolean {
  return !someTerm(term, (part) => part.kind === 'opaque' && part.why === 'volatile');
}

const noGroups: ReadonlyMap<string, readonly ColumnTerm[]> = new Map();

function isColumnPair({ term }: Condition): boolean {
  if (term.kind !== 'apply' || term.operator !== '=') return false;
  return term.args[0]?.kind === 'column' && term.args[1]?.kind === 'column';
}

/** By column: the columns that have the same value. */
function equalColumns(conditions: readonly Condition[]): ReadonlyMap<string, readonly ColumnTerm[]> {
  if (!conditions.some(isColumnPair)) return noGroups;
  const groups = new Map<string, ColumnTerm[]>();
  for (const { term } of conditions) {
    if (term.kind !== 'apply' || term.operator !== '=') continue;
    const [a, b] = term.args;
    if (a?.kind !== 'column' || b?.kind !== 'column') continue;
    const [first, second] = [groups.get(termKey(a)) ?? [a], groups.get(termKey(b)) ?? [b]];
    if (first === second) continue;
    const merged = [...first, ...second];
    for (const column of merged) groups.set(termKey(column), merged);
  }
  return groups;
}

/** For each other relation that has an equal for every column: which column stands for which. */
function targetsOf(
  columns: readonly ColumnTerm[],
  equal: ReadonlyMap<string, readonly ColumnTerm[]>,
): readonly ReadonlyMap<string, ColumnTerm>[] {
  const [first] = columns;
  if (first === undefined) return [];
  const targets: Map<string, ColumnTerm>[] = [];
  for (const { relation } of equal.get(termKey(first)) ?? []) {
    if (relation === first.relation) continue;
    const target = new Map<string, ColumnTerm>();
    for (const column of columns) {
      const other = equal.get(termKey(column))?.find((candidate) => candidate.relation === relation);
      if (other !== undefined) target.set(termKey(column), other);
    }
    if (columns.every((column) => target.has(termKey(column)))) targets.push(target);
  }
  return targets;
}
