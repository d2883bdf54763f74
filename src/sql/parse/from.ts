import type { Identifier, Join, QualifiedName, TableExpression, TableRef } from '../ast';
import { endsItem } from '../words';
import { readCall } from './calls';
import { isCte } from './cteNames';
import { isName, readName, readQualified } from './names';
import { startsQuery } from './primary';
import { readJsonTable } from './jsonTable';
import { readPivot, readRecognition } from './reshape';
import {
  close,
  commaList,
  eat,
  endOf,
  expect,
  expected,
  is,
  missing,
  enter,
  leave,
  next,
  parenthesised,
  peek,
  repair,
  spanFrom,
  startOf,
  textOf,
  type Reader,
  type Writable,
} from './reader';
import { readType } from './types';

type Aliases = { readonly alias?: Identifier; readonly columnAliases: readonly Identifier[] };

/** FROM with its items. */
export function readFromList(r: Reader): TableExpression[] {
  next(r);
  return readTables(r);
}

/** Table expressions between commas. */
export function readTables(r: Reader): TableExpression[] {
  const outer = r.aliases.length;
  const items = commaList(r, () => readJoined(r));
  r.aliases.length = outer;
  return items;
}

const joinWords = [
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'NATURAL',
  'WHERE',
  'GROUP',
  'ORDER',
  'HAVING',
  'LIMIT',
  'UNION',
  'QUALIFY',
];

/** A table with its joins, left to right. */
export function readJoined(r: Reader): TableExpression {
  let left = readTable(r);
  for (;;) {
    repair(r, joinWords);
    const join = readJoin(r, left);
    if (join === undefined) return left;
    left = join;
  }
}

function readJoin(r: Reader, left: TableExpression): Join | undefined {
  const from = startOf(r);
  const before = r.at;
  const natural = eat(r, 'NATURAL');
  let type: Join['type'] = 'INNER';
  if (eat(r, 'CROSS')) type = 'CROSS';
  else if (is(r, 'LEFT') || is(r, 'RIGHT') || is(r, 'FULL')) {
    const word = next(r).upper;
    type = word === 'LEFT' ? 'LEFT' : word === 'RIGHT' ? 'RIGHT' : 'FULL';
    eat(r, 'OUTER');
  } else eat(r, 'INNER');
  if (r.at === before && !is(r, 'JOIN')) return undefined;
  expect(r, 'JOIN');
  const keyword = spanFrom(r, from);
  let right = readTable(r);
  let on: Join['on'];
  let using: readonly Identifier[] = [];
  // `a JOIN b JOIN c ON … ON …`: the inner join comes first.
  if (type !== 'CROSS' && !natural) {
    while (isJoinStart(r)) {
      const inner = readJoin(r, right);
      if (inner === undefined) break;
      right = inner;
    }
    if (eat(r, 'ON')) on = r.grammar.expression(r, 0);
    else if (eat(r, 'USING')) using = parenthesised(r, () => readName(r, 'a column name'));
    else if (!lateralOnTrue(r, right)) expected(r, 'ON or USING for this join');
  }
  const end = Math.max(left.end, endOf(r));
  const join: Writable<Join> = {
    kind: 'Join',
    start: left.start,
    end,
    type,
    natural,
    left,
    keyword,
    right,
    using,
  };
  if (on !== undefined) join.on = on;
  return join;
}

/** Redshift joins to an unnested SUPER value need no condition. */
function lateralOnTrue(r: Reader, right: TableExpression): boolean {
  return r.dialect === 'redshift' && right.kind === 'Navigation';
}

function isJoinStart(r: Reader): boolean {
  return (
    is(r, 'JOIN') || is(r, 'INNER', 'JOIN') || is(r, 'CROSS', 'JOIN') || is(r, 'NATURAL') || isOuterJoin(r)
  );
}
function isOuterJoin(r: Reader): boolean {
  const { upper } = peek(r);
  if (upper !== 'LEFT' && upper !== 'RIGHT' && upper !== 'FULL') return false;
  return peek(r, 1).upper === 'JOIN' || peek(r, 1).upper === 'OUTER';
}

/** One table with alias, sample, PIVOT and the like. */
export function readTable(r: Reader): TableExpression {
  if (!enter(r)) return missing(r);
  let table = readSource(r);
  for (;;) {
    const reshaped = readPivot(r, table, readAliases) ?? readRecognition(r, table, readAliases);
    if (reshaped === undefined) break;
    table = reshaped;
  }
  leave(r);
  return table;
}

