import type { SqlType } from './sqlType';
import type { Value } from './value';

/**
 * Why nothing is known of a term's value. `template`, `parameter` and `error`: it will be known to the engine,
 * not to us. `subquery`: known at run time only. `aggregate`, `window`: of many rows. `volatile`: random.
 * `unresolved`: a name that might be one of several columns. `syntax`: an expression that is not followed.
 */
export type Opacity =
  | 'template'
  | 'parameter'
  | 'error'
  | 'subquery'
  | 'aggregate'
  | 'window'
  | 'volatile'
  | 'unresolved'
  | 'syntax';

/**
 * An expression, freed from the names around it: its columns point at relations (one per use of a table),
 * so that it can be moved to where the table is read.
 */
export type Term =
  | { readonly kind: 'constant'; readonly value: Value; readonly type: SqlType | undefined }
  | ColumnTerm
  | {
      readonly kind: 'apply';
      /** Lower case: `and`, `or`, `not`, `=`, `in`, `between`, `like`, `is null`, `cast`, `case`, or a function. */
      readonly operator: string;
      readonly args: readonly Term[];
      /** The target of a cast. */
      readonly type?: SqlType;
    }
  | {
      readonly kind: 'opaque';
      readonly why: Opacity;
      readonly parts: readonly Term[];
      readonly type?: SqlType;
      /** The name that is unresolved. */
      readonly name?: string;
      /** For a window: what it is partitioned by is all that a filter may be pushed through on. */
      readonly by?: readonly Term[];
    };

export interface ColumnTerm {
  readonly kind: 'column';
  readonly relation: number;
  readonly name: string;
  readonly type: SqlType | undefined;
}

export type ApplyTerm = Extract<Term, { kind: 'apply' }>;

/** An operator or function applied to terms. */
export function apply(operator: string, ...args: readonly Term[]): ApplyTerm {
  return { kind: 'apply', operator, args };
}

/** The parts of a term, whatever its kind. */
export function partsOf(term: Term): readonly Term[] {
  if (term.kind === 'apply') return term.args;
  if (term.kind !== 'opaque') return none;
  return term.by === undefined ? term.parts : [...term.parts, ...term.by];
}
const none: readonly Term[] = [];

/** The term and all its parts, outermost first. */
export function allTerms(term: Term): readonly Term[] {
  const found: Term[] = [];
  someTerm(term, (part) => {
    found.push(part);
    return false;
  });
  return found;
}

/** True when the term or one of its parts, however deep, passes the test; outermost first, the last part before the first. */
export function someTerm(term: Term, test: (part: Term) => boolean): boolean {
  return someBelow(term, test, 0);
}

/** Terms nested deeper than this, as long chains of one operator are, are followed on a list instead of the stack. */
const deep = 100;

// Asked of each condition for each key, so it allocates nothing.
function someBelow(term: Term, test: (part: Term) => boolean, depth: number): boolean {
  if (test(term)) return true;
  if (term.kind !== 'apply' && term.kind !== 'opaque') return false;
  if (depth === deep) return someListed(term, test);
  const parts = partsOf(term);
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at];
    if (part !== undefined && someBelow(part, test, depth + 1)) return true;
  }
  return false;
}

function someListed(term: Term, test: (part: Term) => boolean): boolean {
  const open: Term[] = [...partsOf(term)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (test(next)) return true;
    for (const part of partsOf(next)) open.push(part);
  }
  return false;
}

/** All columns a term mentions. */
export function columnsIn(term: Term): readonly ColumnTerm[] {
  const found: ColumnTerm[] = [];
  someTerm(term, (part) => {
    if (part.kind === 'column') found.push(part);
    return false;
  });
  return found;
}

/** True when a term mentions any column at all. */
export function hasColumn(term: Term): boolean {
  return someTerm(term, isColumn);
}

function isColumn(term: Term): boolean {
  return term.kind === 'column';
}

/** The conditions that all hold when the term does. */
export function conjunctsOf(term: Term): readonly Term[] {
  if (term.kind === 'apply' && term.operator === 'and') return term.args.flatMap(conjunctsOf);
  return [term];
}

/** The term with some parts put in the place of others; `change` returns `undefined` for what stays. */
export function replaced(term: Term, change: (part: Term) => Term | undefined): Term {
  const other = change(term);
  if (other !== undefined) return other;
  if (term.kind === 'apply') {
    return term.args.length === 0 ? term : { ...term, args: term.args.map((arg) => replaced(arg, change)) };
  }
  if (term.kind !== 'opaque') return term;
  return {
    ...term,
    parts: term.parts.map((part) => replaced(part, change)),
    ...(term.by === undefined ? {} : { by: term.by.map((part) => replaced(part, change)) }),
  };
}

/** A text that is the same for equal terms only. */
export function termKey(term: Term): string {
  switch (term.kind) {
    case 'constant':
      return constantKey(term.value);
    case 'column':
      return `#${term.relation}.${term.name}`;
    case 'apply':
      return `${term.operator}:${term.type === undefined ? '' : JSON.stringify(term.type)}(${term.args.map(termKey).join(',')})`;
    case 'opaque':
    default:
      return `?${term.why}:${term.name ?? ''}(${term.parts.map(termKey).join(',')})`;
  }
}

function constantKey(value: Value): string {
  if (value?.kind === 'whole') return `${value.whole}`;
  if (value?.kind === 'text') return JSON.stringify(value.text);
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}

const opposites: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** The term with every NOT moved down to where it can go no further; three-valued logic allows it. */
export function withoutNot(term: Term): Term {
  return moved(term, 'as it is');
}

/** True when `moved` would change it. */
function hasNot(term: Term): boolean {
  if (term.kind !== 'apply') return false;
  if (term.operator === 'and' || term.operator === 'or') return term.args.some(hasNot);
  return term.operator === 'not';
}

function moved(term: Term, sense: 'as it is' | 'negated'): Term {
  if (term.kind === 'apply' && term.operator === 'not' && term.args[0] !== undefined) {
    return moved(term.args[0], sense === 'negated' ? 'as it is' : 'negated');
  }
  if (term.kind === 'apply' && (term.operator === 'and' || term.operator === 'or')) {
    if (sense === 'as it is' && !term.args.some(hasNot)) return term;
    const flipped = term.operator === 'and' ? 'or' : 'and';
    return {
      ...term,
      operator: sense === 'negated' ? flipped : term.operator,
      args: term.args.map((arg) => moved(arg, sense)),
    };
  }
  if (sense === 'as it is') return term;
  if (term.kind === 'apply') {
    const opposite = opposites[term.operator];
    if (opposite !== undefined) return { ...term, operator: opposite };
  }
  return apply('not', term);
}
