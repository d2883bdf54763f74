import type { Span } from '../base/text';
import type { Dialect } from './ast';
import type { Comment } from './document';
import { closeOf, dollarTag, quotedEnd, templateEnd, type End } from './lexQuotes';
import { upperOf } from './wordCase';

export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'operator'
  | 'template'
  | 'parameter'
  | 'psql'
  | 'unknown'
  | 'end';

/** One token; offsets are UTF-16 units. */
export interface Token extends Span {
  readonly kind: TokenKind;
  /** A word in upper case, an operator as it is, otherwise empty: what grammar rules compare. */
  readonly upper: string;
  /** Its text where that is not the slice of the source, as in a query inside a quoted string. */
  readonly raw?: string;
  /** A quote, comment or template that the text ends in the middle of. */
  readonly open?: true;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

/** What `lexSegment` read: everything up to and without a semicolon or psql line. */
export interface Segment {
  /** Offsets count from `start`. */
  readonly tokens: Token[];
  /** Offsets are the text's. */
  readonly comments: readonly Comment[];
  /** Offset of the first token; where the segment begins when it has none. */
  readonly start: number;
  readonly end: number;
  /** Where the next segment begins; the text's length behind the last. */
  readonly next: number;
  /** Something is unclosed, so this reading also depends on the text behind it. */
  readonly open: boolean;
}

/** All tokens and comments of a text; whitespace is what lies between them. Never throws. */
export function lex(text: string, dialect: Dialect = 'athena'): Lexed {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  let at = 0;
  while (at < text.length) {
    const segment = lexSegment(text, at, dialect);
    for (const token of segment.tokens) {
      const { kind, upper } = token;
      const moved = { kind, start: token.start + segment.start, end: token.end + segment.start, upper };
      tokens.push(token.open ? { ...moved, open: true } : moved);
    }
    for (const comment of segment.comments) comments.push(comment);
    if (segment.stop !== undefined) tokens.push(segment.stop);
    at = segment.next;
  }
  return { tokens, comments };
}

/** Where the lexer stands in one statement. */
interface Lexer {
  readonly text: string;
  readonly dialect: Dialect;
  readonly tokens: Token[];
  /** Offset of the first token: subtracted from offsets. */
  base: number;
  /** Backslashes escape in strings. */
  escapes: boolean;
}

/** Reads one statement's tokens, from `from` to the next semicolon or psql line; `stop` is that token. */
export function lexSegment(
  text: string,
  from: number,
  dialect: Dialect,
): Segment & { readonly stop?: Token } {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const lexer: Lexer = { text, dialect, tokens, base: -1, escapes: dialect === 'redshift' };
  let open = false;
  // What a string may hold is known from the statement's first words, long before its first string.
  let isUndecided = true;
  let at = from;
  const result = (next: number, stop?: Token) => {
    const start = lexer.base < 0 ? from : lexer.base;
    const end = start + (tokens.at(-1)?.end ?? 0);
    const segment = { tokens, comments, start, end, next, open };
    return stop === undefined ? segment : { ...segment, stop };
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at++;
      continue;
    }
    const comment = mayBeginComment(code) ? commentEnd(text, at, dialect) : undefined;
    if (comment !== undefined) {
      if (comment.open) open = true;
      comments.push({ start: at, end: comment.end, text: text.slice(at, comment.end) });
      at = comment.end;
      continue;
    }
    if (code === 59) return result(at + 1, { kind: 'operator', start: at, end: at + 1, upper: ';' });
    if (code === 92 && startsLine(text, at)) {
      const end = lineEnd(text, at);
      return result(end, { kind: 'psql', start: at, end, upper: '' });
    }
    if (lexer.base < 0) lexer.base = at;
    // Hive DDL knows backslash escapes and strings in double quotes; Trino knows neither.
    if (isUndecided && dialect === 'athena') {
      const hive = isHive(tokens);
      isUndecided = hive === undefined;
      lexer.escapes = hive === true;
    }
    const token = readToken(lexer, at, code);
    if (token.open) open = true;
    tokens.push(token);
    at = token.end + lexer.base;
  }
  return result(text.length);
}

