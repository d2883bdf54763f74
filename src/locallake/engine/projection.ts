import type { Fields } from '../service';
import { columnsOf, locationOf } from '../store/catalogStore';
import { fields, text } from '../wire/input';
import { QueryError } from './queryError';

/**
 * The partitions that a table with partition projection has by its properties (`projection.<key>.type` enum, integer or
 * date, with range, digits, format, interval), reduced to those `exists` says have files: Athena reads nothing at others.
 */
export function projectedPartitions(
  definition: Fields,
  exists: (location: string) => boolean,
): readonly { readonly values: readonly string[]; readonly location: string }[] {
  const parameters = fields(definition, 'Parameters');
  const keys = columnsOf(definition, 'PartitionKeys').map(({ name }) => name);
  const base = locationOf(definition).replace(/\/$/, '');
  const hive = `${base}/${keys.map((key) => `${key}=\${${key}}`).join('/')}`;
  const template = text(parameters, 'storage.location.template') ?? hive;
  let rows: readonly (readonly string[])[] = [[]];
  for (const key of keys) {
    const values = valuesOf(parameters, key);
    rows = rows.flatMap((row) => values.map((value) => [...row, value]));
    if (rows.length > 1_000_000)
      throw new QueryError(
        'CONSTRAINT_VIOLATION',
        'Partition projection gives more than 1,000,000 partitions',
      );
  }
  return rows
    .map((values) => ({
      values,
      location: `${keys.reduce((path, key, at) => path.replaceAll(`\${${key}}`, values[at] ?? ''), template).replace(/\/$/, '')}/`,
    }))
    .filter(({ location }) => exists(location));
}

function valuesOf(parameters: Fields, key: string): readonly string[] {
  const property = (name: string): string => text(parameters, `projection.${key}.${name}`) ?? '';
  const [low = '', high = ''] = property('range')
    .split(',')
    .map((part) => part.trim());
  const step = Number(property('interval') || '1');
  switch (property('type').toLowerCase()) {
    case 'enum':
      return property('values')
        .split(',')
        .map((value) => value.trim());
    case 'integer': {
      const count = Math.floor((Number(high) - Number(low)) / step) + 1;
      const digits = Number(property('digits') || '0');
      return Array.from({ length: Math.max(0, count) }, (_, at) =>
        String(Number(low) + at * step).padStart(digits, '0'),
      );
    }
    case 'date':
      return days({
        format: property('format'),
        low,
        high,
        step,
        unit: property('interval.unit').toUpperCase() || 'DAYS',
      });
    default:
      throw new QueryError(
        'INVALID_TABLE_PROPERTY',
        `Column projection for column '${key}' failed: type ${property('type')} is not supported by the local lake`,
      );
  }
}

interface Range {
  readonly format: string;
  readonly low: string;
  readonly high: string;
  readonly step: number;
  readonly unit: string;
}

function days({ format, low, high, step, unit }: Range): readonly string[] {
  const end = dateOf(high, format).getTime();
  const values: string[] = [];
  for (const day = dateOf(low, format); day.getTime() <= end;) {
    const value = format
      .replaceAll('yyyy', String(day.getUTCFullYear()))
      .replaceAll('MM', String(day.getUTCMonth() + 1).padStart(2, '0'))
      .replaceAll('dd', String(day.getUTCDate()).padStart(2, '0'))
      .replaceAll('HH', String(day.getUTCHours()).padStart(2, '0'))
      .replaceAll("'", '');
    if (values.at(-1) !== value) values.push(value);
    if (unit.startsWith('YEAR')) day.setUTCFullYear(day.getUTCFullYear() + step);
    else if (unit.startsWith('MONTH')) day.setUTCMonth(day.getUTCMonth() + step);
    else if (unit.startsWith('HOUR')) day.setUTCHours(day.getUTCHours() + step);
    else day.setUTCDate(day.getUTCDate() + step);
  }
  return values;
}

// `NOW`, `NOW-3DAYS` or a date in the format.
function dateOf(value: string, format: string): Date {
  const [, sign, amount, unit = ''] = /^NOW\s*(?:([+-])\s*(\d+)\s*(\w+))?$/i.exec(value) ?? [];
  if (/^NOW/i.test(value)) {
    const length = /^hour/i.test(unit)
      ? 3_600_000
      : /^month/i.test(unit)
        ? 30 * 86_400_000
        : /^year/i.test(unit)
          ? 365 * 86_400_000
          : 86_400_000;
    return new Date(Date.now() + (sign === '-' ? -1 : 1) * Number(amount ?? 0) * length);
  }
  const part = (letters: string): number | undefined => {
    const at = format.replaceAll("'", '').indexOf(letters);
    return at < 0 ? undefined : Number(value.slice(at, at + letters.length));
  };
  return new Date(Date.UTC(part('yyyy') ?? 1970, (part('MM') ?? 1) - 1, part('dd') ?? 1, part('HH') ?? 0));
}
