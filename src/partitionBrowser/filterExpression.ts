import type { Column } from '../catalog/catalog';
import { nearest } from '../lint/settings';
import { longestExpression } from '../scan/glueExpression';
import { filterTokens, type FilterToken } from './filterTokens';

/** A comparison of a key that every partition must pass: what a partition index can use. */
export interface FilterTerm {
  readonly key: string;
  readonly operator: '=' | '<' | '>' | '<=' | '>=' | 'BETWEEN';
}

/** What became of a filter that was typed; `at` is a place in its text. */
export type CheckedFilter =
  | { readonly kind: 'empty' }
  | { readonly kind: 'valid'; readonly expression: string; readonly terms: readonly FilterTerm[] }
  | { readonly kind: 'invalid'; readonly message: string; readonly at: number };

/** Key types that Glue filters by (API reference, GetPartitions, "Supported Partition Key Types"). */
const filtered = /^(string|char|varchar|date|timestamp|int|integer|bigint|long|tinyint|smallint|decimal)\b/;
const numeric = /^(int|integer|bigint|long|tinyint|smallint|decimal)\b/;
const comparisons = new Set(['=', '<', '>', '<=', '>=', '<>', '!=']);

/** Whether Glue compares a key as a number, so that its literals stand without quotes. */
export function isNumberKey({ type }: Pick<Column, 'type'>): boolean {
  return numeric.test(type.toLowerCase());
}

/**
 * Reads a filter as Glue would (API reference, GetPartitions, Expression: comparisons of keys with literals, AND, OR,
 * NOT, IN, BETWEEN, LIKE, IS NULL), so that what Glue refuses with "Unsupported expression" is told in a sentence
 * before it is sent.
 */
export function checkFilter(text: string, keys: readonly Column[]): CheckedFilter {
  const expression = text.trim();
  if (expression === '') return { kind: 'empty' };
  const bytes = new TextEncoder().encode(expression).length;
  if (bytes > longestExpression) {
    const message = `The filter has ${bytes} bytes and Glue takes ${longestExpression}: name fewer values.`;
    return { kind: 'invalid', at: 0, message };
  }
  try {
    return { kind: 'valid', expression, terms: readFilter(text, keys) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'invalid', message: error.message, at: error.at };
  }
}

