import type { Span } from '../../base/text';
import type { Option } from '../ast';
import type { Token } from '../lex';
import { decoded } from './literals';
import {
  close,
  closeIndex,
  commaList,
  eat,
  endOf,
  expect,
  expected,
  is,
  next,
  peek,
  startOf,
  textOf,
  type Reader,
} from './reader';

/** What an option's value may be: nothing, the next token, or items in parentheses. */
export type Shape = 'flag' | 'value' | 'items' | 'value?' | 'items?';

/** The words of an option's key and what follows them. */
export type OptionTable = ReadonlyMap<string, readonly (readonly [words: readonly string[], shape: Shape])[]>;

/** Makes a table from lines such as `ROW FORMAT SERDE=value`. */
export function optionTable(lines: string): OptionTable {
  const table = new Map<string, [readonly string[], Shape][]>();
  for (const line of lines.trim().split('\n')) {
    const [words = '', shape = 'flag'] = line.trim().split('=');
    const keys = words.split(' ');
    const list = table.get(keys[0] ?? '') ?? [];
    list.push([
      keys,
      shape === 'items' || shape === 'value' || shape === 'value?' || shape === 'items?' ? shape : 'flag',
    ]);
    table.set(keys[0] ?? '', list);
  }
  // The longest key first: NULL AS before NULL.
  for (const list of table.values()) list.sort((a, b) => b[0].length - a[0].length);
  return table;
}

/** The option that comes next, when the table has it. */
export function readOption(r: Reader, table: OptionTable): Option | undefined {
  const candidates = table.get(peek(r).upper);
  for (const [words, shape] of candidates ?? []) {
    if (!words.every((word, at) => r.tokens[r.at + at]?.upper === word)) continue;
    const start = startOf(r);
    r.at += words.length;
    const keySpan = { start, end: endOf(r) };
    return { kind: 'Option', key: words.join(' '), keySpan, ...readShape(r, shape), start, end: endOf(r) };
  }
  return undefined;
}

type Value = Pick<Option, 'value' | 'valueSpan' | 'items'>;

function readShape(r: Reader, shape: Shape): Value {
  if (shape === 'items' || (shape === 'items?' && is(r, '('))) {
    const from = startOf(r);
    const items = readItems(r);
    return { items, valueSpan: { start: from, end: endOf(r) } };
  }
  if (shape === 'flag' || shape === 'items?') return {};
  eat(r, '=');
  const token = peek(r);
  if (shape === 'value?' && token.kind !== 'string' && token.kind !== 'number') return {};
  return readValue(r);
}

/** One value: a string decoded, a number, a word in upper case, `ARRAY[…]` and `(…)` as items. */
export function readValue(r: Reader): Value {
  const from = startOf(r);
  const token = peek(r);
  if (token.kind === 'end' || token.upper === ')' || token.upper === ',') {
    expected(r, 'a value');
    return {};
  }
  if (is(r, '(')) {
    const items = readItems(r);
    return { items, valueSpan: { start: from, end: endOf(r) } };
  }
  if (is(r, 'ARRAY', '[')) {
    r.at += 2;
    const items = is(r, ']') ? [] : commaList(r, () => readItem(r));
    close(r, ']');
    return { items, valueSpan: { start: from, end: endOf(r) } };
  }
  const negative = is(r, '-') && peek(r, 1).kind === 'number';
  if (negative) next(r);
  const value = (negative ? '-' : '') + valueOf(r, next(r));
  return { value, valueSpan: { start: from, end: endOf(r) } };
}

/** A token's value as options hold it. */
export function valueOf(r: Reader, token: Token): string {
  const raw = textOf(r, token);
  if (token.kind === 'string' || token.kind === 'quoted') return decoded(raw, true);
  return token.kind === 'word' ? token.upper : raw;
}

/** `(a, b)` with the text of each item. */
export function readItems(r: Reader): (Span & { text: string })[] {
  if (!expect(r, '(')) return [];
  const items = is(r, ')') ? [] : commaList(r, () => readItem(r));
  close(r);
  return items;
}

/** Tokens up to the comma or bracket that ends the item. */
function readItem(r: Reader): Span & { text: string } {
  const start = startOf(r);
  const first = peek(r);
  let count = 0;
  while (peek(r).kind !== 'end' && !is(r, ',') && !is(r, ')') && !is(r, ']')) {
    if (is(r, '(') || is(r, '[')) r.at = closeIndex(r, r.at);
    next(r);
    count++;
  }
  if (count === 0) {
    expected(r, 'a value');
    return { start: endOf(r), end: endOf(r), text: '' };
  }
  const end = endOf(r);
  const text =
    count === 1 && (first.kind === 'string' || first.kind === 'quoted')
      ? decoded(textOf(r, first), true)
      : r.text.slice(start, end);
  return { start, end, text };
}

/** `('k' = 'v', …)`, and Athena's `(k = value, …)` where keys are words and in lower case. */
export function readProperties(r: Reader): Option[] {
  if (!expect(r, '(')) return [];
  if (eat(r, ')')) return [];
  const properties = commaList(r, () => readProperty(r));
  close(r);
  return properties;
}

function readProperty(r: Reader): Option {
  const start = startOf(r);
  const token = peek(r);
  if (
    token.kind !== 'word' &&
    token.kind !== 'string' &&
    token.kind !== 'quoted' &&
    token.kind !== 'template'
  ) {
    expected(r, 'a property name');
    return {
      kind: 'Option',
      key: '',
      keySpan: { start: endOf(r), end: endOf(r) },
      start: endOf(r),
      end: endOf(r),
    };
  }
  next(r);
  const key = token.kind === 'word' ? textOf(r, token).toLowerCase() : valueOf(r, token);
  const keySpan = { start, end: endOf(r) };
  expect(r, '=');
  const value = readValue(r);
  return { kind: 'Option', key, keySpan, ...value, start, end: endOf(r) };
}
