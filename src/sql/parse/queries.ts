import type { Cte, Expression, Identifier, OrderItem, Query, QueryBody, SetOperation, Values } from '../ast';
import { hideCte, isCte, showCte } from './cteNames';
import { readName, readQualified } from './names';
import { startsQuery } from './primary';
import {
  close,
  commaList,
  eat,
  eatOne,
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
  skipTo,
  startOf,
  textOf,
  type Reader,
  type Writable,
} from './reader';
import { readSelect } from './select';
import { readOrderBy } from './windows';

/** WITH …, a SELECT, VALUES, TABLE or a set operation of them, and what may follow. Always gives a node. */
export function readQuery(r: Reader): Query {
  if (!enter(r)) return emptyQuery(r);
  const query = readWhole(r);
  leave(r);
  return query;
}

function emptyQuery(r: Reader): Query {
  const body = missing(r);
  return { kind: 'Query', start: body.start, end: body.end, recursive: false, ctes: [], body, orderBy: [] };
}

function readWhole(r: Reader): Query {
  const start = startOf(r);
  const { recursive, ctes } = readCtes(r);
  const body = readSetOperations(r, 0);
  const { orderBy, limit, offset } = readTail(r);
  for (const { name } of ctes) hideCte(r, name.name);
  const query: Writable<Query> = { kind: 'Query', start, end: endOf(r), recursive, ctes, body, orderBy };
  if (limit !== undefined) query.limit = limit;
  if (offset !== undefined) query.offset = offset;
  return query;
}

/** WITH [RECURSIVE] and its queries; nothing when no WITH is next. */
export function readCtes(r: Reader): { readonly recursive: boolean; readonly ctes: readonly Cte[] } {
  const ctes: Cte[] = [];
  if (!eat(r, 'WITH')) return { recursive: false, ctes };
  const recursive = eat(r, 'RECURSIVE');
  do ctes.push(readCte(r, recursive));
  while (eat(r, ','));
  return { recursive, ctes };
}

/** Only a recursive one sees itself. */
function readCte(r: Reader, isRecursive: boolean): Cte {
  const start = startOf(r);
  const name = readName(r, 'the name of a common table expression');
  if (isRecursive) showCte(r, name.name);
  const cte = readNamedQuery(r, start, name);
  if (!isRecursive) showCte(r, name.name);
  return cte;
}

function readNamedQuery(r: Reader, start: number, name: Identifier): Cte {
  const columns =
    is(r, '(') && !startsQuery(r, 1) ? parenthesised(r, () => readName(r, 'a column name')) : [];
  expect(r, 'AS');
  if (r.dialect === 'redshift') {
    eat(r, 'NOT');
    eat(r, 'MATERIALIZED');
  }
  if (!expect(r, '(')) return { kind: 'Cte', start, end: endOf(r), name, columns, query: emptyQuery(r) };
  const query = readQuery(r);
  close(r);
  return { kind: 'Cte', start, name, columns, query, end: endOf(r) };
}

/** INTERSECT binds tighter than UNION and EXCEPT. */
function readSetOperations(r: Reader, minimum: number): QueryBody {
  let left = readTerm(r);
  for (;;) {
    const token = peek(r);
    const operator = setOperator(r);
    if (operator === undefined) return left;
    const bound = operator === 'INTERSECT' ? 2 : 1;
    if (bound < minimum + 1) return left;
    next(r);
    const all = eat(r, 'ALL');
    if (!all) eat(r, 'DISTINCT');
    if (r.dialect === 'athena' && eat(r, 'CORRESPONDING') && eat(r, 'BY'))
      parenthesised(r, () => readName(r));
    const operatorSpan = { start: token.start, end: endOf(r) };
    const right = bound === 2 ? readTerm(r) : readSetOperations(r, 1);
    left = {
      kind: 'SetOperation',
      start: left.start,
      operator,
      all,
      operatorSpan,
      left,
      right,
      end: Math.max(left.end, endOf(r)),
    };
  }
}

