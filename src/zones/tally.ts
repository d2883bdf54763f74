import { objectFormat } from './objectFormat';
import type { StoredObject } from './objectStore';
import { hiveNull, partitionLevel } from './partitionPrefix';

/** Objects and bytes of one kind. */
export interface Amount {
  readonly objects: number;
  readonly bytes: number;
}

/** One `key=value` folder name, wherever it stands. */
export interface PartitionAmount extends Amount {
  readonly value: string;
  readonly newest?: Date;
}

/** A partition key and its values by name; `cut`: there are more than were kept apart. */
export interface PartitionKeyAmounts {
  readonly key: string;
  readonly values: readonly PartitionAmount[];
  readonly cut: boolean;
}

/** What lies below a prefix. */
export interface PrefixStatistics {
  readonly objects: number;
  readonly bytes: number;
  /** Objects that are not empty and under `smallBytes`. */
  readonly small: number;
  readonly smallBytes: number;
  readonly newest?: Date;
  readonly oldest?: Date;
  /** By format as names tell, most bytes first; `other` for the rest. */
  readonly formats: Readonly<Record<string, Amount>>;
  /** By storage class, most bytes first. */
  readonly storageClasses: Readonly<Record<string, Amount>>;
  readonly partitions: readonly PartitionKeyAmounts[];
  /** The ten largest, largest first. */
  readonly largest: readonly { readonly key: string; readonly bytes: number }[];
}

/** Adds objects up as pages come, in any order. */
export interface Tally {
  add(objects: readonly StoredObject[]): void;
  readonly objects: number;
  result(): PrefixStatistics;
}

interface Sum {
  objects: number;
  bytes: number;
  newest?: Date;
}

const keptLargest = 10;
/** Values kept apart for one key: an id as a partition key must not fill the memory. */
const keptValues = 20_000;

/** `except` are prefixes whose objects are counted elsewhere. */
export function tally(options: {
  readonly prefix: string;
  readonly smallBytes: number;
  readonly except?: readonly string[];
}): Tally {
  const { prefix, smallBytes, except = [] } = options;
  const formats = new Map<string, Sum>();
  const classes = new Map<string, Sum>();
  const keys = new Map<string, { readonly values: Map<string, Sum>; cut: boolean }>();
  const total: Sum = { objects: 0, bytes: 0 };
  let small = 0;
  let oldest: Date | undefined;
  let largest: { readonly key: string; readonly bytes: number }[] = [];

  const partitionSums = (folder: string): readonly Sum[] =>
    folder.split('/').flatMap((part) => {
      const level = part.includes('=') ? partitionLevel(part) : undefined;
      if (level === undefined) return [];
      const known = keys.get(level.key) ?? { values: new Map<string, Sum>(), cut: false };
      keys.set(level.key, known);
      const value = level.value ?? hiveNull;
      const sum = known.values.get(value) ?? { objects: 0, bytes: 0 };
      if (known.values.size >= keptValues && !known.values.has(value)) known.cut = true;
      else known.values.set(value, sum);
      return [sum];
    });

  const addOne = (object: StoredObject, partitions: readonly Sum[]): void => {
    const { key, bytes, modifiedAt } = object;
    if (bytes > 0 && bytes < smallBytes) small += 1;
    count(sumOf(formats, objectFormat(key) ?? 'other'), object);
    count(sumOf(classes, object.storageClass ?? 'STANDARD'), object);
    count(total, object);
    for (const sum of partitions) count(sum, object);
    if (modifiedAt !== undefined && (oldest === undefined || modifiedAt < oldest)) oldest = modifiedAt;
    if (largest.length < keptLargest || bytes > (largest.at(-1)?.bytes ?? 0)) {
      largest = [...largest, { key, bytes }].toSorted(bySize).slice(0, keptLargest);
    }
  };

  return {
    get objects() {
      return total.objects;
    },
    add: (objects) => {
      let folder: string | undefined;
      let partitions: readonly Sum[] = [];
      for (const object of objects) {
        const { key, bytes } = object;
        if (key.endsWith('/') && bytes === 0) continue; // a console's folder
        if (except.some((other) => key.startsWith(other))) continue;
        const end = key.lastIndexOf('/');
        // Keys come sorted: a folder is read once, not once a key.
        if (folder === undefined || end !== folder.length || !key.startsWith(folder)) {
          folder = key.slice(0, Math.max(end, 0));
          partitions = partitionSums(folder.slice(Math.min(folderStart(prefix), folder.length)));
        }
        addOne(object, partitions);
      }
    },
    result: () => ({
      objects: total.objects,
      bytes: total.bytes,
      small,
      smallBytes,
      formats: byBytes(formats),
      storageClasses: byBytes(classes),
      partitions: [...keys].map(([key, { values, cut }]) => ({ key, cut, values: byName(values) })),
      largest,
      ...(total.newest === undefined ? {} : { newest: total.newest }),
      ...(oldest === undefined ? {} : { oldest }),
    }),
  };
}

/** `lake/year=20` counts years by their whole names. */
function folderStart(prefix: string): number {
  return prefix.lastIndexOf('/') + 1;
}

function sumOf(sums: Map<string, Sum>, name: string): Sum {
  const known = sums.get(name);
  if (known !== undefined) return known;
  const sum: Sum = { objects: 0, bytes: 0 };
  sums.set(name, sum);
  return sum;
}

function count(sum: Sum, { bytes, modifiedAt }: StoredObject): void {
  sum.objects += 1;
  sum.bytes += bytes;
  if (modifiedAt !== undefined && (sum.newest === undefined || modifiedAt > sum.newest))
    sum.newest = modifiedAt;
}

function byBytes(sums: ReadonlyMap<string, Sum>): Readonly<Record<string, Amount>> {
  return Object.fromEntries(
    [...sums]
      .toSorted(([, a], [, b]) => b.bytes - a.bytes)
      .map(([name, { objects, bytes }]) => [name, { objects, bytes }]),
  );
}

function byName(values: ReadonlyMap<string, Sum>): readonly PartitionAmount[] {
  return [...values].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([value, sum]) => ({ value, ...sum }));
}

/** The same ten whatever order the pages came in. */
function bySize(
  a: { readonly key: string; readonly bytes: number },
  b: { readonly key: string; readonly bytes: number },
): number {
  return b.bytes - a.bytes || (a.key < b.key ? -1 : 1);
}
