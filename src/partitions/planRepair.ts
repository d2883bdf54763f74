import { manyListeners } from '../base/pool';
import { Problem } from '../base/problem';
import { type CatalogReader, nameOfTable, type TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { listCatalogSide } from './catalogSide';
import { compare, type Difference } from './compare';
import { layoutPlace } from './layoutPlace';
import { partitionsAt } from './partitionList';
import type { PartitionStore } from './partitionStore';
import { type Patience, patient } from './patient';
import { batchSize, type Move, type Oddity, type Removal, type RepairPlan } from './plan';
import { byValues, inOrder, order } from './planOrder';
import { eachSideBySide, type Found, prober, type Prober } from './probe';
import { valuesAt } from './layout';
import { formatOddities, sampleColumns } from './schemaOddities';
import { listingWidth, listStoreSide } from './storeSide';

/** What a plan is made with. */
export interface RepairPorts {
  readonly catalog: CatalogReader;
  readonly store: ObjectStore;
  readonly partitions: Pick<PartitionStore, 'describe'>;
}

/** How far a plan has come, for a progress bar. */
export interface PlanProgress {
  readonly listed: number;
  readonly registered: number;
}

export interface PlanRequest {
  readonly connection: Connection;
  readonly table: TableName;
  /** How the directories lie where it is not Hive's `key=value/`: `${year}/${month}/`. */
  readonly template?: string;
  /** Looks for data in each directory to be registered: a request each. Unless told, only where there are few. */
  readonly lookInto?: 'all' | 'few' | 'none';
  readonly onProgress?: (progress: PlanProgress) => void;
  /** With calls that AWS throttles. */
  readonly patience?: Omit<Patience, 'width'>;
}

/** So many new directories are looked into without being told to. */
const few = 100;

/**
 * Compares a table's files with its partitions, and says what would mend the difference. Changes nothing.
 * Throws a Problem of kind `invalid` for a table that has nothing to repair (no partition keys, projection, Iceberg, a view).
 */
export async function planRepair(
  ports: RepairPorts,
  request: PlanRequest,
  signal: AbortSignal,
): Promise<RepairPlan> {
  const { connection, patience = {} } = request;
  const table = await ports.catalog.table(connection, request.table, signal);
  const place = layoutPlace(table, request.template);
  const base = `s3://${place.bucket}/${place.prefix}`;
  const progress = { listed: 0, registered: 0 };
  const tell = (news: Partial<typeof progress>): void =>
    request.onProgress?.({ ...Object.assign(progress, news) });
  const s3 = patient({ width: listingWidth, ...patience });

  const [store, catalog] = await bothOrNeither(signal, (both) => [
    listStoreSide(
      ports.store,
      { connection, place, patient: s3, onProgress: (listed) => tell({ listed }) },
      both,
    ),
    listCatalogSide(
      ports.catalog,
      {
        connection,
        table,
        place,
        patient: patient({ width: 10, ...patience }),
        onProgress: (registered) => tell({ registered }),
      },
      both,
    ),
  ]);

  const difference = compare(store, catalog, { place, keys: table.partitionKeys });
  const look = prober(ports.store, connection, s3);
  const probed = await probe(look, difference, signal);
  const { lookInto = 'few' } = request;
  const reads = lookInto === 'all' || (lookInto === 'few' && difference.create.length <= few);
  const filled = reads
    ? await withData(
        look,
        { create: difference.create, placeOf: (index) => `${base}${store.leaves.at(index)}` },
        signal,
      )
    : { create: difference.create, empty: [] };
  const sample = await sampleColumns(ports.partitions, { connection, table, catalog, place }, signal);
  const create = partitionsAt(store.leaves, inOrder(store.leaves, filled.create), {
    base,
    layout: place.layout,
  });
  const empty = filled.empty.map(({ index, found }) =>
    emptyOddity(place.layout, { path: store.leaves.at(index), base, found }),
  );
  return {
    table: nameOfTable(request.table),
    keys: table.partitionKeys,
    location: base,
    ...(place.layout.template === undefined ? {} : { template: place.layout.template }),
    ...(store.foreign.length === 0 ? {} : { foreign: store.foreign }),
    ...(reads || create.length === 0 ? {} : { unread: create.length }),
    ...(sample.note === undefined ? {} : { notes: [sample.note] }),
    create,
    remove: probed.remove.toSorted(byValues),
    update: probed.update.toSorted(byValues),
    report: [
      ...store.oddities,
      ...difference.report,
      ...probed.report,
      ...empty,
      ...formatOddities(table, catalog),
      ...sample.report,
    ].toSorted((a, b) => order(a.location, b.location)),
    partitions: { catalog: catalog.count, store: store.leaves.size, elsewhere: probed.elsewhere },
    calls: {
      s3List: store.requests,
      s3Probe: look.requests,
      glueRead: catalog.requests + sample.requests + 1, // the table itself
      glueWrite: Math.ceil(create.length / batchSize.create),
    },
  };
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
  look: Prober,
  { absent, moved }: Pick<Difference, 'absent' | 'moved'>,
  signal: AbortSignal,
): Promise<{ remove: Removal[]; update: Move[]; report: Oddity[]; elsewhere: number }> {
  const remove: Removal[] = [];
  const update: Move[] = [];
  const report: Oddity[] = [];
  let elsewhere = 0;
  await eachSideBySide(
    absent,
    async (one) => {
      const found = await look.anything(one.location, signal);
      if (found === 'files') elsewhere += 1;
      else if (found === 'empty') remove.push(one);
      else
        report.push({
          kind: 'unseen',
          ...one,
          message: `whether it has files could not be seen: ${found.message}`,
        });
    },
    signal,
  );
  await eachSideBySide(
    moved,
    async (one) => {
      // Where nobody may look, files are taken to be: a move then says so, and is never the only way to them.
      update.push({ ...one, oldPlaceHasFiles: (await look.anything(one.from, signal)) !== 'empty' });
    },
    signal,
  );
  return { remove, update, report, elsewhere };
}

/** Of the directories to be registered those that have data, and those of which that cannot be said. */
async function withData(
  look: Prober,
  of: { readonly create: Uint32Array; readonly placeOf: (index: number) => string },
  signal: AbortSignal,
): Promise<{ create: Uint32Array; empty: readonly { readonly index: number; readonly found: Found }[] }> {
  const empty: { readonly index: number; readonly found: Found }[] = [];
  await eachSideBySide(
    of.create,
    async (index) => {
      const found = await look.data(of.placeOf(index), signal);
      if (found !== 'files') empty.push({ index, found });
    },
    signal,
  );
  const gone = new Set(empty.filter(({ found }) => found === 'empty').map(({ index }) => index));
  return { create: of.create.filter((index) => !gone.has(index)), empty };
}

function emptyOddity(
  layout: Parameters<typeof valuesAt>[0],
  { path, base, found }: { readonly path: string; readonly base: string; readonly found: Found },
): Oddity {
  const about = { values: valuesAt(layout, path) ?? [], location: `${base}${path}` };
  return found instanceof Problem
    ? {
        kind: 'unseen',
        ...about,
        message: `it is added, though whether it has files could not be seen: ${found.message}`,
      }
    : {
        kind: 'empty',
        ...about,
        message: 'has no data in it, only a marker or files that engines pass over',
      };
}
