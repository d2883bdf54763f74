import { type Layout, valuesAt } from './layout';
import type { TextSet } from './textSet';

/** A partition by its values, and where its files lie. */
export interface PlacedPartition {
  readonly values: readonly string[];
  /** `s3://bucket/prefix/`. */
  readonly location: string;
}

/** Partitions in order, as an array or as a list that makes each when it is asked for. */
export interface PartitionList extends Iterable<PlacedPartition> {
  readonly length: number;
  slice(from?: number, to?: number): readonly PlacedPartition[];
}

/**
 * The partitions at some paths below a layout's place, each made when it is asked for: 200,000 of them take 4 bytes
 * each beside the paths.
 */
export function partitionsAt(
  paths: TextSet,
  indexes: Uint32Array,
  of: { readonly base: string; readonly layout: Layout },
): PartitionList {
  const at = (index: number): PlacedPartition => {
    const path = paths.at(index);
    return { values: valuesAt(of.layout, path) ?? [], location: `${of.base}${path}` };
  };
  return {
    length: indexes.length,
    slice: (from, to) => Array.from(indexes.subarray(from, to), at),
    *[Symbol.iterator]() {
      for (const index of indexes) yield at(index);
    },
  };
}
