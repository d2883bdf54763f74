import type { Column } from '../catalog/catalog';

/** What Hive and Spark write for NULL. */
export const nullPartition = '__HIVE_DEFAULT_PARTITION__';

/**
 * One form for all spellings of a partition value that mean the same to the key's type (`01` and `1` of an INT):
 * two partitions with equal forms would both be read, and their rows counted twice.
 * `undefined`: the text is no value of that type.
 */
export function canonicalValue(key: Column, text: string): string | undefined {
  if (text === nullPartition) return text;
  const type = key.type.toLowerCase();
  if (/^(tinyint|smallint|int|integer|bigint)$/.test(type)) {
    return /^[+-]?\d+$/.test(text) ? String(BigInt(text)) : undefined;
  }
  if (type === 'date') return canonicalDate(text);
  if (type === 'timestamp') return canonicalTimestamp(text);
  if (/^(decimal|double|float)/.test(type)) {
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? String(Number(text)) : undefined;
  }
  if (type === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;
  return text;
}

function canonicalDate(text: string): string | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 ? date.toISOString().slice(0, 10) : undefined;
}

function canonicalTimestamp(text: string): string | undefined {
  const match = /^(\S+?)(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?$/.exec(text);
  const day = canonicalDate(match?.[1] ?? '');
  if (match === null || day === undefined) return undefined;
  const [, , hour = '0', minute = '00', second = '00', fraction = ''] = match;
  const rest = fraction.replace(/\.?0+$/, '');
  return `${day} ${hour.padStart(2, '0')}:${minute}:${second}${rest}`;
}

/** A key for maps: no value can contain the separator's escape. */
export function tupleKey(values: readonly string[]): string {
  return values.map((value) => value.replaceAll('\\', '\\\\').replaceAll('/', '\\s')).join('/');
}

/** The tuple's key in canonical form; `undefined` when a value does not fit its type. */
export function canonicalKey(keys: readonly Column[], values: readonly string[]): string | undefined {
  const canonical: string[] = [];
  for (const [index, key] of keys.entries()) {
    const value = canonicalValue(key, values[index] ?? '');
    if (value === undefined) return undefined;
    canonical.push(value);
  }
  return tupleKey(canonical);
}

/** `year=2024/month=01/day=15`, for people. */
export function partitionName(keys: readonly Column[], values: readonly string[]): string {
  return keys.map((key, index) => `${key.name}=${values[index] ?? ''}`).join('/');
}
