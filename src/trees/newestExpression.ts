import { isCancel, Problem } from '../base/problem';
import type { CatalogReader, TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { newestPartition, onePartition } from './newestPartition';

/**
 * A table's newest partition in Glue's filter syntax; undefined where it has none, or where it cannot be found. A
 * Problem where the table itself cannot be read.
 */
export async function newestExpression(
  from: { readonly catalog: CatalogReader; readonly store: ObjectStore },
  request: { readonly connection: Connection; readonly table: TableName },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { connection } = request;
  const table = await from.catalog.table(connection, request.table, signal);
  try {
    const values = await newestPartition(from, { connection, table }, signal);
    return values === undefined ? undefined : onePartition(table.partitionKeys, values);
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return undefined; // whoever needs it says himself what may not be read
  }
}
