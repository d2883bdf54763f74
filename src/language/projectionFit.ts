import type { Table } from '../catalog/catalog';
import {
  fromNow,
  projectedKey,
  propertiesOf,
  readFormatted,
  unitMillis,
  writeFormatted,
  type Projected,
} from '../lint/rules/athena/projection';

/** A real partition that a query of a projected table does not read, and why. */
export interface Unprojected {
  readonly values: readonly string[];
  readonly message: string;
}

export interface ProjectionFit {
  /** Real partitions that no query sees. */
  readonly unprojected: readonly Unprojected[];
  /** Partitions that Athena makes up; absent where a key is injected or cannot be counted. */
  readonly projected?: number;
  /** Those of them for which there is data; absent like `projected`. */
  readonly filled?: number;
}

/**
 * Compares a table's projection with the partitions there really are (from the catalog or from listing S3). Keys whose
 * properties are wrong are passed over: `checkProjection` tells them. `now` is what NOW stands for.
 */
export function compareProjection(
  table: Table,
  real: {
    readonly partitions: readonly { readonly values: readonly string[]; readonly location?: string }[];
  },
  now: Date,
): ProjectionFit {
  const why = whyUnprojected(table, now);
  const unprojected = real.partitions.flatMap(({ values, location }): readonly Unprojected[] => {
    const message = why(values, location);
    return message === undefined ? [] : [{ values, message }];
  });
  const projected = projectedCount(table, now);
  return {
    unprojected,
    ...(projected === undefined ? {} : { projected, filled: real.partitions.length - unprojected.length }),
  };
}

/** Tells, partition by partition, why a query of a projected table does not read it; undefined for one that is read. */
export function whyUnprojected(
  table: Table,
  now: Date,
): (values: readonly string[], location: string | undefined) => string | undefined {
  const properties = propertiesOf(table.parameters);
  const keys = table.partitionKeys.map((key) => ({ key, projected: projectedKey(key, properties) }));
  return (values, location) => {
    for (const [index, { key, projected }] of keys.entries()) {
      const value = values[index] ?? '';
      const why = projected === undefined ? undefined : whyNot(value, projected, now);
      if (why !== undefined) return `${key.name}=${value} ${why}.`;
    }
    const expected = projectedLocation(table, values);
    if (location === undefined || expected === undefined || trimmed(location) === trimmed(expected)) {
      return undefined;
    }
    return `It lies in ${location}, but is looked for in ${expected}.`;
  };
}

/** How many partitions Athena makes up; undefined where a key is injected or cannot be counted. */
export function projectedCount(table: Table, now: Date): number | undefined {
  const properties = propertiesOf(table.parameters);
  let product = 1;
  for (const key of table.partitionKeys) {
    const projected = projectedKey(key, properties);
    const count = projected === undefined ? undefined : countOf(projected, now);
    if (count === undefined) return undefined;
    product *= count;
  }
  return product;
}

/**
 * The partitions that Athena makes up, in the order of their keys from the oldest; none where a key is injected or
 * cannot be read.
 */
export function* projectedValues(table: Table, now: Date): Generator<readonly string[], void, undefined> {
  const properties = propertiesOf(table.parameters);
  const keys = table.partitionKeys.map((key) => projectedKey(key, properties));
  function* from(at: number, values: readonly string[]): Generator<readonly string[], void, undefined> {
    if (at === keys.length) {
      yield values;
      return;
    }
    const projected = keys[at];
    if (projected === undefined) return;
    for (const value of valuesOf(projected, now)) yield* from(at + 1, [...values, value]);
  }
  yield* from(0, []);
}

