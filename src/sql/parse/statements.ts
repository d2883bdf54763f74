import type { Identifier, Option, StatementBody } from '../ast';
import { readAlterTable } from './alterTable';
import { readCopy, readUnload } from './copyUnload';
import { readCreate } from './create';
import { readDelete, readInsert, readMerge, readUpdate } from './dml';
import { readName } from './names';
import { startsQuery } from './primary';
import {
  atEnd,
  complain,
  eat,
  endOf,
  expected,
  is,
  nested,
  next,
  parenthesised,
  peek,
  shown,
  startOf,
  type Reader,
} from './reader';
import { readExecute, readFetch } from './sessions';
import { readType } from './types';
import { readUtility } from './utility';
import { beginsUtility, firstWords } from './verbs';
import { nearest } from '../words';

/** One statement of any kind, up to the end of its tokens. */
export function readStatement(r: Reader): StatementBody {
  const body = nested(
    r,
    () => routed(r),
    (): StatementBody => ({ kind: 'Error', start: startOf(r), end: endOf(r) }),
  );
  if (!atEnd(r)) leftover(r);
  return body;
}

/** Something stands behind a whole statement. */
function leftover(r: Reader): void {
  const token = peek(r);
  if (token.kind !== 'template') {
    const what =
      token.upper === ')'
        ? 'A ) that nothing opens'
        : `Unexpected ${shown(r, token)} after ${shown(r, r.tokens[r.at - 1] ?? token)}`;
    complain(r, what);
  }
  while (!atEnd(r)) next(r);
}

function routed(r: Reader): StatementBody {
  const token = peek(r);
  const { start } = token;
  if (startsQuery(r) || token.upper === '(' || token.upper === 'VALUES' || token.upper === 'TABLE') {
    if (token.upper === 'WITH' && r.dialect === 'redshift') return readWithDml(r);
    const query = r.grammar.query(r);
    return { kind: 'SelectStatement', start, query, end: endOf(r) };
  }
  switch (token.upper) {
    case 'INSERT':
      return peek(r, 1).upper === 'EXTERNAL' ? readUtility(r) : readInsert(r);
    case 'UPDATE':
      return readUpdate(r);
    case 'DELETE':
      return readDelete(r);
    case 'MERGE':
      return readMerge(r);
    case 'CREATE':
      return readCreate(r);
    case 'ALTER':
      if (peek(r, 1).upper !== 'TABLE') break;
      r.at += 2;
      return readAlterTable(r, start);
    case 'COPY':
      if (r.dialect === 'redshift') return readCopy(r);
      break;
    case 'UNLOAD':
      return readUnload(r);
    case 'EXPLAIN':
      return readExplain(r);
    case 'PREPARE':
      return readPrepare(r);
    case 'EXECUTE':
      return readExecute(r);
    case 'FETCH':
      if (r.dialect === 'redshift') return readFetch(r);
      break;
    case 'DECLARE':
      return readCursor(r);
    case 'USING':
      if (r.dialect === 'athena') return readWithFunctions(r);
      break;
    default:
  }
  if (beginsUtility(token.upper)) return readUtility(r);
  return readUnknown(r);
}

/** `USING EXTERNAL FUNCTION f(x varchar) RETURNS varchar LAMBDA 'name' SELECT …`: Athena's functions in Lambda. */
function readWithFunctions(r: Reader): StatementBody {
  const { start } = next(r);
  do {
    eat(r, 'EXTERNAL');
    if (!eat(r, 'FUNCTION')) expected(r, 'EXTERNAL FUNCTION');
    readName(r, 'the name of a function');
    if (is(r, '(', ')')) r.at += 2;
    else
      parenthesised(r, () => {
        readName(r, 'a parameter');
        readType(r);
      });
    if (eat(r, 'RETURNS')) readType(r);
    else expected(r, 'RETURNS');
    if (eat(r, 'LAMBDA') && peek(r).kind === 'string') next(r);
    else expected(r, "LAMBDA and the function's name in quotes");
  } while (eat(r, ','));
  const query = r.grammar.query(r);
  return { kind: 'SelectStatement', start, query, end: endOf(r) };
}

