import { Problem, isCancel } from '../base/problem';
import type { TableName } from '../catalog/catalog';
import { type Connection, connectionKey } from '../connection/connection';
import { pace } from '../zones/pace';
import { type Batch, type Item, takeBatches } from './batches';
import { carryOut } from './carryOut';
import { type Journal, journalVersion, type UndoPlan } from './journal';
import type { Outcome, PartitionStore, StoredPartition } from './partitionStore';
import type { Change, Choice, RepairPlan } from './plan';
import type { Prober } from './probe';
import { sameValues } from './values';

export interface ApplyResult {
  readonly created: number;
  readonly removed: number;
  readonly updated: number;
  /** There already when their turn came: somebody else, or an earlier try, had done it. */
  readonly already: number;
  /** Not removed, since files had come to their place after the plan was made. */
  readonly kept?: number;
  readonly failed: readonly { readonly values: readonly string[]; readonly problem: Problem }[];
  /** What AWS does not allow here, once an action; everything else was carried out. */
  readonly denied?: readonly Problem[];
  /** The journal's name, for undo and resume; absent when there was nothing to do. */
  readonly journal?: string;
}

export interface ApplyOptions {
  readonly connection: Connection;
  readonly journal: Journal;
  /** Looks again before a partition is removed; absent where a repair is taken back. */
  readonly look?: Pick<Prober, 'anything'>;
  readonly onProgress?: (done: number, total: number) => void;
  /** For the waits after throttling, in [0, 1). */
  readonly random?: () => number;
}

/** A throttled batch is tried again until AWS takes it, up to this many times. */
const mostAttempts = 12;
/** So many partitions refused one by one with none taken between them are a sign that all will be. */
const mostInvalid = 25;

/**
 * Carries out what was chosen from a plan. Every batch is written to the journal before and after its call, so that
 * a kill leaves nothing unknown: running the plan again does only what is missing, and undo knows what was changed.
 * An action that is denied ends its kind of change and no other. Throws when cancelled (between batches), when a call
 * is refused as a whole, and when every kind of change was denied; what was done stays in the journal.
 */