function* valuesOf(projected: Projected, now: Date): Generator<string, void, undefined> {
  switch (projected.kind) {
    case 'injected':
      return;
    case 'enum':
      yield* projected.values;
      return;
    case 'integer':
      for (let number = projected.from; number <= projected.to; number += projected.step) {
        yield number < 0 ? String(number) : String(number).padStart(projected.digits, '0');
      }
      return;
    case 'date': {
      const first = readFormatted(projected.range[0], projected.format);
      const distance = fromNow(projected.range[0]);
      const start = distance === undefined ? first : now.getTime() + distance;
      const [, to] = endsOf(projected, now);
      if (typeof start !== 'number' || to === undefined) return;
      let before = '';
      // Months and years are no even steps: what is written twice is told once.
      for (let at = start; at <= to; at += unitMillis[projected.unit] * projected.step) {
        const written = writeFormatted(at, projected.format);
        if (written === undefined) return;
        if (written !== before) yield written;
        before = written;
      }
    }
  }
}

/** Where a projected table's partition is looked for; undefined for a table without a location. */
export function projectedLocation(table: Table, values: readonly string[]): string | undefined {
  const template = propertiesOf(table.parameters).get('storage.location.template');
  const index = (name: string): number =>
    table.partitionKeys.findIndex((key) => key.name.toLowerCase() === name.toLowerCase());
  if (template !== undefined) {
    return template.replaceAll(/\$\{([^}]*)\}/g, (all, name: string) => values[index(name)] ?? all);
  }
  if (table.location === undefined) return undefined;
  const levels = table.partitionKeys.map(({ name }, at) => `${name}=${values[at] ?? ''}/`);
  return `${trimmed(table.location)}/${levels.join('')}`;
}

function trimmed(uri: string): string {
  return uri.replace(/\/+$/, '');
}

function whyNot(value: string, projected: Projected, now: Date): string | undefined {
  switch (projected.kind) {
    case 'injected':
      return undefined;
    case 'enum':
      return projected.values.includes(value) ? undefined : 'is not among the projected values';
    case 'integer': {
      if (!/^-?\d+$/.test(value)) return 'is no whole number, as which the key is projected';
      const number = Number(value);
      if (number < projected.from || number > projected.to) {
        return `is outside of the projected range ${projected.from},${projected.to}`;
      }
      if ((number - projected.from) % projected.step !== 0)
        return `is skipped by the interval ${projected.step}`;
      const spelled = number < 0 ? String(number) : String(number).padStart(projected.digits, '0');
      return spelled === value ? undefined : `is spelled otherwise than the projected ${spelled}`;
    }
    case 'date': {
      const at = readFormatted(value, projected.format);
      if (at === undefined) return undefined; // a pattern that is not read here
      if (at === false) return `is not of the projected format ${projected.format}`;
      const [from, to] = endsOf(projected, now);
      const outside = (from !== undefined && at < from) || (to !== undefined && at > to);
      return outside ? `is outside of the projected range ${projected.range.join(',')}` : undefined;
    }
  }
}

function countOf(projected: Projected, now: Date): number | undefined {
  switch (projected.kind) {
    case 'injected':
      return undefined;
    case 'enum':
      return projected.values.length;
    case 'integer':
      return Math.floor((projected.to - projected.from) / projected.step) + 1;
    case 'date': {
      const [from, to] = endsOf(projected, now);
      if (from === undefined || to === undefined) return undefined;
      return Math.max(0, Math.floor((to - from) / (unitMillis[projected.unit] * projected.step)) + 1);
    }
  }
}

/** The range in milliseconds, its beginning cut to the unit as Athena cuts NOW-3YEARS to whole days. */
function endsOf(
  { range, format, unit }: Extract<Projected, { kind: 'date' }>,
  now: Date,
): readonly [from: number | undefined, to: number | undefined] {
  const at = (end: string): number | undefined => {
    const distance = fromNow(end);
    if (distance !== undefined) return now.getTime() + distance;
    const read = readFormatted(end, format);
    return typeof read === 'number' ? read : undefined;
  };
  const from = at(range[0]);
  // A month is cut by its greatest length, so that nothing at the edge is called outside.
  const slack = fromNow(range[0]) === undefined ? 0 : unitMillis[unit];
  return [from === undefined ? undefined : from - slack, at(range[1])];
}
