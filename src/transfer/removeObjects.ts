import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { eachUntilStop, type Failure, type Stop } from './eachItem';
import type { ObjectWriter, RemovedObject, RemoveOutcome } from './objectWriter';
import { pacedCalls } from './pacedCalls';
import type { TransferJournal } from './transferJournal';

/** Keys of one DeleteObjects: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const keysPerRemoval = 1000;

/** A batch of which S3 throttled some keys is sent again with those, up to this many times. */
const mostAttempts = 12;

/** Lines of a removal's journal. */
export type RemovalLine =
  /** Before the call: a kill right after it leaves these in doubt. */
  | { readonly kind: 'intent'; readonly keys: readonly string[] }
  /** After the call. `markers` of those that have one, in the order of the keys; empty where there is none. */
  | { readonly kind: 'removed'; readonly keys: readonly string[]; readonly markers: readonly string[] }
  | { readonly kind: 'left'; readonly keys: readonly string[]; readonly why: 'gone' | 'changed' | 'failed' }
  | { readonly kind: 'end' };

/** An object that a removal is about. */
export interface RemovalItem {
  readonly key: string;
  readonly bytes: number;
  readonly etag?: string;
}

/** What a removal came to. */
export interface RemovalResult {
  readonly removed: number;
  readonly bytes: number;
  /** Of those removed, the ones that a delete marker stands for: they can be brought back. */
  readonly markers: number;
  /** They were not there any more. */
  readonly gone: readonly string[];
  /** They were written anew since they were listed, and were left alone. */
  readonly changed: readonly string[];
  readonly failed: readonly Failure<RemovalItem>[];
  /** It ended before all was asked for; the rest was not touched. */
  readonly stopped?: Stop;
}

export interface RemovalOptions {
  readonly connection: Connection;
  readonly bucket: string;
  readonly objects: readonly RemovalItem[];
  readonly journal: TransferJournal<RemovalLine>;
  readonly onProgress?: (objects: number) => void;
  readonly random?: () => number;
}

/**
 * Removes objects in batches, each only if it is still the one that was listed. A cancel stops between batches; doing
 * it again removes what is left.
 */
export async function removeObjects(
  writer: ObjectWriter,
  options: RemovalOptions,
  signal: AbortSignal,
): Promise<RemovalResult> {
  const { objects, journal } = options;
  const batches = Array.from({ length: Math.ceil(objects.length / keysPerRemoval) }, (_, at) =>
    objects.slice(at * keysPerRemoval, (at + 1) * keysPerRemoval),
  );
  const result = { removed: 0, bytes: 0, markers: 0, settled: 0 };
  const gone: string[] = [];
  const changed: string[] = [];
  const failed: Failure<RemovalItem>[] = [];
  const calls = pacedCalls({ width: 4, ...(options.random ? { random: options.random } : {}) }, signal);

  const settle = async (batch: readonly RemovalItem[], outcomes: readonly RemoveOutcome[]): Promise<void> => {
    const items = new Map(batch.map((item) => [item.key, item]));
    const removed = outcomes.filter((one) => one.kind === 'removed');
    const lines: RemovalLine[] = [];
    if (removed.length > 0) {
      lines.push({
        kind: 'removed',
        keys: removed.map(({ key }) => key),
        markers: removed.map(({ marker = '' }) => marker),
      });
    }
    for (const why of ['gone', 'changed', 'failed'] as const) {
      const keys = outcomes.filter(({ kind }) => kind === why).map(({ key }) => key);
      if (keys.length > 0) lines.push({ kind: 'left', keys, why });
    }
    if (lines.length > 0) await journal.append(...lines);
    for (const outcome of outcomes) {
      const item = items.get(outcome.key) ?? { key: outcome.key, bytes: 0 };
      if (outcome.kind === 'removed') {
        result.removed += 1;
        result.bytes += item.bytes;
        if (outcome.marker !== undefined) result.markers += 1;
      } else if (outcome.kind === 'gone') gone.push(outcome.key);
      else if (outcome.kind === 'changed') changed.push(outcome.key);
      else failed.push({ item, problem: outcome.problem });
    }
    result.settled += outcomes.length;
    options.onProgress?.(result.settled);
  };

  const { stopped } = await eachUntilStop(
    {
      items: batches,
      width: 4,
      run: async (batch) => {
        await journal.append({ kind: 'intent', keys: batch.map(({ key }) => key) });
        let rest: readonly RemovalItem[] = batch;
        for (let attempt = 0; rest.length > 0; attempt += 1) {
          const asked = rest;
          const outcomes = await calls(() => removeBatch(writer, { options, batch: asked }, signal)).catch(
            (error: unknown) => refused(asked, error),
          );
          // What is throttled as a whole was asked often enough already.
          const mayRepeat = attempt < mostAttempts && !outcomes.every(isThrottled);
          const again = new Set(mayRepeat ? outcomes.filter(isThrottled).map(({ key }) => key) : []);
          await settle(
            asked,
            outcomes.filter(({ key }) => !again.has(key)),
          );
          rest = asked.filter(({ key }) => again.has(key));
        }
      },
    },
    signal,
  );
  if (failed.length === 0 && stopped === undefined) await journal.append({ kind: 'end' });
  const { removed, bytes, markers } = result;
  return { removed, bytes, markers, gone, changed, failed, ...(stopped === undefined ? {} : { stopped }) };
}

async function removeBatch(
  writer: ObjectWriter,
  { options, batch }: { readonly options: RemovalOptions; readonly batch: readonly RemovalItem[] },
  signal: AbortSignal,
): Promise<readonly RemoveOutcome[]> {
  const objects = batch.map(({ key, etag }): RemovedObject => ({
    key,
    ...(etag === undefined ? {} : { etag }),
  }));
  const { connection, bucket } = options;
  const outcomes = await writer.remove(connection, { bucket, objects }, signal);
  const throttled = outcomes.find(isThrottled);
  // A whole batch that was throttled slows the pace; a part of one is asked for again by itself.
  if (throttled?.kind === 'failed' && outcomes.every(isThrottled)) throw throttled.problem;
  return outcomes;
}

/** A call that failed as a whole failed for each of its keys; a lost sign-in ends everything. */
function refused(batch: readonly RemovalItem[], error: unknown): readonly RemoveOutcome[] {
  if (!(error instanceof Problem) || error.kind === 'signed-out') throw error;
  return batch.map(({ key }) => ({ kind: 'failed', key, problem: error }));
}

function isThrottled(outcome: RemoveOutcome): boolean {
  return outcome.kind === 'failed' && outcome.problem.kind === 'throttled';
}
