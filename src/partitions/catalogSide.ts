import type { CatalogReader, Partition, TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';

export interface CatalogSide {
  readonly partitions: readonly Partition[];
  /** GetPartitions requests made. */
  readonly requests: number;
}

/** Glue reads a table's partitions in at most ten segments side by side. */
const segments = 10;

/**
 * All partitions of a table. A table of one page takes one request; a larger one is read in ten segments side by
 * side, the first page thrown away: one request more, ten times the speed.
 */
export async function listCatalogSide(
  catalog: CatalogReader,
  request: {
    readonly connection: Connection;
    readonly table: TableName;
    readonly onProgress?: (partitions: number) => void;
  },
  signal: AbortSignal,
): Promise<CatalogSide> {
  const { connection, table } = request;
  const first = await catalog.partitions(connection, { table, limit: 1000 }, signal);
  if (first.next === undefined) return { partitions: first.items, requests: 1 };

  const partitions: Partition[] = [];
  let requests = 1;
  const readSegment = async (number: number): Promise<void> => {
    let next: string | undefined;
    do {
      const page = await catalog.partitions(
        connection,
        {
          table,
          limit: 1000,
          segment: { number, total: segments },
          ...(next === undefined ? {} : { next }),
        },
        signal,
      );
      requests += 1;
      partitions.push(...page.items);
      request.onProgress?.(partitions.length);
      next = page.next;
    } while (next !== undefined);
  };
  await Promise.all(Array.from({ length: segments }, (_, number) => readSegment(number)));
  return { partitions, requests };
}
