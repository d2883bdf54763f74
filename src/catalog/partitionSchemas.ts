import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';
import type { TableName } from './catalog';
import type { PartitionSchema } from './partitionDrift';

/** Partitions with what they have of their own. Their columns are most of the answer: ask for few. Errors are Problems. */
export interface PartitionSchemas {
  partitionSchemas(
    connection: Connection,
    request: {
      readonly table: TableName;
      readonly next?: string;
      /** At most 1,000. */
      readonly limit: number;
      /** Filtered on the server, in Glue's own syntax. */
      readonly expression?: string;
      readonly segment?: { readonly number: number; readonly total: number };
    },
    signal: AbortSignal,
  ): Promise<Page<PartitionSchema>>;
}
