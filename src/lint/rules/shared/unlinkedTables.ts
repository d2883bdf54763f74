import type {
  ColumnRef,
  Expression,
  Join,
  Node,
  Query,
  QueryBody,
  Select,
  TableExpression,
} from '../../../sql/ast';
import { scopesOf, type ColumnsOf } from '../../../sql/scopes';
import { walk } from '../../../sql/walk';
import type { RuleContext } from '../../rule';

/** A part of a FROM that no equality ties to what stands before it. */
export interface Unlinked {
  readonly item: TableExpression;
  /** `none`: no condition at all; `loose`: only such as `<` or OR, which are tried on every pair of rows. */
  readonly link: 'none' | 'loose';
  /** CROSS JOIN, or a condition that is always true: it is meant. */
  readonly meant: boolean;
}

/**
 * The items of a FROM of which every row is joined with every row of the others. Items of one row, written out
 * rows and those held by a constant are left out; so is all of a FROM with a function, an unnested value or a name that is unclear.
 */
export function unlinkedTables(
  select: Select,
  context: Pick<RuleContext, 'statement' | 'catalog'>,
): readonly Unlinked[] {
  if (select.from.length === 1 && select.from.every(isPlainlyTied)) return [];
  const from: From = { items: [], tied: [], conditions: [], meant: new Set(), unclear: false };
  const sides = select.from.map((item) => gather(item, from));
  if (from.unclear || sides.flat().length < 2 || isTiedByNames(from, select.where)) return [];
  const equal = groupsOf(from.items.length);
  const loose = groupsOf(from.items.length);
  const fixed = new Set<number>();
  for (const ties of from.tied) equal.join(ties);
  const place = placing(from.items, context);
  for (const condition of [...from.conditions, ...conjuncts(select.where)]) {
    const link = linkOf(condition, place);
    if (link === undefined) return [];
    if (link.kind === 'equal') equal.join(link.places);
    if (link.kind === 'fixed') for (const one of link.places) fixed.add(one);
    loose.join(link.kind === 'fixed' ? [] : link.places);
  }
  for (const [index] of from.items.entries()) loose.join([index, equal.root(index)]);
  const counted = from.items.map((item) => !isFew(item, context));
  const first = counted.indexOf(true);
  return from.items.flatMap((item, index): readonly Unlinked[] => {
    const group = from.items.flatMap((_, one) => (equal.root(one) === equal.root(index) ? [one] : []));
    if (first < 0 || group[0] !== index || group.includes(first)) return [];
    if (!group.some((one) => counted[one] === true) || group.some((one) => fixed.has(one))) return [];
    const meant = group.some((one) => from.meant.has(one));
    return [{ item, link: loose.root(index) === loose.root(first) ? 'loose' : 'none', meant }];
  });
}

/** Whether each join compares a column of the new table with one of another, as most do: nothing has to be looked up for those. */
export function isPlainlyTied(item: TableExpression): boolean {
  let left = item;
  while (left.kind === 'Join') {
    if (!left.natural && left.using.length === 0 && !comparesOwn(left)) return false;
    left = left.left;
  }
  return left.kind !== 'ParenTable';
}

function comparesOwn({ on, right }: Join): boolean {
  const own = nameOf(right);
  return conjuncts(on).some((condition) => {
    if (condition.kind !== 'Binary' || condition.operator !== '=') return false;
    const [a, b] = [qualifierOf(condition.left), qualifierOf(condition.right)];
    return own !== undefined && a !== undefined && b !== undefined && a !== b && (a === own || b === own);
  });
}

/** The same for a list with commas, tied in WHERE: equalities of qualified columns alone tie all of its items. */
function isTiedByNames({ items, tied, conditions }: From, where: Expression | undefined): boolean {
  const names = items.map(nameOf);
  // Of two items of one name a column might be of either.
  if (new Set(names).size < names.length) return false;
  const groups = groupsOf(items.length);
  for (const ties of tied) groups.join(ties);
  for (const condition of [...conditions, ...conjuncts(where)]) {
    if (condition.kind !== 'Binary' || condition.operator !== '=') continue;
    const ends = [condition.left, condition.right].map((side) => names.indexOf(qualifierOf(side) ?? ''));
    if (!ends.includes(-1)) groups.join(ends);
  }
  return items.every((_, index) => groups.root(index) === groups.root(0));
}

