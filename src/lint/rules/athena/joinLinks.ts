import type { ColumnRef, Expression, Join, Query, Select, TableExpression } from '../../../sql/ast';
import { walk } from '../../../sql/walk';
import { isPlainlyTied } from '../shared/unlinkedTables';
import { hasAggregate } from './stopsEarly';

/** Two parts of a FROM whose rows nothing compares. */
export interface Unlinked {
  /** The second of the two. */
  readonly leaf: TableExpression;
  /** The join that brings it in; absent where a comma does. */
  readonly join?: Join;
}

/** What a name stands for when it is that of a WITH query. */
export type Ctes = ReadonlyMap<string, Query>;

interface Leaf {
  readonly table: TableExpression;
  readonly name: string;
}

/** The first item of a FROM that no condition links to those before it; one row, or rows of another item, need none. */
export function firstUnlinked(select: Select, ctesOf: () => Ctes): Unlinked | undefined {
  if (select.from.length === 1 && select.from.every(isPlainlyTied)) return undefined;
  const leaves: Leaf[] = [];
  const joins: Join[] = [];
  for (const item of select.from) if (!gather(item, leaves, joins)) return undefined;
  if (leaves.length < 2) return undefined;
  const ctes = ctesOf();
  const many = leaves.filter(({ table }) => hasManyRows(table, ctes));
  if (many.length < 2) return undefined;
  const groups = new Groups(leaves.length);
  for (const join of joins) {
    if (join.natural || join.using.length > 0) groups.linkAll(indexesIn(join, leaves));
  }
  const conditions = [select.where, ...joins.map(({ on }) => on)].flatMap((each) =>
    each === undefined ? [] : conjuncts(each),
  );
  const constants = new Map<string, number>();
  for (const condition of conditions) {
    const linked = linkedBy(condition, leaves);
    groups.linkAll(linked);
    const fixed = linked.length === 1 ? constantOf(condition) : undefined;
    if (fixed === undefined) continue;
    // Two columns of one name, each set equal to one value, are equal to each other.
    const other = constants.get(fixed);
    const [own] = linked;
    if (other !== undefined && own !== undefined) groups.linkAll([other, own]);
    else if (own !== undefined) constants.set(fixed, own);
  }
  const [first] = many;
  if (first === undefined) return undefined;
  const apart = many.find((leaf) => groups.of(leaves.indexOf(leaf)) !== groups.of(leaves.indexOf(first)));
  if (apart === undefined) return undefined;
  const join = joins.findLast((each) => holds(each.right, apart.table) && !holds(each.left, apart.table));
  return { leaf: apart.table, ...(join === undefined ? {} : { join }) };
}

/** False for a FROM with something in it whose rows are not known. */
function gather(table: TableExpression, leaves: Leaf[], joins: Join[]): boolean {
  switch (table.kind) {
    case 'Join':
      joins.push(table);
      return gather(table.left, leaves, joins) && gather(table.right, leaves, joins);
    case 'ParenTable':
      return table.alias === undefined && gather(table.inner, leaves, joins);
    case 'TableRef':
      leaves.push({ table, name: (table.alias ?? table.name.parts.at(-1))?.name ?? '' });
      return true;
    case 'Derived':
    case 'Unnest':
    case 'ValuesTable':
    case 'TableFunction':
      leaves.push({ table, name: table.alias?.name ?? '' });
      return true;
    case 'Reshaped':
    case 'Navigation':
    case 'Template':
    case 'Error':
    default:
      return false;
  }
}

function hasManyRows(table: TableExpression, ctes: Ctes): boolean {
  if (table.kind === 'Derived') return !table.lateral && givesMany(table.query);
  if (table.kind !== 'TableRef') return false;
  const name = table.name.parts.at(-1)?.name ?? '';
  const query = table.name.parts.length === 1 ? ctes.get(name) : undefined;
  // "t$partitions" and the like are small.
  return query === undefined ? !name.includes('$') : givesMany(query);
}

/** False for a query of one row: aggregates alone, no FROM, LIMIT 1. */
function givesMany({ body, limit }: Query): boolean {
  if (limit?.kind === 'Literal' && Number(limit.value) <= 1) return false;
  if (body.kind === 'Query') return givesMany(body);
  if (body.kind !== 'Select') return body.kind !== 'Values';
  if (body.from.length === 0 || body.from.every(({ kind }) => kind === 'Unnest' || kind === 'ValuesTable'))
    return false;
  return body.groupBy !== undefined || !body.items.some(({ expression }) => hasAggregate(expression));
}

function conjuncts(expression: Expression): readonly Expression[] {
  if (expression.kind === 'Paren') return conjuncts(expression.inner);
  if (expression.kind === 'Binary' && expression.operator === 'AND')
    return [...conjuncts(expression.left), ...conjuncts(expression.right)];
  return [expression];
}

/** The items that a condition compares; a name without a table may be of any. */
function linkedBy(condition: Expression, leaves: readonly Leaf[]): readonly number[] {
  const found = new Set<number>();
  let columns = 0;
  let unknown = false;
  walk(condition, (node) => {
    if (node.kind !== 'ColumnRef') return true;
    columns++;
    const at = leafOf(node, leaves);
    if (at === undefined) unknown = true;
    else found.add(at);
    return false;
  });
  return unknown && columns > 1 ? [...leaves.keys()] : [...found];
}

function leafOf({ name }: ColumnRef, leaves: readonly Leaf[]): number | undefined {
  if (name.parts.length < 2) return undefined;
  const at = leaves.findIndex((leaf) => name.parts.slice(0, -1).some((part) => part.name === leaf.name));
  return at < 0 ? undefined : at;
}

function constantOf(condition: Expression): string | undefined {
  if (condition.kind !== 'Binary' || condition.operator !== '=') return undefined;
  const { left, right } = condition;
  const [column, value] = left.kind === 'ColumnRef' ? [left, right] : [right, left];
  if (column.kind !== 'ColumnRef' || (value.kind !== 'Literal' && value.kind !== 'Parameter'))
    return undefined;
  return `${column.name.parts.at(-1)?.name ?? ''}=${value.kind === 'Literal' ? value.value : value.text}`;
}

function indexesIn(table: TableExpression, leaves: readonly Leaf[]): readonly number[] {
  return leaves.flatMap((leaf, at) => (holds(table, leaf.table) ? [at] : []));
}

function holds(outer: TableExpression, inner: TableExpression): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Which items are linked, directly or through others. */
class Groups {
  private readonly parents: number[];

  constructor(count: number) {
    this.parents = Array.from({ length: count }, (_, at) => at);
  }

  of(item: number): number {
    let at = item;
    for (let up = this.parents[at]; up !== undefined && up !== at; up = this.parents[at]) at = up;
    return at;
  }

  linkAll(items: readonly number[]): void {
    const [first] = items;
    if (first === undefined) return;
    for (const item of items) this.parents[this.of(item)] = this.of(first);
  }
}
