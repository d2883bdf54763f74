import type { KeyPage } from './keyPage';
import { objectFormat } from './objectFormat';
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

/** Objects of one size: under so many bytes, and not under those of the one before; absent: of any size above. */
export interface SizeAmount extends Amount {
  readonly under?: number;
}

/** What lies below a prefix. */
export interface PrefixStatistics {
  readonly objects: number;
  readonly bytes: number;
  /** Objects that are not empty and under `smallBytes`. */
  readonly small: number;
  readonly smallBytes: number;
  /** By size, smallest first; empty objects stand with the smallest. */
  readonly sizes: readonly SizeAmount[];
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
  add(page: KeyPage): void;
  readonly objects: number;
  result(): PrefixStatistics;
}

interface Sum {
  objects: number;
  bytes: number;
  /** Milliseconds since 1970; NaN: not told. */
  newest: number;
}

/** Keys one after the other that count in the same sums: added up at once, since keys come by folder. */
interface Run {
  readonly sums: readonly Sum[];
  objects: number;
  bytes: number;
  newest: number;
  oldest: number;
}

/** Between them lies what query engines like: 128 MB and more, a row group each (Athena's performance guide). */
const sizeLimits: readonly number[] = [2 ** 17, 2 ** 20, 2 ** 24, 2 ** 27, 2 ** 30];
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
  const sizes: Sum[] = [...sizeLimits, Infinity].map(() => emptySum());
  const total = emptySum();
  let small = 0;
  let oldest = Number.NaN;
  let largest: { readonly key: string; readonly bytes: number }[] = [];

  const isExcept = (key: string): boolean => except.some((other) => key.startsWith(other));

  /** By folder name as it stands in keys: a value is read once, and found again under every folder above it. */
  const levels = new Map<string, Sum | undefined>();
  const levelSum = (part: string): Sum | undefined => {
    const level = partitionLevel(part);
    if (level === undefined) return undefined;
    const known = keys.get(level.key) ?? { values: new Map<string, Sum>(), cut: false };
    keys.set(level.key, known);
    const value = level.value ?? hiveNull;
    const sum = known.values.get(value);
    if (sum !== undefined) return sum;
    if (known.values.size >= keptValues) {
      known.cut = true;
      return undefined;
    }
    const fresh = emptySum();
    known.values.set(value, fresh);
    return fresh;
  };

  const partitionSums = (folder: string): readonly Sum[] => {
    const sums: Sum[] = [];
    for (const part of folder.split('/')) {
      if (!part.includes('=')) continue;
      if (!levels.has(part)) {
        if (levels.size >= keptValues) levels.clear();
        levels.set(part, levelSum(part));
      }
      const sum = levels.get(part);
      if (sum !== undefined) sums.push(sum);
    }
    return sums;
  };

  const runOf = (key: string, storageClass: string): Run => {
    const folder = key.slice(0, Math.max(key.lastIndexOf('/'), 0));
    const sums = [
      total,
      sumOf(formats, objectFormat(key) ?? 'other'),
      sumOf(classes, storageClass === '' ? 'STANDARD' : storageClass),
      ...partitionSums(folder.slice(Math.min(folderStart(prefix), folder.length))),
    ];
    return { sums, objects: 0, bytes: 0, newest: Number.NaN, oldest: Number.NaN };
  };

  const finish = (run: Run): void => {
    for (const sum of run.sums) {
      sum.objects += run.objects;
      sum.bytes += run.bytes;
      if (isLater(run.newest, sum.newest)) sum.newest = run.newest;
    }
    if (isEarlier(run.oldest, oldest)) oldest = run.oldest;
  };

  const sizeUp = (bytes: number): void => {
    if (bytes > 0 && bytes < smallBytes) small += 1;
    let at = 0;
    while (bytes >= (sizeLimits[at] ?? Infinity)) at += 1;
    const size = sizes[at];
    if (size === undefined) return;
    size.objects += 1;
    size.bytes += bytes;
  };

  /** Of objects of one size the first by name; later ones of a page need not be asked for theirs. */
  const rank = (page: KeyPage, at: number, ties: boolean): boolean => {
    const bytes = page.bytes[at] ?? 0;
    const least = largest.length < keptLargest ? undefined : largest.at(-1);
    if (least !== undefined && (bytes < least.bytes || (bytes === least.bytes && !ties))) return ties;
    const key = page.key(at);
    if (least !== undefined && bytes === least.bytes && key >= least.key) return false;
    largest = [...largest, { key, bytes }].toSorted(bySize).slice(0, keptLargest);
    return ties;
  };

  return {
    get objects() {
      return total.objects;
    },
    add: (page) => {
      const { count, bytes, modified, alike, folder } = page;
      let run: Run | undefined;
      let skipped = true;
      let ties = true;
      for (let at = 0; at < count; at += 1) {
        const size = bytes[at] ?? 0;
        // A console's folder, and what is counted elsewhere.
        if ((size === 0 && folder[at] === 1) || (except.length > 0 && isExcept(page.key(at)))) {
          skipped = true;
          continue;
        }
        if (run === undefined || skipped || alike[at] !== 1) {
          if (run !== undefined) finish(run);
          run = runOf(page.key(at), page.storageClass(at));
          skipped = false;
        }
        run.objects += 1;
        run.bytes += size;
        const moment = modified[at] ?? Number.NaN;
        if (isLater(moment, run.newest)) run.newest = moment;
        if (isEarlier(moment, run.oldest)) run.oldest = moment;
        sizeUp(size);
        ties = rank(page, at, ties);
      }
      if (run !== undefined) finish(run);
    },
    result: () => ({
      objects: total.objects,
      bytes: total.bytes,
      small,
      smallBytes,
      sizes: sizes.map(({ objects, bytes }, at) => ({
        ...(sizeLimits[at] === undefined ? {} : { under: sizeLimits[at] }),
        objects,
        bytes,
      })),
      formats: byBytes(formats),
      storageClasses: byBytes(classes),
      partitions: [...keys].map(([key, { values, cut }]) => ({ key, cut, values: byName(values) })),
      largest,
      ...newestOf(total),
      ...(Number.isNaN(oldest) ? {} : { oldest: new Date(oldest) }),
    }),
  };
}

