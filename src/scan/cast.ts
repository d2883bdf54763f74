import { dayMillis, readDate, readTimestamp, writeDate, formatTime } from './calendar';
import { isWholeNumber, type SqlType } from './sqlType';
import { asDouble, asMillis, readDecimal, rescaled, text, truth, whole, type Value } from './value';

const limits: Readonly<Record<string, bigint>> = {
  tinyint: 2n ** 7n,
  smallint: 2n ** 15n,
  integer: 2n ** 31n,
  bigint: 2n ** 63n,
};

/** The value in another type; `undefined` where the engine fails or we do not know how it does it. */
export function castValue(value: Value, type: SqlType): Value | undefined {
  if (value === null) return null;
  if (isWholeNumber(type)) return within(toWhole(value), limits[type.base] ?? 0n);
  switch (type.base) {
    case 'varchar':
      return toText(value, type.sizes[0]);
    case 'decimal':
      return toDecimal(value, type.sizes[0] ?? 38, type.sizes[1] ?? 0);
    case 'double': {
      if (value.kind === 'text') {
        return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.text)
          ? { kind: 'double', double: Number(value.text) }
          : undefined;
      }
      const double = asDouble(value);
      return double === undefined ? undefined : { kind: 'double', double };
    }
    case 'boolean':
      if (value.kind === 'boolean') return value;
      return value.kind === 'text' && /^(true|false)$/i.test(value.text)
        ? truth(value.text.toLowerCase() === 'true')
        : undefined;
    case 'date': {
      if (value.kind === 'text') {
        const days = readDate(value.text);
        return days === undefined ? undefined : { kind: 'date', days };
      }
      const millis = asMillis(value);
      return millis === undefined ? undefined : { kind: 'date', days: Math.floor(millis / dayMillis) };
    }
    case 'timestamp': {
      const millis = value.kind === 'text' ? readTimestamp(value.text) : asMillis(value);
      return millis === undefined ? undefined : { kind: 'timestamp', millis };
    }
    default:
      return undefined;
  }
}

function toWhole(value: Exclude<Value, null>): Value | undefined {
  switch (value.kind) {
    case 'whole':
      return value;
    case 'text':
      return /^[+-]?\d+$/.test(value.text) ? whole(BigInt(value.text.replace(/^\+/, ''))) : undefined;
    case 'boolean':
      return whole(value.boolean ? 1 : 0);
    case 'decimal':
      return whole(divided(value.unscaled, 10n ** BigInt(value.scale)));
    case 'date':
    case 'double':
    case 'interval':
    case 'timestamp':
    default:
      return undefined;
  }
}

function within(value: Value | undefined, limit: bigint): Value | undefined {
  return value?.kind === 'whole' && value.whole < limit && value.whole >= -limit ? value : undefined;
}

function toDecimal(value: Exclude<Value, null>, precision: number, scale: number): Value | undefined {
  const read = value.kind === 'text' ? readDecimal(value.text) : value;
  const decimal = read?.kind === 'whole' ? { unscaled: read.whole, scale: 0 } : read;
  if (decimal === undefined || decimal === null || !('unscaled' in decimal)) return undefined;
  const unscaled =
    decimal.scale <= scale
      ? rescaled(decimal, scale)
      : divided(decimal.unscaled, 10n ** BigInt(decimal.scale - scale));
  const limit = 10n ** BigInt(precision);
  return unscaled < limit && unscaled > -limit ? { kind: 'decimal', unscaled, scale } : undefined;
}

/** Halves go away from zero, as the engine rounds decimals. */
function divided(value: bigint, by: bigint): bigint {
  const half = by / 2n;
  return value < 0n ? -((-value + half) / by) : (value + half) / by;
}

function toText(value: Exclude<Value, null>, length: number | undefined): Value | undefined {
  const written = writeValue(value);
  return written === undefined ? undefined : text(length === undefined ? written : written.slice(0, length));
}

/** The value as the engine's cast to varchar writes it; `undefined` where that is not certain. */
export function writeValue(value: Exclude<Value, null>): string | undefined {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'whole':
      return String(value.whole);
    case 'boolean':
      return String(value.boolean);
    case 'date':
      return writeDate(value.days);
    case 'decimal': {
      const digits = String(value.unscaled < 0n ? -value.unscaled : value.unscaled).padStart(
        value.scale + 1,
        '0',
      );
      const point = digits.length - value.scale;
      return `${value.unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${value.scale === 0 ? '' : `.${digits.slice(point)}`}`;
    }
    case 'timestamp':
      return `${formatTime(value.millis, '%Y-%m-%d %H:%i:%s') ?? ''}.${String(((value.millis % 1000) + 1000) % 1000).padStart(3, '0')}`;
    case 'double':
    case 'interval':
    default:
      return undefined;
  }
}
