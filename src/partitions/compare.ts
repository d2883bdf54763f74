import type { Column, Partition } from '../catalog/catalog';
import type { Creation, Move, Oddity, Removal } from './plan';
import type { Leaf } from './storeSide';
import { canonicalKey, canonicalValue, nullPartition, partitionName } from './values';

/** What differs before anything was probed. */
export interface Difference {
  readonly create: readonly Creation[];
  /** In the catalog, not in the listing: stale unless something is stored at their location. */
  readonly absent: readonly Removal[];
  /** Listed in one place, registered in another. */
  readonly moved: readonly Omit<Move, 'oldPlaceHasFiles'>[];
  readonly report: readonly Oddity[];
}

/** Compares what S3 holds with what the catalog knows. Linear in both; no I/O. */
export function compare(
  store: { readonly bucket: string; readonly leaves: readonly Leaf[] },
  catalog: readonly Partition[],
  keys: readonly Column[],
): Difference {
  const create: Creation[] = [];
  const moved: Omit<Move, 'oldPlaceHasFiles'>[] = [];
  const report: Oddity[] = [];

  const registered = groupBy(catalog, (partition) => canonicalKey(keys, partition.values));
  const byLocation = new Map(catalog.map((partition) => [withSlash(partition.location ?? ''), partition]));
  const listed = groupBy(store.leaves, (leaf) => canonicalKey(keys, leaf.values));
  const seen = new Set<Partition>();

  for (const [key, leaves] of listed) {
    const partitions = key === undefined ? [] : (registered.get(key) ?? []);
    for (const partition of partitions) seen.add(partition);
    for (const leaf of leaves) {
      const location = `s3://${store.bucket}/${leaf.prefix}`;
      const found = byLocation.get(location);
      if (found !== undefined) seen.add(found);
      const about = { values: leaf.values, location };
      if (key === undefined) {
        if (found === undefined)
          report.push({ kind: 'malformed', ...about, message: misfit(keys, leaf.values) });
      } else if (leaves.length > 1) {
        report.push({ kind: 'duplicate', ...about, message: twoSpellings(keys, leaves, leaf) });
      } else if (found !== undefined) {
        if (canonicalKey(keys, found.values) !== key) {
          report.push({ kind: 'duplicate', ...about, message: sharedPlace(keys, found, leaf) });
        }
      } else if (partitions.length === 0) {
        if (leaf.otherCase) report.push({ kind: 'case', ...about, message: otherCase(leaf) });
        create.push(about);
      } else if (partitions.length === 1) {
        const from = withSlash(partitions[0]?.location ?? '');
        moved.push({ values: partitions[0]?.values ?? leaf.values, from, to: location });
      }
    }
  }
  for (const [key, partitions] of registered) {
    if (key === undefined || partitions.length < 2) continue;
    for (const partition of partitions) {
      report.push({
        kind: 'duplicate',
        values: partition.values,
        location: withSlash(partition.location ?? ''),
        message: `${partition.values.join('/')} is registered ${partitions.length} times in different spellings: its rows may be counted ${partitions.length} times`,
      });
    }
  }
  for (const partition of registered.get(undefined) ?? []) {
    if (seen.has(partition)) continue;
    const location = withSlash(partition.location ?? '');
    report.push({
      kind: 'malformed',
      values: partition.values,
      location,
      message: misfit(keys, partition.values),
    });
    seen.add(partition);
  }
  const absent = catalog
    .filter((partition) => !seen.has(partition))
    .map((partition) => ({ values: partition.values, location: withSlash(partition.location ?? '') }));
  return { create, absent, moved, report };
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): Map<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function withSlash(location: string): string {
  return location === '' || location.endsWith('/') ? location : `${location}/`;
}

function misfit(keys: readonly Column[], values: readonly string[]): string {
  const index = keys.findIndex((key, at) => canonicalValue(key, values[at] ?? '') === undefined);
  const key = keys[index];
  return `${values[index] ?? nullPartition} is no ${key?.type ?? 'value'}, which ${key?.name ?? 'the key'} needs`;
}

function twoSpellings(keys: readonly Column[], leaves: readonly Leaf[], leaf: Leaf): string {
  const other = leaves.find((one) => one !== leaf) ?? leaf;
  return `${partitionName(keys, leaf.values)} and ${other.prefix} mean the same partition; merge them, then repair`;
}

function sharedPlace(keys: readonly Column[], found: Partition, leaf: Leaf): string {
  return `the catalog reads this place as ${partitionName(keys, found.values)}, its name says ${partitionName(keys, leaf.values)}`;
}

function otherCase(leaf: Leaf): string {
  return `${leaf.prefix} has a key in another case: MSCK REPAIR TABLE would pass it over`;
}
