import { Problem, isCancel } from '../base/problem';
import type { TableName } from '../catalog/catalog';
import { type Connection, connectionKey } from '../connection/connection';
import { type Journal, journalVersion, type UndoPlan } from './journal';
import { pace } from '../zones/pace';
import type { Outcome, PartitionStore, Registration, StoredPartition } from './partitionStore';
import { batchSize, type Choice, type RepairPlan } from './plan';

export interface ApplyResult {
  readonly created: number;
  readonly removed: number;
  readonly updated: number;
  /** There already when their turn came: somebody else, or an earlier try, had done it. */
  readonly already: number;
  readonly failed: readonly { readonly values: readonly string[]; readonly problem: Problem }[];
  /** The journal's name, for undo and resume; absent when there was nothing to do. */
  readonly journal?: string;
}

export interface ApplyOptions {
  readonly connection: Connection;
  readonly journal: Journal;
  readonly onProgress?: (done: number, total: number) => void;
  /** For the waits after throttling, in [0, 1). */
  readonly random?: () => number;
}

type Change = 'create' | 'remove' | 'update';
interface Batch {
  readonly change: Change;
  readonly items: readonly Item[];
  readonly attempt: number;
}
interface Item {
  readonly values: readonly string[];
  readonly location: string;
  readonly stored?: StoredPartition;
}

/** A throttled batch is tried again until AWS takes it, up to this many times. */
const mostAttempts = 12;

/**
 * Carries out what was chosen from a plan. Every batch is written to the journal before and after its call, so that
 * a kill leaves nothing unknown: running the plan again does only what is missing, and undo knows what was changed.
 * Throws when cancelled (between batches) and when a call is refused as a whole; what was done stays in the journal.
 */
export function applyPlan(
  store: PartitionStore,
  request: { readonly plan: RepairPlan; readonly choice: Choice; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { plan, choice } = request;
  const batches: Batch[] = [
    ...(choice.update
      ? split(
          'update',
          plan.update.map((one) => ({ values: one.values, location: one.to })),
        )
      : []),
    ...(choice.create ? split('create', plan.create) : []),
    ...(choice.remove ? split('remove', plan.remove) : []),
  ];
  return run(store, { table: plan.table, batches, options: request.options }, signal);
}

/** Takes a repair back, from its journal; journaled itself, so that it can be resumed and undone too. */
export function applyUndo(
  store: PartitionStore,
  request: { readonly undo: UndoPlan; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { undo } = request;
  const restored = (partition: StoredPartition): Item => ({
    values: partition.values,
    location: partition.location,
    stored: partition,
  });
  const batches: Batch[] = [
    ...split('update', undo.update.map(restored)),
    ...split('create', undo.create.map(restored)),
    ...split(
      'remove',
      undo.remove.map((values) => ({ values, location: '' })),
    ),
  ];
  return run(store, { table: undo.table, batches, options: request.options }, signal);
}

function split(change: Change, items: readonly Item[]): Batch[] {
  const batches: Batch[] = [];
  for (let from = 0; from < items.length; from += batchSize[change]) {
    batches.push({ change, items: items.slice(from, from + batchSize[change]), attempt: 0 });
  }
  return batches;
}

async function run(
  store: PartitionStore,
  work: { readonly table: TableName; readonly batches: Batch[]; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { table, options } = work;
  const { connection, journal } = options;
  if (connection.readOnly) {
    throw new Problem(
      `The connection ${connection.name} is read only: ${table.database}.${table.name} was not changed.`,
      'denied',
    );
  }
  const counts = { create: 0, remove: 0, update: 0, already: 0 };
  const failed: { values: readonly string[]; problem: Problem }[] = [];
  const total = work.batches.reduce((sum, batch) => sum + batch.items.length, 0);
  const speed = pace({ start: 4, most: 8, random: options.random ?? Math.random });
  const queue = [...work.batches];

  const settle = async (batch: Batch, outcomes: readonly Outcome[]): Promise<void> => {
    const done = outcomes.filter((one) => one.kind === 'done').map((one) => one.values);
    // On disk before anything else happens: undo must know of it.
    if (done.length > 0) await journal.append({ kind: 'done', change: batch.change, values: done });
    counts[batch.change] += done.length;
    const again: Item[] = [];
    for (const outcome of outcomes) {
      if (outcome.kind === 'already') counts.already += 1;
      if (outcome.kind !== 'failed') continue;
      const item = batch.items.find((one) => same(one.values, outcome.values));
      if (outcome.problem.kind === 'throttled' && item !== undefined && batch.attempt < mostAttempts)
        again.push(item);
      else failed.push({ values: outcome.values, problem: outcome.problem });
    }
    if (again.length > 0) queue.push({ ...batch, items: again, attempt: batch.attempt + 1 });
    options.onProgress?.(
      counts.create + counts.remove + counts.update + counts.already + failed.length,
      total,
    );
  };

  const lane = async (): Promise<void> => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      const finish = await speed.turn(signal);
      let answer: 'well' | 'throttled' = 'well';
      try {
        const outcomes = await carryOut(store, { table, batch, options }, signal);
        if (outcomes.some((one) => one.kind === 'failed' && one.problem.kind === 'throttled'))
          answer = 'throttled';
        await settle(batch, outcomes);
      } catch (error) {
        if (!(error instanceof Problem) || error.kind !== 'throttled' || batch.attempt >= mostAttempts)
          throw error;
        answer = 'throttled';
        queue.push({ ...batch, attempt: batch.attempt + 1 });
      } finally {
        finish(answer);
      }
    }
  };

  await journal.append({
    kind: 'start',
    version: journalVersion,
    table,
    connection: connectionKey(connection),
  });
  await allSettled(Array.from({ length: 8 }, lane));
  await journal.append({ kind: 'end' });
  return {
    created: counts.create,
    removed: counts.remove,
    updated: counts.update,
    already: counts.already,
    failed,
    journal: journal.name,
  };
}

/** Waits for every lane, so that nothing runs on behind a failure; then throws the first one, a cancel last. */
async function allSettled(lanes: readonly Promise<void>[]): Promise<void> {
  const errors = (await Promise.allSettled(lanes)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  const first = errors.find((error) => !isCancel(error)) ?? errors[0];
  if (first !== undefined) throw first;
}

async function carryOut(
  store: PartitionStore,
  work: { readonly table: TableName; readonly batch: Batch; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { table, batch } = work;
  const { connection, journal } = work.options;
  const values = batch.items.map((item) => item.values);
  const locations = batch.items.map((item) => item.location);
  if (batch.change === 'create') {
    await journal.append({ kind: 'intent', change: 'create', values, locations, before: [] });
    const items = batch.items.map((item): Registration =>
      item.stored === undefined
        ? { kind: 'new', values: item.values, location: item.location }
        : { kind: 'restored', partition: item.stored },
    );
    return store.create(connection, { table, items }, signal);
  }
  const before = await store.describe(connection, { table, values }, signal);
  const gone = values.filter((one) => !before.some((partition) => same(partition.values, one)));
  const already = gone.map((one): Outcome => ({ kind: 'already', values: one }));
  if (before.length === 0) return already;
  await journal.append({ kind: 'intent', change: batch.change, values, locations, before });
  if (batch.change === 'remove') {
    return [
      ...already,
      ...(await store.remove(connection, { table, values: before.map((one) => one.values) }, signal)),
    ];
  }
  const items = before.map((partition) => {
    const item = batch.items.find((one) => same(one.values, partition.values));
    return { partition: item?.stored ?? partition, location: item?.location ?? partition.location };
  });
  return [...already, ...(await store.update(connection, { table, items }, signal))];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
