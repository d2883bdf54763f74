import { compareValues, type Value } from './value';

type Known = Exclude<Value, null>;

/** One end of a range. */
export interface Bound {
  readonly value: Known;
  readonly inclusive: boolean;
}

/** Values between two ends; a missing end is open. A single value has itself as both ends. */
export interface ValueRange {
  readonly low?: Bound;
  readonly high?: Bound;
}

/** The values a column may have: disjoint ranges in rising order, and whether NULL is one of them. */
export interface Domain {
  readonly ranges: readonly ValueRange[];
  readonly nulls: boolean;
}

export const everything: Domain = { ranges: [{}], nulls: true };
export const nothing: Domain = { ranges: [], nulls: false };
export const onlyNull: Domain = { ranges: [], nulls: true };
export const notNull: Domain = { ranges: [{}], nulls: false };

/** True when the domain excludes no value at all. */
export function isEverything(domain: Domain): boolean {
  const first = domain.ranges[0];
  return domain.nulls && first !== undefined && first.low === undefined && first.high === undefined;
}

/** True when no value is left. */
export function isNothing(domain: Domain): boolean {
  return !domain.nulls && domain.ranges.length === 0;
}

/** The values of a domain that is a finite set, NULL left out; `undefined` when it is a range. */
export function valuesOf(domain: Domain): readonly Known[] | undefined {
  const values: Known[] = [];
  for (const { low, high } of domain.ranges) {
    if (low === undefined || high === undefined || compareValues(low.value, high.value) !== 0)
      return undefined;
    values.push(low.value);
  }
  return values;
}

/** The domain of exactly these values; they must be of one family. */
export function setOf(values: readonly Known[]): Domain {
  const sorted = values.length < 2 ? values : values.toSorted((a, b) => compareValues(a, b) ?? 0);
  const ranges: ValueRange[] = [];
  let last: Known | undefined;
  for (const value of sorted) {
    if (last !== undefined && compareValues(last, value) === 0) continue;
    last = value;
    const bound = { value, inclusive: true };
    ranges.push({ low: bound, high: bound });
  }
  return { ranges, nulls: false };
}

/** What `column operator value` lets through; `undefined` for another operator. */
export function comparison(operator: string, value: Known): Domain | undefined {
  if (operator === '=') return setOf([value]);
  const open = { value, inclusive: false };
  const closed = { value, inclusive: true };
  switch (operator) {
    case '<>':
      return { ranges: [{ high: open }, { low: open }], nulls: false };
    case '<':
      return { ranges: [{ high: open }], nulls: false };
    case '<=':
      return { ranges: [{ high: closed }], nulls: false };
    case '>':
      return { ranges: [{ low: open }], nulls: false };
    case '>=':
      return { ranges: [{ low: closed }], nulls: false };
    default:
      return undefined;
  }
}

/** True when the value is in the domain; `undefined` when it cannot be compared with it. */
export function contains(domain: Domain, value: Value): boolean | undefined {
  if (value === null) return domain.nulls;
  for (const { low, high } of domain.ranges) {
    const above = low === undefined ? 1 : compareValues(value, low.value);
    const below = high === undefined ? -1 : compareValues(value, high.value);
    if (above === undefined || below === undefined) return undefined;
    if (
      (above > 0 || (above === 0 && low?.inclusive === true)) &&
      (below < 0 || (below === 0 && high?.inclusive === true))
    ) {
      return true;
    }
  }
  return false;
}

/** The values in both domains. */
export function intersection(a: Domain, b: Domain): Domain {
  if (isEverything(a)) return b;
  if (isEverything(b)) return a;
  const ranges: ValueRange[] = [];
  let i = 0;
  let j = 0;
  for (
    let x = a.ranges[i], y = b.ranges[j];
    x !== undefined && y !== undefined;
    x = a.ranges[i], y = b.ranges[j]
  ) {
    const low = compareLow(x.low, y.low) >= 0 ? x.low : y.low;
    const lower = compareHigh(x.high, y.high) <= 0;
    const high = lower ? x.high : y.high;
    const range = makeRange(low, high);
    if (!isEmpty(range)) ranges.push(range);
    if (lower) i++;
    else j++;
  }
  return { ranges, nulls: a.nulls && b.nulls };
}

/** The values in either domain. */
export function union(a: Domain, b: Domain): Domain {
  const sorted = [...a.ranges, ...b.ranges].toSorted((x, y) => compareLow(x.low, y.low));
  const ranges: ValueRange[] = [];
  for (const range of sorted) {
    const last = ranges.at(-1);
    if (last === undefined || !touches(last.high, range.low)) ranges.push(range);
    else if (compareHigh(range.high, last.high) > 0)
      ranges[ranges.length - 1] = makeRange(last.low, range.high);
  }
  return { ranges, nulls: a.nulls || b.nulls };
}

/** Every value that is not NULL and not in the domain: what NOT makes of it, since NULL satisfies neither. */
export function complement(domain: Domain): Domain {
  const ranges: ValueRange[] = [];
  let low: Bound | undefined;
  for (const range of domain.ranges) {
    if (range.low !== undefined) {
      const gap = makeRange(low, { value: range.low.value, inclusive: !range.low.inclusive });
      if (!isEmpty(gap)) ranges.push(gap);
    }
    if (range.high === undefined) return { ranges, nulls: false };
    low = { value: range.high.value, inclusive: !range.high.inclusive };
  }
  return { ranges: [...ranges, makeRange(low, undefined)], nulls: false };
}

function makeRange(low: Bound | undefined, high: Bound | undefined): ValueRange {
  if (low === undefined) return high === undefined ? {} : { high };
  return high === undefined ? { low } : { low, high };
}

function isEmpty({ low, high }: ValueRange): boolean {
  if (low === undefined || high === undefined) return false;
  const order = compareValues(low.value, high.value) ?? 0;
  return order > 0 || (order === 0 && !(low.inclusive && high.inclusive));
}

function compareLow(a: Bound | undefined, b: Bound | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return (compareValues(a.value, b.value) ?? 0) || Number(b.inclusive) - Number(a.inclusive);
}

function compareHigh(a: Bound | undefined, b: Bound | undefined): number {
  if (a === undefined || b === undefined) return Number(b !== undefined) - Number(a !== undefined);
  return (compareValues(a.value, b.value) ?? 0) || Number(a.inclusive) - Number(b.inclusive);
}

/** True when a range that ends here and one that begins there leave no value between them. */
function touches(high: Bound | undefined, low: Bound | undefined): boolean {
  if (high === undefined || low === undefined) return true;
  const order = compareValues(low.value, high.value) ?? 0;
  return order < 0 || (order === 0 && (low.inclusive || high.inclusive));
}
