import { castValue } from './cast';
import {
  comparison,
  complement,
  everything,
  intersection,
  notNull,
  nothing,
  onlyNull,
  setOf,
  union,
  type Bound,
  type Domain,
} from './domain';
import { evaluate } from './evaluate';
import { familyOf } from './sqlType';
import { hasColumn, withoutNot, type ApplyTerm, type ColumnTerm, type Term } from './term';
import { asMillis, type Value } from './value';

type Known = Exclude<Value, null>;

/** Which column, and what `current_date` means. */
export interface DomainRequest {
  readonly column: ColumnTerm;
  readonly now?: number;
}

/** The values of one column under which the condition can hold: never too few, and all when nothing is known. */
export function domainOf(condition: Term, request: DomainRequest): Domain {
  return domain(withoutNot(condition), request);
}

const flipped: Readonly<Record<string, string>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function domain(term: Term, request: DomainRequest): Domain {
  if (term.kind === 'constant')
    return term.value?.kind === 'boolean' && term.value.boolean
      ? everything
      : term.value === null || term.value.kind === 'boolean'
        ? nothing
        : everything;
  if (term.kind !== 'apply') return everything;
  const first = term.args[0];
  const second = term.args[1];
  const third = term.args[2];
  switch (term.operator) {
    case 'and':
      return term.args.reduce<Domain>((all, arg) => intersection(all, domain(arg, request)), everything);
    case 'or':
      return term.args.reduce<Domain>((all, arg) => union(all, domain(arg, request)), nothing);
    case 'not':
      return first?.kind === 'apply' ? negatedDomain(first, request) : everything;
    case 'is null':
      return isColumn(first, request) ? onlyNull : everything;
    case 'between': {
      const low = compareWith('>=', first, second, request);
      return intersection(low, compareWith('<=', first, third, request));
    }
    case 'in':
      return isColumn(first, request) ? listDomain(term, request) : everything;
    case 'like':
      return isColumn(first, request) ? likeDomain(term, request) : everything;
    case 'starts_with': {
      const prefix = constantOf(second, request);
      return isColumn(first, request) && prefix?.kind === 'text' ? prefixDomain(prefix.text) : everything;
    }
    default:
      return flipped[term.operator] === undefined
        ? everything
        : compareWith(term.operator, first, second, request);
  }
}

function negatedDomain(term: ApplyTerm, request: DomainRequest): Domain {
  if (!isColumn(term.args[0], request)) return everything;
  switch (term.operator) {
    case 'is null':
      return notNull;
    case 'between': {
      const inside = domain(term, request);
      // A bound that is not known or NULL may let anything through.
      return term.args.slice(1).every((arg) => constantOf(arg, request)) ? complement(inside) : everything;
    }
    case 'in': {
      const items = term.args.slice(1).map((arg) => constantOf(arg, request));
      if (items.includes(null)) return nothing;
      const values = comparable(items, request);
      return values === undefined ? everything : complement(setOf(values));
    }
    default:
      return everything;
  }
}

function listDomain(term: ApplyTerm, request: DomainRequest): Domain {
  const items = term.args.slice(1).map((arg) => constantOf(arg, request));
  const values = comparable(items, request);
  return values === undefined ? everything : setOf(values);
}

