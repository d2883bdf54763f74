import type {
  ColumnRef,
  Expression,
  Join,
  Node,
  ParsedStatement,
  QualifiedName,
  Select,
  TableExpression,
  TableRef,
  UtilityStatement,
} from '../sql/ast';
import { walk } from '../sql/walk';
import type { TableUse } from './rule';

/** What one statement does with one table. */
interface StatementUse {
  /** Made with the first column: most tables of most statements have neither, and sets are kept for each statement. */
  joined: Set<string> | undefined;
  ranged: Set<string> | undefined;
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
      const all = count(statements, usesOf);
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
  // Counted once: what each statement says is not kept, unlike for a file that is typed in.
  return count(statements, read);
}

/** The counts of several sets of statements in one. */
export function addedUp(counted: Iterable<UseCounts>): UseCounts {
  const all = new Map<string, Sum>();
  for (const uses of counted) {
    for (const [table, use] of uses) {
      let sum = all.get(table);
      if (sum === undefined) all.set(table, (sum = { joined: new Map(), ranged: new Map(), ...zero }));
      if (use.joined.size > 0) addTimes(sum.joined, use.joined);
      if (use.ranged.size > 0) addTimes(sum.ranged, use.ranged);
      addCounts(sum, use);
    }
  }
  return all;
}

function addTimes(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [column, times] of more) sum.set(column, (sum.get(column) ?? 0) + times);
}

// Written out: this is done for each table of each statement, and a loop over names asks for each as if it were new.
function addCounts(sum: Sum, use: Readonly<Record<Counted, number>>): void {
  sum.changed += use.changed;
  sum.read += use.read;
  sum.analyzed += use.analyzed;
  sum.deduplicated += use.deduplicated;
  sum.reset += use.reset;
  sum.defined += use.defined;
  sum.definedInPython += use.definedInPython;
  sum.partitionsLoaded += use.partitionsLoaded;
  sum.valuesInserted += use.valuesInserted;
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

function count(
  statements: Iterable<ParsedStatement>,
  usesIn: (statement: ParsedStatement) => ReadonlyMap<string, StatementUse>,
): ReadonlyMap<string, Sum> {
  const all = new Map<string, Sum>();
  for (const statement of statements) {
    // Athena's rules ask what INSERT, MSCK and ALTER do; how queries join and filter is Redshift's concern.
    if (statement.dialect === 'athena' && statement.body.kind === 'SelectStatement') continue;
    for (const [table, use] of usesIn(statement)) {
      let sum = all.get(table);
      if (sum === undefined) all.set(table, (sum = { joined: new Map(), ranged: new Map(), ...zero }));
      addColumns(sum.joined, use.joined);
      addColumns(sum.ranged, use.ranged);
      addCounts(sum, use);
    }
  }
  return all;
}

function addColumns(times: Map<string, number>, columns: ReadonlySet<string> | undefined): void {
  if (columns === undefined) return;
  for (const column of columns) times.set(column, (times.get(column) ?? 0) + 1);
}

function usesOf(statement: ParsedStatement): ReadonlyMap<string, StatementUse> {
  let uses = known.get(statement);
  if (uses === undefined) known.set(statement, (uses = read(statement)));
  return uses;
}

function read(statement: ParsedStatement): ReadonlyMap<string, StatementUse> {
  const uses = new Map<string, StatementUse>();
  const useOf = (table: string): StatementUse => {
    let use = uses.get(table);
    if (use === undefined) uses.set(table, (use = { joined: undefined, ranged: undefined, ...zero }));
    return use;
  };
  const { body, problems, selects } = statement;
  // Of a query its SELECTs were listed when it was read, and only their FROM clauses count.
  if (body.kind === 'SelectStatement' && problems.length === 0) {
    for (const select of selects) {
      readSelect(select, useOf);
      for (const item of select.from) countReads(item, useOf);
    }
    return uses;
  }
  walk(body, (node) => {
    const { kind } = node;
    // Most nodes are these, and nothing below them counts.
    if (kind === 'ColumnRef' || kind === 'QualifiedName' || kind === 'Literal') return false;
    if (kind === 'TableRef') {
      useOf(node.name.parts.at(-1)?.name ?? '').read++;
      return false;
    }
    if (kind === 'Select') readSelect(node, useOf);
    else if (kind === 'UtilityStatement') readUtility(node, useOf);
    else if (kind === 'AlterTable') {
      if (node.actions.some(({ action }) => action === 'ADD PARTITION')) countLoad(node.name, useOf);
    } else if (kind === 'InsertStatement' || kind === 'CopyStatement')
      countChange(node, useOf(node.target.parts.at(-1)?.name ?? ''));
    else if (kind === 'UpdateStatement' || kind === 'DeleteStatement' || kind === 'MergeStatement')
      countChange(node, useOf(node.target.name.parts.at(-1)?.name ?? ''));
    return true;
  });
  return uses;
}

function readUtility(
  { verb, name, options }: UtilityStatement,
  useOf: (table: string) => StatementUse,
): void {
  if (verb.startsWith('MSCK')) countLoad(name, useOf);
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

function countReads(item: TableExpression, useOf: (table: string) => StatementUse): void {
  if (item.kind === 'TableRef') useOf(item.name.parts.at(-1)?.name ?? '').read++;
  else if (item.kind === 'Join') {
    countReads(item.left, useOf);
    countReads(item.right, useOf);
  } else if (item.kind === 'ParenTable') countReads(item.inner, useOf);
  else if (item.kind === 'Reshaped') countReads(item.source, useOf);
}

function countLoad(name: QualifiedName | undefined, useOf: (table: string) => StatementUse): void {
  const table = name?.parts.at(-1)?.name;
  if (table !== undefined) useOf(table).partitionsLoaded++;
}

function countChange(node: Node, use: StatementUse): void {
  use.changed++;
  if (node.kind === 'InsertStatement' && node.query?.body.kind === 'Values') use.valuesInserted++;
  if (keepsDoublesOut(node)) use.deduplicated++;
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
    if (table !== undefined && name !== undefined) noteColumn(useOf(table), how, name);
  };
  for (const condition of [select.where, ...joins.map((join) => join.on)]) {
    if (condition !== undefined) readCondition(condition, note);
  }
  for (const join of joins) {
    for (const { name } of join.using) {
      for (const side of sides(join)) noteColumn(useOf(side), 'joined', name);
    }
  }
}

function noteColumn(use: StatementUse, how: 'joined' | 'ranged', column: string): void {
  (use[how] ??= new Set()).add(column);
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
