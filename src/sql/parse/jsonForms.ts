import type { Expression } from '../ast';
import { finishCall } from './calls';
import { identifierOf } from './names';
import { commaList, eat, eatOne, endOf, expect, expected, is, next, peek, type Reader } from './reader';
import { readType } from './types';

/** Redshift's JSON_ARRAY and JSON_OBJECT are plain functions, Trino's have clauses of their own. */
export function isJsonForm(r: Reader): boolean {
  return r.dialect === 'athena' && peek(r, 1).upper === '(';
}

/** JSON_VALUE, JSON_QUERY, JSON_EXISTS, JSON_OBJECT and JSON_ARRAY with the SQL standard's clauses. */
export function readJsonCall(r: Reader): Expression {
  const word = peek(r).upper;
  const part = identifierOf(r, next(r));
  const name = { kind: 'QualifiedName', start: part.start, end: part.end, parts: [part] } as const;
  next(r);
  const args: Expression[] = [];
  if (word === 'JSON_OBJECT') {
    if (!is(r, ')') && !isNullOrReturning(r)) commaList(r, () => readMember(r, args));
    nullHandling(r);
    if (is(r, 'WITH') || is(r, 'WITHOUT')) {
      next(r);
      expect(r, 'UNIQUE');
      eat(r, 'KEYS');
    }
  } else if (word === 'JSON_ARRAY') {
    if (!is(r, ')') && !isNullOrReturning(r)) commaList(r, () => args.push(jsonValue(r)));
    nullHandling(r);
  } else readPathCall(r, word, args);
  returning(r);
  if (word !== 'JSON_OBJECT' && word !== 'JSON_ARRAY') behaviours(r, word);
  return finishCall(r, { name, start: name.start, args });
}

function isNullOrReturning(r: Reader): boolean {
  return is(r, 'RETURNING') || is(r, 'NULL', 'ON') || is(r, 'ABSENT', 'ON');
}

function readPathCall(r: Reader, word: string, args: Expression[]): void {
  args.push(jsonValue(r));
  expect(r, ',');
  args.push(r.grammar.expression(r, 0));
  if (eat(r, 'PASSING')) {
    commaList(r, () => {
      args.push(jsonValue(r));
      expect(r, 'AS');
      next(r);
    });
  }
  if (word !== 'JSON_EXISTS') return;
  behaviours(r, word);
}

/** KEY k VALUE v, k VALUE v, or k : v. */
function readMember(r: Reader, args: Expression[]): void {
  if (is(r, 'KEY') && peek(r, 1).upper !== ':' && peek(r, 1).upper !== 'VALUE') next(r);
  args.push(r.grammar.expression(r, 0));
  if (peek(r).kind === 'parameter') {
    // `'k':x` was read as a parameter `:x`
    args.push(r.grammar.expression(r, 0));
    return;
  }
  if (!eat(r, ':')) expect(r, 'VALUE');
  args.push(jsonValue(r));
}

function jsonValue(r: Reader): Expression {
  const value = r.grammar.expression(r, 0);
  if (eat(r, 'FORMAT')) {
    expect(r, 'JSON');
    encoding(r);
  }
  return value;
}
function encoding(r: Reader): void {
  if (eat(r, 'ENCODING')) next(r);
}
function nullHandling(r: Reader): void {
  if (is(r, 'NULL', 'ON', 'NULL') || is(r, 'ABSENT', 'ON', 'NULL')) r.at += 3;
}
function returning(r: Reader): void {
  if (!eat(r, 'RETURNING')) return;
  readType(r);
  if (eat(r, 'FORMAT')) {
    expect(r, 'JSON');
    encoding(r);
  }
}

/** Wrapper, quotes, and what happens ON EMPTY and ON ERROR. */
function behaviours(r: Reader, word: string): void {
  if (word === 'JSON_QUERY') {
    if (is(r, 'WITHOUT') || is(r, 'WITH')) {
      next(r);
      eatOne(r, 'CONDITIONAL', 'UNCONDITIONAL');
      eat(r, 'ARRAY');
      expect(r, 'WRAPPER');
    }
    if (is(r, 'KEEP', 'QUOTES') || is(r, 'OMIT', 'QUOTES')) {
      r.at += 2;
      if (eat(r, 'ON')) expect(r, 'SCALAR', 'STRING');
    }
  }
  for (let i = 0; i < 2; i++) {
    if (eat(r, 'EMPTY')) eatOne(r, 'ARRAY', 'OBJECT');
    else if (eat(r, 'DEFAULT')) r.grammar.expression(r, 0);
    else if (!(eat(r, 'NULL') || eat(r, 'ERROR') || eat(r, 'TRUE') || eat(r, 'FALSE') || eat(r, 'UNKNOWN')))
      return;
    expect(r, 'ON');
    if (!eat(r, 'EMPTY') && !eat(r, 'ERROR')) expected(r, 'EMPTY or ERROR');
  }
  void endOf(r);
}