function qualifierOf(side: Expression): string | undefined {
  return side.kind === 'ColumnRef' ? side.name.parts.at(-2)?.name : undefined;
}

interface From {
  readonly items: TableExpression[];
  /** Items that USING or NATURAL tie. */
  readonly tied: (readonly number[])[];
  readonly conditions: Expression[];
  readonly meant: Set<number>;
  unclear: boolean;
}

function gather(item: TableExpression, from: From): readonly number[] {
  if (item.kind === 'ParenTable') return gather(item.inner, from);
  if (item.kind === 'Join') {
    const left = gather(item.left, from);
    const right = gather(item.right, from);
    if (item.natural || item.using.length > 0) from.tied.push([...left, ...right]);
    if (item.type === 'CROSS' || (item.on !== undefined && isAlwaysTrue(item.on))) {
      for (const one of right) from.meant.add(one);
    }
    from.conditions.push(...conjuncts(item.on));
    return [...left, ...right];
  }
  const isRelation =
    item.kind === 'TableRef' || item.kind === 'ValuesTable' || (item.kind === 'Derived' && !item.lateral);
  if (!isRelation) from.unclear = true;
  return [from.items.push(item) - 1];
}

function isAlwaysTrue(on: Expression): boolean {
  if (on.kind === 'Paren') return isAlwaysTrue(on.inner);
  if (on.kind === 'Literal') return on.type === 'boolean' && on.value.toLowerCase() === 'true';
  if (on.kind !== 'Binary' || on.operator !== '=') return false;
  const { left, right } = on;
  return left.kind === 'Literal' && right.kind === 'Literal' && left.value === right.value;
}

type Place = (column: ColumnRef) => number | 'outer' | undefined;

function placing(
  items: readonly TableExpression[],
  { statement, catalog }: Pick<RuleContext, 'statement' | 'catalog'>,
): Place {
  const columnsOf: ColumnsOf = (ref) =>
    catalog.table(ref.name.parts.map(({ name }) => name))?.columns.map(({ name }) => name);
  return (column) => {
    const found = scopesOf(statement).resolve(column, columnsOf);
    if (found.kind === 'column' && found.certain) return indexOrOuter(items.indexOf(found.source.node));
    // Of a subquery over an unknown table, a.b might be a field of its column a: the name of a table comes first.
    const qualifier = column.name.parts.at(-2)?.name;
    if (qualifier === undefined) return undefined;
    const named = items.findIndex((item) => nameOf(item) === qualifier);
    if (named >= 0) return named;
    if (found.kind === 'column') return indexOrOuter(items.indexOf(found.source.node));
    return undefined;
  };
}

function indexOrOuter(index: number): number | 'outer' {
  return index < 0 ? 'outer' : index;
}

function nameOf(item: TableExpression): string | undefined {
  if ('alias' in item && item.alias !== undefined) return item.alias.name;
  return item.kind === 'TableRef' ? item.name.parts.at(-1)?.name : undefined;
}

interface Link {
  readonly kind: 'equal' | 'loose' | 'fixed';
  readonly places: readonly number[];
}

// Undefined: a name in it might be of any item.
function linkOf(condition: Expression, place: Place): Link | undefined {
  const columns = columnsIn(condition);
  const places = new Set<number>();
  for (const column of columns) {
    const at = place(column);
    if (at === undefined && columns.length > 1) return undefined;
    if (typeof at === 'number') places.add(at);
  }
  const all = [...places];
  if (all.length < 2) {
    return { kind: isEquality(condition) && columns.length === 1 ? 'fixed' : 'loose', places: all };
  }
  // What a subquery says of several items is not followed.
  if (hasQuery(condition)) return { kind: 'equal', places: all };
  return { kind: isEquality(condition) || isSharedEquality(condition) ? 'equal' : 'loose', places: all };
}

