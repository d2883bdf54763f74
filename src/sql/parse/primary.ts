import type { Expression, Identifier, QualifiedName, Star } from '../ast';
import type { Token } from '../lex';
import { isReserved } from '../words';
import { readCall } from './calls';
import { intervalLiteral, stringLiteral, typedLiteral } from './literals';
import { identifierOf, isName, qualifiedFrom, readLabel, readName } from './names';
import { bareFunctions, specialForms } from './specialForms';
import {
  close,
  closeIndex,
  maximumDepth,
  commaList,
  complain,
  eat,
  endOf,
  expected,
  expect,
  is,
  missing,
  next,
  peek,
  shown,
  textOf,
  type Reader,
} from './reader';
import { readType } from './types';

/** True when a query begins `ahead` places on, perhaps behind opening parentheses. */
export function startsQuery(r: Reader, ahead = 0): boolean {
  let inside = ahead;
  // `((SELECT …) UNION …)` is a query, `((SELECT …) + 1)` and `((SELECT …) x JOIN …)` are not.
  for (; peek(r, inside).upper === '('; inside++) {
    if (inside - ahead > maximumDepth) return false;
    const after = r.tokens[closeIndex(r, r.at + inside) + 1];
    if (after !== undefined && after.kind !== 'end' && !afterQuery.has(after.upper)) return false;
  }
  return beginsQuery(r, inside);
}

function beginsQuery(r: Reader, ahead: number): boolean {
  const after = peek(r, ahead + 1);
  switch (peek(r, ahead).upper) {
    case 'SELECT':
    case 'WITH':
      return true;
    case 'VALUES':
      return after.kind !== 'operator' || after.upper === '(';
    case 'TABLE':
      return after.kind === 'word' || after.kind === 'quoted';
    default:
      return false;
  }
}
const afterQuery = new Set([
  ')',
  ';',
  'UNION',
  'INTERSECT',
  'EXCEPT',
  'MINUS',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FETCH',
  'WITH',
]);

/** A value with its subscripts, fields and casts. */
export function readPrimary(r: Reader): Expression {
  let node = readAtom(r);
  for (;;) {
    const { upper } = peek(r);
    const start = node.start;
    if (upper === '[') {
      next(r);
      const index = r.grammar.expression(r, 0);
      close(r, ']');
      node = {
        kind: 'Subscript',
        start,
        end: endOf(r),
        base: node,
        index,
      };
    } else if (upper === '.' && node.kind !== 'Literal') {
      next(r);
      if (eat(r, '*')) return { kind: 'Star', start, end: endOf(r), exclude: [], base: node };
      const name = readLabel(r, 'a field name');
      node = { kind: 'Field', start, end: endOf(r), base: node, name };
    } else if (upper === '::' && r.dialect === 'redshift') {
      next(r);
      const type = readType(r);
      node = { kind: 'Cast', start, end: endOf(r), operand: node, type, style: '::' };
    } else if (upper === 'AT' && peek(r, 1).upper === 'TIME') {
      r.at += 2;
      expect(r, 'ZONE');
      const zone = readAtom(r);
      node = { kind: 'AtTimeZone', start, end: endOf(r), operand: node, zone };
    } else if (upper === 'COLLATE' && r.dialect === 'redshift') {
      next(r);
      readName(r, 'a collation');
    } else return node;
  }
}

function readAtom(r: Reader): Expression {
  const token = peek(r);
  const { start, end } = token;
  switch (token.kind) {
    case 'number':
      next(r);
      return { kind: 'Literal', start, end, type: 'number', value: textOf(r, token) };
    case 'string':
      return readString(r);
    case 'parameter':
      next(r);
      return { kind: 'Parameter', start, end, text: textOf(r, token) };
    case 'template':
      return readTemplate(r, token);
    case 'quoted':
      if (r.dialect === 'athena' && peek(r, 1).upper === '->') return readBareLambda(r);
      return readReference(r, identifierOf(r, next(r)));
    case 'word':
      return readWordly(r, token);
    case 'operator':
      if (token.upper === '(') return readBracket(r);
      if (token.upper === '*') {
        next(r);
        return { kind: 'Star', start, end, exclude: [] };
      }
      if (token.upper === '[' && r.dialect === 'redshift') return readArray(r, start);
      break;
    case 'unknown':
    case 'psql':
    case 'end':
      break;
  }
  return unreadable(r, token);
}

