import type { Span } from '../../base/text';
import type {
  Dialect,
  ErrorNode,
  Expression,
  QualifiedName,
  Query,
  Select,
  StatementBody,
  SyntaxProblem,
} from '../ast';
import type { Token } from '../lex';
import { nearest } from '../words';

/** Rules that call each other across files; held here so that the files need no import cycle. */
export interface Grammar {
  readonly expression: (r: Reader, power: number) => Expression;
  readonly query: (r: Reader) => Query;
  readonly statement: (r: Reader) => StatementBody;
}

/** A node while it is put together: spreading optional parts into it costs more than reading them. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Where the parser stands in one statement. */
export interface Reader {
  readonly text: string;
  readonly dialect: Dialect;
  /** Ends with a token of kind `end`. */
  readonly tokens: Token[];
  readonly problems: SyntaxProblem[];
  readonly grammar: Grammar;
  at: number;
  depth: number;
  /** Index of the token at which the last problem was raised: no second one at the same place. */
  problemAt: number;
  /** Offset from which problems could be a template's doing. */
  readonly silentFrom: number;
  /** Names by which FROM items so far can be navigated: `t` in `FROM t, t.items`. */
  readonly aliases: string[];
  /** Names of tables that were read from so far, and the SELECTs. */
  readonly tables: QualifiedName[];
  readonly selects: Select[];
  /** WITH queries whose names are seen here; how many of a name. */
  readonly ctes: Map<string, number>;
  /** Partner of each bracket, and how many round ones open in a row; made when first asked for. */
  brackets: Brackets | undefined;
}

export interface Brackets {
  /** Index of the closing bracket of the one at this index; the end token's when it has none. */
  readonly close: Int32Array;
}

/** Deeper nesting than this is skipped, so that no input overflows the stack. */
export const maximumDepth = 300;

const nothing: Token = { kind: 'end', start: 0, end: 0, upper: '' };

/** The token `ahead` places on; the end token behind the last. */
export function peek(r: Reader, ahead = 0): Token {
  return r.tokens[r.at + ahead] ?? r.tokens.at(-1) ?? nothing;
}
// One to four words: a rest parameter would make an array for each of the dozen questions asked at every token.

/** True when the next tokens are these words or operators. */
export function is(r: Reader, first: string, second?: string, third?: string, fourth?: string): boolean {
  const { tokens, at } = r;
  return (
    tokens[at]?.upper === first &&
    (second === undefined || tokens[at + 1]?.upper === second) &&
    (third === undefined || tokens[at + 2]?.upper === third) &&
    (fourth === undefined || tokens[at + 3]?.upper === fourth)
  );
}
/** Takes these words when they come next. */
export function eat(r: Reader, first: string, second?: string, third?: string): boolean {
  if (r.tokens[r.at]?.upper !== first || !is(r, first, second, third)) return false;
  r.at += third !== undefined ? 3 : second !== undefined ? 2 : 1;
  return true;
}
/** Takes the first of these words that comes next. */
export function eatOne(r: Reader, ...words: readonly string[]): boolean {
  return words.some((word) => eat(r, word));
}
/** Takes the next token, whatever it is. */
export function next(r: Reader): Token {
  const token = peek(r);
  if (token.kind !== 'end') r.at++;
  return token;
}
export function atEnd(r: Reader): boolean {
  return peek(r).kind === 'end';
}
/** Offset behind the last token taken. */
export function endOf(r: Reader): number {
  return r.tokens[r.at - 1]?.end ?? r.tokens[0]?.start ?? 0;
}
export function startOf(r: Reader): number {
  return peek(r).start;
}
export function textOf(r: Reader, token: Token): string {
  return token.raw ?? r.text.slice(token.start, token.end);
}
/** From `start` to the last token taken. */
export function spanFrom(r: Reader, start: number): Span {
  return { start, end: Math.max(start, endOf(r)) };
}
/** An empty node behind the last token, for something missing. */
export function missing(r: Reader): ErrorNode {
  const end = endOf(r);
  return { kind: 'Error', start: end, end };
}

/** How a token reads in a message. */
export function shown(r: Reader, token: Token): string {
  if (token.kind === 'end') return 'the end of the statement';
  const text = textOf(r, token).replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : token.kind === 'word' ? text.toUpperCase() : text;
}

/** Takes the words, or says that they were expected. */
export function expect(r: Reader, first: string, second?: string): boolean {
  if (eat(r, first, second)) return true;
  const words = second === undefined ? first : `${first} ${second}`;
  if (/^[A-Z]/.test(first) && repair(r, [first], { certain: true }))
    return eat(r, first, second) || expected(r, words);
  return expected(r, words);
}

/** Raises "Expected … after …, found …" at the current token. Always false, so that callers can return it. */
export function expected(r: Reader, what: string): false {
  const token = peek(r);
  const before = r.tokens[r.at - 1];
  const place = before === undefined ? '' : ` after ${shown(r, before)}`;
  complain(r, `Expected ${what}${place}, found ${shown(r, token)}`);
  return false;
}

