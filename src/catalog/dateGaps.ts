import type { Column } from './catalog';
import { dateLayout, stepOf, stepStart, type DateLayout, type DateStep } from './dateLayout';

/** Steps of time in a row for which there is no partition. */
export interface DateGap {
  /** Values of the other keys, in key order; empty where time is the only key. */
  readonly group: readonly string[];
  /** As the table spells them, of the date keys: the first and last that are missing. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly count: number;
}

export interface DateGaps {
  readonly step: DateStep;
  readonly oldest: readonly string[];
  readonly newest: readonly string[];
  /** The end of the newest step: how far the data reaches. */
  readonly dataEnd: Date;
  /** Oldest first, at most `limit`. */
  readonly gaps: readonly DateGap[];
  /** Missing steps in all gaps, also in those beyond the limit. */
  readonly missing: number;
  /** Partitions whose values are no time: NULL, strays. */
  readonly unread: number;
}

/**
 * Where the sequence of a table's dates has gaps, for each combination of its other keys, between its oldest and
 * newest or, with `until`, up to that moment. Undefined for a table whose partitions spell no time.
 */
export function dateGaps(request: {
  readonly keys: readonly Pick<Column, 'name' | 'type'>[];
  /** Gone through more than once. */
  readonly partitions: Iterable<readonly string[]>;
  readonly until?: Date;
  /** 1,000 unless told. */
  readonly limit?: number;
}): DateGaps | undefined {
  const { keys, partitions, until, limit = 1000 } = request;
  const layout = dateLayout(keys, firstOf(partitions));
  if (layout === undefined) return undefined;
  const { groups, unread } = grouped(layout, keys.length, partitions);
  const end = until === undefined ? undefined : stepOf(layout.step, until);
  let oldest = Number.POSITIVE_INFINITY;
  let newest = Number.NEGATIVE_INFINITY;
  const all: { readonly at: number; readonly until: number; readonly group: readonly string[] }[] = [];
  let missing = 0;
  for (const { group, steps } of groups) {
    const sorted = Float64Array.from(steps).sort();
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined) continue;
    oldest = Math.min(oldest, first);
    newest = Math.max(newest, last);
    const gap = (from: number, to: number): void => {
      if (to < from) return;
      missing += to - from + 1;
      all.push({ at: from, until: to, group });
    };
    for (let index = 1; index < sorted.length; index += 1) {
      gap((sorted[index - 1] ?? 0) + 1, (sorted[index] ?? 0) - 1);
    }
    if (end !== undefined) gap(last + 1, end);
  }
  if (oldest > newest) return undefined;
  const gaps = all
    .toSorted((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ at, until: to, group }) => ({
      group,
      from: layout.write(at),
      to: layout.write(to),
      count: to - at + 1,
    }));
  return {
    step: layout.step,
    oldest: layout.write(oldest),
    newest: layout.write(newest),
    dataEnd: new Date(stepStart(layout.step, newest + 1)),
    gaps,
    missing,
    unread,
  };
}

/** The end of the newest time that a table has a partition for; undefined where its partitions spell none. */
export function newestDataEnd(
  keys: readonly Pick<Column, 'name' | 'type'>[],
  partitions: Iterable<readonly string[]>,
): Date | undefined {
  const layout = dateLayout(keys, firstOf(partitions));
  if (layout === undefined) return undefined;
  let newest: number | undefined;
  for (const values of partitions) {
    const step = layout.read(values);
    if (step !== undefined && (newest === undefined || step > newest)) newest = step;
  }
  return newest === undefined ? undefined : new Date(stepStart(layout.step, newest + 1));
}

/** Enough to tell how a table spells its dates. */
const sampled = 200;

function firstOf(partitions: Iterable<readonly string[]>): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const values of partitions) {
    found.push(values);
    if (found.length === sampled) break;
  }
  return found;
}

function grouped(
  layout: DateLayout,
  keyCount: number,
  partitions: Iterable<readonly string[]>,
): {
  readonly groups: Iterable<{ readonly group: readonly string[]; readonly steps: number[] }>;
  readonly unread: number;
} {
  const others = [...Array(keyCount).keys()].filter((index) => !layout.keys.includes(index));
  const groups = new Map<string, { group: readonly string[]; steps: number[] }>();
  let unread = 0;
  for (const values of partitions) {
    const step = layout.read(values);
    if (step === undefined) {
      unread += 1;
      continue;
    }
    // Hundreds of thousands of rows: the name of the group is made cheaply.
    const name =
      others.length === 1
        ? (values[others[0] ?? 0] ?? '')
        : others.map((at) => values[at] ?? '').join('\u0000');
    const known = groups.get(name);
    if (known === undefined) groups.set(name, { group: others.map((at) => values[at] ?? ''), steps: [step] });
    else known.steps.push(step);
  }
  return { groups: groups.values(), unread };
}
