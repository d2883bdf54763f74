import {
  DuckDBArrayType,
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';

/** How values of a type are written in Athena's result files; null for NULL. */
export function formatterOf(type: DuckDBType): (value: DuckDBValue) => string | null {
  const show = writerOf(type);
  return (value) => (value === null ? null : show(value));
}

// By type and not by value: JavaScript has one kind of number for integers and doubles.
function writerOf(type: DuckDBType): (value: DuckDBValue) => string {
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) {
    const item = nested(type.valueType);
    return (value) =>
      value instanceof DuckDBListValue || value instanceof DuckDBArrayValue
        ? `[${value.items.map(item).join(', ')}]`
        : String(value);
  }
  if (type instanceof DuckDBMapType) {
    const key = nested(type.keyType);
    const item = nested(type.valueType);
    return (value) =>
      value instanceof DuckDBMapValue
        ? `{${value.entries.map((entry) => `${key(entry.key)}=${item(entry.value)}`).join(', ')}}`
        : String(value);
  }
  if (type instanceof DuckDBStructType) {
    const items = type.entryTypes.map(nested);
    return (value) =>
      value instanceof DuckDBStructValue
        ? `{${Object.entries(value.entries)
            .map(([name, of], at) => `${name}=${items[at]?.(of) ?? ''}`)
            .join(', ')}}`
        : String(value);
  }
  const isDouble = type.typeId === DuckDBTypeId.DOUBLE || type.typeId === DuckDBTypeId.FLOAT;
  return isDouble ? (value) => formatDouble(Number(value)) : formatScalar;
}

function nested(type: DuckDBType): (value: DuckDBValue) => string {
  const format = formatterOf(type);
  return (value) => format(value) ?? 'null';
}

function formatScalar(value: DuckDBValue): string {
  if (value instanceof DuckDBBlobValue)
    return [...value.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (value instanceof DuckDBTimestampTZValue) return `${timestamp(value.micros)} UTC`;
  if (value instanceof DuckDBTimestampValue) return timestamp(value.micros);
  return String(value);
}

/** Like Java, in which Athena is written: `1.0`, `1.5E10`, `1.0E-4`. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

function timestamp(micros: bigint): string {
  const milliseconds = Number(micros / 1000n) - (micros % 1000n < 0n ? 1 : 0);
  return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '');
}
