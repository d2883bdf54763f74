import type { Token } from '../lex';
import { lex } from '../lex';
import { textOf, type Reader } from './reader';

/**
 * The tokens inside a quoted string, each at its place in the outer text.
 * `''` and backslashed characters are one character inside and two outside.
 */
export function tokensInside(r: Reader, token: Token): Token[] {
  const raw = textOf(r, token);
  const dollar = /^\$\w*\$/.exec(raw)?.[0];
  const opening = dollar?.length ?? 1;
  const closing = raw.length > opening && raw.endsWith(dollar ?? "'") ? opening : 0;
  const body = raw.slice(opening, raw.length - closing);
  const base = token.start + opening;
  const plain = dollar !== undefined || !/''|\\/.test(body);
  const { inner, places } = plain ? { inner: body, places: undefined } : unescaped(body);
  const outer = (offset: number) => base + (places?.[offset] ?? offset);
  return lex(inner, r.dialect).tokens.map((found) => {
    const start = outer(found.start);
    const end = outer(found.end - 1) + (places === undefined ? 1 : width(body, places[found.end - 1] ?? 0));
    return {
      ...found,
      start,
      end,
      ...(places === undefined ? {} : { raw: inner.slice(found.start, found.end) }),
    };
  });
}

function unescaped(body: string): { readonly inner: string; readonly places: Int32Array } {
  const places = new Int32Array(body.length + 1);
  const parts: string[] = [];
  let from = 0;
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    places[length++] = at;
    if (width(body, at) === 2) {
      parts.push(body.slice(from, at));
      at++;
      from = at;
    }
  }
  parts.push(body.slice(from));
  places[length] = body.length;
  return { inner: parts.join(''), places: places.slice(0, length + 1) };
}

function width(body: string, at: number): number {
  const code = body.charCodeAt(at);
  const after = body.charCodeAt(at + 1);
  return (code === 39 && after === 39) || (code === 92 && (after === 39 || after === 92)) ? 2 : 1;
}
