import type { Column } from '../../../catalog/catalog';
import { dayMillis, dayNumber, dayOf } from '../../../scan/calendar';

/** Properties of a table by key, as Glue keeps them; keys in lower case, since Athena ignores theirs. */
export type Properties = ReadonlyMap<string, string>;

/** The values that partition projection makes up for one key; what cannot be told is absent. */
export type Projected =
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | {
      readonly kind: 'integer';
      readonly from: number;
      readonly to: number;
      readonly step: number;
      readonly digits: number;
    }
  | {
      readonly kind: 'date';
      readonly format: string;
      /** As written: `2023-01-01`, `NOW-3YEARS`. */
      readonly range: readonly [string, string];
      readonly step: number;
      readonly unit: DateUnit;
    }
  | { readonly kind: 'injected' };

export type DateUnit = 'years' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds' | 'millis';

const noProperties: Properties = new Map();
// Asked for by several rules at each reading of a table.
const byParameters = new WeakMap<Readonly<Record<string, string>>, Properties>();

/** The properties of a table by key in lower case. */
export function propertiesOf(parameters: Readonly<Record<string, string>> | undefined): Properties {
  if (parameters === undefined) return noProperties;
  let properties = byParameters.get(parameters);
  if (properties === undefined) {
    properties = new Map(Object.entries(parameters).map(([key, value]) => [key.toLowerCase(), value]));
    byParameters.set(parameters, properties);
  }
  return properties;
}

/** Whether Athena makes up the partitions instead of asking the catalog. */
export function isProjected(properties: Properties): boolean {
  return properties.get('projection.enabled')?.trim().toLowerCase() === 'true';
}

/** What is projected for a key; undefined when its properties are missing or wrong. */
export function projectedKey({ name }: Pick<Column, 'name'>, properties: Properties): Projected | undefined {
  const of = (what: string): string | undefined => properties.get(`projection.${name}.${what}`.toLowerCase());
  const range = (of('range') ?? '').split(',').map((part) => part.trim());
  const [from, to, ...more] = range;
  switch (of('type')?.trim().toLowerCase()) {
    case 'injected':
      return { kind: 'injected' };
    case 'enum': {
      const values = of('values')?.split(',') ?? [];
      return values.length === 0 ? undefined : { kind: 'enum', values: values.map((value) => value.trim()) };
    }
    case 'integer': {
      const [low, high] = [Number(from), Number(to)];
      if (more.length > 0 || !/^-?\d+$/.test(from ?? '') || !/^-?\d+$/.test(to ?? '')) return undefined;
      return {
        kind: 'integer',
        from: low,
        to: high,
        step: count(of('interval')),
        digits: count(of('digits'), 0),
      };
    }
    case 'date': {
      const format = of('format')?.trim();
      if (format === undefined || from === undefined || to === undefined || to === '' || more.length > 0)
        return undefined;
      const unit = unitOf(of('interval.unit')) ?? naturalUnit(format);
      return unit === undefined
        ? undefined
        : { kind: 'date', format, range: [from, to], step: count(of('interval')), unit };
    }
    case undefined:
    default:
      return undefined;
  }
}

function count(text: string | undefined, otherwise = 1): number {
  return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : otherwise;
}

/** The unit that a word of `interval.unit` names. */
export function unitOf(word: string | undefined): DateUnit | undefined {
  const lower = word?.trim().toLowerCase() ?? '';
  const units: readonly DateUnit[] = [
    'years',
    'months',
    'weeks',
    'days',
    'hours',
    'minutes',
    'seconds',
    'millis',
  ];
  return units.find((unit) => unit === lower || unit === `${lower}s`);
}

/** The unit that a format counts in when nothing else is said: its finest field, down to the day. */
export function naturalUnit(format: string): 'years' | 'months' | 'days' | undefined {
  const letters = format.replaceAll(/'[^']*'/g, '');
  if (/[HhKkmsSAnN]/.test(letters)) return undefined;
  if (/[dDeE]/.test(letters)) return 'days';
  if (/[ML]/.test(letters)) return 'months';
  return /[yu]/.test(letters) ? 'years' : undefined;
}

/**
 * Reads a date in a pattern of Java's DateTimeFormatter: milliseconds since 1970, `false` when the text does not
 * fit, undefined for a pattern with letters other than y M d H m s.
 */
export function readFormatted(text: string, format: string): number | false | undefined {
  const fields: string[] = [];
  let known = true;
  const source = format.replaceAll(
    /'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/g,
    (all: string, quoted?: string, letter?: string) => {
      if (quoted !== undefined) return escaped(quoted === '' ? "'" : quoted);
      if (letter === undefined) return escaped(all);
      if (!'yuMdHms'.includes(letter) || (letter === 'M' && all.length > 2)) known = false;
      fields.push(letter === 'u' ? 'y' : letter);
      return all.length === 1 && letter !== 'y'
        ? String.raw`(\d{1,2})`
        : String.raw`(\d{${all.length === 1 ? 4 : all.length}})`;
    },
  );
  if (!known) return undefined;
  const match = new RegExp(`^${source}$`).exec(text);
  if (match === null) return false;
  const read = (letter: string, otherwise: number): number => {
    const at = fields.indexOf(letter);
    return at < 0 ? otherwise : Number(match[at + 1]);
  };
  const year = read('y', 1970);
  const days = dayNumber({ year: year < 100 ? year + 2000 : year, month: read('M', 1), day: read('d', 1) });
  if (days === undefined || read('H', 0) > 23 || read('m', 0) > 59 || read('s', 0) > 59) return false;
  return days * dayMillis + ((read('H', 0) * 60 + read('m', 0)) * 60 + read('s', 0)) * 1000;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

/** Writes a time in such a pattern; undefined where the pattern has other letters. */
export function writeFormatted(millis: number, format: string): string | undefined {
  const days = Math.floor(millis / dayMillis);
  const { year, month, day } = dayOf(days);
  const rest = millis - days * dayMillis;
  const fields: Readonly<Record<string, number>> = {
    y: year,
    u: year,
    M: month,
    d: day,
    H: Math.floor(rest / 3_600_000),
    m: Math.floor(rest / 60_000) % 60,
    s: Math.floor(rest / 1000) % 60,
  };
  let known = true;
  const written = format.replaceAll(
    /'([^']*)'|([A-Za-z])\2*/g,
    (all: string, quoted?: string, letter?: string) => {
      if (quoted !== undefined) return quoted === '' ? "'" : quoted;
      const field = fields[letter ?? ''];
      if (field === undefined || (letter === 'M' && all.length > 2)) known = false;
      const number = letter === 'y' && all.length === 2 ? (field ?? 0) % 100 : (field ?? 0);
      return String(number).padStart(all.length, '0');
    },
  );
  return known ? written : undefined;
}

/** `NOW`, `NOW-3YEARS`: the distance from now in milliseconds; undefined for what does not begin with NOW. */
export function fromNow(end: string): number | undefined {
  const match = /^NOW\s*(?:([+-])\s*(\d+)\s*([A-Z]+))?$/i.exec(end.trim());
  if (match === null) return undefined;
  const unit = unitOf(match[3]);
  if (match[1] === undefined) return 0;
  if (unit === undefined) return undefined;
  return (match[1] === '-' ? -1 : 1) * Number(match[2]) * unitMillis[unit];
}

/** How long a unit lasts, in milliseconds; a month and a year as long as they are on average. */
export const unitMillis: Readonly<Record<DateUnit, number>> = {
  years: 365.25 * dayMillis,
  months: 30.44 * dayMillis,
  weeks: 7 * dayMillis,
  days: dayMillis,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  millis: 1,
};