/** The values of a list that the column can be compared with; `undefined` when one is not known. */
function comparable(items: readonly (Value | undefined)[], { column }: DomainRequest): Known[] | undefined {
  const values: Known[] = [];
  for (const item of items) {
    if (item === undefined) return undefined;
    if (item === null) continue;
    const value = fitting(item, column);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function compareWith(
  operator: string,
  left: Term | undefined,
  right: Term | undefined,
  request: DomainRequest,
): Domain {
  if (isColumn(left, request)) return constantComparison(operator, right, request);
  if (isColumn(right, request)) return constantComparison(flipped[operator] ?? operator, left, request);
  return dayComparison(operator, left, right, request);
}

function constantComparison(operator: string, other: Term | undefined, request: DomainRequest): Domain {
  const constant = constantOf(other, request);
  if (constant === undefined) return everything;
  if (constant === null) return nothing;
  const value = fitting(constant, request.column);
  return (value === undefined ? undefined : comparison(operator, value)) ?? everything;
}

/** `CAST(t AS date) = DATE '…'` on a timestamp: the whole day, as the engine unwraps it. */
function dayComparison(
  operator: string,
  left: Term | undefined,
  right: Term | undefined,
  request: DomainRequest,
): Domain {
  const base = request.column.type?.base;
  if (base !== 'timestamp' && base !== 'date') return everything;
  const toDay = [left, right].find(
    (side) =>
      side?.kind === 'apply' &&
      ((side.operator === 'cast' && side.type?.base === 'date') || side.operator === 'date') &&
      isColumn(side.args[0], request),
  );
  if (toDay === undefined) return everything;
  const constant = constantOf(toDay === left ? right : left, request);
  if (constant === undefined) return everything;
  if (constant === null) return nothing;
  const way = toDay === left ? operator : (flipped[operator] ?? operator);
  if (base === 'date') return comparison(way, constant) ?? everything;
  if (constant.kind !== 'date') return everything;
  const from: Known = { kind: 'date', days: constant.days };
  const to: Known = { kind: 'date', days: constant.days + 1 };
  const day: Domain = {
    ranges: [{ low: { value: from, inclusive: true }, high: { value: to, inclusive: false } }],
    nulls: false,
  };
  if (way === '=') return day;
  if (way === '<>') return complement(day);
  return (
    comparison(
      way === '>' || way === '<=' ? (way === '>' ? '>=' : '<') : way,
      way === '>' || way === '<=' ? to : from,
    ) ?? everything
  );
}

/** `LIKE 'p%'`: what begins with `p`; a pattern without wildcards: itself. */
function likeDomain(term: ApplyTerm, request: DomainRequest): Domain {
  const pattern = constantOf(term.args[1], request);
  if (pattern === null) return nothing;
  if (pattern?.kind !== 'text' || term.args.length > 2) return everything;
  const prefix = /^[^%_]*/.exec(pattern.text)?.[0] ?? '';
  if (prefix === pattern.text) return setOf([pattern]);
  return prefix === '' ? notNull : prefixDomain(prefix);
}

function prefixDomain(prefix: string): Domain {
  if (prefix === '') return notNull;
  const low: Bound = { value: { kind: 'text', text: prefix }, inclusive: true };
  const last = prefix.codePointAt(prefix.length - 1) ?? 0;
  // Past the surrogates there is no simple next character.
  if (last >= 0xd7ff) return { ranges: [{ low }], nulls: false };
  const next = prefix.slice(0, -1) + String.fromCodePoint(last + 1);
  return { ranges: [{ low, high: { value: { kind: 'text', text: next }, inclusive: false } }], nulls: false };
}

function isColumn(term: Term | undefined, { column }: DomainRequest): boolean {
  if (term?.kind === 'column') return term.relation === column.relation && term.name === column.name;
  // A cast to a wider type changes no value and no order.
  return (
    term?.kind === 'apply' &&
    term.operator === 'cast' &&
    widens(term, column) &&
    isColumn(term.args[0], { column })
  );
}

const widths = ['tinyint', 'smallint', 'integer', 'bigint'];

function widens(cast: ApplyTerm, column: ColumnTerm): boolean {
  const [from, to] = [column.type?.base ?? '', cast.type?.base ?? ''];
  if (from === to) return from !== 'decimal' && (cast.type?.sizes.length ?? 0) === 0;
  return widths.includes(from) && widths.indexOf(to) > widths.indexOf(from);
}

/** The value of a term without columns; `undefined` when it has one or is not known. */
function constantOf(term: Term | undefined, { now }: DomainRequest): Value | undefined {
  if (term === undefined || (term.kind !== 'constant' && hasColumn(term))) return undefined;
  if (term.kind === 'constant') return term.value;
  return evaluate(term, { column: () => undefined, ...(now === undefined ? {} : { now }) });
}

/** The constant when the column can be compared with it; `undefined` when the query would fail. */
function fitting(value: Known, column: ColumnTerm): Known | undefined {
  const family = column.type === undefined ? 'other' : familyOf(column.type);
  const fits =
    family === 'text'
      ? value.kind === 'text' && column.type?.base !== 'char'
      : family === 'number'
        ? value.kind === 'whole' || value.kind === 'decimal' || value.kind === 'double'
        : family === 'boolean'
          ? value.kind === 'boolean'
          : family === 'time' && asMillis(value) !== undefined;
  if (!fits) return undefined;
  // A double never equals a decimal exactly; leave such comparisons to the evaluation of each partition.
  if (value.kind === 'double') return undefined;
  return column.type?.base === 'date' && value.kind === 'timestamp' ? wholeDay(value, column) : value;
}

function wholeDay(value: Known, column: ColumnTerm): Known | undefined {
  const day = column.type === undefined ? undefined : castValue(value, column.type);
  return day !== undefined && day !== null && asMillis(day) === asMillis(value) ? day : undefined;
}
