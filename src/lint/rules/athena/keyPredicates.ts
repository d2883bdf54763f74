import type { Column, Table } from '../../../catalog/catalog';
import { dayOf, writeDate } from '../../../scan/calendar';
import { familyOf, readType } from '../../../scan/sqlType';

/** Days from and to, both included, in days since 1970; a missing end is open. */
export interface DayRange {
  readonly from?: number;
  readonly to?: number;
}

/** A partition value as a literal of the key's type. */
export function literalFor(key: Column, value: string): string {
  const type = readType(key.type);
  const quoted = `'${value.replaceAll("'", "''")}'`;
  if (familyOf(type) === 'number')
    return /^-?\d+(\.\d+)?$/.test(value) ? value.replace(/^(-?)0+(?=\d)/, '$1') : quoted;
  if (type.base === 'date' || type.base === 'timestamp') return `${type.base.toUpperCase()} ${quoted}`;
  return type.base === 'boolean' ? value : quoted;
}

/** `year = 2024 AND month = 12` for one partition's values. */
export function equalities(table: Table, values: readonly string[], qualifier: string): string {
  return table.partitionKeys
    .flatMap((key, at) => {
      const value = values[at];
      return value === undefined ? [] : [`${qualifier}${identifier(key.name)} = ${literalFor(key, value)}`];
    })
    .join(' AND ');
}

/** A name as it can stand in a query. */
export function identifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A predicate on the keys that every day of the range meets; `undefined` when the keys tell no date. */
export function datePredicate(table: Table, range: DayRange, qualifier: string): string | undefined {
  const keys = new Map(table.partitionKeys.map((key) => [key.name.toLowerCase(), key]));
  const whole = ['dt', 'ds', 'date', 'day_id', 'date_key', 'partition_date']
    .map((name) => keys.get(name))
    .find((key) => key !== undefined);
  if (whole !== undefined) return wholeDate(table, whole, { range, qualifier });
  const year = keys.get('year');
  if (year === undefined) return undefined;
  return partsOfDate({ table, year, month: keys.get('month'), day: keys.get('day') }, range, qualifier);
}

/** The keys that tell a date, in the table's order; empty when there are none. */
export function dateKeys(table: Table): readonly Column[] {
  const names = ['dt', 'ds', 'date', 'day_id', 'date_key', 'partition_date', 'year'];
  const parts = ['year', 'month', 'day', 'hour'];
  return table.partitionKeys.some((key) => names.includes(key.name))
    ? table.partitionKeys.filter((key) => names.includes(key.name) || parts.includes(key.name))
    : [];
}

interface Place {
  readonly range: DayRange;
  readonly qualifier: string;
}

function wholeDate(table: Table, key: Column, { range, qualifier }: Place): string | undefined {
  const write = dateWriter(table, key);
  if (write === undefined) return undefined;
  const name = `${qualifier}${identifier(key.name)}`;
  return between(
    name,
    range.from === undefined ? undefined : write(range.from),
    range.to === undefined ? undefined : write(range.to),
  );
}

/** How the table writes its days, as its newest partition shows. */
function dateWriter(table: Table, key: Column): ((days: number) => string) | undefined {
  const type = readType(key.type);
  const sample = table.newestPartition?.[table.partitionKeys.indexOf(key)];
  const plain = (days: number): string => writeDate(days).replaceAll('-', '');
  if (type.base === 'date') return (days) => `DATE '${writeDate(days)}'`;
  if (familyOf(type) === 'number') return sample === undefined || /^\d{8}$/.test(sample) ? plain : undefined;
  if (type.base !== 'varchar') return undefined;
  if (sample === undefined || /^\d{4}-\d\d-\d\d$/.test(sample)) return (days) => `'${writeDate(days)}'`;
  return /^\d{8}$/.test(sample) ? (days) => `'${plain(days)}'` : undefined;
}

interface DateParts {
  readonly table: Table;
  readonly year: Column;
  readonly month: Column | undefined;
  readonly day: Column | undefined;
}

function partsOfDate(
  { table, year, month, day }: DateParts,
  range: DayRange,
  qualifier: string,
): string | undefined {
  const from = range.from === undefined ? undefined : dayOf(range.from);
  const to = range.to === undefined ? undefined : dayOf(range.to);
  const part = (key: Column, low: number | undefined, high: number | undefined, width: number): string =>
    spanOf({ table, key, width }, { low, high }, qualifier);
  const first = part(year, from?.year, to?.year, 4);
  if (from === undefined || to === undefined || from.year !== to.year || month === undefined)
    return first === '' ? undefined : first;
  const wholeYear = from.month === 1 && from.day === 1 && to.month === 12 && to.day === 31;
  if (wholeYear) return first;
  const second = part(month, from.month, to.month, 2);
  if (from.month !== to.month || day === undefined) return `${first} AND ${second}`;
  const lastDay = dayOf((range.to ?? 0) + 1).day === 1;
  if (from.day === 1 && lastDay) return `${first} AND ${second}`;
  return `${first} AND ${second} AND ${part(day, from.day, to.day, 2)}`;
}

interface NumberKey {
  readonly table: Table;
  readonly key: Column;
  readonly width: number;
}

function spanOf(
  { table, key, width }: NumberKey,
  { low, high }: { readonly low: number | undefined; readonly high: number | undefined },
  qualifier: string,
): string {
  const name = `${qualifier}${identifier(key.name)}`;
  if (familyOf(readType(key.type)) === 'number') {
    return (
      between(
        name,
        low === undefined ? undefined : String(low),
        high === undefined ? undefined : String(high),
      ) ?? ''
    );
  }
  const padded = isPadded(table, key);
  const write = (value: number): string => `'${padded ? String(value).padStart(width, '0') : value}'`;
  // Without padding '10' sorts before '9': a range has to be written out.
  if (!padded && width === 2 && low !== undefined && high !== undefined && low !== high) {
    return `${name} IN (${Array.from({ length: high - low + 1 }, (_, at) => write(low + at)).join(', ')})`;
  }
  return (
    between(name, low === undefined ? undefined : write(low), high === undefined ? undefined : write(high)) ??
    ''
  );
}

/** Whether months and days are written `01`: what most writers of text keys do, unless the newest partition shows `1`. */
export function isPadded(table: Table, key: Column): boolean {
  const parts = table.partitionKeys.flatMap(({ name }, at) =>
    name === key.name || name === 'month' || name === 'day' ? (table.newestPartition?.[at] ?? []) : [],
  );
  return !parts.some((value) => /^\d$/.test(value));
}

function between(name: string, low: string | undefined, high: string | undefined): string | undefined {
  if (low !== undefined && low === high) return `${name} = ${low}`;
  if (low !== undefined && high !== undefined) return `${name} BETWEEN ${low} AND ${high}`;
  if (low !== undefined) return `${name} >= ${low}`;
  return high === undefined ? undefined : `${name} <= ${high}`;
}
