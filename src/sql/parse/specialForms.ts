import type { Case, Cast, Expression, QualifiedName } from '../ast';
import { isReserved } from '../words';
import { finishCall } from './calls';
import { isJsonForm, readJsonCall } from './jsonForms';
import { identifierOf } from './names';
import {
  close,
  commaList,
  eat,
  eatOne,
  endOf,
  expect,
  expected,
  is,
  next,
  peek,
  type Reader,
} from './reader';
import { readType } from './types';

type Form = (r: Reader) => Expression | undefined;

/** Functions that are called without parentheses. */
export const bareFunctions = new Set(
  'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_USER CURRENT_USER_ID SESSION_USER USER CURRENT_CATALOG CURRENT_SCHEMA CURRENT_ROLE CURRENT_PATH SYSDATE'.split(
    ' ',
  ),
);

/** What begins with a word and has a syntax of its own; a form gives undefined when the word is only a name here. */
export const specialForms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['CASE', readCase],
  ['CAST', (r) => (peek(r, 1).upper === '(' ? readCast(r, 'CAST') : undefined)],
  ['TRY_CAST', (r) => (peek(r, 1).upper === '(' ? readCast(r, 'TRY_CAST') : undefined)],
  ['CONVERT', (r) => (r.dialect === 'redshift' && peek(r, 1).upper === '(' ? readConvert(r) : undefined)],
  ['EXISTS', readExists],
  ['ROW', (r) => (r.dialect === 'athena' && peek(r, 1).upper === '(' ? readRow(r) : undefined)],
  ['ARRAY', readArrayForm],
  ['EXTRACT', (r) => separated(r, ['FROM'])],
  ['POSITION', (r) => separated(r, ['IN'])],
  ['SUBSTRING', (r) => separated(r, ['FROM', 'FOR'])],
  ['OVERLAY', (r) => separated(r, ['PLACING', 'FROM', 'FOR'])],
  ['TRIM', readTrim],
  ['NORMALIZE', (r) => separated(r, [])],
  ['APPROXIMATE', readApproximate],
  ['RUNNING', readMode],
  ['FINAL', readMode],
  ...['JSON_VALUE', 'JSON_QUERY', 'JSON_EXISTS', 'JSON_OBJECT', 'JSON_ARRAY'].map((word): [string, Form] => [
    word,
    (r) => (isJsonForm(r) ? readJsonCall(r) : undefined),
  ]),
]);

function readCase(r: Reader): Case {
  const start = next(r).start;
  const operand = is(r, 'WHEN') ? undefined : r.grammar.expression(r, 0);
  const branches: { when: Expression; then: Expression }[] = [];
  if (!is(r, 'WHEN')) expected(r, 'WHEN');
  while (eat(r, 'WHEN')) {
    const when = r.grammar.expression(r, 0);
    expect(r, 'THEN');
    // oxlint-disable-next-line unicorn/no-thenable -- THEN is what SQL calls it
    branches.push({ when, then: r.grammar.expression(r, 0) });
  }
  const otherwise = eat(r, 'ELSE') ? r.grammar.expression(r, 0) : undefined;
  expect(r, 'END');
  return {
    kind: 'Case',
    start,
    ...(operand === undefined ? {} : { operand }),
    branches,
    ...(otherwise === undefined ? {} : { otherwise }),
    end: endOf(r),
  };
}

function readCast(r: Reader, style: 'CAST' | 'TRY_CAST'): Cast {
  const start = next(r).start;
  next(r);
  const operand = r.grammar.expression(r, 0);
  expect(r, 'AS');
  const type = readType(r);
  close(r);
  return { kind: 'Cast', start, end: endOf(r), operand, type, style };
}

/** Redshift CONVERT(type, value). */
function readConvert(r: Reader): Cast {
  const start = next(r).start;
  next(r);
  const type = readType(r);
  expect(r, ',');
  const operand = r.grammar.expression(r, 0);
  close(r);
  return { kind: 'Cast', start, end: endOf(r), type, operand, style: 'CONVERT' };
}