/** An unknown first word: said with what was probably meant, and read as that when it is clear. */
function readUnknown(r: Reader): StatementBody {
  const token = peek(r);
  const { start } = token;
  if (token.kind === 'template') {
    // `{{ config() }} select …`, or a macro that is the whole statement.
    while (peek(r).kind === 'template') next(r);
    if (!atEnd(r)) return routed(r);
    return { kind: 'Error', start, end: endOf(r) };
  }
  const meant = token.kind === 'word' ? nearest(token.upper, firstWords) : undefined;
  if (meant !== undefined) {
    complain(r, `Unknown word ${shown(r, token)}: did you mean ${meant}?`, meant);
    r.tokens[r.at] = { ...token, upper: meant };
    return routed(r);
  }
  if (token.kind === 'end') return { kind: 'Error', start, end: endOf(r) };
  complain(r, `No statement begins with ${shown(r, token)}`);
  while (!atEnd(r)) next(r);
  return { kind: 'Error', start, end: endOf(r) };
}

/** WITH before INSERT, UPDATE or DELETE is no SQL of Redshift, but its queries are: the query rules say it. */
function readWithDml(r: Reader): StatementBody {
  const { start } = peek(r);
  const query = r.grammar.query(r);
  return { kind: 'SelectStatement', start, query, end: endOf(r) };
}

function readExplain(r: Reader): StatementBody {
  const start = next(r).start;
  const options: Option[] = [];
  const analyze = eat(r, 'ANALYZE');
  if (is(r, 'VERBOSE')) {
    const word = next(r);
    options.push({
      kind: 'Option',
      key: 'VERBOSE',
      keySpan: { start: word.start, end: word.end },
      start: word.start,
      end: word.end,
    });
  }
  if (is(r, '(') && !startsQuery(r)) {
    parenthesised(r, () => {
      const word = next(r);
      const value = is(r, ',') || is(r, ')') ? undefined : next(r);
      options.push({
        kind: 'Option',
        key: word.upper,
        keySpan: { start: word.start, end: word.end },
        ...(value === undefined
          ? {}
          : { value: value.upper, valueSpan: { start: value.start, end: value.end } }),
        start: word.start,
        end: endOf(r),
      });
    });
  }
  if (atEnd(r)) expected(r, 'a statement to explain');
  const statement = readStatement(r);
  return {
    kind: 'WrapperStatement',
    start,
    verb: analyze ? 'EXPLAIN ANALYZE' : 'EXPLAIN',
    options,
    statement,
    end: endOf(r),
  };
}

/** Athena PREPARE name FROM …, PostgreSQL PREPARE name (types) AS …. */
function readPrepare(r: Reader): StatementBody {
  const start = next(r).start;
  const name: Identifier = readName(r, 'a name for the statement');
  if (is(r, '(')) parenthesised(r, () => readType(r));
  const word = r.dialect === 'athena' ? 'FROM' : 'AS';
  if (!eat(r, word)) expected(r, word);
  const statement = readStatement(r);
  return { kind: 'WrapperStatement', start, verb: 'PREPARE', name, options: [], statement, end: endOf(r) };
}

function readCursor(r: Reader): StatementBody {
  const start = next(r).start;
  const name = readName(r, 'a cursor name');
  while (is(r, 'BINARY') || is(r, 'INSENSITIVE') || is(r, 'NO') || is(r, 'SCROLL')) next(r);
  if (!eat(r, 'CURSOR')) expected(r, 'CURSOR');
  if (is(r, 'WITH', 'HOLD') || is(r, 'WITHOUT', 'HOLD')) r.at += 2;
  if (!eat(r, 'FOR')) expected(r, 'FOR');
  const statement = readStatement(r);
  return {
    kind: 'WrapperStatement',
    start,
    verb: 'DECLARE CURSOR',
    name,
    options: [],
    statement,
    end: endOf(r),
  };
}
