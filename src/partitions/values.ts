import type { Column } from '../catalog/catalog';

/** What Hive and Spark write for NULL. */
export const nullPartition = '__HIVE_DEFAULT_PARTITION__';

/** Gives the one form of all spellings of a value; `undefined`: the text is no value of the key's type. */
type Canonical = (text: string) => string | undefined;

/**
 * One form for all spellings of a partition value that mean the same to the key's type (`01` and `1` of an INT):
 * two partitions with equal forms would both be read, and their rows counted twice.
 * `undefined`: the text is no value of that type.
 */
export function canonicalValue(key: Column, text: string): string | undefined {
  return text === nullPartition ? text : canonicalOf(key)(text);
}

function canonicalOf({ type: declared }: Column): Canonical {
  const type = declared.toLowerCase();
  if (/^(tinyint|smallint|int|integer|bigint)$/.test(type)) return canonicalInteger;
  if (type === 'date') return canonicalDate;
  if (type === 'timestamp') return canonicalTimestamp;
  if (/^(decimal|double|float)/.test(type)) return canonicalNumber;
  if (type === 'boolean') return (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() : undefined);
  return (text) => text;
}

function canonicalInteger(text: string): string | undefined {
  if (/^(0|[1-9]\d*)$/.test(text)) return text;
  return /^[+-]?\d+$/.test(text) ? String(BigInt(text)) : undefined;
}

function canonicalNumber(text: string): string | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? String(Number(text)) : undefined;
}

function canonicalDate(text: string): string | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > new Date(Date.UTC(Number(year), m, 0)).getUTCDate()) return undefined;
  return text.length === 10 ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
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
function tupleKey(values: readonly string[]): string {
  return values
    .map((value) => (/[\\/]/.test(value) ? value.replaceAll('\\', '\\\\').replaceAll('/', '\\s') : value))
    .join('/');
}

/** Gives a tuple's key in canonical form; `undefined` when a value does not fit its type. Made once for many tuples. */
export function canonicalKeys(keys: readonly Column[]): (values: readonly string[]) => string | undefined {
  const forms = keys.map(canonicalOf);
  return (values) => {
    const canonical: string[] = [];
    for (const [index, form] of forms.entries()) {
      const text = values[index] ?? '';
      const value = text === nullPartition ? text : form(text);
      if (value === undefined) return undefined;
      canonical.push(value);
    }
    return tupleKey(canonical);
  };
}

/** The days that a text key's values name where they are spelled as dates: `2024-1-5`, `2024/01/05` and `20240105` are one. */
export function dayIn(text: string): string | undefined {
  const match =
    /^(\d{4})([-/_.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? /^((?:19|20)\d\d)()(\d\d)(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, year = '', , month = '', day = ''] = match;
  return canonicalDate(`${year}-${month}-${day}`);
}

/** The same values in the same order, letter by letter. */
export function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** `year=2024/month=01/day=15`, for people. */
export function partitionName(keys: readonly Column[], values: readonly string[]): string {
  return keys.map((key, index) => `${key.name}=${values[index] ?? ''}`).join('/');
}
