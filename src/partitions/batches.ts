import type { StoredPartition } from './partitionStore';
import { batchSize, type Change } from './plan';

/** One partition that is to be changed. */
export interface Item {
  readonly values: readonly string[];
  readonly location: string;
  /** What is put back, where a repair is taken back. */
  readonly stored?: StoredPartition;
}

/** The partitions of one call. */
export interface Batch {
  readonly change: Change;
  readonly items: readonly Item[];
  /** Tries that were throttled. */
  readonly attempt: number;
}

/** Cuts work into batches as they are asked for, so that 200,000 partitions are never all in memory. */
export function takeBatches(
  work: readonly {
    readonly change: Change;
    readonly items: { readonly length: number; slice(from?: number, to?: number): readonly Item[] };
  }[],
): () => Batch | undefined {
  const left = [...work];
  let from = 0;
  return () => {
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const { change, items } = next;
      if (from < items.length) {
        const to = from + batchSize[change];
        const batch = { change, items: items.slice(from, to), attempt: 0 };
        from = to;
        return batch;
      }
      left.shift();
      from = 0;
    }
    return undefined;
  };
}
