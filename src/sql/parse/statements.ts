import type { Identifier, Option, StatementBody } from '../ast';
import type { Token } from '../lex';
import { readAlterTable } from './alterTable';
import { readCopy, readUnload } from './copyUnload';
import { readCreate } from './create';
import { readDelete, readInsert, readMerge, readUpdate } from './dml';
import { readLambdaFunctions } from './lambdaFunctions';
import { readName } from './names';
import { startsQuery } from './primary';
import { readCtes } from './queries';
import {
  atEnd,
  closeIndex,
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
  textOf,
  type Reader,
} from './reader';
import { readExecute, readFetch } from './sessions';
import { readType } from './types';
import { readUtility } from './utility';
import { beginsUtility, firstWords, verbOf } from './verbs';
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
      if (r.dialect !== 'redshift') return readUnknown(r);
      return verbOf(r).length > 1 ? readUtility(r) : readCopy(r);
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

/** Athena's functions in Lambda before the query that calls them. */
function readWithFunctions(r: Reader): StatementBody {
  const { start } = peek(r);
  readLambdaFunctions(r);
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
    r.tokens[r.at] = { ...token, raw: textOf(r, token), upper: meant };
    return routed(r);
  }
  if (token.kind === 'end') return { kind: 'Error', start, end: endOf(r) };
  complain(r, `No statement begins with ${shown(r, token)}`);
  while (!atEnd(r)) next(r);
  return { kind: 'Error', start, end: endOf(r) };
}

/** Redshift's WITH before a query, an UPDATE or a DELETE. */
function readWithDml(r: Reader): StatementBody {
  const { start } = peek(r);
  if (changesRows(r)) {
    const { recursive, ctes } = readCtes(r);
    if (is(r, 'UPDATE')) return { ...readUpdate(r), start, recursive, ctes };
    if (is(r, 'DELETE')) return { ...readDelete(r), start, recursive, ctes };
  }
  const query = r.grammar.query(r);
  return { kind: 'SelectStatement', start, query, end: endOf(r) };
}

/** True when UPDATE or DELETE stands behind the names and brackets of WITH. */
function changesRows(r: Reader): boolean {
  for (let at = r.at; at < r.tokens.length; at++) {
    const upper = r.tokens[at]?.upper;
    if (upper === '(') at = closeIndex(r, at);
    else if (upper === 'UPDATE' || upper === 'DELETE') return true;
    else if (upper === 'SELECT') return false;
  }
  return false;
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
      const word = optionWord(r);
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
  if (atEnd(r) || is(r, 'EXPLAIN')) expected(r, 'a statement to explain');
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

/** The next option's name; Athena's are two, each with one of some values. */
function optionWord(r: Reader): Token {
  const word = next(r);
  if (r.dialect !== 'athena' || word.kind !== 'word') return word;
  const values = explainValues[word.upper];
  if (values === undefined) {
    r.at--;
    expected(r, 'FORMAT or TYPE');
    r.at++;
  } else if (!values.includes(peek(r).upper)) expected(r, values.join(', '));
  return word;
}
/** Source: Athena user guide, "Using EXPLAIN and EXPLAIN ANALYZE". */
const explainValues: Readonly<Record<string, readonly string[]>> = {
  FORMAT: ['TEXT', 'GRAPHVIZ', 'JSON'],
  TYPE: ['LOGICAL', 'DISTRIBUTED', 'VALIDATE', 'IO'],
};

/** Athena PREPARE name FROM …, PostgreSQL PREPARE name (types) AS …. */
function readPrepare(r: Reader): StatementBody {
  const start = next(r).start;
  const name: Identifier = readName(r, 'a name for the statement');
  if (is(r, '(')) parenthesised(r, () => readType(r));
  const word = r.dialect === 'athena' ? 'FROM' : 'AS';
  if (!eat(r, word)) expected(r, word);
  if (atEnd(r)) expected(r, 'a statement to prepare');
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
