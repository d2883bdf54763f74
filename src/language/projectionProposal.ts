import type { Column } from '../catalog/catalog';
import { dateLayout } from '../catalog/dateLayout';

/** More values than these are no list for a person to keep. */
const mostEnum = 100;

/** Formats by which one key holds a date, and the range's first value is written. */
const formats: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\d-\d\d$/, 'yyyy-MM-dd-HH'],
  [/^\d{4}\/\d\d\/\d\d\/\d\d$/, 'yyyy/MM/dd/HH'],
  [/^\d{4}-\d\d-\d\d$/, 'yyyy-MM-dd'],
  [/^\d{4}\/\d\d\/\d\d$/, 'yyyy/MM/dd'],
  [/^\d{4}_\d\d_\d\d$/, 'yyyy_MM_dd'],
  [/^\d{8}$/, 'yyyyMMdd'],
  [/^\d{4}-\d\d$/, 'yyyy-MM'],
  [/^\d{4}\/\d\d$/, 'yyyy/MM'],
];

/**
 * The properties that would project the partitions a table has: dates up to NOW, whole numbers by their range, a few
 * values as a list, and anything else injected. Undefined without partitions to learn from.
 */
export function proposeProjection(
  keys: readonly Column[],
  partitions: readonly (readonly string[])[],
): Readonly<Record<string, string>> | undefined {
  if (keys.length === 0 || partitions.length === 0) return undefined;
  const own = keys.flatMap((key, index) => {
    const values = [...new Set(partitions.map((one) => one[index] ?? ''))].toSorted((a, b) =>
      a < b ? -1 : 1,
    );
    return Object.entries(propertiesOf(key, values)).map(
      ([what, value]) => [`projection.${key.name}.${what}`, value] as const,
    );
  });
  return { 'projection.enabled': 'true', ...Object.fromEntries(own) };
}

function propertiesOf(key: Column, values: readonly string[]): Readonly<Record<string, string>> {
  const first = values[0] ?? '';
  const format = formats.find(([pattern]) => values.every((value) => pattern.test(value)))?.[1];
  const isDate = dateLayout(
    [{ name: 'date', type: key.type }],
    values.slice(0, 200).map((value) => [value]),
  );
  if (format !== undefined && isDate !== undefined) {
    return {
      type: 'date',
      format,
      range: `${first},NOW`,
      ...(format.endsWith('HH') ? { interval: '1', 'interval.unit': 'HOURS' } : {}),
    };
  }
  if (values.every((value) => /^\d{1,15}$/.test(value))) {
    const numbers = values.map(Number);
    const least = numbers.reduce((a, b) => Math.min(a, b));
    const greatest = numbers.reduce((a, b) => Math.max(a, b));
    const width = first.length;
    const padded =
      values.some((value) => /^0\d/.test(value)) && values.every(({ length }) => length === width);
    const evenly = padded || values.every((value) => !/^0\d/.test(value));
    if (evenly) {
      return { type: 'integer', range: `${least},${greatest}`, ...(padded ? { digits: String(width) } : {}) };
    }
  }
  if (values.length <= mostEnum && values.every((value) => !value.includes(','))) {
    return { type: 'enum', values: values.join(',') };
  }
  return { type: 'injected' };
}
