import {
  addMonths,
  dayMillis,
  dayOf,
  dayNumber,
  formatTime,
  parseTime,
  readDate,
  readTimestamp,
} from './calendar';
import { arithmetic, shiftTime } from './arithmetic';
import { writeValue } from './cast';
import { asMillis, text, truth, whole, type Value } from './value';

type Known = Exclude<Value, null>;
/** `undefined`: the engine fails, or we cannot tell what it does. Arguments are never NULL. */
type PureFunction = (...args: readonly Known[]) => Value | undefined;

/** Functions whose result is NULL as soon as one argument is. */
export const pureFunctions: ReadonlyMap<string, PureFunction> = new Map<string, PureFunction>([
  ['+', (a, b) => arithmetic('+', a, b)],
  ['-', (a, b) => arithmetic('-', a, b)],
  ['*', (a, b) => arithmetic('*', a, b)],
  ['/', (a, b) => arithmetic('/', a, b)],
  ['%', (a, b) => arithmetic('%', a, b)],
  ['mod', (a, b) => arithmetic('%', a, b)],
  ['negate', (a) => arithmetic('-', { kind: 'whole', whole: 0n }, a)],
  [
    'concat',
    (...args) => (args.every((arg) => arg.kind === 'text') ? text(args.map(textOf).join('')) : undefined),
  ],
  ['lower', (a) => mapText(a, (value) => value.toLowerCase())],
  ['upper', (a) => mapText(a, (value) => value.toUpperCase())],
  ['trim', (a, b) => (b === undefined ? mapText(a, (value) => value.replaceAll(/^ +| +$/g, '')) : undefined)],
  ['ltrim', (a, b) => (b === undefined ? mapText(a, (value) => value.replace(/^ +/, '')) : undefined)],
  ['rtrim', (a, b) => (b === undefined ? mapText(a, (value) => value.replace(/ +$/, '')) : undefined)],
  ['length', (a) => (a.kind === 'text' ? whole(characters(a.text).length) : undefined)],
  ['substr', substr],
  ['substring', substr],
  [
    'replace',
    (a, b, c) =>
      isText(a) && isText(b) && textOf(b) !== ''
        ? text(a.text.replaceAll(textOf(b), () => textOf(c)))
        : undefined,
  ],
  ['lpad', (a, b, c) => pad(a, b, c, 'left')],
  ['rpad', (a, b, c) => pad(a, b, c, 'right')],
  ['starts_with', (a, b) => (isText(a) && isText(b) ? truth(a.text.startsWith(b.text)) : undefined)],
  ['strpos', (a, b) => (isText(a) && isText(b) ? whole(position(a.text, b.text)) : undefined)],
  ['abs', (a) => (a.kind === 'whole' ? whole(a.whole < 0n ? -a.whole : a.whole) : undefined)],
  ['year', (a) => datePart('year', a)],
  ['month', (a) => datePart('month', a)],
  ['day', (a) => datePart('day', a)],
  ['day_of_month', (a) => datePart('day', a)],
  ['hour', (a) => datePart('hour', a)],
  ['extract', (unit, a) => (isText(unit) ? datePart(unit.text, a) : undefined)],
  ['date_trunc', (unit, a) => (isText(unit) ? truncated(unit.text.toLowerCase(), a) : undefined)],
  ['date_format', (a, b) => formatted(a, b)],
  ['date_parse', (a, b) => (isText(a) && isText(b) ? timestamp(parseTime(a.text, b.text)) : undefined)],
  [
    'from_iso8601_date',
    (a) => (isText(a) && /^\d{4}-\d{2}-\d{2}$/.test(a.text) ? date(readDate(a.text)) : undefined),
  ],
  ['to_iso8601', (a) => (a.kind === 'date' ? text(writeValue(a) ?? '') : undefined)],
  ['date', (a) => (isText(a) ? date(readDate(a.text)) : onDay(a, (days) => days))],
  ['last_day_of_month', (a) => onDay(a, (days) => addMonths(days - dayOf(days).day + 1, 1) - 1)],
  [
    'date_add',
    (unit, count, a) =>
      isText(unit) && count.kind === 'whole' ? shiftTime(a, unit.text, Number(count.whole)) : undefined,
  ],
  ['date_diff', (unit, a, b) => (isText(unit) ? difference(unit.text.toLowerCase(), a, b) : undefined)],
  ['timestamp', (a) => (isText(a) ? timestamp(readTimestamp(a.text)) : undefined)],
]);

function isText(value: Known | undefined): value is Extract<Known, { kind: 'text' }> {
  return value?.kind === 'text';
}

