import { Problem } from '../base/problem';
import type { Column, Table } from '../catalog/catalog';
import { parseS3Uri } from '../zones/s3Uri';
import {
  type DateField,
  type DatePiece,
  missingField,
  patternOf,
  readDateFormat,
  writeDate,
} from './dateTokens';
import { isHidden } from './hiveLayout';
import type { Layout, LevelName, Reading } from './layout';

/** Where the directories of partitions begin, and how they lie below it. */
export interface LayoutPlace {
  readonly bucket: string;
  /** With its slash at the end; '' for the root of a bucket. */
  readonly prefix: string;
  readonly layout: Layout;
}

type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'value'; readonly key: number }
  | { readonly kind: 'date'; readonly key: number; readonly field: DateField; readonly digits: number };

interface Level extends LevelName {
  readonly parts: readonly Part[];
  readonly lazy: RegExp;
  /** Reads the same in the longest way; where it differs, a name can be read in two. Absent: there is but one. */
  readonly greedy?: RegExp;
}

/**
 * The layout that a template describes: `${year}/${month}/`, `s3://bucket/x/${dt:yyyy/MM/dd}/`. `{key}` means the
 * same as `${key}`. A template without `s3://` begins at the table's location. A key whose format the table knows by
 * `projection.KEY.format` is read and spelled in it.
 * @throws a Problem with what is wrong: a key that is missing or unknown, two values of which none can tell where one
 * ends, a date without its year
 */
export function templatePlace(template: string, table: Table): LayoutPlace {
  const refuse = (why: string): never => {
    throw new Problem(
      `The template ${template} cannot be used for ${table.database}.${table.name}: ${why}.`,
      'invalid',
    );
  };
  const text = template.trim();
  const whole = /^s3[an]?:\/\//i.test(text)
    ? text
    : `${slashed(table.location ?? '')}${text.replace(/^\/+/, '')}`;
  const place = parseS3Uri(slashed(whole)) ?? refuse('it does not begin in S3');
  const formats = new Map<number, readonly DatePiece[]>();
  const parts = partsOf(place.key, table, { refuse, formats });
  const missing = table.partitionKeys.find(
    (_, index) => !parts.some((part) => part.kind !== 'literal' && part.key === index),
  );
  if (missing !== undefined) return refuse(`it does not say where ${missing.name} stands`);
  const segments = segmentsOf(parts);
  const first = segments.findIndex((segment) => segment.some((part) => part.kind !== 'literal'));
  const prefix = segments
    .slice(0, first)
    .map((segment) => `${segment.map(literalOf).join('')}/`)
    .join('');
  const levels = segments.slice(first).map((segment) => levelOf(segment, table.partitionKeys, refuse));
  const layout: Layout = {
    template: text,
    levels,
    read: (names) => read(names, { levels, keys: table.partitionKeys, formats }),
  };
  return { bucket: place.bucket, prefix, layout };
}

interface Reader {
  readonly refuse: (why: string) => never;
  /** Filled with the table's own spelling of dates, by key. */
  readonly formats: Map<number, readonly DatePiece[]>;
}

function partsOf(path: string, table: Table, { refuse, formats }: Reader): readonly Part[] {
  const names = table.partitionKeys.map(({ name }) => name.toLowerCase());
  const parts: Part[] = [];
  const kinds = new Map<number, 'value' | 'date'>();
  let at = 0;
  for (const match of path.matchAll(/\$?\{([^{}:]*)(?::([^{}]*))?\}/g)) {
    const [all, written = '', given] = match;
    if (match.index > at) parts.push({ kind: 'literal', text: path.slice(at, match.index) });
    at = match.index + all.length;
    const key = names.indexOf(written.trim().toLowerCase());
    if (key < 0) return refuse(`${all} is none of its keys, which are ${names.join(', ')}`);
    const own = table.parameters?.[`projection.${names[key] ?? ''}.format`];
    const format = given ?? own;
    const kind = format === undefined ? 'value' : 'date';
    if ((kinds.get(key) ?? kind) !== kind)
      return refuse(`${names[key] ?? ''} stands in it with and without a format`);
    kinds.set(key, kind);
    if (format === undefined) parts.push({ kind: 'value', key });
    else {
      const pieces = readDateFormat(format);
      if (typeof pieces === 'string') return refuse(pieces);
      if (given === undefined) formats.set(key, pieces);
      for (const piece of pieces)
        parts.push(piece.kind === 'literal' ? piece : { ...piece, kind: 'date', key });
    }
  }
  if (at < path.length) parts.push({ kind: 'literal', text: path.slice(at) });
  for (const [key, kind] of kinds) {
    if (kind !== 'date') continue;
    const fields = new Set(
      parts.flatMap((part) => (part.kind === 'date' && part.key === key ? [part.field] : [])),
    );
    const lacking = missingField(fields);
    if (lacking !== undefined)
      return refuse(`the date of ${names[key] ?? ''} lacks its ${fieldNames[lacking]}`);
  }
  return parts;
}

