/** What lies in one partition. */
export interface PartitionSize {
  readonly values: readonly string[];
  readonly bytes: number;
  readonly files: number;
}

export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly p95: number;
  readonly greatest: number;
}

export interface PartitionSkew {
  readonly partitions: number;
  readonly bytes: number;
  readonly files: number;
  /** Partitions without a file or without a byte. */
  readonly empty: readonly (readonly string[])[];
  /** Over partitions that are not empty; absent where all are. */
  readonly bytesSpread?: Spread;
  readonly filesSpread?: Spread;
  /** The greatest partition over the median one; 1 is even. */
  readonly skew?: number;
  /** The share of all bytes that the greatest tenth of the partitions holds, 0 to 1. */
  readonly topTenthShare?: number;
  /** Bytes a file over all partitions. */
  readonly bytesPerFile?: number;
  /** The greatest first, ten at most. */
  readonly largest: readonly PartitionSize[];
  /** For a chart: partitions by size, each bar twice as wide as the one before; bars between are there when empty. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly partitions: number }[];
}

/** Partitions that are named as the largest. */
const mostLargest = 10;

/** How evenly a table's bytes and files lie in its partitions. */
export function partitionSkew(sizes: readonly PartitionSize[]): PartitionSkew {
  const filled = sizes.filter(({ bytes, files }) => bytes > 0 && files > 0);
  // Sorted as plain numbers: there may be hundreds of thousands.
  const sorted = Float64Array.from(filled, (one) => one.bytes).sort();
  const tenth = sorted[sorted.length - mostLargest] ?? 0;
  const largest = filled.filter((one) => one.bytes >= tenth).toSorted((a, b) => b.bytes - a.bytes);
  const bytes = filled.reduce((sum, one) => sum + one.bytes, 0);
  const files = sizes.reduce((sum, one) => sum + one.files, 0);
  const bytesSpread = spreadOf(filled.map((one) => one.bytes));
  const filesSpread = spreadOf(filled.map((one) => one.files));
  const top = sorted
    .subarray(sorted.length - Math.ceil(filled.length / 10))
    .reduce((sum, one) => sum + one, 0);
  return {
    partitions: sizes.length,
    bytes,
    files,
    empty: sizes.filter((one) => one.bytes === 0 || one.files === 0).map(({ values }) => values),
    ...(bytesSpread === undefined ? {} : { bytesSpread, skew: bytesSpread.greatest / bytesSpread.median }),
    ...(filesSpread === undefined ? {} : { filesSpread }),
    ...(bytes === 0 ? {} : { topTenthShare: top / bytes, bytesPerFile: bytes / files }),
    largest: largest.slice(0, mostLargest),
    histogram: histogramOf(filled),
  };
}

function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = Float64Array.from(numbers).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  if (least === undefined || greatest === undefined) return undefined;
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? at(0.5) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { least, median, p95: at(0.95), greatest };
}

function histogramOf(filled: readonly PartitionSize[]): PartitionSkew['histogram'] {
  const counts = new Map<number, number>();
  for (const { bytes } of filled) {
    const power = Math.floor(Math.log2(bytes));
    counts.set(power, (counts.get(power) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const powers = [...counts.keys()].toSorted((a, b) => a - b);
  const [first = 0, last = 0] = [powers[0], powers.at(-1)];
  return [...Array(last - first + 1).keys()].map((index) => ({
    from: 2 ** (first + index),
    to: 2 ** (first + index + 1),
    partitions: counts.get(first + index) ?? 0,
  }));
}
