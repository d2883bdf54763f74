import type {
  ColumnRef,
  Expression,
  Join,
  Node,
  ParsedStatement,
  Select,
  TableExpression,
  TableRef,
  UtilityStatement,
} from '../sql/ast';
import { walk } from '../sql/walk';
import type { TableUse } from './rule';

/** What one statement does with one table. */
interface StatementUse {
  readonly joined: Set<string>;
  readonly ranged: Set<string>;
  changed: number;
  read: number;
  analyzed: number;
  deduplicated: number;
  reset: number;
  defined: number;
  definedInPython: number;
  partitionsLoaded: number;
  valuesInserted: number;
}

const zero = {
  changed: 0,
  read: 0,
  analyzed: 0,
  deduplicated: 0,
  reset: 0,
  defined: 0,
  definedInPython: 0,
  partitionsLoaded: 0,
  valuesInserted: 0,
} as const;
type Counted = keyof typeof zero;
const counts: readonly Counted[] = [
  'changed',
  'read',
  'analyzed',
  'deduplicated',
  'reset',
  'defined',
  'definedInPython',
  'partitionsLoaded',
  'valuesInserted',
];
/** Under this name go statements that are about every table. */
const everyTable = '';

// A statement's own uses depend on nothing but its text.
const known = new WeakMap<ParsedStatement, ReadonlyMap<string, StatementUse>>();
const nothing: TableUse = { joined: new Map(), ranged: new Map(), ...zero };

/** How a set of statements uses each table, by the table's own name; counted at the first question. */
export function tableUse(statements: Iterable<ParsedStatement>): (table: string) => TableUse {
  let counted: ReadonlyMap<string, TableUse> | undefined;
  let unused = nothing;
  return (table) => {
    if (counted === undefined) {
      const all = count(statements);
      const analyzed = all.get(everyTable)?.analyzed ?? 0;
      for (const use of all.values()) use.analyzed += analyzed;
      if (analyzed > 0) unused = { ...nothing, analyzed };
      counted = all;
    }
    return counted.get(table) ?? unused;
  };
}

/** How statements use tables, as plain data that may cross to another thread; by the table's own name. */
export type UseCounts = ReadonlyMap<string, TableUse>;

/** Counts the uses in some statements, to be added up with those of others. */
export function useCounts(statements: Iterable<ParsedStatement>): UseCounts {
  return count(statements);
}

/** The counts of several sets of statements in one. */
export function addedUp(counted: Iterable<UseCounts>): UseCounts {
  const all = new Map<string, Sum>();
  for (const uses of counted) {
    for (const [table, use] of uses) {
      const sum = all.get(table) ?? { joined: new Map(), ranged: new Map(), ...zero };
      for (const [column, times] of use.joined) sum.joined.set(column, (sum.joined.get(column) ?? 0) + times);
      for (const [column, times] of use.ranged) sum.ranged.set(column, (sum.ranged.get(column) ?? 0) + times);
      for (const kind of counts) sum[kind] += use[kind];
      all.set(table, sum);
    }
  }
  return all;
}

/** What `tableUse` answers for the statements that were counted. */
export function useFrom(counted: UseCounts): (table: string) => TableUse {
  const analyzed = counted.get(everyTable)?.analyzed ?? 0;
  if (analyzed === 0) return (table) => counted.get(table) ?? nothing;
  const all = new Map<string, TableUse>();
  for (const [table, use] of counted) all.set(table, { ...use, analyzed: use.analyzed + analyzed });
  const unused = { ...nothing, analyzed };
  return (table) => all.get(table) ?? unused;
}

type Sum = Record<Counted, number> & { joined: Map<string, number>; ranged: Map<string, number> };

function count(statements: Iterable<ParsedStatement>): ReadonlyMap<string, Sum> {
  const all = new Map<string, Sum>();
  for (const statement of statements) {
    for (const [table, use] of usesOf(statement)) {
      const sum = all.get(table) ?? { joined: new Map(), ranged: new Map(), ...zero };
      for (const column of use.joined) sum.joined.set(column, (sum.joined.get(column) ?? 0) + 1);
      for (const column of use.ranged) sum.ranged.set(column, (sum.ranged.get(column) ?? 0) + 1);
      for (const kind of counts) sum[kind] += use[kind];
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
    const use = uses.get(table) ?? { joined: new Set(), ranged: new Set(), ...zero };
    uses.set(table, use);
    return use;
  };
  walk(statement.body, (node) => {
    if (node.kind === 'Select') readSelect(node, useOf);
    if (node.kind === 'TableRef') useOf(node.name.parts.at(-1)?.name ?? '').read++;
    if (node.kind === 'UtilityStatement') readUtility(node, useOf);
    const loaded = loadedTable(node);
    if (loaded !== undefined) useOf(loaded).partitionsLoaded++;
    const target = changedTable(node);
    if (target === undefined) return;
    const use = useOf(target);
    use.changed++;
    if (node.kind === 'InsertStatement' && node.query?.body.kind === 'Values') use.valuesInserted++;
    if (keepsDoublesOut(node)) use.deduplicated++;
  });
  return uses;
}

function readUtility(
  { verb, name, options }: UtilityStatement,
  useOf: (table: string) => StatementUse,
): void {
  const named = name?.parts.at(-1)?.name;
  if (verb === 'RESET' && named !== undefined) useOf(named.toLowerCase()).reset++;
  if (/^CREATE .*FUNCTION$/.test(verb) && named !== undefined) {
    const use = useOf(named.toLowerCase());
    use.defined++;
    const language = options.findIndex(({ key }) => key === 'LANGUAGE');
    if (language >= 0 && /^PLPYTHON/i.test(options[language + 1]?.key ?? '')) use.definedInPython++;
  }
  if (verb !== 'ANALYZE') return;
  const table = named === 'verbose' ? lastPart(options.map(({ key }) => key)) : named;
  useOf(table ?? everyTable).analyzed++;
}

// ANALYZE VERBOSE a.b: the words behind it are told one by one.
function lastPart(words: readonly string[]): string | undefined {
  let at = 0;
  while (words[at + 1] === '.') at += 2;
  return words[at]?.toLowerCase();
}

function keepsDoublesOut(node: Node): boolean {
  if (node.kind === 'MergeStatement') return true;
  if (node.kind !== 'InsertStatement' || node.query === undefined) return false;
  let keeps = false;
  walk(node.query, (part) => {
    keeps ||=
      (part.kind === 'Select' && (part.distinct || part.groupBy !== undefined)) ||
      part.kind === 'Exists' ||
      (part.kind === 'Call' && part.name.parts.at(-1)?.name.toLowerCase() === 'row_number');
  });
  return keeps;
}

function changedTable(node: Node): string | undefined {
  if (node.kind === 'InsertStatement' || node.kind === 'CopyStatement') return node.target.parts.at(-1)?.name;
  const changes =
    node.kind === 'UpdateStatement' || node.kind === 'DeleteStatement' || node.kind === 'MergeStatement';
  return changes ? node.target.name.parts.at(-1)?.name : undefined;
}

function loadedTable(node: Node): string | undefined {
  if (node.kind === 'UtilityStatement' && node.verb.startsWith('MSCK')) return node.name?.parts.at(-1)?.name;
  const adds = node.kind === 'AlterTable' && node.actions.some(({ action }) => action === 'ADD PARTITION');
  return adds ? node.name.parts.at(-1)?.name : undefined;
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