/** Adjacent strings on two lines are one in PostgreSQL. */
function readString(r: Reader): Expression {
  let token = next(r);
  const first = token;
  while (
    r.dialect === 'redshift' &&
    peek(r).kind === 'string' &&
    r.text.slice(token.end, peek(r).start).includes('\n')
  )
    token = next(r);
  const literal = stringLiteral(r, first);
  if (token === first) {
    if (eat(r, 'UESCAPE')) next(r);
    return literal.end === endOf(r) ? literal : { ...literal, end: endOf(r) };
  }
  return { ...literal, end: token.end };
}

function readTemplate(r: Reader, token: Token): Expression {
  next(r);
  if (is(r, '.') || is(r, '('))
    return readReference(r, { ...identifierOf(r, token), name: textOf(r, token) });
  return { kind: 'Template', start: token.start, end: token.end, text: textOf(r, token) };
}

function readWordly(r: Reader, token: Token): Expression {
  const { upper, start, end } = token;
  const after = peek(r, 1);
  if (upper === 'NULL' || upper === 'TRUE' || upper === 'FALSE') {
    next(r);
    return {
      kind: 'Literal',
      start,
      end,
      type: upper === 'NULL' ? 'null' : 'boolean',
      value: upper.toLowerCase(),
    };
  }
  if (
    upper === 'INTERVAL' &&
    (after.kind === 'string' ||
      ((after.upper === '-' || after.upper === '+') && peek(r, 2).kind === 'string'))
  )
    return intervalLiteral(r);
  const special = specialForms.get(upper);
  if (special !== undefined) {
    const node = special(r);
    if (node !== undefined) return node;
  }
  if (upper === 'DEFAULT' && r.dialect === 'redshift' && (after.upper === ',' || after.upper === ')')) {
    // In the rows of INSERT: the column's own default, which is no value of the text.
    next(r);
    return { kind: 'Error', start, end };
  }
  if (
    bareFunctions.has(upper) &&
    after.upper !== '(' &&
    after.upper !== '.' &&
    isReserved(upper, r.dialect)
  ) {
    const name = qualified(identifierOf(r, next(r)));
    return { kind: 'Call', start, end, name, args: [], distinct: false, orderBy: [] };
  }
  if (after.kind === 'string' && !isReserved(upper, r.dialect)) return typedLiteral(r, 1);
  if (upper === 'DOUBLE' && after.upper === 'PRECISION' && peek(r, 2).kind === 'string')
    return typedLiteral(r, 2);
  if (
    upper === 'TIMESTAMP' &&
    (after.upper === 'WITH' || after.upper === 'WITHOUT') &&
    peek(r, 4).kind === 'string'
  )
    return typedLiteral(r, 4);
  if (r.dialect === 'athena' && after.upper === '->' && isName(r)) return readBareLambda(r);
  const callable = after.upper === '(' && (!isReserved(upper, r.dialect) || reservedFunctions.has(upper));
  if (callable && r.dialect === 'athena' && clocks.has(upper) && peek(r, 2).upper === ')') {
    r.at += 2;
    if (upper === 'CURRENT_DATE') complain(r, 'CURRENT_DATE takes no parentheses');
    else expected(r, 'a precision');
    r.at -= 2;
  }
  if (callable || isName(r)) return readReference(r, identifierOf(r, next(r)));
  return unreadable(r, token);
}
/** Trino's grammar has these bare, or with a precision. */
const clocks = new Set(['CURRENT_DATE', 'CURRENT_TIME', 'CURRENT_TIMESTAMP', 'LOCALTIME', 'LOCALTIMESTAMP']);
/** Reserved words that name functions. */
const reservedFunctions = new Set(
  'LEFT RIGHT ANY SOME ALL USER COLLATE LISTAGG NORMALIZE GROUPING CURRENT_TIMESTAMP CURRENT_TIME LOCALTIME LOCALTIMESTAMP CURRENT_DATE'.split(
    ' ',
  ),
);

function qualified(name: Identifier): QualifiedName {
  return { kind: 'QualifiedName', start: name.start, end: name.end, parts: [name] };
}

