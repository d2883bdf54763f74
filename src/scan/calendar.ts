/** Milliseconds of a day. */
export const dayMillis = 86_400_000;

/** A calendar day; months and days count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01; `undefined` when there is no such day. */
export function dayNumber({ year, month, day }: Day): number | undefined {
  const time = new Date(0).setUTCFullYear(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? Math.floor(time / dayMillis)
    : undefined;
}

/** The calendar day of a number of days since 1970-01-01. */
export function dayOf(days: number): Day {
  const date = new Date(days * dayMillis);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Days since 1970 of `2024-01-15` (also `2024-1-5`, as the engine reads it); `undefined` for other text. */
export function readDate(value: string): number | undefined {
  const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(value);
  return match === null
    ? undefined
    : dayNumber({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
}

/** Milliseconds since 1970 of `2024-01-15`, `2024-01-15 10:30` or `2024-01-15 10:30:00.123`, without a zone. */
export function readTimestamp(value: string): number | undefined {
  const match = /^\s*(\S+?)(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})0*)?)?)?\s*$/.exec(value);
  if (match === null) return undefined;
  const days = readDate(match[1] ?? '');
  const [hour, minute, second] = [Number(match[2] ?? 0), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  return (
    days * dayMillis + ((hour * 60 + minute) * 60 + second) * 1000 + Number((match[5] ?? '').padEnd(3, '0'))
  );
}

/** `2024-01-15`. */
export function writeDate(days: number): string {
  const { year, month, day } = dayOf(days);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** The same day a number of months later; the last of the month when it is shorter. */
export function addMonths(days: number, months: number): number {
  const { year, month, day } = dayOf(days);
  const count = year * 12 + month - 1 + months;
  const target = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  for (let last = day; last > 27; last--) {
    const found = dayNumber({ ...target, day: last });
    if (found !== undefined) return found;
  }
  return dayNumber({ ...target, day: Math.min(day, 27) }) ?? days;
}

/** MySQL's `date_format`; `undefined` for a specifier it does not know. */
export function formatTime(millis: number, pattern: string): string | undefined {
  const days = Math.floor(millis / dayMillis);
  const { year, month, day } = dayOf(days);
  const rest = millis - days * dayMillis;
  const parts: Readonly<Record<string, string>> = {
    Y: padded(year, 4),
    y: padded(year % 100, 2),
    m: padded(month, 2),
    c: String(month),
    d: padded(day, 2),
    e: String(day),
    H: padded(Math.floor(rest / 3_600_000), 2),
    i: padded(Math.floor(rest / 60_000) % 60, 2),
    s: padded(Math.floor(rest / 1000) % 60, 2),
    S: padded(Math.floor(rest / 1000) % 60, 2),
    '%': '%',
  };
  let known = true;
  const result = pattern.replaceAll(/%(.?)/gs, (_, letter: string) => {
    const part = parts[letter];
    if (part === undefined) known = false;
    return part ?? '';
  });
  return known ? result : undefined;
}

/** MySQL's `date_parse`: milliseconds since 1970, `undefined` where the text does not fit or a specifier is unknown. */
export function parseTime(value: string, pattern: string): number | undefined {
  const fields: string[] = [];
  const known = /^(?:[^%]|%[YmdcHeis S%])*$/s.test(pattern);
  if (!known) return undefined;
  const source = pattern.replaceAll(/%(.)|[^%]+/gs, (all, letter: string | undefined) => {
    if (letter === undefined) return all.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
    if (letter === '%') return '%';
    fields.push(letter.toLowerCase() === 's' ? 's' : letter);
    return letter === 'Y' ? String.raw`(\d{4})` : String.raw`(\d{1,2})`;
  });
  const match = new RegExp(`^${source}$`).exec(value);
  if (match === null) return undefined;
  const read = (letters: string, otherwise: number): number => {
    const at = fields.findIndex((field) => letters.includes(field));
    return at < 0 ? otherwise : Number(match[at + 1]);
  };
  const days = dayNumber({ year: read('Y', 1970), month: read('mc', 1), day: read('de', 1) });
  const [hour, minute, second] = [read('H', 0), read('i', 0), read('s', 0)];
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  return days * dayMillis + ((hour * 60 + minute) * 60 + second) * 1000;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
