/** A day of the month or of the week that is no plain number. */
export type SpecialDay =
  /** `L`: the last day of the month. */
  | { readonly kind: 'last-day' }
  /** `LW`: the last weekday of the month. */
  | { readonly kind: 'last-weekday' }
  /** `15W`: the weekday nearest to a day, in the same month. */
  | { readonly kind: 'nearest-weekday'; readonly day: number }
  /** `6L`: the last such day of the week in the month; Sunday is 1. */
  | { readonly kind: 'last-of-week'; readonly day: number }
  /** `2#1`: the first, second… such day of the week in the month. */
  | { readonly kind: 'nth-of-week'; readonly day: number; readonly nth: number };

/** What a field of a cron expression stands for. */
export interface CronField {
  readonly text: string;
  /** Sorted, each once; empty for `?` and where only special days are given. */
  readonly values: readonly number[];
  /** `*`: every value. */
  readonly all: boolean;
  readonly special: readonly SpecialDay[];
}

/** How a field is named and bounded (AWS Glue Developer Guide, "Time-based schedules for jobs and crawlers"). */
export interface FieldRule {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  readonly days?: 'month' | 'week';
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** The six fields in their order. */
export const fieldRules: readonly FieldRule[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31, days: 'month' },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of week', from: 1, to: 7, names: weekdays, days: 'week' },
  { name: 'year', from: 1970, to: 2199 },
];

/** Reads one field; a text says what is wrong with it. */
export function readField(text: string, rule: FieldRule): CronField | string {
  if (text === '?') {
    if (rule.days === undefined) return `? stands for a day only: the field ${rule.name} takes *.`;
    return { text, values: [], all: false, special: [] };
  }
  const values = new Set<number>();
  const special: SpecialDay[] = [];
  for (const part of text.split(',')) {
    const day = specialDay(part, rule);
    if (typeof day === 'string') return day;
    if (day !== undefined) {
      special.push(day);
      continue;
    }
    const range = rangeOf(part, rule);
    if (typeof range === 'string') return range;
    for (const value of range) values.add(value);
  }
  return { text, values: [...values].toSorted((a, b) => a - b), all: text === '*', special };
}

function rangeOf(part: string, rule: FieldRule): readonly number[] | string {
  const match = /^(\*|[A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?(?:\/(\d+))?$/.exec(part);
  if (match === null) return `“${part}” means nothing in the field ${rule.name}.`;
  const [, first = '', last, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step === 0) return `A step of 0 in the field ${rule.name} never moves on.`;
  if (first === '*') {
    return last === undefined
      ? counted(rule.from, rule.to, step)
      : `“${part}” means nothing in the field ${rule.name}.`;
  }
  const from = numberOf(first, rule);
  if (typeof from === 'string') return from;
  if (last === undefined) return counted(from, stepText === undefined ? from : rule.to, step);
  const to = numberOf(last, rule);
  if (typeof to === 'string') return to;
  if (from <= to) return counted(from, to, step);
  // FRI-MON goes over the end of the week.
  if (rule.days === 'week') return [...counted(from, 7, step), ...counted(1, to, step)];
  return `The range ${part} in the field ${rule.name} runs backwards.`;
}

function counted(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);
}

function numberOf(text: string, { name, from, to, names = [] }: FieldRule): number | string {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + 1;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  const words = names.length === 0 ? '' : ` or ${names[0] ?? ''} to ${names.at(-1) ?? ''}`;
  return `${text} is outside of the field ${name}, which goes from ${from} to ${to}${words}.`;
}

function specialDay(part: string, rule: FieldRule): SpecialDay | string | undefined {
  if (rule.days === undefined) {
    return /[LW#]/.test(part) && !/[A-Z]{3}/i.test(part)
      ? `L, W and # stand for days only, not in the field ${rule.name}.`
      : undefined;
  }
  if (rule.days === 'month') {
    if (part === 'L') return { kind: 'last-day' };
    if (part === 'LW') return { kind: 'last-weekday' };
    const nearest = /^(\d+)W$/.exec(part)?.[1];
    if (nearest === undefined) return undefined;
    const day = numberOf(nearest, rule);
    return typeof day === 'string' ? day : { kind: 'nearest-weekday', day };
  }
  // The week ends with Saturday.
  if (part === 'L') return undefined;
  const last = /^([A-Za-z0-9]+)L$/.exec(part)?.[1];
  if (last !== undefined) {
    const day = numberOf(last, rule);
    return typeof day === 'string' ? day : { kind: 'last-of-week', day };
  }
  const [, name, nth] = /^([A-Za-z0-9]+)#(\d+)$/.exec(part) ?? [];
  if (name === undefined || nth === undefined) return undefined;
  const day = numberOf(name, rule);
  if (typeof day === 'string') return day;
  return Number(nth) >= 1 && Number(nth) <= 5
    ? { kind: 'nth-of-week', day, nth: Number(nth) }
    : `#${nth} counts no day of a month: it goes from #1 to #5.`;
}

/** The full names, January first and Sunday first. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