/** True for a later moment than another, and for any where the other is not known; one that is not known is neither. */
function isLater(moment: number, other: number): boolean {
  return moment > other || (Number.isNaN(other) && !Number.isNaN(moment));
}

function isEarlier(moment: number, other: number): boolean {
  return moment < other || (Number.isNaN(other) && !Number.isNaN(moment));
}

/** `lake/year=20` counts years by their whole names. */
function folderStart(prefix: string): number {
  return prefix.lastIndexOf('/') + 1;
}

function emptySum(): Sum {
  return { objects: 0, bytes: 0, newest: Number.NaN };
}

function sumOf(sums: Map<string, Sum>, name: string): Sum {
  const known = sums.get(name);
  if (known !== undefined) return known;
  const sum = emptySum();
  sums.set(name, sum);
  return sum;
}

function newestOf({ newest }: Sum): { readonly newest?: Date } {
  return Number.isNaN(newest) ? {} : { newest: new Date(newest) };
}

function byBytes(sums: ReadonlyMap<string, Sum>): Readonly<Record<string, Amount>> {
  return Object.fromEntries(
    [...sums]
      .toSorted(([, a], [, b]) => b.bytes - a.bytes)
      .map(([name, { objects, bytes }]) => [name, { objects, bytes }]),
  );
}

function byName(values: ReadonlyMap<string, Sum>): readonly PartitionAmount[] {
  return [...values]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, sum]) => ({
      value,
      objects: sum.objects,
      bytes: sum.bytes,
      ...newestOf(sum),
    }));
}

/** The same ten whatever order the pages came in. */
function bySize(
  a: { readonly key: string; readonly bytes: number },
  b: { readonly key: string; readonly bytes: number },
): number {
  return b.bytes - a.bytes || (a.key < b.key ? -1 : 1);
}