/** A column, `t.*` or a call, whose first name was read. */
function readReference(r: Reader, first: Identifier): Expression {
  const name = is(r, '.') ? qualifiedFrom(r, first) : qualified(first);
  if (is(r, '.', '*')) {
    r.at += 2;
    return { kind: 'Star', start: name.start, end: endOf(r), qualifier: name, exclude: [] };
  }
  if (is(r, '(')) {
    if (r.dialect === 'redshift' && is(r, '(', '+', ')')) {
      r.at += 3; // Oracle's outer join mark
      return { kind: 'ColumnRef', start: name.start, end: endOf(r), name };
    }
    return readCall(r, name);
  }
  return { kind: 'ColumnRef', start: name.start, end: name.end, name };
}

function readBracket(r: Reader): Expression {
  const start = next(r).start;
  if (startsQuery(r)) {
    const query = r.grammar.query(r);
    close(r);
    return { kind: 'Subquery', start, end: endOf(r), query };
  }
  if (is(r, ')')) {
    if (peek(r, 1).upper === '->' && r.dialect === 'athena') return readLambda(r, start, []);
    expected(r, 'an expression');
    next(r);
    return { kind: 'Error', start, end: endOf(r) };
  }
  const items = commaList(r, () => {
    // count and (*) with a comma between: a star is no value.
    if (is(r, '*') && (peek(r, 1).upper === ')' || peek(r, 1).upper === ',')) expected(r, 'an expression');
    return r.grammar.expression(r, 0);
  });
  if (is(r, ')') && peek(r, 1).upper === '->' && r.dialect === 'athena') {
    const parameters = items.flatMap((item) =>
      item.kind === 'ColumnRef' ? item.name.parts.slice(0, 1) : [],
    );
    return readLambda(r, start, parameters);
  }
  close(r);
  const inner = items[0];
  if (items.length === 1 && inner !== undefined) return { kind: 'Paren', start, end: endOf(r), inner };
  return { kind: 'Row', start, end: endOf(r), items };
}

/** `x -> …`, a lambda with one parameter and no brackets. */
function readBareLambda(r: Reader): Expression {
  const parameter = identifierOf(r, next(r));
  next(r);
  const body = r.grammar.expression(r, 0);
  return { kind: 'Lambda', start: parameter.start, end: endOf(r), parameters: [parameter], body };
}

function readLambda(r: Reader, start: number, parameters: readonly Identifier[]): Expression {
  r.at += 2;
  const body = r.grammar.expression(r, 0);
  return { kind: 'Lambda', start, end: endOf(r), parameters, body };
}

/** `[a, b]`, the opening bracket being next. */
export function readArray(r: Reader, start: number): Expression {
  next(r);
  const items = is(r, ']') ? [] : commaList(r, () => r.grammar.expression(r, 0));
  close(r, ']');
  return { kind: 'ArrayLiteral', start, end: endOf(r), items };
}

const stops = new Set(
  ') ] , ; FROM WHERE GROUP HAVING ORDER LIMIT UNION INTERSECT EXCEPT MINUS QUALIFY WINDOW OFFSET FETCH ON USING JOIN INNER LEFT RIGHT FULL CROSS NATURAL AS THEN ELSE END WHEN AND OR SELECT SET WITH'.split(
    ' ',
  ),
);
/** Something no expression begins with: skipped unless a clause or list goes on with it. */
function unreadable(r: Reader, token: Token): Expression {
  if (token.kind === 'quoted' || token.kind === 'unknown') complain(r, `Unexpected ${shown(r, token)}`);
  else expected(r, 'an expression');
  if (token.kind === 'end' || stops.has(token.upper) || token.kind === 'psql') return missing(r);
  next(r);
  return { kind: 'Error', start: token.start, end: token.end };
}

/** `* EXCLUDE (a, b)` behind a star that was read; a bare name without parentheses also stands. */
export function readExclude(r: Reader, star: Star): Star {
  if (r.dialect !== 'redshift' || !is(r, 'EXCLUDE')) return star;
  next(r);
  const exclude: Identifier[] = [];
  if (eat(r, '(')) {
    exclude.push(...commaList(r, () => readName(r, 'a column name')));
    close(r);
  } else exclude.push(readName(r, 'a column name'));
  return { ...star, end: endOf(r), exclude };
}