function isEquality(condition: Expression): boolean {
  return (
    (condition.kind === 'Binary' && condition.operator === '=') ||
    (condition.kind === 'IsTest' && condition.test === 'DISTINCT FROM' && condition.negated)
  );
}

// (a.x = b.x AND …) OR (a.x = b.x AND …): every branch has an equality of two columns, and the planner takes it out.
function isSharedEquality(condition: Expression): boolean {
  if (condition.kind !== 'Binary' || condition.operator !== 'OR') return false;
  const branches: Expression[] = [];
  const open: Expression[] = [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'Paren') open.push(next.inner);
    else if (next.kind === 'Binary' && next.operator === 'OR') open.push(next.left, next.right);
    else branches.push(next);
  }
  const keys = branches.map(
    (branch) =>
      new Set(
        conjuncts(branch)
          .filter((part) => isEquality(part) && columnsIn(part).length > 1)
          .map((part) =>
            columnsIn(part)
              .map(({ name }) => name.parts.map((one) => one.name).join('.'))
              .toSorted()
              .join('='),
          ),
      ),
  );
  return [...(keys[0] ?? [])].some((key) => keys.every((set) => set.has(key)));
}

function conjuncts(condition: Expression | undefined): readonly Expression[] {
  const found: Expression[] = [];
  const open = condition === undefined ? [] : [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'Paren') open.push(next.inner);
    else if (next.kind === 'Binary' && next.operator === 'AND') open.push(next.left, next.right);
    else found.push(next);
  }
  return found;
}

function columnsIn(condition: Node): readonly ColumnRef[] {
  const found: ColumnRef[] = [];
  walk(condition, (node) => {
    if (node.kind === 'ColumnRef') found.push(node);
  });
  return found;
}

function hasQuery(condition: Node): boolean {
  let has = false;
  walk(condition, (node) => {
    has ||= node.kind === 'Query';
    return !has;
  });
  return has;
}

const aggregate =
  /^(count|sum|min|max|avg|median|listagg|stddev|stddev_samp|stddev_pop|variance|var_samp|var_pop|any_value|bool_and|bool_or|approx_distinct|approx_percentile|arbitrary|max_by|min_by|count_if|array_agg)$/i;

function isFew(
  item: TableExpression,
  { statement, catalog }: Pick<RuleContext, 'statement' | 'catalog'>,
): boolean {
  if (item.kind === 'ValuesTable') return true;
  const source = scopesOf(statement).sourceOf(item);
  if (source?.query !== undefined) return givesFew(source.query);
  if (item.kind !== 'TableRef') return false;
  return (catalog.table(item.name.parts.map(({ name }) => name))?.rows ?? 2) < 2;
}

function givesFew({ body, limit }: Query): boolean {
  return (limit?.kind === 'Literal' && limit.value === '1') || bodyGivesFew(body);
}

// One row, or as many as somebody wrote down.
function bodyGivesFew(body: QueryBody): boolean {
  if (body.kind === 'Query') return givesFew(body);
  if (body.kind === 'Values') return true;
  if (body.kind === 'SetOperation') return bodyGivesFew(body.left) && bodyGivesFew(body.right);
  if (body.kind !== 'Select') return false;
  if (body.top?.kind === 'Literal' && body.top.value === '1') return true;
  if (body.from.length === 0) return true;
  return body.groupBy === undefined && body.items.some(({ expression }) => hasAggregate(expression));
}

function hasAggregate(expression: Expression): boolean {
  let has = false;
  walk(expression, (node) => {
    has ||=
      node.kind === 'Call' && node.over === undefined && aggregate.test(node.name.parts.at(-1)?.name ?? '');
    return !has && node.kind !== 'Query';
  });
  return has;
}

/** Which of a number of things belong together. */
function groupsOf(count: number) {
  const parents = Array.from({ length: count }, (_, index) => index);
  const root = (index: number): number => {
    let at = index;
    for (let up = parents[at]; up !== undefined && up !== at; up = parents[at]) at = up;
    return at;
  };
  return {
    root,
    join(members: readonly number[]): void {
      const [first, ...rest] = members;
      if (first === undefined) return;
      for (const one of rest) parents[root(one)] = root(first);
    },
  };
}
