import { formatDuration } from '../base/format';
import { Problem } from '../base/problem';

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