/** Raises a problem at the current token, or at the last one when the statement ends here. */
export function complain(r: Reader, message: string, suggestion?: string): void {
  if (r.problemAt === r.at) return;
  r.problemAt = r.at;
  const token = peek(r);
  if (token.start >= r.silentFrom) return;
  const spot = token.kind === 'end' ? (r.tokens[r.at - 1] ?? token) : token;
  r.problems.push({
    start: spot.start,
    end: spot.end,
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

/**
 * When the current word is a keyword misspelt, says so and reads on as if it were right.
 * Unless `certain`, the word could also be a name: then only a token behind it that no name allows convicts it.
 */
export function repair(
  r: Reader,
  keywords: readonly string[],
  options: { readonly certain?: boolean } = {},
): boolean {
  const token = peek(r);
  if (token.kind !== 'word') return false;
  // First what is cheap to ask: nearly every word here is a name that stands as it should.
  if (options.certain !== true) {
    const after = peek(r, 1);
    const named =
      after.kind === 'word' || after.kind === 'quoted' || after.kind === 'number' || after.kind === 'string';
    // The very word, as nearly always where the next clause begins, is near no other.
    if (!named || keywords.includes(token.upper) || followers.has(after.upper)) return false;
  }
  const keyword = nearest(token.upper, keywords);
  if (keyword === undefined) return false;
  complain(r, `Unknown word ${shown(r, token)}: did you mean ${keyword}?`, keyword);
  r.tokens[r.at] = { ...token, raw: textOf(r, token), upper: keyword };
  return true;
}
const followers: ReadonlySet<string> = new Set(
  'FROM WHERE GROUP ORDER HAVING LIMIT JOIN INNER LEFT RIGHT FULL CROSS NATURAL ON USING UNION INTERSECT EXCEPT MINUS QUALIFY WINDOW OFFSET FETCH AS SET WHEN THEN ELSE END AND OR INTO'.split(
    ' ',
  ),
);

/** Runs a rule one level deeper; behind the limit skips the bracket and gives `fallback`. */
export function nested<T>(r: Reader, rule: () => T, fallback: () => T): T {
  if (r.depth >= maximumDepth) {
    skipItem(r);
    return fallback();
  }
  r.depth++;
  const result = rule();
  r.depth--;
  return result;
}

/** Goes one level deeper, for rules that are read too often to pass functions; false, with the bracket skipped, behind the limit. */
export function enter(r: Reader): boolean {
  if (r.depth >= maximumDepth) {
    skipItem(r);
    return false;
  }
  r.depth++;
  return true;
}
export function leave(r: Reader): void {
  r.depth--;
}

function skipItem(r: Reader): void {
  if (is(r, '(') || is(r, '[')) {
    r.at = closeIndex(r, r.at);
    next(r);
  } else next(r);
}

/** Index of the bracket that closes the one at `index`; that of the end token when nothing does. */
export function closeIndex(r: Reader, index: number): number {
  r.brackets ??= bracketsOf(r.tokens);
  return r.brackets.close[index] ?? r.tokens.length - 1;
}

function bracketsOf(tokens: readonly Token[]): Brackets {
  const partners = new Int32Array(tokens.length).fill(tokens.length - 1);
  const open: number[] = [];
  for (const [index, { upper }] of tokens.entries()) {
    if (upper === '(' || upper === '[') open.push(index);
    else if (upper === ')' || upper === ']') {
      const partner = open.pop();
      if (partner !== undefined) partners[partner] = index;
    }
  }
  return { close: partners };
}

/** Skips to one of these words, or to a comma or closing bracket, outside of brackets opened on the way. */
export function skipTo(r: Reader, words: ReadonlySet<string>): void {
  while (!atEnd(r)) {
    const { upper } = peek(r);
    if (upper === ')' || upper === ',' || upper === ']' || words.has(upper)) return;
    if (upper === '(' || upper === '[') r.at = closeIndex(r, r.at);
    next(r);
  }
}

/** Items between commas; stops behind the last item. */
export function commaList<T>(r: Reader, item: () => T): T[] {
  // An item may be missing: its problem is raised already, and the comma behind it is taken like any other.
  const first = item();
  if (!eat(r, ',')) return [first];
  const items: T[] = [first];
  do items.push(item());
  while (eat(r, ','));
  // A list that is pushed to has room for seventeen more: the tree keeps it without.
  return items.slice();
}

/** `( item, … )` with its problems; the items. */
export function parenthesised<T>(r: Reader, item: () => T): T[] {
  if (!expect(r, '(')) return [];
  if (is(r, ')')) {
    expected(r, 'at least one item');
    next(r);
    return [];
  }
  const items = commaList(r, item);
  close(r);
  return items;
}

const clauseWords: ReadonlySet<string> = new Set(
  'SELECT FROM WHERE GROUP HAVING ORDER LIMIT UNION INTERSECT EXCEPT'.split(' '),
);
/** Takes a closing parenthesis; when something else stands there, skips what does not belong up to it. */
export function close(r: Reader, bracket = ')'): void {
  if (eat(r, bracket)) return;
  expected(r, bracket);
  const from = r.at;
  skipTo(r, clauseWords);
  while (is(r, ',')) {
    next(r);
    skipTo(r, clauseWords);
  }
  if (!eat(r, bracket) && !atEnd(r)) r.at = from;
}
