import { addMonths, dayMillis } from './calendar';
import { asDecimal, asDouble, asMillis, rescaled, whole, type Value } from './value';

type Known = Exclude<Value, null>;

/** Exact sums and products; `undefined` where the engine fails, overflows or rounds by rules of its own. */
export function arithmetic(operator: string, a: Known | undefined, b: Known | undefined): Value | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a.kind === 'interval' || b.kind === 'interval') return withInterval(operator, a, b);
  if (a.kind === 'whole' && b.kind === 'whole') return wholeNumbers(operator, a.whole, b.whole);
  if (a.kind === 'double' || b.kind === 'double') return doubles(operator, asDouble(a), asDouble(b));
  const [x, y] = [asDecimal(a), asDecimal(b)];
  if (x === undefined || y === undefined) return undefined;
  if (operator === '*')
    return { kind: 'decimal', unscaled: x.unscaled * y.unscaled, scale: x.scale + y.scale };
  if (operator !== '+' && operator !== '-') return undefined;
  const scale = Math.max(x.scale, y.scale);
  const [left, right] = [rescaled(x, scale), rescaled(y, scale)];
  return { kind: 'decimal', unscaled: operator === '+' ? left + right : left - right, scale };
}

function wholeNumbers(operator: string, a: bigint, b: bigint): Value | undefined {
  if ((operator === '/' || operator === '%') && b === 0n) return undefined;
  const result = {
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': b === 0n ? 0n : a / b,
    '%': b === 0n ? 0n : a % b,
  }[operator];
  return result === undefined || BigInt.asIntN(64, result) !== result ? undefined : whole(result);
}

function doubles(operator: string, a: number | undefined, b: number | undefined): Value | undefined {
  if (a === undefined || b === undefined) return undefined;
  const double = { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[operator];
  return double === undefined ? undefined : { kind: 'double', double };
}

function withInterval(operator: string, a: Known, b: Known): Value | undefined {
  const [time, interval] = a.kind === 'interval' ? [b, a] : [a, b];
  if (interval.kind !== 'interval' || (operator !== '+' && (operator !== '-' || a.kind === 'interval'))) {
    return undefined;
  }
  const sign = operator === '-' ? -1 : 1;
  const months =
    time.kind === 'date' || time.kind === 'timestamp'
      ? shiftTime(time, 'month', sign * interval.months)
      : undefined;
  if (months === undefined || months === null) return undefined;
  // A date moved by hours is an error of the query.
  if (months.kind === 'date' && interval.millis % dayMillis !== 0) return undefined;
  return shiftTime(months, 'millisecond', sign * interval.millis);
}

/** A date or timestamp moved by a number of units; a date by units of whole days only. */
export function shiftTime(value: Known | undefined, unit: string, count: number): Value | undefined {
  const millis = value === undefined ? undefined : asMillis(value);
  if (value === undefined || millis === undefined || !Number.isSafeInteger(count)) return undefined;
  const days = Math.floor(millis / dayMillis);
  const months = { year: 12, quarter: 3, month: 1 }[unit.toLowerCase()];
  const step = {
    week: 7 * dayMillis,
    day: dayMillis,
    hour: 3_600_000,
    minute: 60_000,
    second: 1000,
    millisecond: 1,
  }[unit.toLowerCase()];
  const moved =
    months !== undefined
      ? addMonths(days, months * count) * dayMillis + (millis - days * dayMillis)
      : step === undefined
        ? undefined
        : millis + step * count;
  if (moved === undefined || Math.abs(moved) > 8e15) return undefined;
  if (value.kind === 'timestamp') return { kind: 'timestamp', millis: moved };
  return moved % dayMillis === 0 ? { kind: 'date', days: moved / dayMillis } : undefined;
}
