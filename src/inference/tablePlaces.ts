import { Problem } from '../base/problem';
import type { Table } from '../catalog/catalog';
import type { PartitionSchema } from '../catalog/partitionDrift';
import { prefixOf } from './prefixOf';

/** A place whose files belong to a table. */
export interface TablePlace {
  readonly bucket: string;
  readonly prefix: string;
  /** `day=2024-01-01`; absent for the table's own location. */
  readonly partition?: string;
}

/** Partitions whose files are looked at. */
const mostPlaces = 6;

/**
 * Where files of a table are looked at: the partitions with the greatest and the least values and some between, or
 * its location; with what is odd about the places, a sentence each.
 */
export function tablePlaces(
  table: Table,
  partitions: readonly PartitionSchema[],
): { readonly locations: readonly TablePlace[]; readonly notes: readonly string[] } {
  const own = placeOf(table.location ?? '');
  if (partitions.length === 0) {
    if (own === undefined) return { locations: [], notes: [`${table.location ?? ''} is no place in S3.`] };
    // Iceberg keeps its data beside its metadata.
    const locations = [table.kind === 'iceberg' ? { ...own, prefix: `${own.prefix}data/` } : own];
    return { locations, notes: [] };
  }
  const named = partitions.map((partition) => ({
    name: table.partitionKeys.map((key, at) => `${key.name}=${partition.values[at] ?? ''}`).join('/'),
    place: placeOf(partition.location ?? ''),
  }));
  const sorted = named.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const placed = sorted.flatMap(({ name, place }) =>
    place === undefined ? [] : [{ ...place, partition: name }],
  );
  const elsewhere = placed.filter(
    (place) => own !== undefined && (place.bucket !== own.bucket || !place.prefix.startsWith(own.prefix)),
  );
  const without = sorted.filter(({ place }) => place === undefined).map(({ name }) => name);
  const shared = sharedPlaces(placed);
  return {
    locations: spread(placed, mostPlaces),
    notes: [
      ...told(
        elsewhere.map(({ partition }) => partition),
        'lies',
        'lie',
        `outside of ${table.location ?? ''}: dropping the table’s folder leaves their files.`,
      ),
      ...told(without, 'has', 'have', 'no place in S3, so nothing is read of it.'),
      ...shared,
    ],
  };
}

function told(names: readonly string[], one: string, many: string, what: string): readonly string[] {
  const [first = '', ...others] = names;
  if (names.length === 0) return [];
  return [
    others.length === 0
      ? `${first} ${one} ${what}`
      : `${first} and ${others.length} more partitions ${many} ${what}`,
  ];
}

/** Two partitions over one folder count its rows twice. */
function sharedPlaces(places: readonly TablePlace[]): readonly string[] {
  const first = new Map<string, string>();
  const doubled: string[] = [];
  for (const { bucket, prefix, partition = '' } of places) {
    const id = `${bucket}/${prefix}`;
    const other = first.get(id);
    if (other === undefined) first.set(id, partition);
    else doubled.push(`${partition} and ${other} lie at one place, s3://${id}: its rows are counted twice.`);
  }
  return doubled.length > 3
    ? [...doubled.slice(0, 3), `${doubled.length - 3} more partitions share their place with another.`]
    : doubled;
}

function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))],
  ).filter((item) => item !== undefined);
}

function placeOf(location: string): Omit<TablePlace, 'partition'> | undefined {
  try {
    return prefixOf(location);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
