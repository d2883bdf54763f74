import type { Span } from '../base/text';
import type { Dialect } from './ast';
import type { Comment } from './document';
import { closeOf, dollarTag, quotedEnd, templateEnd } from './lexQuotes';

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
      tokens.push({ ...token, start: token.start + segment.start, end: token.end + segment.start });
    }
    for (const comment of segment.comments) comments.push(comment);
    if (segment.stop !== undefined) tokens.push(segment.stop);
    at = segment.next;
  }
  return { tokens, comments };
}

/** Reads one statement's tokens, from `from` to the next semicolon or psql line; `stop` is that token. */
export function lexSegment(
  text: string,
  from: number,
  dialect: Dialect,
): Segment & { readonly stop?: Token } {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  let start = -1;
  let last = from;
  let open = false;
  let at = from;
  // Hive DDL knows backslash escapes and strings in double quotes; Trino knows neither.
  let hive: boolean | undefined;
  const result = (next: number, stop?: Token) => ({
    tokens,
    comments,
    start: start < 0 ? from : start,
    end: Math.max(last, start),
    next,
    open,
    ...(stop === undefined ? {} : { stop }),
  });
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at++;
      continue;
    }
    const comment = commentEnd(text, at, dialect);
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
    if (start < 0) start = at;
    if (hive === undefined && tokens.length === 2) hive = dialect === 'athena' && isHive(tokens);
    const token = readToken(text, at, {
      dialect,
      escapes: dialect === 'redshift' || hive === true,
      previous: tokens.at(-1),
      base: start,
    });
    if (token.open) open = true;
    tokens.push(token);
    last = token.end + start;
    at = last;
  }
  return result(text.length);
}

function isHive(tokens: readonly Token[]): boolean {
  const first = tokens[0]?.upper;
  const second = tokens[1]?.upper;
  return (first === 'CREATE' && second === 'EXTERNAL') || (first === 'ALTER' && second === 'TABLE');
}

interface Place {
  readonly dialect: Dialect;
  readonly escapes: boolean;
  readonly previous: Token | undefined;
  /** Subtracted from offsets. */
  readonly base: number;
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
const spaces = new Set([32, 10, 13, 9, 12, 11, 160, 65279, 0x3000, 0x2028, 0x2029]);

function readToken(text: string, at: number, place: Place): Token {
  const { base } = place;
  const code = text.charCodeAt(at);
  const make = (kind: TokenKind, end: number, open = false): Token => ({
    kind,
    start: at - base,
    end: end - base,
    upper: kind === 'operator' ? text.slice(at, end) : '',
    ...(open ? { open: true } : {}),
  });
  if (isWordStart(code, place.dialect) && !(code === 35 && !isWordStart(text.charCodeAt(at + 1), 'athena')))
    return readWord(text, at, place, make);
  if (
    isDigit(code) ||
    (code === 46 && isDigit(text.charCodeAt(at + 1)) && !endsName(place.previous, at - base))
  ) {
    return make('number', numberEnd(text, at));
  }
  if (code === 39) {
    const { end, open } = quotedEnd(text, at, place.escapes);
    return make('string', end, open);
  }
  if (code === 34 || code === 96) {
    const { end, open } = quotedEnd(text, at, place.escapes && place.dialect === 'athena');
    return make('quoted', end, open);
  }
  const template = templateEnd(text, at);
  if (template !== undefined) return glued(text, template.end, at, make, template.open);
  if (code === 36) {
    const tag = dollarTag(text, at);
    if (tag !== undefined && place.dialect === 'redshift') {
      const { end, open } = closeOf(text, at + tag.length, tag);
      return make('string', end, open);
    }
    if (isDigit(text.charCodeAt(at + 1))) return make('parameter', numberEnd(text, at + 1));
    return make('unknown', at + 1);
  }
  if (code === 63) return make('parameter', at + 1);
  if (code === 58 && isWordStart(text.charCodeAt(at + 1), place.dialect) && text.charCodeAt(at - 1) !== 58) {
    return make('parameter', wordEnd(text, at + 1, place.dialect));
  }
  if (code === 37) {
    const python = /^%\(\w+\)s|^%s(?!\w)/.exec(text.slice(at, at + 80));
    if (python !== null && !(python[0] === '%s' && endsOperand(place.previous)))
      return make('parameter', at + python[0].length);
  }
  for (const operator of operators)
    if (text.startsWith(operator, at)) return make('operator', at + operator.length);
  if ('+-*/%^<>=~!@&|#()[]{},.:'.includes(text.charAt(at))) return make('operator', at + 1);
  const point = text.codePointAt(at) ?? 0;
  return make('unknown', at + (point > 0xffff ? 2 : 1));
}

/** A word or, with a prefix as in E'…', a string; a template that touches it makes both one template. */
function readWord(
  text: string,
  at: number,
  place: Place,
  make: (kind: TokenKind, end: number, open?: boolean) => Token,
): Token {
  const end = wordEnd(text, at, place.dialect);
  const next = text.charCodeAt(end);
  if (next === 39 && end - at === 1 && 'eExXnNbB'.includes(text.charAt(at))) {
    const quoted = quotedEnd(text, end, 'eE'.includes(text.charAt(at)));
    return make('string', quoted.end, quoted.open);
  }
  if (next === 38 && end - at === 1 && 'uU'.includes(text.charAt(at))) {
    const quote = text.charCodeAt(end + 1);
    if (quote === 39 || quote === 34) {
      const quoted = quotedEnd(text, end + 1, false);
      return make(quote === 39 ? 'string' : 'quoted', quoted.end, quoted.open);
    }
  }
  if ((next === 123 || next === 36) && templateEnd(text, end) !== undefined)
    return glued(text, end, at, make);
  return { ...make('word', end), upper: upperOf(text.slice(at, end)) };
}

function glued(
  text: string,
  from: number,
  at: number,
  make: (kind: TokenKind, end: number, open?: boolean) => Token,
  open = false,
): Token {
  let end = from;
  let unclosed = open;
  // `{% if x %}` is a word of its own; `{{ a }}_b` and `a_${b}` are names with holes.
  if (!text.startsWith('{%', at)) {
    for (;;) {
      const template = text.startsWith('{%', end) ? undefined : templateEnd(text, end);
      const next = template?.end ?? wordEnd(text, end, 'redshift');
      if (next <= end) break;
      if (template?.open) unclosed = true;
      end = next;
    }
  }
  return make('template', end, unclosed);
}

const upperWords = new Map<string, string>();
function upperOf(word: string): string {
  let upper = upperWords.get(word);
  if (upper === undefined) {
    upper = word.toUpperCase();
    if (upperWords.size > 20_000) upperWords.clear();
    upperWords.set(word, upper);
  }
  return upper;
}

function commentEnd(
  text: string,
  at: number,
  dialect: Dialect,
): { readonly end: number; readonly open: boolean } | undefined {
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
  return code === 32 || code === 10 || spaces.has(code);
}
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
function isWordStart(code: number, dialect: Dialect): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) return true;
  if (code === 35) return dialect === 'redshift'; // #temporary tables
  return code > 127 && !spaces.has(code);
}
function wordEnd(text: string, from: number, dialect: Dialect): number {
  let at = from;
  if (text.charCodeAt(at) === 35 && dialect === 'redshift') at++;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isWordStart(code, 'athena') || isDigit(code)) continue;
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