const fieldNames: Readonly<Record<DateField, string>> = {
  y: 'year',
  M: 'month',
  d: 'day',
  H: 'hour',
  m: 'minute',
  s: 'second',
};

/** The parts of each directory name: cut at the slashes of the literals. */
function segmentsOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const segments: Part[][] = [[]];
  for (const part of parts) {
    if (part.kind !== 'literal') {
      segments.at(-1)?.push(part);
      continue;
    }
    for (const [index, text] of part.text.split('/').entries()) {
      if (index > 0) segments.push([]);
      if (text !== '') segments.at(-1)?.push({ kind: 'literal', text });
    }
  }
  return segments.slice(0, -1); // a template ends with a slash
}

function levelOf(segment: readonly Part[], keys: readonly Column[], refuse: (why: string) => never): Level {
  if (segment.length === 0) return refuse('it has a directory without a name');
  for (const [index, part] of segment.entries()) {
    const next = segment[index + 1];
    if (next !== undefined && isLong(part) && isLong(next)) {
      const [one, other] = [part, next].map((each) =>
        each.kind === 'literal' ? '' : (keys[each.key]?.name ?? ''),
      );
      return refuse(
        one === other
          ? `${one ?? ''} has numbers of one or two digits side by side, so that none can tell where one ends`
          : `${one ?? ''} and ${other ?? ''} stand side by side, so that none can tell where one ends`,
      );
    }
  }
  const first = segment.findIndex((part) => part.kind !== 'literal');
  const head = (first < 0 ? segment : segment.slice(0, first)).map(literalOf).join('');
  const long = segment.filter((part) => part.kind !== 'literal' && isLong(part)).length;
  return {
    parts: segment,
    head,
    fixed: first < 0,
    lazy: patternFor(segment, '?'),
    ...(long > 1 ? { greedy: patternFor(segment, '') } : {}),
  };
}

/** Takes a number of characters that its pattern alone does not tell. */
function isLong(part: Part): boolean {
  return part.kind === 'value' || (part.kind === 'date' && part.digits === 1);
}

function patternFor(segment: readonly Part[], lazy: '' | '?'): RegExp {
  const source = segment.map((part) => {
    if (part.kind === 'literal') return part.text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return part.kind === 'value'
      ? `(.+${lazy})`
      : `(${patternOf(part.digits)}${part.digits === 1 ? lazy : ''})`;
  });
  return new RegExp(`^${source.join('')}$`, 's');
}

function read(
  names: readonly string[],
  of: {
    readonly levels: readonly Level[];
    readonly keys: readonly Column[];
    readonly formats: ReadonlyMap<number, readonly DatePiece[]>;
  },
): Reading {
  const { keys, formats } = of;
  const texts = new Map<number, string>();
  const dates = new Map<number, Map<DateField, string>>();
  for (const [index, name] of names.entries()) {
    const level = of.levels[index];
    if (level === undefined) return { kind: 'odd', why: 'lies deeper than the partitions' };
    if (level.head === '' && isHidden(name)) return { kind: 'hidden' };
    const found = level.lazy.exec(name);
    if (found === null) return { kind: 'odd', why: `does not fit ${shown(level, keys)}` };
    if (level.greedy !== undefined && level.greedy.exec(name)?.join('\0') !== found.join('\0'))
      return { kind: 'odd', why: `can be read as ${shown(level, keys)} in more than one way` };
    let group = 0;
    for (const part of level.parts) {
      if (part.kind === 'literal') continue;
      group += 1;
      const text = found[group] ?? '';
      const known = part.kind === 'value' ? texts.get(part.key) : dates.get(part.key)?.get(part.field);
      if (known !== undefined && (part.kind === 'value' ? known !== text : Number(known) !== Number(text)))
        return {
          kind: 'odd',
          why: `says ${text} for ${keys[part.key]?.name ?? ''} where ${known} stands above`,
        };
      if (part.kind === 'value') texts.set(part.key, text);
      else dates.set(part.key, (dates.get(part.key) ?? new Map<DateField, string>()).set(part.field, text));
    }
  }
  if (names.length < of.levels.length) return { kind: 'values', values: [], otherCase: false };
  const values: string[] = [];
  for (const [index, key] of keys.entries()) {
    const date = dates.get(index);
    const value = date === undefined ? texts.get(index) : writeDate(key, date, formats.get(index));
    if (value === undefined) return { kind: 'odd', why: `is no date of ${key.name}` };
    values.push(value);
  }
  return { kind: 'values', values, otherCase: false };
}

function shown(level: Level, keys: readonly Column[]): string {
  const name = (key: number): string => keys[key]?.name ?? '';
  return level.parts
    .map((part) => {
      if (part.kind === 'literal') return part.text;
      return part.kind === 'value'
        ? `\${${name(part.key)}}`
        : `\${${name(part.key)}:${part.field.repeat(part.digits)}}`;
    })
    .join('');
}

function literalOf(part: Part): string {
  return part.kind === 'literal' ? part.text : '';
}

function slashed(text: string): string {
  return text === '' || text.endsWith('/') ? text : `${text}/`;
}
