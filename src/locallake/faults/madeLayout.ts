import { number, objects, text } from '../wire/input';
import type { Fields } from '../service';

/** One level of made-up folders: `hour=00` to `hour=23`, or days from one on. */
export interface MadeLevel {
  readonly name: string;
  readonly kind: 'number' | 'date';
  /** The first number, or the first day as `2020-01-31`. */
  readonly from: number | string;
  readonly count: number;
}

/** Folders that are computed from their place among all of them, in the order of their names. */
export interface MadeLayout {
  /** How many lowest folders there are; 1 without levels. */
  readonly size: number;
  values(index: number): readonly string[];
  /** `dt=2020-01-01/hour=00/`; empty without levels. */
  path(index: number): string;
  /** The place of the folder with these values, undefined when there is none. */
  indexOf(values: readonly string[]): number | undefined;
}

/** The levels of a control request. Numbers get as many digits as the largest has, so that names sort as numbers do. */
export function levelsFrom(wish: Fields): readonly MadeLevel[] {
  return objects(wish, 'levels').map((level) => {
    const day = text(level, 'from');
    return {
      name: text(level, 'name') ?? '',
      kind: day === undefined ? 'number' : 'date',
      from: day ?? number(level, 'from') ?? 0,
      count: Math.max(1, number(level, 'count') ?? 1),
    };
  });
}

/** The layout of these levels, the first outermost. */
export function madeLayout(levels: readonly MadeLevel[]): MadeLayout {
  const size = levels.reduce((product, { count }) => product * count, 1);
  const widths = levels.map(({ from, count }) => String(Number(from) + count - 1).length);
  const days = levels.map(({ kind, from }) => (kind === 'date' ? Date.parse(`${from}T00:00:00Z`) : 0));
  const valueAt = (level: number, place: number): string => {
    const { kind, from } = levels[level] ?? { kind: 'number', from: 0 };
    if (kind === 'date') return new Date((days[level] ?? 0) + place * 86_400_000).toISOString().slice(0, 10);
    return String(Number(from) + place).padStart(widths[level] ?? 1, '0');
  };
  const placeOf = (level: number, value: string): number => {
    const { kind, from } = levels[level] ?? { kind: 'number', from: 0 };
    if (kind === 'date') return (Date.parse(`${value}T00:00:00Z`) - (days[level] ?? 0)) / 86_400_000;
    return Number(value) - Number(from);
  };
  const values = (index: number): readonly string[] => {
    const all: string[] = [];
    let rest = index;
    for (let level = levels.length - 1; level >= 0; level--) {
      const count = levels[level]?.count ?? 1;
      all.unshift(valueAt(level, rest % count));
      rest = Math.floor(rest / count);
    }
    return all;
  };
  return {
    size,
    values,
    path: (index) =>
      values(index)
        .map((value, level) => `${levels[level]?.name ?? ''}=${value}/`)
        .join(''),
    indexOf: (given) => {
      if (given.length !== levels.length) return undefined;
      let index = 0;
      for (const [level, { count }] of levels.entries()) {
        const place = placeOf(level, given[level] ?? '');
        if (!Number.isInteger(place) || place < 0 || place >= count) return undefined;
        if (valueAt(level, place) !== given[level]) return undefined;
        index = index * count + place;
      }
      return index;
    },
  };
}
