import type { CatalogSnapshot, Table } from '../../../catalog/catalog';
import { readsKnownTable } from '../../../scan/knownTables';
import type { ColumnRef, Expression, Join, Select, TableExpression, TableRef } from '../../../sql/ast';
import { scopesOf, type ColumnsOf } from '../../../sql/scopes';
import { walk } from '../../../sql/walk';
import type { RuleContext } from '../../rule';
import { tableRefs } from './starColumns';
import { nameParts } from './tableLayout';

/** A column of a table that the catalog knows, where a statement names it. */
export interface KnownColumn {
  readonly ref: TableRef;
  readonly table: Table;
  readonly column: string;
}

// One function for each catalog, since what is resolved is kept by it.
const lookups = new WeakMap<CatalogSnapshot, ColumnsOf>();

/** The columns of a table by the catalog. */
export function columnsOf(catalog: CatalogSnapshot): ColumnsOf {
  let lookup = lookups.get(catalog);
  if (lookup === undefined) {
    lookup = (ref) => catalog.table(nameParts(ref.name))?.columns.map(({ name }) => name);
    lookups.set(catalog, lookup);
  }
  return lookup;
}

/** The table and column that a reference means for certain; undefined through views, CTEs and unknown tables. */
export function knownColumn(
  column: ColumnRef,
  { statement, catalog }: Pick<RuleContext, 'statement' | 'catalog'>,
): KnownColumn | undefined {
  if (!readsKnownTable(statement, catalog)) return undefined;
  const found = scopesOf(statement).resolve(column, columnsOf(catalog));
  if (found.kind !== 'column' || !found.certain || found.fields.length > 0) return undefined;
  const { kind, ref, columnAliases } = found.source;
  if (kind !== 'table' || ref === undefined || columnAliases.length > 0) return undefined;
  const table = catalog.table(nameParts(ref.name));
  return table === undefined ? undefined : { ref, table, column: found.column };
}

/** The parts of a condition that all have to hold. */
export function conjuncts(condition: Expression | undefined): readonly Expression[] {
  if (condition === undefined) return [];
  const found: Expression[] = [];
  const open: Expression[] = [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'Paren') open.push(next.inner);
    else if (next.kind === 'Binary' && next.operator === 'AND') open.push(next.right, next.left);
    else found.push(next);
  }
  return found;
}

/** An expression without the parentheses around it. */
export function bare(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === 'Paren') inner = inner.inner;
  return inner;
}

/** The joins of a FROM, outermost first. */
export function joinsOf({ from }: Select): readonly Join[] {
  const found: Join[] = [];
  const open: TableExpression[] = [...from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'ParenTable') open.push(next.inner);
    if (next.kind !== 'Join') continue;
    found.push(next);
    open.push(next.left, next.right);
  }
  return found;
}

/** All column references in an expression, those in subqueries aside. */
export function columnRefs(expression: Expression): readonly ColumnRef[] {
  const found: ColumnRef[] = [];
  walk(expression, (node) => {
    if (node.kind === 'ColumnRef') found.push(node);
    return node.kind !== 'Query';
  });
  return found;
}

/** Whether at least two tables of a FROM are known to have more than so many rows. */
export function joinsLarge(
  select: Select,
  { catalog }: Pick<RuleContext, 'catalog'>,
  least: number,
): boolean {
  const large = select.from
    .flatMap(tableRefs)
    .filter(({ name }) => (catalog.table(nameParts(name))?.rows ?? 0) > least);
  return large.length > 1;
}

/** Two tables and the columns by which a SELECT joins them. */
export interface JoinedPair {
  readonly left: KnownColumn;
  readonly right: KnownColumn;
  readonly at: Expression;
}

/** Every `a.x = b.y` of a SELECT between two known tables, in ON and WHERE. */
export function joinedPairs(select: Select, context: RuleContext): readonly JoinedPair[] {
  const conditions = [select.where, ...joinsOf(select).map(({ on }) => on)].flatMap(conjuncts);
  return conditions.flatMap((condition): readonly JoinedPair[] => {
    if (condition.kind !== 'Binary' || condition.operator !== '=') return [];
    const [left, right] = [bare(condition.left), bare(condition.right)];
    if (left.kind !== 'ColumnRef' || right.kind !== 'ColumnRef') return [];
    const [a, b] = [knownColumn(left, context), knownColumn(right, context)];
    if (a === undefined || b === undefined || a.ref === b.ref) return [];
    return [{ left: a, right: b, at: condition }];
  });
}
