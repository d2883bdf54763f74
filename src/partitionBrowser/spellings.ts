import type { Column } from '../catalog/catalog';
import { canonicalValue, dayIn, nullPartition, partitionName } from '../partitions/values';
import type { PartitionRows } from './partitionRows';

/** What is odd about the values of partitions; names, the first of many, with their counts. */
export interface OddValues {
  /** NULL in a key. */
  readonly nulls: Odd;
  /** A value that is none of its key's type. */
  readonly unreadable: Odd;
  /** Two partitions whose values mean the same. */
  readonly twins: Odd;
}

export interface Odd {
  readonly count: number;
  readonly items: readonly string[];
}

/** Looks at the distinct values of each key, and at the rows only where one of them is odd. */
export function oddValues(rows: PartitionRows, most: number): OddValues {
  const perKey = rows.keys.map((key, at) => valuesOf(key, rows.dictionary(at)));
  const nulls = list(most);
  const unreadable = list(most);
  const twins = list(most);
  const anyNull = perKey.some(({ nullId }) => nullId !== undefined);
  const anyUnreadable = perKey.some((key) => key.unreadable.size > 0);
  const anyTwin = perKey.some(({ alike }) => alike);
  if (!anyNull && !anyUnreadable && !anyTwin) return { nulls, unreadable, twins };
  const first = new Map<string, number>();
  const name = (row: number): string => partitionName(rows.keys, rows.values(row));
  for (let row = 0; row < rows.count; row += 1) {
    const ids = perKey.map((_, at) => rows.valueId(row, at));
    if (ids.some((id, at) => perKey[at]?.nullId === id)) nulls.add(() => name(row));
    if (ids.some((id, at) => perKey[at]?.unreadable.has(id) === true)) {
      unreadable.add(() => {
        const at = ids.findIndex((id, key) => perKey[key]?.unreadable.has(id) === true);
        return `${name(row)}: ${rows.value(row, at)} is no ${rows.keys[at]?.type ?? ''}`;
      });
    }
    if (!anyTwin) continue;
    const tuple = ids.map((id, at) => perKey[at]?.canonical[id] ?? id).join();
    const before = first.get(tuple);
    if (before === undefined) first.set(tuple, row);
    else twins.add(() => `${name(before)} and ${name(row)}`);
  }
  return { nulls, unreadable, twins };
}

function list(most: number): {
  readonly count: number;
  readonly items: string[];
  add(item: () => string): void;
} {
  const items: string[] = [];
  let count = 0;
  return {
    items,
    get count() {
      return count;
    },
    add(item) {
      count += 1;
      if (items.length < most) items.push(item());
    },
  };
}

interface KeyValues {
  readonly nullId: number | undefined;
  readonly unreadable: ReadonlySet<number>;
  /** By id, the first id that means the same. */
  readonly canonical: readonly number[];
  readonly alike: boolean;
}

function valuesOf(key: Column, dictionary: { readonly size: number; text(id: number): string }): KeyValues {
  let nullId: number | undefined;
  const unreadable = new Set<number>();
  const byMeaning = new Map<string, number>();
  const canonical: number[] = [];
  let alike = false;
  for (let id = 0; id < dictionary.size; id += 1) {
    const text = dictionary.text(id);
    if (text === nullPartition) nullId = id;
    const read = canonicalValue(key, text);
    if (read === undefined) unreadable.add(id);
    const meaning = read === undefined ? `?${text}` : meaningOf(key, read);
    const before = byMeaning.get(meaning);
    if (before === undefined) byMeaning.set(meaning, id);
    else alike = true;
    canonical.push(before ?? id);
  }
  return { nullId, unreadable, canonical, alike };
}

/** Text keys named after a part of a date mean the same with and without a zero, whole dates in any spelling. */
function meaningOf({ name }: Column, text: string): string {
  if (/^(year|month|day|hour|yyyy|mm|dd|hh|yr|mon|hr)$/i.test(name) && /^\d+$/.test(text)) {
    return String(Number(text));
  }
  return dayIn(text) ?? text;
}
