import type { Column } from './catalog';

export type DateStep = 'year' | 'month' | 'day' | 'hour';

/** How the values of a partition spell a time: which keys, to which step, and where they are in it. */
export interface DateLayout {
  readonly step: DateStep;
  /** Indices of the keys that form the time, coarsest first. */
  readonly keys: readonly number[];
  /** The steps since 1970 of a partition's values; undefined for values that are no such time. */
  readonly read: (values: readonly string[]) => number | undefined;
  /** The values of those keys for a number of steps. */
  readonly write: (steps: number) => readonly string[];
}

const hourMs = 3_600_000;
const fields: readonly DateStep[] = ['year', 'month', 'day', 'hour'];
const keyNames: Readonly<Record<DateStep, RegExp>> = {
  year: /^(year|yyyy|yr|y)$/,
  month: /^(month|mm|mon|m)$/,
  day: /^(day|dd|dom|d)$/,
  hour: /^(hour|hh|hr|h)$/,
};

/** One key that holds a whole date, from the finest spelling to the coarsest. */
const spellings: readonly { readonly step: DateStep; readonly pattern: RegExp; readonly format: string }[] = [
  { step: 'hour', pattern: /^(\d{4})-(\d\d)-(\d\d)[-T ](\d\d)$/, format: 'y-m-d-h' },
  { step: 'hour', pattern: /^(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)$/, format: 'y/m/d/h' },
  { step: 'hour', pattern: /^(\d{4})(\d\d)(\d\d)(\d\d)$/, format: 'ymdh' },
  // Timestamps at midnight are days.
  { step: 'day', pattern: /^(\d{4})-(\d\d)-(\d\d)[ T]00:00(?::00(?:\.0+)?)?$/, format: 'y-m-d 00:00:00' },
  { step: 'hour', pattern: /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):00(?::00(?:\.0+)?)?$/, format: 'y-m-d h:00:00' },
  { step: 'day', pattern: /^(\d{4})-(\d\d)-(\d\d)$/, format: 'y-m-d' },
  { step: 'day', pattern: /^(\d{4})\/(\d\d)\/(\d\d)$/, format: 'y/m/d' },
  { step: 'day', pattern: /^(\d{4})_(\d\d)_(\d\d)$/, format: 'y_m_d' },
  { step: 'day', pattern: /^(\d{4})(\d\d)(\d\d)$/, format: 'ymd' },
  { step: 'month', pattern: /^(\d{4})-(\d\d)$/, format: 'y-m' },
  { step: 'month', pattern: /^(\d{4})\/(\d\d)$/, format: 'y/m' },
  { step: 'month', pattern: /^((?:19|20)\d\d)(\d\d)$/, format: 'ym' },
];

/**
 * How a table's partitions spell time, from the names of its keys and some of its partitions: keys for year, month,
 * day and hour, or one key with a date in it. Undefined where neither is found.
 */
export function dateLayout(
  keys: readonly Pick<Column, 'name' | 'type'>[],
  sample: readonly (readonly string[])[],
): DateLayout | undefined {
  return splitLayout(keys, sample) ?? singleLayout(keys, sample);
}

/** The beginning of a step, in milliseconds since 1970. */
export function stepStart(step: DateStep, steps: number): number {
  switch (step) {
    case 'year':
      return Date.UTC(1970 + steps, 0);
    case 'month':
      return Date.UTC(1970, steps);
    case 'day':
      return steps * 24 * hourMs;
    case 'hour':
      return steps * hourMs;
  }
}

/** The step that a moment lies in. */
export function stepOf(step: DateStep, at: Date): number {
  switch (step) {
    case 'year':
      return at.getUTCFullYear() - 1970;
    case 'month':
      return (at.getUTCFullYear() - 1970) * 12 + at.getUTCMonth();
    case 'day':
      return Math.floor(at.getTime() / (24 * hourMs));
    case 'hour':
      return Math.floor(at.getTime() / hourMs);
  }
}

function splitLayout(
  keys: readonly Pick<Column, 'name'>[],
  sample: readonly (readonly string[])[],
): DateLayout | undefined {
  const found: number[] = [];
  for (const field of fields) {
    const index = keys.findIndex(({ name }) => keyNames[field].test(name.toLowerCase()));
    if (index < 0) break;
    found.push(index);
  }
  const step = fields[found.length - 1];
  if (step === undefined) return undefined;
  const parts = (values: readonly string[]): readonly string[] => found.map((index) => values[index] ?? '');
  const read = stepReader(step, found);
  if (sample.length > 0 && sample.every((values) => read(values) === undefined)) return undefined;
  // As most are written: `1` or `01`.
  const plain = sample.some((values) => parts(values).some((part) => /^\d$/.test(part)));
  return {
    step,
    keys: found,
    read,
    write: (steps) => written(step, steps).map((part) => (plain ? String(Number(part)) : part)),
  };
}

