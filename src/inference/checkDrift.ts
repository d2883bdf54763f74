import { manyListeners } from '../base/pool';
import { isCancel, Problem } from '../base/problem';
import { nameOfTable, type CatalogReader, type Table, type TableName } from '../catalog/catalog';
import { findDrift, type Drift } from '../catalog/drift';
import type { PartitionSchema } from '../catalog/partitionDrift';
import type { PartitionSchemas } from '../catalog/partitionSchemas';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { readSample } from './readSample';
import { tablePlaces } from './tablePlaces';
import { tableFile } from './tableFile';

export interface DriftPorts {
  readonly catalog: Pick<CatalogReader, 'table'>;
  readonly schemas: PartitionSchemas;
  readonly store: ObjectStore;
}

/** What was compared, and what differs. */
export interface DriftReport {
  readonly table: Table;
  readonly drifts: readonly Drift[];
  /** Partitions whose own columns were read; `all`: there are no others. */
  readonly partitions: { readonly read: number; readonly all: boolean };
  readonly files: number;
  /** Bytes of files, requests to Glue, listings and reads of S3. */
  readonly cost: {
    readonly bytes: number;
    readonly glue: number;
    readonly list: number;
    readonly get: number;
  };
  /** What could not be looked at, a sentence each. */
  readonly unread: readonly string[];
  /** What is odd without being a difference of columns, a sentence each. */
  readonly notes: readonly string[];
}

/** Partitions of which all are read, and of which a part is read where there are more. */
const fewPartitions = 1000;
const segments = 10;
const inSegment = 20;

/**
 * Compares a table's columns with those of its partitions and with the footers of its files: all partitions where
 * there are at most 1,000, else 1,200 of them and the newest; the newest and the oldest files of up to 6 of them, 12 files and
 * 8 MB at most. What is denied is told, and the rest goes on; only the table itself must be readable.
 */
export async function checkDrift(
  ports: DriftPorts,
  request: {
    readonly connection: Connection;
    readonly table: TableName;
    /** The newest partition in Glue's filter syntax, where it is known: it is read too. */
    readonly newest?: string;
    readonly onProgress?: (message: string) => void;
  },
  signal: AbortSignal,
): Promise<DriftReport> {
  const { connection, onProgress = () => undefined } = request;
  const table = await ports.catalog.table(connection, request.table, signal);
  if (table.kind === 'view' || table.location === undefined) {
    throw new Problem(
      `${table.database}.${table.name} has no files of its own, so nothing can differ: choose a table with a location.`,
      'invalid',
    );
  }
  const unread: string[] = [];
  const tolerant = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (isCancel(error) || !(error instanceof Problem) || error.kind === 'signed-out') throw error;
      unread.push(error.message);
      return undefined;
    }
  };
  const found = hasPartitions(table)
    ? await tolerant(() => partitionsOf(ports, { connection, table, newest: request.newest }, signal))
    : undefined;
  onProgress(`${found?.items.length ?? 0} partitions read`);
  const places = tablePlaces(table, found?.items ?? []);
  const { files, list, get, bytes, notes } = await readSample(
    ports.store,
    { connection, places: places.locations, tolerant, onProgress },
    signal,
  );
  const compared = files.flatMap(({ bucket, key, reading }) =>
    reading === undefined ? [] : [{ uri: `s3://${bucket}/${key}`, reading }],
  );
  const beside = compared.map(({ uri, reading }) => tableFile(table, uri, reading));
  const footers = beside.flatMap((file) => ('schema' in file ? [file.schema] : []));
  const odd = [
    ...beside.flatMap((file) => ('why' in file ? [file.why] : [])),
    ...compared.flatMap(({ uri, reading }) => (reading.faults ?? []).map((fault) => `${uri}: ${fault}`)),
  ];
  for (const { unread: why } of files) if (why !== undefined) unread.push(why);
  return {
    table,
    drifts: findDrift(table, { partitions: found?.items ?? [], files: footers }),
    partitions: { read: found?.items.length ?? 0, all: found?.all ?? !hasPartitions(table) },
    files: footers.length,
    cost: { bytes, glue: 1 + (found?.requests ?? 0), list, get },
    unread,
    notes: [...places.notes, ...notes, ...odd],
  };
}

// Iceberg, Delta and projected tables keep none in the catalog that anybody reads.
function hasPartitions({ kind, partitionKeys, parameters }: Table): boolean {
  const projected = parameters?.['projection.enabled']?.toLowerCase() === 'true';
  return partitionKeys.length > 0 && !projected && kind !== 'iceberg' && kind !== 'delta';
}

async function partitionsOf(
  { schemas }: Pick<DriftPorts, 'schemas'>,
  {
    connection,
    table,
    newest,
  }: { readonly connection: Connection; readonly table: Table; readonly newest: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly items: readonly PartitionSchema[]; readonly all: boolean; readonly requests: number }> {
  const name = nameOfTable(table);
  manyListeners(signal);
  const first = await schemas.partitionSchemas(connection, { table: name, limit: fewPartitions }, signal);
  if (first.next === undefined) return { items: first.items, all: true, requests: 1 };
  const requests = [
    ...Array.from({ length: segments }, (_, number) => ({
      limit: inSegment,
      segment: { number, total: segments },
    })),
    ...(newest === undefined ? [] : [{ limit: 1, expression: newest }]),
  ];
  const pages = await Promise.all(
    requests.map((one) => schemas.partitionSchemas(connection, { table: name, ...one }, signal)),
  );
  const seen = new Map(
    [...first.items, ...pages.flatMap(({ items }) => items)].map((one) => [JSON.stringify(one.values), one]),
  );
  return { items: [...seen.values()], all: false, requests: 1 + requests.length };
}
