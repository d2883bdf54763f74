import { isCancel, Problem } from '../base/problem';
import { abortReason, manyListeners } from '../base/pool';

/** What went wrong with one item; the others went on. */
export interface Failure<T> {
  readonly item: T;
  readonly problem: Problem;
}

/** So many items in a row that do not reach S3 mean that the next will not either. */
const mostOffline = 8;

/**
 * Works through items side by side. An item's Problem is collected and the others go on; a lost sign-in, an endpoint
 * that stays away, a cancel or a bug ends it once what is under way has ended.
 * @returns what failed, in the order it failed
 */
export async function eachItem<T>(
  work: {
    readonly items: readonly T[];
    /** Items side by side. */
    readonly width: number;
    readonly run: (item: T) => Promise<void>;
    /** Ends it at the first Problem of an item, where the others are worth nothing without it. */
    readonly together?: true;
    readonly onFailure?: (failure: Failure<T>) => void;
  },
  signal: AbortSignal,
): Promise<readonly Failure<T>[]> {
  manyListeners(signal);
  const failures: Failure<T>[] = [];
  let next = 0;
  let offline = 0;
  let stop: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    while (stop === undefined && next < work.items.length) {
      if (signal.aborted) {
        stop = { error: abortReason(signal) };
        return;
      }
      const item = work.items[next] as T;
      next += 1;
      try {
        await work.run(item);
        offline = 0;
      } catch (error) {
        if (!(error instanceof Problem) || error.kind === 'signed-out' || work.together) {
          stop ??= { error };
          return;
        }
        offline = error.kind === 'offline' ? offline + 1 : 0;
        const failure = { item, problem: error };
        failures.push(failure);
        work.onFailure?.(failure);
        if (offline >= mostOffline) stop ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(work.width, work.items.length) }, lane));
  if (stop !== undefined) throw stop.error;
  return failures;
}

/** What ended a transfer before its end: the user, or what would meet every further item too. */
export type Stop = 'cancelled' | Problem;

/** Like `eachItem`, but what ends it early is told beside the failures; only a bug is thrown. */
export async function eachUntilStop<T>(
  work: Parameters<typeof eachItem<T>>[0],
  signal: AbortSignal,
): Promise<{ readonly failures: readonly Failure<T>[]; readonly stopped?: Stop }> {
  const failures: Failure<T>[] = [];
  try {
    await eachItem({ ...work, onFailure: (failure) => failures.push(failure) }, signal);
    return { failures };
  } catch (error) {
    if (!isCancel(error) && !(error instanceof Problem)) throw error;
    return { failures, stopped: error instanceof Problem ? error : 'cancelled' };
  }
}