/**
 * Reads keys of parts of a date: each date is worked out once, and its hours are added, since a table may have
 * hundreds of thousands of partitions and is read again whenever it has changed.
 */
function stepReader(step: DateStep, keys: readonly number[]): DateLayout['read'] {
  const dates = new Map<string, number | undefined>();
  const [hourKey, dateKeys, dateStep] =
    step === 'hour' ? [keys[3], keys.slice(0, 3), 'day' as const] : [undefined, keys, step];
  const [first = -1, second = -1, third = -1] = dateKeys;
  return (values) => {
    const name = `${values[first] ?? ''}/${values[second] ?? ''}/${values[third] ?? ''}`;
    let date = dates.get(name);
    if (date === undefined && !dates.has(name)) {
      date = stepsFrom(
        dateKeys.map((key) => values[key] ?? ''),
        dateStep,
      );
      dates.set(name, date);
    }
    if (hourKey === undefined || date === undefined) return date;
    const hour = hourIn(values[hourKey]);
    return hour === undefined ? undefined : date * 24 + hour;
  };
}

function hourIn(text = ''): number | undefined {
  if (text.length === 0 || text.length > 4 || !/^\d+$/.test(text)) return undefined;
  const hour = Number(text);
  return hour < 24 ? hour : undefined;
}

function singleLayout(
  keys: readonly Pick<Column, 'name' | 'type'>[],
  sample: readonly (readonly string[])[],
): DateLayout | undefined {
  for (const [index, { type }] of keys.entries()) {
    for (const { step, pattern, format } of spellings) {
      const known = new Map<string, number | undefined>();
      const read = (values: readonly string[]): number | undefined => {
        const text = values[index] ?? '';
        if (known.has(text)) return known.get(text);
        const match = pattern.exec(text);
        const steps = match === null ? undefined : stepsFrom(match.slice(1), step);
        known.set(text, steps);
        return steps;
      };
      const fitting = sample.filter((values) => read(values) !== undefined).length;
      // A few NULL partitions and strays do not hide the rest.
      const fits = sample.length === 0 ? type === 'date' && format === 'y-m-d' : fitting * 2 > sample.length;
      if (!fits) continue;
      const write = (steps: number): readonly string[] => {
        const [y = '', m = '', d = '', h = ''] = written(step, steps);
        const letters: Readonly<Record<string, string>> = { y, m, d, h };
        return [format.replaceAll(/[ymdh]/g, (letter) => letters[letter] ?? letter)];
      };
      const layout: DateLayout = { step, keys: [index], read, write };
      return step === 'day' ? (withHours(layout, keys, sample) ?? layout) : layout;
    }
  }
  return undefined;
}

/** A key with a date and one with its hour: without the hour, a day that has begun would count as whole. */
function withHours(
  day: DateLayout,
  keys: readonly Pick<Column, 'name'>[],
  sample: readonly (readonly string[])[],
): DateLayout | undefined {
  const at = keys.findIndex(({ name }) => keyNames.hour.test(name.toLowerCase()));
  if (at < 0 || sample.length === 0) return undefined;
  const read = (values: readonly string[]): number | undefined => {
    const [days, hour] = [day.read(values), hourIn(values[at])];
    return days === undefined || hour === undefined ? undefined : days * 24 + hour;
  };
  if (sample.filter((values) => read(values) !== undefined).length * 2 <= sample.length) return undefined;
  const plain = sample.some((values) => /^\d$/.test(values[at] ?? ''));
  return {
    step: 'hour',
    keys: [...day.keys, at],
    read,
    write: (steps) => {
      const hour = String(((steps % 24) + 24) % 24);
      return [...day.write(Math.floor(steps / 24)), plain ? hour : hour.padStart(2, '0')];
    },
  };
}

function stepsFrom(parts: readonly string[], step: DateStep): number | undefined {
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour));
  if (
    year < 1000 ||
    date.getUTCFullYear() !== year ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    date.getUTCHours() !== hour
  ) {
    return undefined;
  }
  return stepOf(step, date);
}

function written(step: DateStep, steps: number): readonly string[] {
  const iso = new Date(stepStart(step, steps)).toISOString();
  const parts = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10), iso.slice(11, 13)];
  return parts.slice(0, fields.indexOf(step) + 1);
}
