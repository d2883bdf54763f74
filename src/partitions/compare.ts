import type { Column } from '../catalog/catalog';
import type { CatalogSide, OtherPartition } from './catalogSide';
import { readingAt, valuesAt } from './layout';
import { leafGroups } from './leafGroups';
import type { Move, Oddity, Removal } from './plan';
import type { StoreSide } from './storeSide';
import type { LayoutPlace } from './template';
import { canonicalKeys, canonicalValue, nullPartition, partitionName, sameValues } from './values';

/** What differs before anything was probed. */
export interface Difference {
  /** Numbers of the listing's paths that the catalog lacks. */
  readonly create: Uint32Array;
  /** In the catalog, not in the listing: stale unless something is stored at their location. */
  readonly absent: readonly Removal[];
  /** Listed in one place, registered in another. */
  readonly moved: readonly Omit<Move, 'oldPlaceHasFiles'>[];
  readonly report: readonly Oddity[];
}

/** Compares what S3 holds with what the catalog knows. Linear in both; no I/O. */
export function compare(
  store: Pick<StoreSide, 'leaves'>,
  catalog: Pick<CatalogSide, 'regular' | 'others'>,
  of: { readonly place: LayoutPlace; readonly keys: readonly Column[] },
): Difference {
  const { keys } = of;
  const { bucket, prefix, layout } = of.place;
  const base = `s3://${bucket}/${prefix}`;
  const { leaves } = store;
  const groups = leafGroups(leaves, layout, keys);
  const unlisted = unlistedPartitions(store, catalog, of.place);
  const canonical = canonicalKeys(keys);
  const byKey = groupBy(unlisted, ({ values }) => canonical(values));
  const byPlace = groupBy(unlisted, ({ location }) => location);
  const seen = new Set<OtherPartition>();
  const create: number[] = [];
  const moved: Omit<Move, 'oldPlaceHasFiles'>[] = [];
  const report: Oddity[] = [];

  for (let index = 0; index < leaves.size; index += 1) {
    const path = leaves.at(index);
    const location = `${base}${path}`;
    const isRegistered = catalog.regular.indexOf(path) >= 0;
    const here = byPlace.get(location) ?? [];
    const { twin, alike } = groups.of(index);
    // Nearly all of a table that is kept well: nothing more has to be read of them.
    if (isRegistered && unlisted.length === 0 && twin === undefined && alike === undefined) continue;
    for (const one of here) seen.add(one);
    const { values, otherCase } = readingAt(layout, path);
    const about = { values, location };
    const key = groups.key(index);
    if (key === undefined) {
      if (!isRegistered && here.length === 0)
        report.push({ kind: 'malformed', ...about, message: misfit(keys, values) });
      continue;
    }
    const elsewhere = byKey.get(key) ?? [];
    for (const one of elsewhere) seen.add(one);
    for (const one of here) {
      if (isRegistered || canonical(one.values) !== key)
        report.push({
          kind: 'duplicate',
          values: one.values,
          location,
          message: sharedPlace(keys, one, values),
        });
    }
    if (twin !== undefined) {
      report.push({
        kind: 'duplicate',
        ...about,
        message: twoSpellings(partitionName(keys, values), `${prefix}${twin}`),
      });
      continue;
    }
    if (alike !== undefined)
      report.push({
        kind: 'duplicate',
        ...about,
        message: oneDay(partitionName(keys, values), `${prefix}${alike}`),
      });
    if (isRegistered || here.length > 0) continue;
    const [only] = elsewhere;
    if (only === undefined) {
      if (otherCase) report.push({ kind: 'case', ...about, message: inOtherCase(`${prefix}${path}`) });
      create.push(index);
    } else if (elsewhere.length === 1) moved.push({ values: only.values, from: only.location, to: location });
  }
  for (const [key, partitions] of byKey) {
    if (key === undefined) {
      for (const { values, location } of partitions.filter((one) => !seen.has(one)))
        report.push({ kind: 'malformed', values, location, message: misfit(keys, values) });
      for (const one of partitions) seen.add(one);
      continue;
    }
    // A listed and registered leaf of the same values counts as one more of them.
    const listed = groups.paths(key).filter((path) => catalog.regular.indexOf(path) >= 0);
    const count = partitions.length + listed.length;
    if (count < 2) continue;
    const all = [
      ...partitions,
      ...listed.map((path) => ({ values: valuesAt(layout, path) ?? [], location: `${base}${path}` })),
    ];
    for (const { values, location } of all)
      report.push({ kind: 'duplicate', values, location, message: registeredTwice(values, count) });
  }
  return {
    create: Uint32Array.from(create),
    absent: unlisted.filter((one) => !seen.has(one)),
    moved,
    report,
  };
}

/** Partitions whose own place, as the layout has it, was not listed. */
function unlistedPartitions(
  { leaves }: Pick<StoreSide, 'leaves'>,
  { regular, others }: Pick<CatalogSide, 'regular' | 'others'>,
  { bucket, prefix, layout }: LayoutPlace,
): readonly OtherPartition[] {
  const unlisted = [...others];
  for (let index = 0; index < regular.size; index += 1) {
    const path = regular.at(index);
    if (leaves.indexOf(path) >= 0) continue;
    unlisted.push({ values: valuesAt(layout, path) ?? [], location: `s3://${bucket}/${prefix}${path}` });
  }
  return unlisted;
}

function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function misfit(keys: readonly Column[], values: readonly string[]): string {
  const index = keys.findIndex((key, at) => canonicalValue(key, values[at] ?? '') === undefined);
  const key = keys[index];
  return `${values[index] ?? nullPartition} is no ${key?.type ?? 'value'}, which ${key?.name ?? 'the key'} needs`;
}

function twoSpellings(name: string, other: string): string {
  return `${name} and ${other} mean the same partition; merge them, then repair`;
}

function oneDay(name: string, other: string): string {
  return `${name} and ${other} name the same day in two spellings: a filter on one does not find the other`;
}

function sharedPlace(keys: readonly Column[], found: OtherPartition, values: readonly string[]): string {
  const theirs = partitionName(keys, found.values);
  return sameValues(found.values, values)
    ? `${theirs} is registered a second time for this place`
    : `the catalog reads this place as ${theirs}, its name says ${partitionName(keys, values)}`;
}

function inOtherCase(path: string): string {
  return `${path} has a key in another case: MSCK REPAIR TABLE would pass it over`;
}

function registeredTwice(values: readonly string[], count: number): string {
  return `${values.join('/')} is registered ${count} times in different spellings: its rows may be counted ${count} times`;
}
