import type { Identifier, QualifiedName } from '../ast';
import type { Token } from '../lex';
import { lowerOf } from '../wordCase';
import { isReserved } from '../words';
import { eat, endOf, expected, is, missing, next, peek, textOf, type Reader } from './reader';

/** True when a name can begin at the token. */
export function isName(r: Reader, ahead = 0): boolean {
  const token = peek(r, ahead);
  if (token.kind === 'word') return !isReserved(token.upper, r.dialect);
  return token.kind === 'quoted' || token.kind === 'template' || token.kind === 'parameter';
}

/** The name a token stands for. */
export function identifierOf(r: Reader, token: Token): Identifier {
  const known = token.kind === 'word' && token.raw === undefined ? lowerOf(token.upper) : undefined;
  if (known !== undefined)
    return { kind: 'Identifier', start: token.start, end: token.end, name: known, quoted: false };
  const raw = textOf(r, token);
  if (token.kind !== 'quoted') {
    const name = token.kind === 'word' ? raw.toLowerCase() : raw;
    return { kind: 'Identifier', start: token.start, end: token.end, name, quoted: false };
  }
  const body = raw.replace(/^[uU]&/, '');
  const quote = body.charAt(0);
  const inner = body.slice(1, body.length > 1 && body.endsWith(quote) ? -1 : undefined);
  // Both engines fold quoted names too, as they are set up by default.
  const name = inner.replaceAll(quote + quote, quote).toLowerCase();
  return { kind: 'Identifier', start: token.start, end: token.end, name, quoted: true };
}

/** A name; when none stands here, raises `what` was expected and gives an empty one. */
export function readName(r: Reader, what = 'a name'): Identifier {
  if (isName(r)) return identifierOf(r, next(r));
  expected(r, what);
  const { start, end } = missing(r);
  return { kind: 'Identifier', start, end, name: '', quoted: false };
}

/** A name or any word at all, as in `AS order` and behind a point. */
export function readLabel(r: Reader, what = 'a name'): Identifier {
  return peek(r).kind === 'word' ? identifierOf(r, next(r)) : readName(r, what);
}

/** The name behind a point: PostgreSQL takes any word there, but `a. FROM t` is half typed. */
export function readPart(r: Reader): Identifier {
  return r.dialect === 'athena' || clauses.has(peek(r).upper) ? readName(r) : readLabel(r);
}
const clauses = new Set([
  'FROM',
  'WHERE',
  'ON',
  'AND',
  'OR',
  'JOIN',
  'GROUP',
  'ORDER',
  'INNER',
  'LEFT',
  'AS',
  'IN',
  'LIMIT',
]);

/** `a.b.c`. */
export function readQualified(r: Reader, what = 'a name'): QualifiedName {
  const first = readName(r, what);
  return qualifiedFrom(r, first);
}

/** The rest of a qualified name whose first part was read. */
export function qualifiedFrom(r: Reader, first: Identifier): QualifiedName {
  let parts = [first];
  while (is(r, '.') && peek(r, 1).upper !== '*') {
    eat(r, '.');
    const part = readPart(r);
    // A list that is pushed to gets room for seventeen; most names have one or two parts, and a file thousands of names.
    if (parts.length === 1) parts = [first, part];
    else parts.push(part);
  }
  return { kind: 'QualifiedName', start: first.start, end: Math.max(first.end, endOf(r)), parts };
}
