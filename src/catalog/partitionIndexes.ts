import type { Connection } from '../connection/connection';
import type { TableName } from './catalog';

/** An index over partition keys, by which Glue answers filters without reading all partitions. */
export interface PartitionIndex {
  readonly name: string;
  /** In the order of the index. */
  readonly keys: readonly string[];
  /** `other`: a state that Glue has added since. */
  readonly state: 'creating' | 'active' | 'deleting' | 'failed' | 'other';
  /** Why it failed, in Glue's words. */
  readonly errors: readonly string[];
}

/** Glue's limit of partition indexes for one table (Developer Guide, "Creating partition indexes"). */
export const mostIndexes = 3;

/** The partition indexes of Glue tables. Errors are Problems. */
export interface PartitionIndexes {
  list(connection: Connection, table: TableName, signal: AbortSignal): Promise<readonly PartitionIndex[]>;
  /** Returns when Glue has begun; making the index takes seconds to hours. */
  create(
    connection: Connection,
    request: { readonly table: TableName; readonly name: string; readonly keys: readonly string[] },
    signal: AbortSignal,
  ): Promise<void>;
  remove(
    connection: Connection,
    request: { readonly table: TableName; readonly name: string },
    signal: AbortSignal,
  ): Promise<void>;
}