function readSource(r: Reader): TableExpression {
  const token = peek(r);
  const { start } = token;
  const lateral = is(r, 'LATERAL', '(') && eat(r, 'LATERAL');
  if (is(r, '(')) return startsQuery(r, 1) ? readDerived(r, { start, lateral }) : readGroup(r, start);
  if (is(r, 'UNNEST', '(')) return readUnnest(r, start);
  if (is(r, 'TABLE', '(')) return readTableFunction(r, start);
  if (is(r, 'JSON_TABLE', '(') && r.dialect === 'athena') return readJsonTable(r, readAliases);
  if (is(r, 'UNPIVOT') && r.dialect === 'redshift') return readObjectUnpivot(r, start);
  if (is(r, 'VALUES') && r.dialect === 'athena') {
    expected(r, 'a table name, or VALUES in parentheses');
    next(r);
    const rows = commaList(r, () => r.grammar.expression(r, 0));
    return {
      kind: 'ValuesTable',
      start,
      values: { kind: 'Values', start, end: endOf(r), rows },
      ...readAliases(r),
      end: endOf(r),
    };
  }
  if (token.kind === 'template' && peek(r, 1).upper !== '.') {
    next(r);
    readAliases(r);
    return { kind: 'Template', start, end: endOf(r), text: textOf(r, token) };
  }
  if (r.dialect === 'redshift') eat(r, 'ONLY');
  if (!isName(r)) return missingTable(r);
  return readNamed(r);
}

const clauseWords = ['WHERE', 'GROUP', 'ORDER'];
function missingTable(r: Reader): TableExpression {
  const token = peek(r);
  expected(r, 'a table name');
  const clause =
    token.kind === 'end' ||
    token.upper === ')' ||
    token.upper === ',' ||
    endsItem(token.upper, r.dialect) ||
    clauseWords.includes(token.upper);
  if (clause) return missing(r);
  next(r);
  readAliases(r);
  return { kind: 'Error', start: token.start, end: endOf(r) };
}

function readNamed(r: Reader): TableExpression {
  const name = readQualified(r, 'a table name');
  const { start } = name;
  if (is(r, '(')) {
    if (r.dialect === 'athena') expected(r, 'TABLE(…) around a function');
    const call = readCall(r, name);
    if (r.dialect === 'athena') eat(r, 'WITH', 'ORDINALITY');
    return { kind: 'TableFunction', start, call, lateral: false, ...readAliases(r), end: endOf(r) };
  }
  if (r.dialect === 'redshift' && (is(r, '[') || isNavigation(r, name))) return readNavigation(r, name);
  const timeFrom = startOf(r);
  const timeTravel = readTimeTravel(r) ? spanFrom(r, timeFrom) : undefined;
  const before = readSample(r);
  const aliases = readAliases(r);
  const sample = before ?? readSample(r);
  const last = name.parts.at(-1);
  r.aliases.push((aliases.alias ?? last)?.name ?? '');
  const ref: Writable<TableRef> = {
    kind: 'TableRef',
    start,
    end: endOf(r),
    name,
    columnAliases: aliases.columnAliases,
  };
  if (aliases.alias !== undefined) ref.alias = aliases.alias;
  if (timeTravel !== undefined) ref.timeTravel = timeTravel;
  if (sample !== undefined) ref.sample = sample;
  if (!isCte(r, name)) r.tables.push(name);
  return ref;
}

/** `t.items` where `t` is an item before it: a value of its rows, not a table of a schema. */
function isNavigation(r: Reader, name: QualifiedName): boolean {
  const first = name.parts[0];
  return name.parts.length > 1 && first !== undefined && r.aliases.includes(first.name);
}

function readNavigation(r: Reader, name: QualifiedName): TableExpression {
  const { start } = name;
  let expression: import('../ast').Expression = { kind: 'ColumnRef', start, end: name.end, name };
  for (;;) {
    if (is(r, '[')) {
      next(r);
      const index = r.grammar.expression(r, 0);
      close(r, ']');
      expression = { kind: 'Subscript', start, end: endOf(r), base: expression, index };
    } else if (eat(r, '.')) {
      const field = readName(r, 'a field name');
      expression = { kind: 'Field', start, end: endOf(r), base: expression, name: field };
    } else break;
  }
  const aliases = readAliases(r);
  const at = eat(r, 'AT') ? readName(r, 'an index name') : undefined;
  if (aliases.alias !== undefined) r.aliases.push(aliases.alias.name);
  return {
    kind: 'Navigation',
    start,
    expression,
    ...aliases,
    ...(at === undefined ? {} : { at }),
    end: endOf(r),
  };
}