/** Whether Athena gives a statement that begins so to its Hive parser; undefined while that is open. */
function isHive(tokens: readonly Token[]): boolean | undefined {
  if (tokens.length < 2) return undefined;
  const first = tokens[0]?.upper;
  const second = tokens[1]?.upper;
  if (first === 'ALTER') return second === 'TABLE';
  if (first !== 'CREATE') return false;
  if (second !== 'TABLE') return second === 'EXTERNAL';
  // An Iceberg table lists its columns; behind the name of a table made from a query stands WITH or AS.
  const last = tokens.at(-1)?.upper;
  return last === '(' ? true : last === 'WITH' || last === 'AS' ? false : undefined;
}

const operators = [
  '<=>',
  '||/',
  '!~*',
  '::',
  '||',
  '<>',
  '<=',
  '>=',
  '!=',
  '->',
  '=>',
  '==',
  ':=',
  '<<',
  '>>',
  '!~',
  '~*',
  '|/',
  '{-',
  '-}',
];
/** The same by their first character's code: longer ones stand before those that they begin with. */
const longer: readonly (string | undefined)[][] = Array.from({ length: 128 }, (_, code) =>
  operators.filter((each) => each.charCodeAt(0) === code),
);
/** Operators of one character with which no longer one begins, by character code. */
const lone: readonly (string | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const text = String.fromCharCode(code);
  return '()[],.+*/'.includes(text) ? text : undefined;
});
const spaces = new Set([32, 10, 13, 9, 12, 11, 160, 65279, 0x3000, 0x2028, 0x2029]);

function make(lexer: Lexer, kind: TokenKind, at: number, { end, open }: End): Token {
  const start = at - lexer.base;
  const token: Token = { kind, start, end: end - lexer.base, upper: '' };
  return open ? { ...token, open: true } : token;
}

function plain(lexer: Lexer, kind: TokenKind, at: number, end: number): Token {
  return { kind, start: at - lexer.base, end: end - lexer.base, upper: '' };
}

function operator(lexer: Lexer, at: number, upper: string): Token {
  return { kind: 'operator', start: at - lexer.base, end: at - lexer.base + upper.length, upper };
}

function readToken(lexer: Lexer, at: number, code: number): Token {
  const { text, dialect, tokens } = lexer;
  if (isWordStart(code, dialect) && !(code === 35 && !isWordStart(text.charCodeAt(at + 1), 'athena')))
    return readWord(lexer, at);
  if (
    isDigit(code) ||
    (code === 46 && isDigit(text.charCodeAt(at + 1)) && !endsName(tokens.at(-1), at - lexer.base))
  ) {
    return plain(lexer, 'number', at, numberEnd(text, at));
  }
  const single = lone[code];
  if (single !== undefined) return operator(lexer, at, single);
  if (code === 39) return make(lexer, 'string', at, quotedEnd(text, at, lexer.escapes));
  if (code === 34 || code === 96)
    return make(lexer, 'quoted', at, quotedEnd(text, at, lexer.escapes && dialect === 'athena'));
  return readRare(lexer, at, code);
}

function readRare(lexer: Lexer, at: number, code: number): Token {
  const { text, dialect, tokens } = lexer;
  const template = code === 36 || code === 123 ? templateEnd(text, at) : undefined;
  if (template !== undefined) return make(lexer, 'template', at, glued(text, at, template));
  if (code === 36) {
    const tag = dollarTag(text, at);
    if (tag !== undefined && dialect === 'redshift')
      return make(lexer, 'string', at, closeOf(text, at + tag.length, tag));
    return isDigit(text.charCodeAt(at + 1))
      ? plain(lexer, 'parameter', at, numberEnd(text, at + 1))
      : plain(lexer, 'unknown', at, at + 1);
  }
  if (code === 63) return plain(lexer, 'parameter', at, at + 1);
  if (code === 58 && isWordStart(text.charCodeAt(at + 1), dialect) && text.charCodeAt(at - 1) !== 58)
    return plain(lexer, 'parameter', at, wordEnd(text, at + 1, dialect));
  if (code === 37) {
    const python = /^%\(\w+\)s|^%s(?!\w)/.exec(text.slice(at, at + 80));
    if (python !== null && !(python[0] === '%s' && endsOperand(tokens.at(-1))))
      return plain(lexer, 'parameter', at, at + python[0].length);
  }
  const candidates = longer[code] ?? [];
  for (let each = 0; each < candidates.length; each++) {
    const long = candidates[each];
    if (long !== undefined && text.startsWith(long, at)) return operator(lexer, at, long);
  }
  if ('-%^<>=~!@&|#{}:'.includes(text.charAt(at))) return operator(lexer, at, text.charAt(at));
  const point = text.codePointAt(at) ?? 0;
  return plain(lexer, 'unknown', at, at + (point > 0xffff ? 2 : 1));
}

