import { sleep } from '../base/pool';
import { Problem } from '../base/problem';
import type { TableName } from '../catalog/catalog';
import type { PartitionIndex, PartitionIndexes } from '../catalog/partitionIndexes';
import type { Connection } from '../connection/connection';

/** Looks at an index again and again, less often as time goes by, until it is made, has failed or is gone. */
export async function followIndex(
  indexes: PartitionIndexes,
  request: {
    readonly connection: Connection;
    readonly table: TableName;
    readonly name: string;
    readonly until: 'made' | 'gone';
    readonly onState?: (state: PartitionIndex['state']) => void;
    /** Before the second look, in ms; it doubles up to a minute. 1,000 unless told. */
    readonly firstWaitMs?: number;
  },
  signal: AbortSignal,
): Promise<PartitionIndex | undefined> {
  const { connection, table, name, until } = request;
  for (let wait = request.firstWaitMs ?? 1000; ; wait = Math.min(60_000, wait * 2)) {
    const found = (await indexes.list(connection, table, signal)).find((index) => index.name === name);
    if (found === undefined) {
      if (until === 'gone') return undefined;
      throw new Problem(
        `Glue has no index ${name} of ${table.database}.${table.name} any more: list its indexes.`,
        'missing',
      );
    }
    request.onState?.(found.state);
    const over = until === 'made' ? found.state !== 'creating' : found.state === 'failed';
    if (over) return found;
    await sleep(wait, signal);
  }
}