function textOf(value: Known | undefined): string {
  return isText(value) ? value.text : '';
}

function mapText(value: Known | undefined, change: (text: string) => string): Value | undefined {
  return isText(value) ? text(change(value.text)) : undefined;
}

function date(days: number | undefined): Value | undefined {
  return days === undefined ? undefined : { kind: 'date', days };
}

function timestamp(millis: number | undefined): Value | undefined {
  return millis === undefined ? undefined : { kind: 'timestamp', millis };
}

function onDay(value: Known | undefined, change: (days: number) => number): Value | undefined {
  const millis = value === undefined ? undefined : asMillis(value);
  return millis === undefined ? undefined : date(change(Math.floor(millis / dayMillis)));
}

/** The engine counts code points, not UTF-16 units. */
function characters(value: string): readonly string[] {
  return Array.from(value);
}

/** From 1; 0 when it is not there. */
function position(value: string, part: string): number {
  const at = value.indexOf(part);
  return at < 0 ? 0 : characters(value.slice(0, at)).length + 1;
}

/** Positions count from 1, negative ones from the end; 0 gives the empty text. */
function substr(value?: Known, from?: Known, length?: Known): Value | undefined {
  if (!isText(value) || from?.kind !== 'whole' || (length !== undefined && length.kind !== 'whole'))
    return undefined;
  const letters = characters(value.text);
  const at = Number(from.whole);
  const start = at > 0 ? at - 1 : letters.length + at;
  if (at === 0 || start < 0) return text('');
  const count = length === undefined ? letters.length : Number(length.whole);
  return text(count <= 0 ? '' : letters.slice(start, start + count).join(''));
}

function pad(
  value: Known | undefined,
  size: Known | undefined,
  by: Known | undefined,
  side: 'left' | 'right',
) {
  if (!isText(value) || size?.kind !== 'whole' || !isText(by) || by.text === '') return undefined;
  const width = Number(size.whole);
  if (width < 0 || width > 10_000) return undefined;
  if (value.text.length >= width) return text(value.text.slice(0, width));
  return text(side === 'left' ? value.text.padStart(width, by.text) : value.text.padEnd(width, by.text));
}

function datePart(unit: string, value: Known | undefined): Value | undefined {
  const millis = value === undefined ? undefined : asMillis(value);
  if (millis === undefined) return undefined;
  const days = Math.floor(millis / dayMillis);
  const { year, month, day } = dayOf(days);
  switch (unit.toLowerCase()) {
    case 'year':
      return whole(year);
    case 'quarter':
      return whole(Math.ceil(month / 3));
    case 'month':
      return whole(month);
    case 'day':
    case 'day_of_month':
      return whole(day);
    case 'hour':
      return whole(Math.floor((millis - days * dayMillis) / 3_600_000));
    default:
      return undefined;
  }
}

function truncated(unit: string, value: Known | undefined): Value | undefined {
  const millis = value === undefined ? undefined : asMillis(value);
  if (value === undefined || millis === undefined) return undefined;
  const days = Math.floor(millis / dayMillis);
  const { year, month } = dayOf(days);
  const starts: Readonly<Record<string, number | undefined>> = {
    year: dayNumber({ year, month: 1, day: 1 }),
    quarter: dayNumber({ year, month: month - ((month - 1) % 3), day: 1 }),
    month: dayNumber({ year, month, day: 1 }),
    // 1970-01-01 was a Thursday; the engine's weeks begin on Monday.
    week: days - ((((days + 3) % 7) + 7) % 7),
    day: days,
  };
  const start = starts[unit];
  if (start !== undefined) return value.kind === 'date' ? date(start) : timestamp(start * dayMillis);
  const step = { hour: 3_600_000, minute: 60_000, second: 1000 }[unit];
  return step === undefined || value.kind === 'date'
    ? undefined
    : timestamp(Math.floor(millis / step) * step);
}

function formatted(value: Known | undefined, pattern: Known | undefined): Value | undefined {
  const millis = value === undefined ? undefined : asMillis(value);
  if (millis === undefined || !isText(pattern)) return undefined;
  const result = formatTime(millis, pattern.text);
  return result === undefined ? undefined : text(result);
}

function difference(unit: string, a: Known | undefined, b: Known | undefined): Value | undefined {
  if (a?.kind !== 'date' || b?.kind !== 'date') return undefined;
  if (unit === 'day') return whole(b.days - a.days);
  return unit === 'week' ? whole(Math.trunc((b.days - a.days) / 7)) : undefined;
}