export function applyPlan(
  store: PartitionStore,
  request: { readonly plan: RepairPlan; readonly choice: Choice; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { plan, choice } = request;
  const { create, remove, update } = plan;
  const moves = {
    length: update.length,
    slice: (from?: number, to?: number) => update.slice(from, to).map(movedItem),
  };
  const work = [
    ...(choice.update ? [{ change: 'update' as const, items: moves }] : []),
    ...(choice.create ? [{ change: 'create' as const, items: create }] : []),
    ...(choice.remove ? [{ change: 'remove' as const, items: remove }] : []),
  ];
  return run(store, { table: plan.table, work, options: request.options }, signal);
}

function movedItem({ values, to }: RepairPlan['update'][number]): Item {
  return { values, location: to };
}

/** Takes a repair back, from its journal; journaled itself, so that it can be resumed and undone too. */
export function applyUndo(
  store: PartitionStore,
  request: { readonly undo: UndoPlan; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { undo, options } = request;
  const restored = (partition: StoredPartition): Item => ({
    values: partition.values,
    location: partition.location,
    stored: partition,
  });
  const work = [
    { change: 'update' as const, items: undo.update.map(restored) },
    { change: 'create' as const, items: undo.create.map(restored) },
    { change: 'remove' as const, items: undo.remove.map((values) => ({ values, location: '' })) },
  ];
  return run(store, { table: undo.table, work, options }, signal);
}

/** How the work stands; all lanes write it. */
interface State {
  readonly counts: Record<Change | 'already' | 'kept', number>;
  readonly failed: { values: readonly string[]; problem: Problem }[];
  readonly denied: Map<Change, Problem>;
  readonly again: Batch[];
  invalidInRow: number;
}

async function run(
  store: PartitionStore,
  request: {
    readonly table: TableName;
    readonly work: Parameters<typeof takeBatches>[0];
    readonly options: ApplyOptions;
  },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { table, options, work } = request;
  const { connection, journal } = options;
  refuseReadOnly(connection, table);
  const state: State = {
    counts: { create: 0, remove: 0, update: 0, already: 0, kept: 0 },
    failed: [],
    denied: new Map(),
    again: [],
    invalidInRow: 0,
  };
  const total = work.reduce((sum, { items }) => sum + items.length, 0);
  const speed = pace({ start: 4, most: 8, random: options.random ?? Math.random });
  const fresh = takeBatches(work);
  const repair = {};

  const lane = async (): Promise<void> => {
    for (
      let batch = state.again.shift() ?? fresh();
      batch !== undefined;
      batch = state.again.shift() ?? fresh()
    ) {
      const refusal = state.denied.get(batch.change);
      if (refusal !== undefined) {
        fail(state, batch, refusal);
        continue;
      }
      const finish = await speed.turn(signal);
      let answer: 'well' | 'throttled' = 'well';
      try {
        const outcomes = await carryOut(store, { table, batch, options, repair }, signal);
        if (outcomes.some((one) => one.kind === 'failed' && one.problem.kind === 'throttled'))
          answer = 'throttled';
        const done = outcomes.filter((one) => one.kind === 'done').map((one) => one.values);
        // On disk before anything else happens: undo must know of it.
        if (done.length > 0) await journal.append({ kind: 'done', change: batch.change, values: done });
        settle(state, batch, outcomes);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.kind === 'throttled') answer = 'throttled';
        meet(state, batch, error);
      } finally {
        finish(answer);
      }
      options.onProgress?.(sumOf(state), total);
    }
  };

  await journal.append({
    kind: 'start',
    version: journalVersion,
    table,
    connection: connectionKey(connection),
  });
  await allSettled(Array.from({ length: 8 }, lane));
  const { counts, failed } = state;
  const denied = [...state.denied.values()];
  const [refusal] = denied;
  // Nothing else could go on: one sentence says all, and the next try goes on in this journal.
  const changes = work.filter(({ items }) => items.length > 0).map(({ change }) => change);
  if (refusal !== undefined && changes.every((change) => state.denied.has(change))) throw refusal;
  await journal.append({ kind: 'end' });
  return {
    created: counts.create,
    removed: counts.remove,
    updated: counts.update,
    already: counts.already,
    ...(counts.kept === 0 ? {} : { kept: counts.kept }),
    failed,
    ...(denied.length === 0 ? {} : { denied }),
    journal: journal.name,
  };
}

/** Throws a Problem where a connection may not write. */
export function refuseReadOnly(connection: Connection, table: TableName): void {
  if (!connection.readOnly) return;
  throw new Problem(
    `The connection ${connection.name} is read only: ${table.database}.${table.name} was not changed.`,
    'denied',
  );
}

/** Takes the outcomes of a batch; what AWS had no time for comes again. */
function settle(state: State, batch: Batch, outcomes: readonly Outcome[]): void {
  const again: Item[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'done') state.counts[batch.change] += 1;
    else if (outcome.kind !== 'failed') state.counts[outcome.kind] += 1;
    else {
      const { values, problem } = outcome;
      const item = batch.items.find((one) => sameValues(one.values, values));
      const passes = problem.kind === 'throttled' || problem.kind === 'offline';
      if (passes && item !== undefined && batch.attempt < mostAttempts) again.push(item);
      else state.failed.push({ values, problem });
    }
  }
  if (outcomes.some((one) => one.kind !== 'failed')) state.invalidInRow = 0;
  if (again.length > 0) state.again.push({ ...batch, items: again, attempt: batch.attempt + 1 });
}

/** Decides what becomes of a batch that failed as a whole; throws what ends the repair. */
function meet(state: State, batch: Batch, problem: Problem): void {
  if (problem.kind === 'throttled' && batch.attempt < mostAttempts) {
    state.again.push({ ...batch, attempt: batch.attempt + 1 });
  } else if (problem.kind === 'denied') {
    if (!state.denied.has(batch.change)) state.denied.set(batch.change, problem);
    fail(state, batch, problem);
  } else if (problem.kind === 'invalid' && batch.items.length > 1) {
    // Glue refuses a batch for one partition that it does not take: halves find it, and the others are done.
    const middle = batch.items.length >> 1;
    state.again.push(
      { ...batch, items: batch.items.slice(0, middle) },
      { ...batch, items: batch.items.slice(middle) },
    );
  } else if (problem.kind === 'invalid' && state.invalidInRow < mostInvalid) {
    state.invalidInRow += 1;
    fail(state, batch, problem);
  } else throw problem;
}

function fail(state: State, { items }: Batch, problem: Problem): void {
  for (const { values } of items) state.failed.push({ values, problem });
}

function sumOf({ counts, failed }: State): number {
  return counts.create + counts.remove + counts.update + counts.already + counts.kept + failed.length;
}

/** Waits for every lane, so that nothing runs on behind a failure; then throws the first one, a cancel last. */
async function allSettled(lanes: readonly Promise<void>[]): Promise<void> {
  const errors = (await Promise.allSettled(lanes)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  const first = errors.find((error) => !isCancel(error)) ?? errors[0];
  if (first !== undefined) throw first;
}
