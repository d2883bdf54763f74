import type { Problem } from '../base/problem';
import type { Column, TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';

/** Everything the catalog keeps of one partition, so that it can be put back; plain JSON, opaque to all but its adapter. */
export interface StoredPartition {
  readonly values: readonly string[];
  readonly location: string;
  /** As this partition has them, where it was just read. */
  readonly columns?: readonly Column[];
  readonly record: unknown;
}

/** What became of one partition of a batch. */
export type Outcome =
  | { readonly kind: 'done'; readonly values: readonly string[] }
  /** It was there already (create), or already gone (remove, update): as good as done. */
  | { readonly kind: 'already'; readonly values: readonly string[] }
  /** Not removed, since files lie at its place now. */
  | { readonly kind: 'kept'; readonly values: readonly string[] }
  | { readonly kind: 'failed'; readonly values: readonly string[]; readonly problem: Problem };

/** One partition to register: at a place, with the table's own format, or exactly as it once was. */
export type Registration =
  | { readonly kind: 'new'; readonly values: readonly string[]; readonly location: string }
  | { readonly kind: 'restored'; readonly partition: StoredPartition };

/**
 * Changes the partitions of a Glue table, a batch a call. A whole batch that fails throws a Problem
 * (throttled, denied…); single partitions that fail stand in the outcomes. Repeating a call changes nothing twice.
 */
export interface PartitionStore {
  /**
   * At most 100 a call; the table's storage descriptor is copied, its location replaced. Calls with the same `repair`
   * copy what was read of the table for the first of them.
   */
  create(
    connection: Connection,
    request: {
      readonly table: TableName;
      readonly items: readonly Registration[];
      readonly repair?: object;
    },
    signal: AbortSignal,
  ): Promise<readonly Outcome[]>;
  /** At most 25 a call. Files are not touched. */
  remove(
    connection: Connection,
    request: { readonly table: TableName; readonly values: readonly (readonly string[])[] },
    signal: AbortSignal,
  ): Promise<readonly Outcome[]>;
  /** At most 100 a call; only the location changes, or all of it when a stored partition is put back. */
  update(
    connection: Connection,
    request: {
      readonly table: TableName;
      readonly items: readonly { readonly partition: StoredPartition; readonly location: string }[];
    },
    signal: AbortSignal,
  ): Promise<readonly Outcome[]>;
  /** At most 1,000 a call; those that are gone are left out. */
  describe(
    connection: Connection,
    request: { readonly table: TableName; readonly values: readonly (readonly string[])[] },
    signal: AbortSignal,
  ): Promise<readonly StoredPartition[]>;
}