function setOperator(r: Reader): SetOperation['operator'] | undefined {
  const { upper } = peek(r);
  if (upper === 'UNION' || upper === 'INTERSECT' || upper === 'EXCEPT') return upper;
  return upper === 'MINUS' && r.dialect === 'redshift' ? upper : undefined;
}

function readTerm(r: Reader): QueryBody {
  const token = peek(r);
  const { start } = token;
  if (token.upper === '(') {
    next(r);
    const query = readQuery(r);
    close(r);
    return { ...query, start, end: endOf(r) };
  }
  if (token.upper === 'VALUES') return readValues(r);
  if (token.upper === 'TABLE') {
    next(r);
    const name = readQualified(r, 'a table name');
    if (!isCte(r, name)) r.tables.push(name);
    return { kind: 'TableQuery', start, end: endOf(r), name };
  }
  if (token.upper === 'SELECT' || repair(r, ['SELECT'], { certain: true })) return readSelect(r);
  if (token.kind === 'template') {
    next(r);
    return { kind: 'Template', start, end: token.end, text: textOf(r, token) };
  }
  expected(r, 'SELECT, VALUES or a query in parentheses');
  if (token.upper === 'WITH') return readQuery(r);
  // A bare FROM still says which tables are meant.
  if (token.upper === 'FROM') return readSelect(r);
  return missing(r);
}

/** VALUES with its rows. */
export function readValues(r: Reader): Values {
  const start = next(r).start;
  const rows = commaList(r, () => r.grammar.expression(r, 0));
  return { kind: 'Values', start, rows, end: endOf(r) };
}

interface Tail {
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Expression;
  readonly offset?: Expression;
}

const tailWords = new Set(['ORDER', 'LIMIT', 'OFFSET', 'FETCH', 'FOR']);
/** ORDER BY, OFFSET, LIMIT and FETCH FIRST. Trino wants OFFSET before LIMIT, PostgreSQL takes either order. */
function readTail(r: Reader): Tail {
  const orderBy = is(r, 'ORDER') || repair(r, ['ORDER']) ? readOrderBy(r) : [];
  let limit: Expression | undefined;
  let offset: Expression | undefined;
  let limited = false;
  for (;;) {
    if (is(r, 'OFFSET') && offset === undefined && !(limited && r.dialect === 'athena')) {
      next(r);
      offset = readCount(r, 'OFFSET');
      eatOne(r, 'ROW', 'ROWS');
    } else if (is(r, 'LIMIT') && !limited) {
      next(r);
      limited = true;
      if (!eat(r, 'ALL')) limit = readCount(r, 'LIMIT');
    } else if ((is(r, 'FETCH', 'FIRST') || is(r, 'FETCH', 'NEXT')) && !limited) {
      r.at += 2;
      limited = true;
      if (!is(r, 'ROW') && !is(r, 'ROWS')) limit = readCount(r, 'FETCH FIRST');
      if (!eat(r, 'ROW') && !eat(r, 'ROWS')) expected(r, 'ROW or ROWS');
      if (!eat(r, 'ONLY') && !eat(r, 'WITH', 'TIES')) expected(r, 'ONLY or WITH TIES');
    } else if (r.dialect === 'redshift' && (is(r, 'FOR', 'UPDATE') || is(r, 'FOR', 'SHARE'))) {
      r.at += 2;
    } else break;
  }
  const tail: Writable<Tail> = { orderBy };
  if (limit !== undefined) tail.limit = limit;
  if (offset !== undefined) tail.offset = offset;
  return tail;
}

/** A row count: a number or parameter in Trino, any expression in Redshift. */
function readCount(r: Reader, clause: string): Expression {
  const token = peek(r);
  if (r.dialect === 'redshift') return r.grammar.expression(r, 4);
  if (token.kind === 'number' || token.kind === 'parameter' || token.kind === 'template')
    return r.grammar.expression(r, 9);
  expected(r, `a number of rows for ${clause}`);
  if (tailWords.has(token.upper) || token.kind === 'end') return missing(r);
  const { start } = token;
  skipTo(r, tailWords);
  return { kind: 'Error', start: Math.min(start, endOf(r)), end: endOf(r) };
}
