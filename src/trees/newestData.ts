import { Problem } from '../base/problem';
import type { CatalogReader, Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import { newestTime, type NewestTime } from '../iceberg/newestTime';
import type { ObjectStore } from '../zones/objectStore';
import { objectReader, tableMetadata } from './catalogTables';
import { newestPartition } from './newestPartition';

/**
 * What a new query filters on, so that it reads the newest data alone: the newest partition, or of an Iceberg table the
 * time where its newest begins (two objects read). Nothing where there is none, or where it may not be read.
 */
export async function newestData(
  from: { readonly catalog: CatalogReader; readonly store: ObjectStore },
  request: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<{ readonly newest?: readonly string[]; readonly since?: NewestTime }> {
  const { connection, table } = request;
  try {
    if (table.kind === 'iceberg') {
      const metadata = await tableMetadata(from.store, request, signal);
      const since = await newestTime(objectReader(from.store, connection), metadata, signal);
      return since === undefined ? {} : { since };
    }
    const newest = await newestPartition(from, request, signal);
    return newest === undefined ? {} : { newest };
  } catch (error) {
    // The query is of use without it, and says what to filter on.
    if (error instanceof Problem) return {};
    throw error;
  }
}
