import type {
  ColumnRef,
  Expression,
  Join,
  Node,
  ParsedStatement,
  Select,
  TableExpression,
  TableRef,
} from '../sql/ast';
import { walk } from '../sql/walk';
import type { TableUse } from './rule';

/** What one statement does with one table. */
interface StatementUse {
  readonly joined: Set<string>;
  readonly ranged: Set<string>;
  changed: number;
}

// A statement's own uses depend on nothing but its text.
const known = new WeakMap<ParsedStatement, ReadonlyMap<string, StatementUse>>();
const nothing: TableUse = { joined: new Map(), ranged: new Map(), changed: 0 };

/** How a set of statements uses each table, by the table's own name; counted at the first question. */
export function tableUse(statements: Iterable<ParsedStatement>): (table: string) => TableUse {
  let counted: ReadonlyMap<string, TableUse> | undefined;
  return (table) => (counted ??= count(statements)).get(table) ?? nothing;
}

function count(statements: Iterable<ParsedStatement>): ReadonlyMap<string, TableUse> {
  const all = new Map<
    string,
    { joined: Map<string, number>; ranged: Map<string, number>; changed: number }
  >();
  for (const statement of statements) {
    for (const [table, use] of usesOf(statement)) {
      const sum = all.get(table) ?? { joined: new Map(), ranged: new Map(), changed: 0 };
      for (const column of use.joined) sum.joined.set(column, (sum.joined.get(column) ?? 0) + 1);
      for (const column of use.ranged) sum.ranged.set(column, (sum.ranged.get(column) ?? 0) + 1);
      sum.changed += use.changed;
      all.set(table, sum);
    }
  }
  return all;
}

function usesOf(statement: ParsedStatement): ReadonlyMap<string, StatementUse> {
  let uses = known.get(statement);
  if (uses === undefined) known.set(statement, (uses = read(statement)));
  return uses;
}

function read(statement: ParsedStatement): ReadonlyMap<string, StatementUse> {
  const uses = new Map<string, StatementUse>();
  const useOf = (table: string): StatementUse => {
    const use = uses.get(table) ?? { joined: new Set(), ranged: new Set(), changed: 0 };
    uses.set(table, use);
    return use;
  };
  walk(statement.body, (node) => {
    if (node.kind === 'Select') readSelect(node, useOf);
    const target = changedTable(node);
    if (target !== undefined) useOf(target).changed++;
  });
  return uses;
}

function changedTable(node: Node): string | undefined {
  if (node.kind === 'InsertStatement' || node.kind === 'CopyStatement') return node.target.parts.at(-1)?.name;
  const changes =
    node.kind === 'UpdateStatement' || node.kind === 'DeleteStatement' || node.kind === 'MergeStatement';
  return changes ? node.target.name.parts.at(-1)?.name : undefined;
}

function readSelect(select: Select, useOf: (table: string) => StatementUse): void {
  const tables: TableRef[] = [];
  const joins: Join[] = [];
  for (const item of select.from) gather(item, { tables, joins });
  const tableOf = (column: ColumnRef): string | undefined => {
    const qualifier = column.name.parts.at(-2)?.name;
    if (qualifier === undefined) return tables.length === 1 ? tables[0]?.name.parts.at(-1)?.name : undefined;
    const table = tables.find((ref) => (ref.alias ?? ref.name.parts.at(-1))?.name === qualifier);
    return table?.name.parts.at(-1)?.name;
  };
  const note = (column: ColumnRef, how: 'joined' | 'ranged'): void => {
    const table = tableOf(column);
    const name = column.name.parts.at(-1)?.name;
    if (table !== undefined && name !== undefined) useOf(table)[how].add(name);
  };
  for (const condition of [select.where, ...joins.map((join) => join.on)]) {
    if (condition !== undefined) readCondition(condition, note);
  }
  for (const join of joins) {
    for (const { name } of join.using) {
      for (const side of sides(join)) useOf(side)[`joined`].add(name);
    }
  }
}

function readCondition(
  condition: Expression,
  note: (column: ColumnRef, how: 'joined' | 'ranged') => void,
): void {
  if (condition.kind === 'Paren') return readCondition(condition.inner, note);
  if (condition.kind === 'Between' && condition.operand.kind === 'ColumnRef') {
    return note(condition.operand, 'ranged');
  }
  if (condition.kind !== 'Binary') return;
  const { left, right, operator } = condition;
  if (operator === 'AND') {
    readCondition(left, note);
    readCondition(right, note);
  } else if (operator === '=' && left.kind === 'ColumnRef' && right.kind === 'ColumnRef') {
    note(left, 'joined');
    note(right, 'joined');
  } else if (['<', '<=', '>', '>='].includes(operator)) {
    if (left.kind === 'ColumnRef' && right.kind !== 'ColumnRef') note(left, 'ranged');
    if (right.kind === 'ColumnRef' && left.kind !== 'ColumnRef') note(right, 'ranged');
  }
}

function gather(item: TableExpression, into: { readonly tables: TableRef[]; readonly joins: Join[] }): void {
  if (item.kind === 'TableRef') into.tables.push(item);
  else if (item.kind === 'ParenTable') gather(item.inner, into);
  else if (item.kind === 'Join') {
    into.joins.push(item);
    gather(item.left, into);
    gather(item.right, into);
  }
}

// USING names a column of the two tables at its sides; of a chain of joins only the last one is sure.
function sides(join: Join): readonly string[] {
  return [join.left.kind === 'Join' ? join.left.right : join.left, join.right].flatMap((side) =>
    side.kind === 'TableRef' ? (side.name.parts.at(-1)?.name ?? []) : [],
  );
}
