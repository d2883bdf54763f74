import type { Span } from '../../base/text';

/** One token of a JSON text; white space is none. */
export type JsonToken = Span &
  (
    | { readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | 'comment' | 'unknown' | 'end' }
    /** With its escapes undone; `problem` where it is not closed or an escape means nothing. */
    | { readonly kind: 'text'; readonly value: string; readonly problem?: string }
    | { readonly kind: 'scalar'; readonly value: number | boolean | null }
  );

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const punctuation: ReadonlySet<string> = new Set(['{', '}', '[', ']', ',', ':']);

/** Reads a JSON text token by token; what is no JSON comes as `unknown`, and nothing throws. */
export function jsonScanner(text: string): () => JsonToken {
  // A byte order mark is no part of the text, but counts in its offsets.
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  return () => {
    while (isSpace(text.charCodeAt(at))) at++;
    const start = at;
    if (at >= text.length) return { kind: 'end', start, end: start };
    const letter = text.charAt(at);
    if (isPunctuation(letter)) {
      at++;
      return { kind: letter, start, end: at };
    }
    if (letter === '"') {
      const token = quoted(text, start);
      at = token.end;
      return token;
    }
    const comment = letter === '/' ? commentEnd(text, at) : undefined;
    if (comment !== undefined) {
      at = comment;
      return { kind: 'comment', start, end: at };
    }
    while (at < text.length && !isEdge(text.charAt(at))) at++;
    if (at === start) at++;
    return wordOf(text.slice(start, at), { start, end: at });
  };
}

function isPunctuation(letter: string): letter is '{' | '}' | '[' | ']' | ',' | ':' {
  return punctuation.has(letter);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function isEdge(letter: string): boolean {
  return isPunctuation(letter) || letter === '"' || letter === '/' || isSpace(letter.charCodeAt(0));
}

function commentEnd(text: string, at: number): number | undefined {
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  if (!text.startsWith('/*', at)) return undefined;
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}

function wordOf(word: string, span: Span): JsonToken {
  if (Object.hasOwn(words, word)) return { kind: 'scalar', value: words[word] ?? null, ...span };
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) {
    return { kind: 'scalar', value: Number(word), ...span };
  }
  return { kind: 'unknown', ...span };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

// A text that is not closed ends with its line, so that the rest of the file still has its places.
function quoted(text: string, start: number): JsonToken {
  let value = '';
  let from = start + 1;
  let problem: string | undefined;
  for (let at = start + 1; ;) {
    const letter = text.charAt(at);
    if (letter === '"') {
      value += text.slice(from, at);
      return { kind: 'text', value, start, end: at + 1, ...(problem === undefined ? {} : { problem }) };
    }
    if (letter === '' || letter === '\n' || letter === '\r') {
      value += text.slice(from, at);
      return { kind: 'text', value, start, end: at, problem: 'This text is not closed.' };
    }
    if (letter !== '\\') {
      at++;
      continue;
    }
    value += text.slice(from, at);
    const { value: meant, length } = escapeAt(text, at);
    if (meant === undefined) problem = 'This escape means nothing in JSON.';
    value += meant ?? text.slice(at, at + length);
    at += length;
    from = at;
  }
}

/** What the escape that begins with the backslash at `at` stands for, undefined when for nothing, and how long it is. */
export function escapeAt(
  text: string,
  at: number,
): { readonly value: string | undefined; readonly length: number } {
  const letter = text.charAt(at + 1);
  if (letter === 'u') {
    const digits = text.slice(at + 2, at + 6);
    return /^[\da-f]{4}$/i.test(digits)
      ? { value: String.fromCharCode(parseInt(digits, 16)), length: 6 }
      : { value: undefined, length: 2 };
  }
  // The end of the line ends the text too.
  const known = Object.hasOwn(escapes, letter);
  return {
    value: known ? escapes[letter] : undefined,
    length: known || !/^[\n\r]?$/.test(letter) ? 2 : 1,
  };
}
