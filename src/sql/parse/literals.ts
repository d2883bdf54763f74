import type { Expression, Literal, Template } from '../ast';
import type { Token } from '../lex';
import { eat, endOf, expected, is, next, peek, textOf, type Reader } from './reader';

/** The text of a string token without its quotes, with doubled quotes and backslashes resolved. */
export function decoded(raw: string, escapes: boolean): string {
  const dollar = /^\$\w*\$/.exec(raw)?.[0];
  if (dollar !== undefined)
    return raw.slice(dollar.length, raw.endsWith(dollar) ? -dollar.length : undefined);
  const body = raw.replace(/^(?:[uU]&|[eExXnNbB])(?=['"])/, '');
  const quote = body.charAt(0);
  const inner = body.slice(1, body.length > 1 && body.endsWith(quote) ? -1 : undefined);
  const single = inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
  if (!escapes || !single.includes('\\')) return single;
  // Hive knows \u0003 and \003 too, and SHOW CREATE TABLE writes control characters so.
  return single.replace(escape, (_, hex: string | undefined, octal: string | undefined, c = '') => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return named[c] ?? c;
  });
}
const escape = /\\(?:u([0-9a-fA-F]{4})|([0-3][0-7]{2})|(.))/gs;
const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** True for strings whose text a template fills in. */
export function isTemplated(raw: string): boolean {
  return raw.includes('{{') || raw.includes('{%') || raw.includes('${');
}

/** A string token as a literal, or as a template when it holds one. */
export function stringLiteral(r: Reader, token: Token): Literal | Template {
  const raw = textOf(r, token);
  if (isTemplated(raw)) return { kind: 'Template', start: token.start, end: token.end, text: raw };
  return plainString(r, token);
}

/** A string token as a literal whatever it holds. */
export function plainString(r: Reader, token: Token): Literal {
  const raw = textOf(r, token);
  const binary = /^[xX]'/.test(raw);
  return {
    kind: 'Literal',
    start: token.start,
    end: token.end,
    type: binary ? 'binary' : 'string',
    value: decoded(raw, /^[eE]/.test(raw)),
  };
}

const units = new Set(
  'YEAR YEARS QUARTER QUARTERS MONTH MONTHS WEEK WEEKS DAY DAYS HOUR HOURS MINUTE MINUTES SECOND SECONDS MILLISECOND MILLISECONDS MICROSECOND MICROSECONDS'.split(
    ' ',
  ),
);

/** INTERVAL '1' DAY, INTERVAL -'3' MONTH, INTERVAL '1' YEAR TO MONTH; Redshift also INTERVAL '1 day'. */
export function intervalLiteral(r: Reader): Expression {
  const start = next(r).start;
  const negative = is(r, '-');
  if (negative || is(r, '+')) next(r);
  const token = next(r);
  const value = (negative ? '-' : '') + decoded(textOf(r, token), false);
  let unit = '';
  if (units.has(peek(r).upper)) {
    unit = next(r).upper.toLowerCase();
    if (is(r, '(') && r.dialect === 'redshift') {
      while (!is(r, ')') && peek(r).kind !== 'end') next(r);
      eat(r, ')');
    }
    if (eat(r, 'TO')) {
      if (units.has(peek(r).upper)) unit += ` to ${next(r).upper.toLowerCase()}`;
      else expected(r, 'a unit such as MONTH');
    }
  } else if (r.dialect === 'athena') expected(r, 'a unit such as DAY');
  if (isTemplated(value))
    return { kind: 'Template', start, end: endOf(r), text: r.text.slice(start, endOf(r)) };
  return {
    kind: 'Literal',
    start,
    end: endOf(r),
    type: 'interval',
    value,
    typeName: 'interval',
    ...(unit === '' ? {} : { unit }),
  };
}

/** DATE '2024-01-01' and other types before a string; the type's first word is the next token. */
export function typedLiteral(r: Reader, words: number): Expression {
  const start = peek(r).start;
  const names: string[] = [];
  for (let i = 0; i < words; i++) names.push(next(r).upper.toLowerCase());
  const raw = textOf(r, next(r));
  if (isTemplated(raw))
    return { kind: 'Template', start, end: endOf(r), text: r.text.slice(start, endOf(r)) };
  return {
    kind: 'Literal',
    start,
    end: endOf(r),
    type: 'typed',
    value: decoded(raw, false),
    typeName: names.join(' '),
  };
}
