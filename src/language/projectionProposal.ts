import type { Column } from '../catalog/catalog';
import { readFormatted } from '../lint/rules/athena/projection';
import { hiveNull } from '../scan/value';

/** More values than these are no list for a person to keep. */
const mostEnum = 100;
/** A few strays, such as a folder named backfill, do not change how a key is read; the comparison tells them. */
const enough = 0.95;
/** A table is read for some years more; a range that ends with the last value seen would hide the next one. */
const yearsAhead = 5;

/** Formats by which one key holds a date. */
const formats: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\d-\d\d$/, 'yyyy-MM-dd-HH'],
  [/^\d{4}\/\d\d\/\d\d\/\d\d$/, 'yyyy/MM/dd/HH'],
  [/^\d{4}-\d\d-\d\d$/, 'yyyy-MM-dd'],
  [/^\d{4}\/\d\d\/\d\d$/, 'yyyy/MM/dd'],
  [/^\d{4}_\d\d_\d\d$/, 'yyyy_MM_dd'],
  [/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/, 'yyyyMMdd'],
  [/^\d{4}-\d\d$/, 'yyyy-MM'],
  [/^\d{4}\/\d\d$/, 'yyyy/MM'],
];

/** Keys that are a part of a date by their names, and the values such a part can take. */
const calendar: readonly { readonly name: RegExp; readonly from: number; readonly to: number }[] = [
  { name: /^(month|mm|mon)$/i, from: 1, to: 12 },
  { name: /^(day|dd|dom)$/i, from: 1, to: 31 },
  { name: /^(hour|hh|hr)$/i, from: 0, to: 23 },
];

/**
 * The properties that would project the partitions a table has: dates up to NOW, whole numbers by their range (months,
 * days and hours by the calendar's, years some ahead), a few values as a list, and anything else injected. Undefined
 * without partitions to learn from.
 */
export function proposeProjection(
  keys: readonly Column[],
  partitions: Iterable<readonly string[]>,
): Readonly<Record<string, string>> | undefined {
  const distinct = keys.map(() => new Set<string>());
  let any = false;
  for (const values of partitions) {
    any = true;
    // Athena projects no NULL partition: the comparison tells that it is not read.
    for (const [at, set] of distinct.entries()) if (values[at] !== hiveNull) set.add(values[at] ?? '');
  }
  if (keys.length === 0 || !any) return undefined;
  const own = keys.flatMap((key, at) => {
    const values = [...(distinct[at] ?? [])].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return Object.entries(propertiesOf(key, values)).map(
      ([what, value]) => [`projection.${key.name}.${what}`, value] as const,
    );
  });
  return { 'projection.enabled': 'true', ...Object.fromEntries(own) };
}

function propertiesOf(key: Column, values: readonly string[]): Readonly<Record<string, string>> {
  return dateProperties(values) ?? integerProperties(key, values) ?? otherProperties(values);
}

function dateProperties(values: readonly string[]): Readonly<Record<string, string>> | undefined {
  for (const [pattern, format] of formats) {
    const fitting = values.filter(
      (value) => pattern.test(value) && typeof readFormatted(value, format) === 'number',
    );
    if (fitting.length === 0 || fitting.length < enough * values.length) continue;
    return {
      type: 'date',
      format,
      range: `${fitting[0] ?? ''},NOW`,
      ...(format.endsWith('HH') ? { interval: '1', 'interval.unit': 'HOURS' } : {}),
    };
  }
  return undefined;
}

function integerProperties(
  { name }: Column,
  values: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const whole = values.filter((value) => /^\d{1,15}$/.test(value));
  if (whole.length === 0 || whole.length < enough * values.length) return undefined;
  const numbers = whole.map(Number);
  const padded = whole.some((value) => /^0\d/.test(value));
  const width = commonest(whole.map(({ length }) => length));
  // Numbers with and without zeros before them are spelled by one rule only where one spelling prevails.
  const spelled = whole.filter((value) => (padded ? value.length === width : !/^0\d/.test(value)));
  if (spelled.length < 0.8 * whole.length) return undefined;
  const [least, greatest] = rangeOf(name, numbers);
  return {
    type: 'integer',
    range: `${least},${greatest}`,
    ...(padded ? { digits: String(width) } : {}),
  };
}

function rangeOf(name: string, numbers: readonly number[]): readonly [number, number] {
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const greatest = numbers.reduce((a, b) => Math.max(a, b));
  const part = calendar.find((one) => one.name.test(name));
  if (part !== undefined && least >= part.from && greatest <= part.to) return [part.from, part.to];
  const isYear = /^(year|yyyy|yr)$/i.test(name) && least >= 1900 && greatest < 2200;
  return [least, isYear ? greatest + yearsAhead : greatest];
}

function otherProperties(values: readonly string[]): Readonly<Record<string, string>> {
  return values.length > 0 && values.length <= mostEnum && values.every((value) => !value.includes(','))
    ? { type: 'enum', values: values.join(',') }
    : { type: 'injected' };
}

function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