/** A word or, with a prefix as in E'…', a string; a template that touches it makes both one template. */
function readWord(lexer: Lexer, at: number): Token {
  const { text } = lexer;
  const end = wordEnd(text, at, lexer.dialect);
  const next = text.charCodeAt(end);
  if (next === 39 && end - at === 1 && 'eExXnNbB'.includes(text.charAt(at)))
    return make(lexer, 'string', at, quotedEnd(text, end, 'eE'.includes(text.charAt(at))));
  if (next === 38 && end - at === 1 && 'uU'.includes(text.charAt(at))) {
    const quote = text.charCodeAt(end + 1);
    if (quote === 39 || quote === 34)
      return make(lexer, quote === 39 ? 'string' : 'quoted', at, quotedEnd(text, end + 1, false));
  }
  if ((next === 123 || next === 36) && templateEnd(text, end) !== undefined)
    return make(lexer, 'template', at, glued(text, at, { end, open: false }));
  const upper = upperOf(text.slice(at, end));
  return { kind: 'word', start: at - lexer.base, end: end - lexer.base, upper };
}

/** A template, or a name up to one, from `at` to `first` with all that touches it. */
function glued(text: string, at: number, first: End): End {
  // `{% if x %}` is a word of its own; `{{ a }}_b` and `a_${b}` are names with holes.
  if (text.startsWith('{%', at)) return first;
  let { end, open } = first;
  for (;;) {
    const template = text.startsWith('{%', end) ? undefined : templateEnd(text, end);
    const next = template?.end ?? wordEnd(text, end, 'redshift');
    if (next <= end) return { end, open };
    if (template?.open) open = true;
    end = next;
  }
}

/** `--`, `/*` and `{#` begin with these. */
function mayBeginComment(code: number): boolean {
  return code === 45 || code === 47 || code === 123;
}

function commentEnd(text: string, at: number, dialect: Dialect): End | undefined {
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (code === 45 && next === 45) return { end: lineEnd(text, at), open: false };
  if (code === 123 && next === 35) return closeOf(text, at + 2, '#}');
  if (code !== 47 || next !== 42) return undefined;
  if (dialect === 'athena') return closeOf(text, at + 2, '*/'); // Trino's comments do not nest
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return { end: mark.index + 2, open: false };
  }
  return { end: text.length, open: true };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

function startsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (text.charCodeAt(before) === 32 || text.charCodeAt(before) === 9)) before--;
  return before < 0 || text.charCodeAt(before) === 10 || text.charCodeAt(before) === 59;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || ((code < 33 || code > 127) && spaces.has(code));
}
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
function isWordStart(code: number, dialect: Dialect): boolean {
  if (code < 128) return inWord[code] === begins || (code === 35 && dialect === 'redshift'); // #temporary tables
  return !spaces.has(code);
}
const begins = 1;
const goesOn = 2;
/** What an ASCII character is in a word: one look in a table for each character of a file. */
const inWord = Uint8Array.from({ length: 128 }, (_, code) => {
  const text = String.fromCharCode(code);
  return /[A-Za-z_]/.test(text) ? begins : isDigit(code) ? goesOn : 0;
});
function wordEnd(text: string, from: number, dialect: Dialect): number {
  let at = from;
  if (text.charCodeAt(at) === 35 && dialect === 'redshift') at++;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 ? inWord[code] !== 0 : !spaces.has(code)) continue;
    if (code === 36 && dialect === 'redshift' && text.charCodeAt(at + 1) !== 123) continue;
    break;
  }
  return at;
}
const number = /(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
function numberEnd(text: string, at: number): number {
  number.lastIndex = at;
  return number.test(text) ? number.lastIndex : at + 1;
}
/** `a.1`: the point belongs to the name before it. */
function endsName(previous: Token | undefined, at: number): boolean {
  return (
    previous !== undefined && previous.end === at && (previous.kind === 'word' || previous.kind === 'quoted')
  );
}
function endsOperand(previous: Token | undefined): boolean {
  if (previous === undefined) return false;
  return previous.kind === 'operator'
    ? previous.upper === ')' || previous.upper === ']'
    : previous.kind !== 'word' ||
        !/^(?:IN|LIKE|AND|OR|NOT|WHERE|BETWEEN|LIMIT|OFFSET|THEN|ELSE|WHEN|FROM|SELECT|VALUES|BY)$/.test(
          previous.upper,
        );
}