function readExists(r: Reader): Expression | undefined {
  const start = peek(r).start;
  if (r.dialect === 'redshift' && peek(r, 1).upper !== '(') return undefined;
  next(r);
  if (!expect(r, '(')) return { kind: 'Error', start, end: endOf(r) };
  const query = r.grammar.query(r);
  close(r);
  return { kind: 'Exists', start, end: endOf(r), query };
}

function readRow(r: Reader): Expression {
  const start = next(r).start;
  next(r);
  const items = is(r, ')')
    ? []
    : commaList(r, () => {
        const item = r.grammar.expression(r, 0);
        if (eat(r, 'AS')) next(r);
        return item;
      });
  close(r);
  return { kind: 'Row', start, end: endOf(r), items };
}

function readArrayForm(r: Reader): Expression | undefined {
  const after = peek(r, 1).upper;
  const start = peek(r).start;
  if (after === '[') {
    r.at += 2;
    const items = is(r, ']') ? [] : commaList(r, () => r.grammar.expression(r, 0));
    close(r, ']');
    return { kind: 'ArrayLiteral', start, end: endOf(r), items };
  }
  if (r.dialect === 'redshift' && after === '(') {
    const name = nameOf(r);
    next(r);
    return finishCall(r, {
      name,
      start,
      args: is(r, ')') ? [] : commaList(r, () => r.grammar.expression(r, 0)),
    });
  }
  return undefined;
}

function nameOf(r: Reader): QualifiedName {
  const part = identifierOf(r, next(r));
  return { kind: 'QualifiedName', start: part.start, end: part.end, parts: [part] };
}

/** Arguments that words may separate instead of commas: SUBSTRING(a FROM 1 FOR 2), EXTRACT(year FROM d). */
function separated(r: Reader, words: readonly string[]): Expression | undefined {
  if (peek(r, 1).upper !== '(') return undefined;
  const start = peek(r).start;
  const name = nameOf(r);
  next(r);
  // The IN of POSITION is no membership test: its operand binds tighter.
  const args: Expression[] = is(r, ')') ? [] : [r.grammar.expression(r, words[0] === 'IN' ? 5 : 0)];
  for (const word of words) if (eat(r, word)) args.push(r.grammar.expression(r, 0));
  while (eat(r, ',')) args.push(r.grammar.expression(r, 0));
  return finishCall(r, { name, start, args });
}

function readTrim(r: Reader): Expression | undefined {
  if (peek(r, 1).upper !== '(') return undefined;
  const start = peek(r).start;
  const name = nameOf(r);
  next(r);
  eatOne(r, 'BOTH', 'LEADING', 'TRAILING');
  const args: Expression[] = is(r, 'FROM') ? [] : [r.grammar.expression(r, 0)];
  if (eat(r, 'FROM')) args.push(r.grammar.expression(r, 0));
  while (eat(r, ',')) args.push(r.grammar.expression(r, 0));
  return finishCall(r, { name, start, args });
}

/** RUNNING and FINAL before a call in MATCH_RECOGNIZE. */
function readMode(r: Reader): Expression | undefined {
  const called = peek(r, 1);
  if (r.dialect !== 'athena' || called.kind !== 'word' || peek(r, 2).upper !== '(') return undefined;
  // A column of that name: `running FROM (SELECT …`.
  if (isReserved(called.upper, r.dialect)) return undefined;
  next(r);
  return r.grammar.expression(r, 9);
}

/** Redshift APPROXIMATE COUNT(DISTINCT x), APPROXIMATE PERCENTILE_DISC(…) WITHIN GROUP (…). */
function readApproximate(r: Reader): Expression | undefined {
  if (r.dialect !== 'redshift' || peek(r, 1).kind !== 'word' || peek(r, 2).upper !== '(') return undefined;
  const start = next(r).start;
  const call = r.grammar.expression(r, 9);
  return call.kind === 'Call' ? { ...call, start, approximate: true } : call;
}
