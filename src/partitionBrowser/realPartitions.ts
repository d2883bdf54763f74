import { formatCount } from '../base/format';
import type { CatalogReader, Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { RealPartitions } from '../language/projectionPage';
import { templateFrom, templateOf } from '../language/projectionTemplate';
import { isProjected, propertiesOf } from '../lint/rules/athena/projection';
import type { ObjectStore } from '../zones/objectStore';
import { listFolders } from './folders';
import { partitionLoader } from './loader';
import type { PartitionRows } from './partitionRows';

/** The partitions a table really has, and how they lie where that is not Hive's way. */
export interface RealLayout {
  readonly real: RealPartitions;
  readonly rows: PartitionRows;
  readonly template: string | undefined;
}

/** How many partitions a template is learned from. */
const sampled = 500;

/**
 * Reads the partitions of a table from the catalog, or, where Athena does not ask the catalog or it has none, from the
 * folders in S3: no object is listed for it.
 */
export async function readRealPartitions(
  ports: { readonly catalog: CatalogReader; readonly store: ObjectStore; readonly random?: () => number },
  request: {
    readonly connection: Connection;
    readonly table: Table;
    readonly onProgress: (text: string) => void;
  },
  signal: AbortSignal,
): Promise<RealLayout> {
  const { connection, table, onProgress } = request;
  if (!isProjected(propertiesOf(table.parameters))) {
    const loader = partitionLoader(ports, { connection, table }, signal);
    await loader.all((count) => onProgress(`${formatCount(count)} partitions of the catalog`), signal);
    if (loader.rows.count > 0) return layoutFrom(table, loader.rows, 'the catalog');
  }
  const { rows } = await listFolders(
    ports.store,
    { connection, table, onProgress: (count) => onProgress(`${formatCount(count)} folders in S3`) },
    signal,
  );
  return layoutFrom(table, rows, `the folders below ${templateOf(table) ?? table.location ?? ''}`);
}

function layoutFrom(table: Table, rows: PartitionRows, from: string): RealLayout {
  const sample = Array.from({ length: Math.min(rows.count, sampled) }, (_, at) => {
    const row = Math.floor((at * rows.count) / Math.min(rows.count, sampled));
    const location = rows.location(row);
    return { values: rows.values(row), ...(location === undefined ? {} : { location }) };
  });
  return {
    rows,
    template: templateOf(table) ?? templateFrom(table.partitionKeys, sample, table.location),
    real: {
      count: rows.count,
      from,
      has: (values) => rows.find(values) !== undefined,
      *each() {
        for (let row = 0; row < rows.count; row += 1) {
          yield { values: rows.values(row), location: rows.location(row) };
        }
      },
    },
  };
}
