import type { TypeName } from '../ast';
import {
  close,
  commaList,
  eat,
  eatOne,
  endOf,
  expected,
  is,
  missing,
  nested,
  next,
  peek,
  textOf,
  type Reader,
} from './reader';

/** A type: `decimal(18,2)`, `array(row(a int))`, `array<struct<a:int>>`, `timestamp with time zone`. */
export function readType(r: Reader): TypeName {
  const start = peek(r).start;
  const first = peek(r);
  if (first.kind === 'template' || first.kind === 'quoted') {
    next(r);
    while (eat(r, '.')) next(r);
    return typeFrom(r, start, []);
  }
  if (first.kind !== 'word') {
    expected(r, 'a type');
    const at = missing(r);
    return { kind: 'TypeName', start: at.start, end: at.end, base: '', text: '', arguments: [] };
  }
  next(r);
  return nested(
    r,
    () => typeFrom(r, start, typeTail(r, first.upper)),
    () => typeFrom(r, start, []),
  );
}

function typeTail(r: Reader, base: string): string[] {
  if (base === 'DOUBLE') eat(r, 'PRECISION');
  if (
    base === 'CHARACTER' ||
    base === 'CHAR' ||
    base === 'NATIONAL' ||
    base === 'NCHAR' ||
    base === 'BINARY'
  ) {
    if (base === 'NATIONAL') eatOne(r, 'CHARACTER', 'CHAR', 'VARCHAR');
    eat(r, 'VARYING');
  }
  if (base === 'INTERVAL') {
    if (peek(r).kind === 'word' && units.test(peek(r).upper)) next(r);
    if (eat(r, 'TO')) next(r);
  }
  const args = typeArguments(r, base);
  if (base === 'TIME' || base === 'TIMESTAMP') {
    if (is(r, 'WITH', 'TIME', 'ZONE') || is(r, 'WITHOUT', 'TIME', 'ZONE')) r.at += 3;
    else if (is(r, 'WITH', 'LOCAL', 'TIME', 'ZONE')) r.at += 4;
  }
  while (is(r, '[', ']')) r.at += 2;
  if (r.dialect === 'athena' && is(r, 'ARRAY') && !is(r, 'ARRAY', '[')) next(r);
  return args;
}
const units = /^(?:YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)$/;

function typeArguments(r: Reader, base: string): string[] {
  if (eat(r, '(')) {
    const args = commaList(r, () => typeArgument(r, base));
    close(r);
    return args;
  }
  if (!is(r, '<')) return [];
  next(r);
  const args = commaList(r, () => {
    const from = peek(r).start;
    // struct<name:type>
    if (peek(r, 1).upper === ':') r.at += 2;
    // `name:type` where the lexer saw a parameter `:type`
    else if (peek(r, 1).kind === 'parameter') return glued(r, from);
    readType(r);
    return r.text.slice(from, endOf(r));
  });
  if (is(r, '>>') || is(r, '<>')) splitToken(r);
  if (!eat(r, '>')) expected(r, '>');
  return args;
}

/** `a:int`: the lexer reads `:int` as a parameter, here it is a separator and a type. */
function glued(r: Reader, from: number): string {
  next(r);
  const parameter = peek(r);
  const at = parameter.start + 1;
  const upper = textOf(r, parameter).slice(1).toUpperCase();
  r.tokens[r.at] = { kind: 'word', start: at, end: parameter.end, upper };
  readType(r);
  return r.text.slice(from, endOf(r));
}

/** `>>` closes two types: reads its first half. */
function splitToken(r: Reader): void {
  const token = peek(r);
  const middle = token.start + 1;
  const first = { ...token, end: middle, upper: token.upper.charAt(0) };
  const second = { ...token, start: middle, upper: token.upper.charAt(1) };
  r.tokens.splice(r.at, 1, first, second);
  r.brackets = undefined;
}

function typeArgument(r: Reader, base: string): string {
  const token = peek(r);
  if (token.kind === 'number' || token.kind === 'template' || token.kind === 'parameter') {
    next(r);
    return textOf(r, token);
  }
  const from = token.start;
  if (token.kind === 'word' || token.kind === 'quoted') {
    // row(name type): a name before the type, unless a bracket or comma follows the first word.
    const after = peek(r, 1);
    if (
      base === 'ROW' &&
      (after.kind === 'word' || after.kind === 'quoted') &&
      !isTypeWord(token.upper, after.upper)
    )
      next(r);
    readType(r);
    return r.text.slice(from, endOf(r));
  }
  expected(r, 'a type or a number');
  return '';
}
function isTypeWord(first: string, second: string): boolean {
  return (
    (first === 'DOUBLE' && second === 'PRECISION') ||
    ((first === 'TIME' || first === 'TIMESTAMP') && (second === 'WITH' || second === 'WITHOUT')) ||
    (first === 'CHARACTER' && second === 'VARYING') ||
    (first === 'INTERVAL' && units.test(second))
  );
}

function typeFrom(r: Reader, start: number, args: readonly string[]): TypeName {
  const end = endOf(r);
  const raw = r.text.slice(start, end);
  // Nobody compares a type this long; normalising one at every level of nesting would take long.
  const text = raw.length > 2000 ? raw : normalised(raw);
  return {
    kind: 'TypeName',
    start,
    end,
    base: /^[\w"]+/.exec(text)?.[0].toLowerCase() ?? '',
    text,
    arguments: args,
  };
}

function normalised(raw: string): string {
  return raw
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),<>:]) ?/g, '$1');
}
