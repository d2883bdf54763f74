import type { TableName } from '../catalog/catalog';
import type { ApplyOptions } from './applyPlan';
import type { Batch } from './batches';
import type { Outcome, PartitionStore, Registration } from './partitionStore';
import { sameValues } from './values';

/** Carries out one batch, written to the journal before its call. */
export async function carryOut(
  store: PartitionStore,
  work: {
    readonly table: TableName;
    readonly batch: Batch;
    readonly options: ApplyOptions;
    /** Of all batches of one repair. */
    readonly repair: object;
  },
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { table, batch, repair } = work;
  const { connection, journal } = work.options;
  if (batch.change === 'create') {
    const values = batch.items.map((item) => item.values);
    const locations = batch.items.map((item) => item.location);
    await journal.append({ kind: 'intent', change: 'create', values, locations, before: [] });
    const items = batch.items.map((item): Registration =>
      item.stored === undefined
        ? { kind: 'new', values: item.values, location: item.location }
        : { kind: 'restored', partition: item.stored },
    );
    return store.create(connection, { table, items, repair }, signal);
  }
  const kept = batch.change === 'remove' ? await filledAgain(work, signal) : [];
  const left = batch.items.filter((item) => !kept.some((one) => sameValues(one.values, item.values)));
  const values = left.map((item) => item.values);
  if (values.length === 0) return kept;
  const found = await store.describe(connection, { table, values }, signal);
  const before = found.map(({ values: own, location, record }) => ({ values: own, location, record }));
  const gone = values.filter((one) => !before.some((partition) => sameValues(partition.values, one)));
  const settled = [...kept, ...gone.map((one): Outcome => ({ kind: 'already', values: one }))];
  if (before.length === 0) return settled;
  const locations = left.map((item) => item.location);
  await journal.append({ kind: 'intent', change: batch.change, values, locations, before });
  if (batch.change === 'remove') {
    const request = { table, values: before.map((one) => one.values) };
    return [...settled, ...(await store.remove(connection, request, signal))];
  }
  const items = before.map((partition) => {
    const item = left.find((one) => sameValues(one.values, partition.values));
    return { partition: item?.stored ?? partition, location: item?.location ?? partition.location };
  });
  return [...settled, ...(await store.update(connection, { table, items }, signal))];
}

/**
 * Those that were without files when the plan was made and are not any more, or may not be looked at now: a load may
 * have come between, and removing them would take its rows out of every query.
 */
async function filledAgain(
  { batch, options: { look } }: { readonly batch: Batch; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  if (look === undefined) return [];
  const found = await Promise.all(batch.items.map(({ location }) => look.anything(location, signal)));
  return batch.items.flatMap(({ values }, index): readonly Outcome[] => {
    const state = found[index] ?? 'files';
    if (state === 'empty') return [];
    return [state === 'files' ? { kind: 'kept', values } : { kind: 'failed', values, problem: state }];
  });
}