class Refused extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Comparisons that must all hold; what stands under OR or NOT is none. */
function readFilter(text: string, keys: readonly Column[]): readonly FilterTerm[] {
  const tokens = filterTokens(text);
  let next = 0;
  const peek = (): FilterToken | undefined => tokens[next];
  const accept = (word: string): boolean => {
    if (peek()?.text !== word || peek()?.kind === 'text') return false;
    next += 1;
    return true;
  };
  const refuse = (message: string, token = peek()): never => {
    throw new Refused(message, token?.at ?? text.length);
  };
  const shown = (token: FilterToken | undefined): string => token?.raw ?? 'the end';
  const expectSign = (sign: string, behind: string): void => {
    if (!accept(sign)) refuse(`${behind} is followed by ${shown(peek())}: write ${sign} there.`);
  };

  const or = (): readonly FilterTerm[] => {
    const first = and();
    if (!accept('OR')) return first;
    or();
    return [];
  };
  const and = (): readonly FilterTerm[] => {
    const first = not();
    return accept('AND') ? [...first, ...and()] : first;
  };
  const not = (): readonly FilterTerm[] => {
    if (!accept('NOT')) return primary();
    not();
    return [];
  };
  const primary = (): readonly FilterTerm[] => {
    if (!accept('(')) return comparison();
    const inner = or();
    if (!accept(')')) refuse('A bracket is not closed: add ) at its end.');
    return inner;
  };
  const comparison = (): readonly FilterTerm[] => {
    const key = keyAt();
    const negated = accept('NOT');
    if (accept('IN')) {
      expectSign('(', 'IN');
      do literal(key);
      while (accept(','));
      expectSign(')', 'The list after IN');
      return [];
    }
    if (accept('BETWEEN')) {
      literal(key);
      if (!accept('AND')) refuse(`BETWEEN needs two values: write ${key.name} BETWEEN a AND b.`);
      literal(key);
      return negated ? [] : [{ key: key.name, operator: 'BETWEEN' }];
    }
    if (accept('LIKE')) {
      if (peek()?.kind !== 'text') refuse("LIKE needs a text in single quotes: write LIKE '2024-%'.");
      next += 1;
      return [];
    }
    if (negated) return refuse(`NOT stands before a comparison: write NOT ${key.name} = …`);
    if (accept('IS')) {
      accept('NOT');
      if (!accept('NULL')) refuse('IS is followed by NULL or NOT NULL only.');
      return [];
    }
    const sign = peek();
    if (sign === undefined || !comparisons.has(sign.text)) {
      return refuse(
        sign?.text === '('
          ? `Glue calls no function such as ${key.name}(…): compare the key itself with a value.`
          : `${key.name} is followed by ${shown(sign)}: compare it with =, <>, <, <=, >, >=, IN, BETWEEN or LIKE.`,
      );
    }
    next += 1;
    literal(key);
    const operator = sign.text;
    return operator === '<>' || operator === '!=' ? [] : [{ key: key.name, operator: termOf(operator) }];
  };

  const keyAt = (): Column => {
    const token = peek();
    if (token?.kind === 'unclosed') return refuse('A quote is not closed: add one at the end of the text.');
    if (token?.kind !== 'name') {
      return refuse(`A filter names a partition key here and not ${shown(token)}: ${namesOf(keys)}.`);
    }
    const key = keys.find(({ name }) => name.toLowerCase() === token.text.toLowerCase());
    if (key === undefined) {
      if (tokens[next + 1]?.text === '(') {
        return refuse(
          `Glue calls no function such as ${token.text}(…): compare the key itself with a value.`,
        );
      }
      const meant = nearest(
        token.text,
        keys.map(({ name }) => name),
      );
      return refuse(
        meant === undefined
          ? `${token.text} is no partition key: ${namesOf(keys)}.`
          : `${token.text} is no partition key: did you mean ${meant}?`,
      );
    }
    if (!filtered.test(key.type.toLowerCase())) {
      return refuse(`Glue does not filter by ${key.name}, since it is ${aType(key)}.`);
    }
    next += 1;
    return key;
  };

  const literal = (key: Column): void => {
    const token = peek();
    const number = isNumberKey(key);
    if (token?.kind === 'unclosed') refuse('A quote is not closed: add one at the end of the text.');
    // `date '2024-01-01'` means its text.
    if (
      token?.kind === 'name' &&
      /^(date|timestamp)$/i.test(token.raw) &&
      tokens[next + 1]?.kind === 'text'
    ) {
      next += 2;
      return;
    }
    const example = number ? `${key.name} = 1` : `${key.name} = '${exampleOf(key)}'`;
    if (token?.kind === 'name') {
      refuse(
        token.raw.startsWith('"')
          ? `A value stands in single quotes: write '${token.text}'.`
          : `${token.raw} is no value: ${number ? `write a number, ${example}` : `write it in single quotes, '${token.text}'`}.`,
      );
    }
    if (token?.kind === 'number') {
      const rest = /^[^\s,)]+/.exec(text.slice(token.at))?.[0] ?? token.raw;
      if (!number) refuse(`${key.name} is ${aType(key)}: write '${rest}' in single quotes.`);
      next += 1;
      return;
    }
    if (token?.kind !== 'text') {
      const rest = /^[^\s,)]+/.exec(text.slice(token?.at ?? text.length))?.[0];
      refuse(
        rest === undefined || token?.kind !== 'stray'
          ? `A value is missing before ${shown(token)}: write ${example}.`
          : `${rest} is no value: ${number ? `write a number, ${example}` : `write '${rest}' in single quotes`}.`,
      );
    }
    if (token?.kind === 'text' && number && !/^-?\d+(\.\d+)?$/.test(token.text.trim())) {
      refuse(`${key.name} is ${aType(key)}, which '${token.text}' is not: write ${example}.`);
    }
    next += 1;
  };

  const terms = or();
  const rest = peek();
  if (rest !== undefined) {
    refuse(
      rest.text === ')'
        ? 'A bracket is closed that was not opened: remove ).'
        : `${rest.raw} is one too many: join comparisons by AND or OR.`,
    );
  }
  return terms;
}

function termOf(operator: string): FilterTerm['operator'] {
  switch (operator) {
    case '<':
    case '>':
    case '<=':
    case '>=':
      return operator;
    default:
      return '=';
  }
}

function namesOf(keys: readonly Column[]): string {
  const names = keys.map(({ name, type }) => `${name} (${type})`);
  return `${names.length === 1 ? 'the key is' : 'the keys are'} ${names.join(', ')}`;
}

function aType({ type }: Column): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function exampleOf({ type }: Column): string {
  return type.startsWith('date') || type.startsWith('timestamp') ? '2024-01-01' : 'value';
}
