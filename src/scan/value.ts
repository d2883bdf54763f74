import { readDate, readTimestamp } from './calendar';
import type { SqlType } from './sqlType';

/** A value as the engine computes with it; `null` is SQL's NULL. */
export type Value =
  | null
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'whole'; readonly whole: bigint }
  | { readonly kind: 'decimal'; readonly unscaled: bigint; readonly scale: number }
  | { readonly kind: 'double'; readonly double: number }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'timestamp'; readonly millis: number }
  | { readonly kind: 'interval'; readonly months: number; readonly millis: number };

export const yes: Value = { kind: 'boolean', boolean: true };
export const no: Value = { kind: 'boolean', boolean: false };

/** A boolean as a value. */
export function truth(boolean: boolean): Value {
  return boolean ? yes : no;
}

/** A text as a value. */
export function text(value: string): Value {
  return { kind: 'text', text: value };
}

/** A whole number as a value. */
export function whole(value: bigint | number): Value {
  return { kind: 'whole', whole: BigInt(value) };
}

/** How Hive writes NULL as a partition value. */
export const hiveNull = '__HIVE_DEFAULT_PARTITION__';

/** A partition's value, read by its key's type; `undefined` when it is none of that type, or not understood. */
export function readKeyValue(value: string, type: SqlType): Value | undefined {
  if (value === hiveNull) return null;
  switch (type.base) {
    case 'varchar':
      return text(value);
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return /^[+-]?\d+$/.test(value) ? whole(BigInt(value.replace(/^\+/, ''))) : undefined;
    case 'decimal':
      return readDecimal(value);
    case 'boolean':
      return /^(true|false)$/i.test(value) ? truth(value.toLowerCase() === 'true') : undefined;
    case 'date': {
      const days = readDate(value);
      return days === undefined ? undefined : { kind: 'date', days };
    }
    case 'timestamp': {
      const millis = readTimestamp(value);
      return millis === undefined ? undefined : { kind: 'timestamp', millis };
    }
    default:
      return undefined;
  }
}

/** `12.50` exactly; `undefined` for anything else, an exponent included. */
export function readDecimal(value: string): Value | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value);
  if (match === null || `${match[2]}${match[3] ?? ''}` === '') return undefined;
  const fraction = match[3] ?? '';
  const unscaled = BigInt(`${match[2]}${fraction}`);
  return { kind: 'decimal', unscaled: match[1] === '-' ? -unscaled : unscaled, scale: fraction.length };
}

/**
 * Below, equal or above 0 as the engine orders two values; `undefined` when it has no order for them
 * (different families: the query fails) or one is NULL.
 */
export function compareValues(a: Value, b: Value): number | undefined {
  if (a === null || b === null) return undefined;
  if (a.kind === 'text') return b.kind === 'text' ? compareText(a.text, b.text) : undefined;
  if (a.kind === 'boolean') return b.kind === 'boolean' ? Number(a.boolean) - Number(b.boolean) : undefined;
  if (a.kind === 'double' || b.kind === 'double') {
    const [x, y] = [asDouble(a), asDouble(b)];
    return x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y)
      ? undefined
      : Math.sign(x - y);
  }
  const [x, y] = [asDecimal(a), asDecimal(b)];
  if (x !== undefined && y !== undefined) {
    const scale = Math.max(x.scale, y.scale);
    const difference = rescaled(x, scale) - rescaled(y, scale);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  const [s, t] = [asMillis(a), asMillis(b)];
  return s === undefined || t === undefined ? undefined : Math.sign(s - t);
}

/** Text order of the engine: by code point, which UTF-16 order is not. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === a.length || at === b.length) return a.length - b.length;
  // Inside a surrogate pair the whole character decides.
  if (at > 0 && /[\uDC00-\uDFFF]/.test(a.charAt(at)) && /[\uD800-\uDBFF]/.test(a.charAt(at - 1))) at--;
  return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
}

/** A number as a double; `undefined` for other values. */
export function asDouble(value: Value): number | undefined {
  if (value?.kind === 'double') return value.double;
  if (value?.kind === 'whole') return Number(value.whole);
  if (value?.kind === 'decimal') return Number(value.unscaled) / 10 ** value.scale;
  return undefined;
}

/** A whole number or decimal, exactly; `undefined` for other values. */
export function asDecimal(value: Value): { unscaled: bigint; scale: number } | undefined {
  if (value?.kind === 'whole') return { unscaled: value.whole, scale: 0 };
  return value?.kind === 'decimal' ? { unscaled: value.unscaled, scale: value.scale } : undefined;
}

/** The unscaled number at a larger scale. */
export function rescaled(value: { unscaled: bigint; scale: number }, scale: number): bigint {
  return value.unscaled * 10n ** BigInt(scale - value.scale);
}

/** A date or timestamp in milliseconds since 1970; `undefined` for other values. */
export function asMillis(value: Value): number | undefined {
  if (value?.kind === 'date') return value.days * 86_400_000;
  return value?.kind === 'timestamp' ? value.millis : undefined;
}
