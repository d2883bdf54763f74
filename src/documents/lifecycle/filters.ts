import type { LifecycleFilter } from './model';

/** What a filter looks at. */
export interface FilteredObject {
  readonly key: string;
  readonly bytes: number;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Whether a filter is for an object; every one of its conditions must hold. */
export function meets(filter: LifecycleFilter, { key, bytes, tags = {} }: FilteredObject): boolean {
  return (
    key.startsWith(filter.prefix) &&
    filter.tags.every((tag) => Object.hasOwn(tags, tag.key) && tags[tag.key] === tag.value) &&
    (filter.greaterThan === undefined || bytes > filter.greaterThan) &&
    (filter.lessThan === undefined || bytes < filter.lessThan)
  );
}

/** Whether an object may meet both filters: prefixes in each other, no tag with two values, sizes that cross. */
export function overlap(a: LifecycleFilter, b: LifecycleFilter): boolean {
  const isNested = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const isApart = a.tags.some((tag) =>
    b.tags.some(({ key, value }) => key === tag.key && value !== tag.value),
  );
  const above = Math.max(a.greaterThan ?? -1, b.greaterThan ?? -1);
  const below = Math.min(a.lessThan ?? Number.POSITIVE_INFINITY, b.lessThan ?? Number.POSITIVE_INFINITY);
  return isNested && !isApart && below - above > 1;
}

/** Whether a filter names no condition: it is for every object of the bucket. */
export function isForAll({ prefix, tags, greaterThan, lessThan }: LifecycleFilter): boolean {
  return prefix === '' && tags.length === 0 && greaterThan === undefined && lessThan === undefined;
}

/** Whether every object of `inner` is one of `outer` too. */
export function isInside(inner: LifecycleFilter, outer: LifecycleFilter): boolean {
  return (
    inner.prefix.startsWith(outer.prefix) &&
    outer.tags.every((tag) => inner.tags.some(({ key, value }) => key === tag.key && value === tag.value)) &&
    (inner.greaterThan ?? -1) >= (outer.greaterThan ?? -1) &&
    (inner.lessThan ?? Number.POSITIVE_INFINITY) <= (outer.lessThan ?? Number.POSITIVE_INFINITY)
  );
}
