import { manyListeners, pool } from '../base/pool';
import { Problem } from '../base/problem';
import type { CatalogReader, Table, TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { listCatalogSide } from './catalogSide';
import { compare } from './compare';
import { batchSize, type Move, type Removal, type RepairPlan } from './plan';
import { listStoreSide } from './storeSide';

/** How far a plan has come, for a progress bar. */
export interface PlanProgress {
  readonly listed: number;
  readonly registered: number;
}

/**
 * Compares a table's files with its partitions, and says what would mend the difference. Changes nothing.
 * Throws a Problem of kind `invalid` for a table that has nothing to repair (no partition keys, projection, Iceberg, a view).
 */
export async function planRepair(
  ports: { readonly catalog: CatalogReader; readonly store: ObjectStore },
  request: {
    readonly connection: Connection;
    readonly table: TableName;
    readonly onProgress?: (progress: PlanProgress) => void;
  },
  signal: AbortSignal,
): Promise<RepairPlan> {
  const { connection } = request;
  const table = await ports.catalog.table(connection, request.table, signal);
  const place = repairable(table);
  const progress = { listed: 0, registered: 0 };
  const tell = (): void => request.onProgress?.({ ...progress });

  const [store, catalog] = await bothOrNeither(signal, (both) => [
    listStoreSide(
      ports.store,
      {
        connection,
        ...place,
        keys: table.partitionKeys,
        onProgress: (listed) => {
          progress.listed = listed;
          tell();
        },
      },
      both,
    ),
    listCatalogSide(
      ports.catalog,
      {
        connection,
        table: request.table,
        onProgress: (registered) => {
          progress.registered = registered;
          tell();
        },
      },
      both,
    ),
  ]);

  const difference = compare(
    { bucket: place.bucket, leaves: store.leaves },
    catalog.partitions,
    table.partitionKeys,
  );
  const probed = await probe(ports.store, { connection, ...difference }, signal);
  const create = difference.create.toSorted(byValues);
  return {
    table: request.table,
    keys: table.partitionKeys,
    location: `s3://${place.bucket}/${place.prefix}`,
    create,
    remove: probed.remove.toSorted(byValues),
    update: probed.update.toSorted(byValues),
    report: [...store.oddities, ...difference.report].toSorted((a, b) => order(a.location, b.location)),
    partitions: {
      catalog: catalog.partitions.length,
      store: store.leaves.length,
      elsewhere: probed.elsewhere,
    },
    calls: {
      s3List: store.requests,
      s3Probe: probed.requests,
      glueRead: catalog.requests + 1, // the table itself
      glueWrite: Math.ceil(create.length / batchSize.create),
    },
  };
}

function repairable(table: Table): { readonly bucket: string; readonly prefix: string } {
  const name = `${table.database}.${table.name}`;
  const refuse = (why: string): never => {
    throw new Problem(`${name} has no partitions to repair: ${why}.`, 'invalid');
  };
  if (table.kind === 'view') refuse('it is a view');
  if (table.kind === 'iceberg' || table.kind === 'delta' || table.kind === 'hudi') {
    refuse(`${table.kind} keeps its own list of files`);
  }
  if (table.partitionKeys.length === 0) refuse('it has no partition keys');
  if (table.parameters?.['projection.enabled']?.toLowerCase() === 'true') {
    refuse('Athena computes them by partition projection and ignores registered ones');
  }
  const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(table.location ?? '');
  const [, bucket, prefix] = match ?? refuse(`its location ${table.location ?? ''} is not in S3`);
  if (bucket === undefined || prefix === undefined) return refuse('its location is not in S3');
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

/** Runs two readings side by side; when one fails, the other is stopped rather than left to run on. */
async function bothOrNeither<A, B>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => readonly [Promise<A>, Promise<B>],
): Promise<readonly [A, B]> {
  const own = new AbortController();
  try {
    const both = AbortSignal.any([signal, own.signal]);
    manyListeners(both);
    return await Promise.all(start(both));
  } finally {
    own.abort();
  }
}

/** Asks S3, one key each, whether anything is stored where the catalog points. */
async function probe(
  store: ObjectStore,
  difference: {
    readonly connection: Connection;
    readonly absent: readonly Removal[];
    readonly moved: readonly Omit<Move, 'oldPlaceHasFiles'>[];
  },
  signal: AbortSignal,
): Promise<{ remove: Removal[]; update: Move[]; elsewhere: number; requests: number }> {
  const remove: Removal[] = [];
  const update: Move[] = [];
  let elsewhere = 0;
  let requests = 0;
  const hasFiles = async (location: string): Promise<boolean> => {
    const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location);
    if (match === null) return true; // not a place we can look at: never called empty
    const [, bucket = '', prefix = ''] = match;
    requests += 1;
    const page = await store.list(difference.connection, { bucket, prefix, limit: 1 }, signal);
    return page.objects.length > 0;
  };
  const work = pool<() => Promise<void>>(64, (task) => task(), signal);
  for (const one of difference.absent) {
    work.add(async () => {
      if (await hasFiles(one.location)) elsewhere += 1;
      else remove.push(one);
    });
  }
  for (const one of difference.moved) {
    work.add(async () => {
      update.push({ ...one, oldPlaceHasFiles: await hasFiles(one.from) });
    });
  }
  await work.done();
  return { remove, update, elsewhere, requests };
}

function byValues(
  a: { readonly values: readonly string[] },
  b: { readonly values: readonly string[] },
): number {
  for (const [index, value] of a.values.entries()) {
    const difference = order(value, b.values[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Numbers by size, everything else by code unit: the same on every machine. */
function order(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) !== Number(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}
