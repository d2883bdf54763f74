import { formatDuration } from '../base/format';
import { Problem } from '../base/problem';
import type { TableName } from './catalog';

export type Freshness =
  | { readonly kind: 'fresh' | 'late'; readonly ageMs: number; readonly sentence: string }
  | { readonly kind: 'unknown'; readonly sentence: string };

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** The milliseconds of an expectation that a user sets: `90m`, `26h`, `2d`, `1w`; a Problem for anything else. */
export function readExpectedAge(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([mhdw])(?:in|ours?|ays?|eeks?)?\s*$/i.exec(text);
  const unit = units[match?.[2]?.toLowerCase() ?? ''];
  const count = Number(match?.[1] ?? 0);
  if (unit === undefined || count === 0) {
    throw new Problem(`“${text}” is no age: write one such as 26h, 2d or 1w.`, 'invalid');
  }
  return count * unit;
}

/** How old a table's data may be, and the pattern that says so. */
export interface ExpectedAge {
  readonly pattern: string;
  /** As it was set: `26h`. */
  readonly text: string;
  readonly ms: number;
}

/**
 * The expectation for a table among those set by patterns of `database.table`, `*` for any text: the pattern with the
 * most letters of its own wins. A number means hours. A Problem for an age that cannot be read.
 */
export function expectedAge(
  expected: Readonly<Record<string, unknown>>,
  { database, name }: TableName,
): ExpectedAge | undefined {
  const table = `${database}.${name}`.toLowerCase();
  let best: { readonly pattern: string; readonly own: number } | undefined;
  for (const pattern of Object.keys(expected)) {
    const own = pattern.replaceAll('*', '').length;
    if (fits(pattern.toLowerCase(), table) && (best === undefined || own > best.own)) best = { pattern, own };
  }
  if (best === undefined) return undefined;
  const value = expected[best.pattern];
  const text = typeof value === 'number' ? `${value}h` : String(value);
  return { pattern: best.pattern, text, ms: readExpectedAge(text) };
}

/** Part by part from the left, so that no pattern can be slow. */
function fits(pattern: string, table: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!table.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return table === first;
  let at = first.length;
  for (const part of rest) {
    const found = table.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return table.length - at >= last.length && table.endsWith(last);
}

/**
 * Whether the newest data is as new as expected. `dataEnd` is the moment up to which it reaches: the end of the
 * newest partition's day, not its beginning.
 */
export function freshness(request: {
  readonly dataEnd: Date | undefined;
  readonly expectedMs: number;
  readonly now: Date;
}): Freshness {
  const { dataEnd, expectedMs, now } = request;
  if (dataEnd === undefined) {
    return {
      kind: 'unknown',
      sentence: 'Its partitions spell no date, so how new its data is cannot be told.',
    };
  }
  const ageMs = Math.max(0, now.getTime() - dataEnd.getTime());
  const until = `${dataEnd.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return ageMs <= expectedMs
    ? { kind: 'fresh', ageMs, sentence: `Data reaches to ${until}, as expected.` }
    : {
        kind: 'late',
        ageMs,
        sentence: `Data ends at ${until}, ${ageText(ageMs - expectedMs)} later than expected.`,
      };
}

function ageText(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  return days >= 2 ? `${days} days` : formatDuration(ms);
}
