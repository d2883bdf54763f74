import type { FileMetaData, SchemaElement } from 'hyparquet/src/types.js';
import { shownValue } from './shownValue';

/**
 * How the reader is to give dates and times: as text, since a `Date` ends at milliseconds and Parquet does not.
 * All of it is UTC or without a zone, as it is stored.
 */
export const exactTimes = {
  timestampFromMilliseconds: (millis: bigint | number) => timeText(BigInt(millis) * 1_000_000n),
  timestampFromMicroseconds: (micros: bigint) => timeText(micros * 1000n),
  timestampFromNanoseconds: timeText,
  dateFromDays: (days: number) => dayText(new Date(days * 86_400_000)),
  // As it is written: JSON that is none would end the reading of its column.
  jsonFromBytes: bytesText,
};

/** Bytes as text where they are UTF-8 without control characters, else as hexadecimal digits. */
export function bytesText(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!/\p{Cc}/u.test(text.replaceAll(/[\t\n\r]/g, ' '))) return text;
  } catch {
    // No text: its bytes are shown.
  }
  return shownValue(bytes) ?? '';
}

function timeText(nanos: bigint): string {
  const second = 1_000_000_000n;
  const rest = ((nanos % second) + second) % second;
  const date = new Date(Number((nanos - rest) / 1_000_000n));
  if (Number.isNaN(date.getTime())) return 'a time out of range';
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return `${dayText(date)} ${date.toISOString().split('T')[1]?.slice(0, 8) ?? ''}${fraction}`;
}

function dayText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'a date out of range';
  return date.toISOString().split('T')[0] ?? '';
}

/** A column of a schema with what is inside it. */
export interface ColumnNode {
  readonly name: string;
  /** Writes a value that is read as it is stored: a decimal without its point, a time of day; absent for all others. */
  readonly write?: (stored: unknown) => unknown;
  readonly children: readonly ColumnNode[];
}

/**
 * The same file with its decimals as the integers or bytes that are stored: the reader would make floating point
 * numbers of them, and 1125.12 would be shown as 1125.1200000000001. So are times of day and intervals, of which it
 * makes nothing. `columns` tells how to write them again.
 */
export function withStoredValues(metadata: FileMetaData): {
  readonly metadata: FileMetaData;
  readonly columns: readonly ColumnNode[];
} {
  const schema = metadata.schema.map((element) => {
    const { converted_type: converted, logical_type: logical, ...stored } = element;
    if (writerOf(element) !== undefined || converted === 'BSON') return stored;
    // The reader knows a date by the older of the two annotations alone.
    return logical?.type === 'DATE' && converted === undefined
      ? { ...element, converted_type: 'DATE' as const }
      : element;
  });
  let at = 0;
  const visit = (): ColumnNode => {
    const element = metadata.schema[at++];
    const children = Array.from({ length: element?.num_children ?? 0 }, visit);
    const write = element === undefined ? undefined : writerOf(element);
    return { name: element?.name ?? '', children, ...(write === undefined ? {} : { write }) };
  };
  return { metadata: { ...metadata, schema }, columns: visit().children };
}

function writerOf(element: SchemaElement): ColumnNode['write'] {
  const scale = decimalScale(element);
  if (scale !== undefined) return (stored) => whole(stored, (value) => decimalText(value, scale));
  const perSecond = timeParts(element);
  if (perSecond !== undefined) {
    return (stored) =>
      whole(stored, (value) => timeText((value * 1_000_000_000n) / perSecond).slice('1970-01-01 '.length));
  }
  return element.converted_type === 'INTERVAL' ? intervalText : undefined;
}

/** Parts of a second in which a time of day is stored; undefined for another column. */
function timeParts({ converted_type: converted, logical_type: logical }: SchemaElement): bigint | undefined {
  if (logical?.type === 'TIME')
    return { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n }[logical.unit];
  if (converted === 'TIME_MILLIS') return 1000n;
  return converted === 'TIME_MICROS' ? 1_000_000n : undefined;
}

/** Twelve bytes: months, days and milliseconds, little-endian (Apache Parquet, LogicalTypes.md, "INTERVAL"). */
function intervalText(stored: unknown): unknown {
  if (!(stored instanceof Uint8Array) || stored.length !== 12) return stored;
  const view = new DataView(stored.buffer, stored.byteOffset, 12);
  return `${view.getUint32(0, true)} months ${view.getUint32(4, true)} days ${view.getUint32(8, true)} ms`;
}

/** A value of the statistics, or of a page, as it is shown; `stored` where the reader left it as it is stored. */
export function writtenValue(stored: unknown, element: SchemaElement): unknown {
  const write = writerOf(element);
  return write === undefined ? stored : write(stored);
}

/** Digits behind the point of a decimal column; undefined for another. */
export function decimalScale({
  logical_type: logical,
  converted_type: converted,
  scale,
}: SchemaElement): number | undefined {
  if (logical?.type === 'DECIMAL') return logical.scale;
  return converted === 'DECIMAL' ? (scale ?? 0) : undefined;
}

/** A value as it was read with {@link withStoredValues}, as a cell; `null` is NULL. */
export function cellText(value: unknown, column: ColumnNode | undefined): string | null {
  return shownValue(column === undefined ? value : exact(value, column));
}

function exact(value: unknown, node: ColumnNode): unknown {
  if (value === null || value === undefined) return value;
  if (node.write !== undefined && !Array.isArray(value)) return node.write(value);
  if (value instanceof Uint8Array) return bytesText(value);
  if (Array.isArray(value)) {
    const inner = elementOf(node);
    return value.map((item) => exact(item, inner));
  }
  if (typeof value !== 'object' || value instanceof Date) return value;
  const map = node.children.length === 1 ? node.children[0]?.children : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const child = node.children.find((field) => field.name === name) ?? map?.[1];
      return [name, child === undefined ? one : exact(one, child)];
    }),
  );
}

/** What a list holds: its own group and the repeated group in it have one child each. */
function elementOf(node: ColumnNode): ColumnNode {
  const [repeated] = node.children;
  if (node.children.length !== 1 || repeated === undefined) return node;
  const [element] = repeated.children;
  return repeated.children.length === 1 && element !== undefined ? element : repeated;
}

/** Writes an integer, however it is stored; everything else stays as it is. */
function whole(stored: unknown, write: (value: bigint) => string): unknown {
  const value = unscaledOf(stored);
  return value === undefined ? stored : write(value);
}

function unscaledOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (!(value instanceof Uint8Array) || value.length === 0) return undefined;
  return BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString('hex')}`));
}

function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const before = digits.slice(0, digits.length - scale);
  return `${unscaled < 0n ? '-' : ''}${before}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
}

/** A decimal out of the statistics, which the reader gives as a floating point number: exact up to 15 digits. */
export function decimalStatistic(value: number, scale: number): string {
  const text = value.toFixed(Math.min(scale, 100));
  return text.replace(/\D/g, '').length > 15 ? `about ${value.toPrecision(15)}` : text;
}
