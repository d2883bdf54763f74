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
};

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
  /** Digits behind the point of a decimal whose unscaled value is read; absent for everything else. */
  readonly scale?: number;
  readonly children: readonly ColumnNode[];
}

/**
 * The same file with its decimals as the integers or bytes that are stored: the reader would make floating point
 * numbers of them, and 1125.12 would be shown as 1125.1200000000001. `columns` tells how to write them again.
 */
export function withRawDecimals(metadata: FileMetaData): {
  readonly metadata: FileMetaData;
  readonly columns: readonly ColumnNode[];
} {
  const schema = metadata.schema.map((element) => {
    if (!isRaw(element)) return element;
    const { converted_type: _, logical_type: __, ...stored } = element;
    return stored;
  });
  let at = 0;
  const visit = (): ColumnNode => {
    const element = metadata.schema[at++];
    const children = Array.from({ length: element?.num_children ?? 0 }, visit);
    const scale = element !== undefined && isRaw(element) ? decimalScale(element) : undefined;
    return { name: element?.name ?? '', children, ...(scale === undefined ? {} : { scale }) };
  };
  return { metadata: { ...metadata, schema }, columns: visit().children };
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

// Text may be stored in the fourth type, and the reader cannot tell the two apart.
function isRaw(element: SchemaElement): boolean {
  return decimalScale(element) !== undefined && element.type !== 'BYTE_ARRAY';
}

/** A value as it was read with {@link withRawDecimals}, as a cell; `null` is NULL. */
export function cellText(value: unknown, column: ColumnNode | undefined): string | null {
  return shownValue(column === undefined ? value : exact(value, column));
}

function exact(value: unknown, node: ColumnNode): unknown {
  if (value === null || value === undefined) return value;
  if (node.scale !== undefined && node.children.length === 0) {
    const unscaled = unscaledOf(value);
    return unscaled === undefined ? value : decimalText(unscaled, node.scale);
  }
  if (Array.isArray(value)) {
    const inner = elementOf(node);
    return value.map((item) => exact(item, inner));
  }
  if (typeof value !== 'object' || value instanceof Uint8Array || value instanceof Date) return value;
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

function unscaledOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (!(value instanceof Uint8Array) || value.length === 0) return undefined;
  return BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString('hex')}`));
}

function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${unscaled < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
}

/** A decimal out of the statistics, which the reader gives as a floating point number: exact up to 15 digits. */
export function decimalStatistic(value: number, scale: number): string {
  const text = value.toFixed(Math.min(scale, 100));
  return text.replace(/\D/g, '').length > 15 ? `about ${value.toPrecision(15)}` : text;
}