/** Redshift `UNPIVOT x AS value AT key`. */
function readObjectUnpivot(r: Reader, start: number): TableExpression {
  next(r);
  const expression = r.grammar.expression(r, 9);
  const aliases = readAliases(r);
  const at = eat(r, 'AT') ? readName(r, 'a key name') : undefined;
  return {
    kind: 'Navigation',
    start,
    expression,
    ...aliases,
    ...(at === undefined ? {} : { at }),
    end: endOf(r),
  };
}

function readDerived(
  r: Reader,
  given: { readonly start: number; readonly lateral: boolean },
): TableExpression {
  next(r);
  const query = r.grammar.query(r);
  close(r);
  const sampled = readSample(r);
  const aliases = readAliases(r);
  if (sampled === undefined) readSample(r);
  if (aliases.alias !== undefined) r.aliases.push(aliases.alias.name);
  return { kind: 'Derived', start: given.start, query, lateral: given.lateral, ...aliases, end: endOf(r) };
}

function readGroup(r: Reader, start: number): TableExpression {
  next(r);
  const inner = readJoined(r);
  close(r);
  const aliases = readAliases(r);
  readSample(r);
  return { kind: 'ParenTable', start, inner, ...aliases, end: endOf(r) };
}

function readUnnest(r: Reader, start: number): TableExpression {
  next(r);
  const args = parenthesised(r, () => r.grammar.expression(r, 0));
  const ordinality = eat(r, 'WITH', 'ORDINALITY') || (r.dialect === 'redshift' && eat(r, 'WITH', 'OFFSET'));
  const aliases = readAliases(r);
  if (r.dialect === 'redshift' && eat(r, 'AT')) readName(r, 'an index name');
  return { kind: 'Unnest', start, args, ordinality, ...aliases, end: endOf(r) };
}

function readTableFunction(r: Reader, start: number): TableExpression {
  r.at += 2;
  const name = readQualified(r, 'a function name');
  if (!is(r, '(')) {
    expected(r, '(');
    close(r);
    return { kind: 'Error', start, end: endOf(r) };
  }
  const call = readCall(r, name);
  close(r);
  return { kind: 'TableFunction', start, call, lateral: false, ...readAliases(r), end: endOf(r) };
}

/** FOR TIMESTAMP|VERSION AS OF, and the SYSTEM_ spellings. */
function readTimeTravel(r: Reader): boolean {
  if (!is(r, 'FOR')) return false;
  const word = peek(r, 1).upper;
  if (word !== 'TIMESTAMP' && word !== 'VERSION' && word !== 'SYSTEM_TIME' && word !== 'SYSTEM_VERSION')
    return false;
  r.at += 2;
  expect(r, 'AS');
  expect(r, 'OF');
  r.grammar.expression(r, 5);
  return true;
}

function readSample(r: Reader): import('../../base/text').Span | undefined {
  if (!is(r, 'TABLESAMPLE')) return undefined;
  const start = next(r).start;
  if (!eat(r, 'BERNOULLI') && !eat(r, 'SYSTEM')) expected(r, 'BERNOULLI or SYSTEM');
  parenthesised(r, () => r.grammar.expression(r, 0));
  return spanFrom(r, start);
}

const noAliases: Aliases = { columnAliases: [] };

/** `[AS] alias [(columns)]`. */
export function readAliases(r: Reader): Aliases {
  const alias = readAlias(r);
  if (alias === undefined) return noAliases;
  if (!is(r, '(')) return { alias, columnAliases: [] };
  const columnAliases = parenthesised(r, () => {
    const name = readName(r, 'a column name');
    // Column definitions of a function's result, as PostgreSQL has them.
    if (r.dialect === 'redshift' && peek(r).kind === 'word') readType(r);
    return name;
  });
  return { alias, columnAliases };
}

function readAlias(r: Reader): Identifier | undefined {
  if (eat(r, 'AS')) return readName(r, 'an alias');
  const token = peek(r);
  if (token.kind === 'quoted') return readName(r);
  if (token.kind !== 'word' || endsItem(token.upper, r.dialect)) return undefined;
  return repair(r, joinWords) ? undefined : readName(r);
}
