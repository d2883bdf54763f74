import { isCancel, Problem } from '../base/problem';
import { sleep } from '../base/pool';
import type { Connection } from '../connection/connection';
import { isOver, type KindId, type PipelineCalls, type Run } from './pipeline';

/** At most so many requests a second for all followed runs together: ten windows of a team share one account. */
const requestsPerSecond = 1.5;
/** A young run is asked for often, an old one seldom, milliseconds. */
const firstWait = 1000;
const longestWait = 20_000;

/** What a follower tells of a run. */
export interface RunChange {
  readonly connection: Connection;
  readonly run: Run;
  /** The last look failed (signed out, offline…); the run is followed on. */
  readonly problem?: Problem;
}

export interface Follower {
  /** Follows a run until it is over; following it twice is following it once. */
  add(connection: Connection, run: Run): void;
  /** Looks at once, as after a stop was asked for. */
  hurry(runId: string): void;
  /** Runs followed now. */
  readonly runs: readonly Run[];
  dispose(): void;
}

interface Followed {
  readonly connection: Connection;
  run: Run;
  dueAt: number;
  wait: number;
}

/**
 * Follows runs to their end: the one that is due first is asked for next, never more than the budget a second.
 * A look that fails changes nothing but the wait: a run is not lost because the line was.
 */
export function follower(options: {
  readonly calls: (kind: KindId) => Promise<PipelineCalls>;
  readonly onChange: (change: RunChange) => void;
  readonly now?: () => number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}): Follower {
  const now = options.now ?? Date.now;
  const wait = options.wait ?? sleep;
  const followed = new Map<string, Followed>();
  const ended = new AbortController();
  let looking = false;
  let wake = new AbortController();

  const look = async (one: Followed): Promise<void> => {
    try {
      const calls = await options.calls(one.run.kind);
      const run = await calls.state(one.connection, { run: one.run }, ended.signal);
      const changed = JSON.stringify(run) !== JSON.stringify(one.run);
      one.run = run;
      if (isOver(run)) followed.delete(run.id);
      if (changed) options.onChange({ connection: one.connection, run });
      one.wait = Math.min(longestWait, one.wait * 1.3);
    } catch (error) {
      if (isCancel(error)) return;
      if (!(error instanceof Problem)) throw error;
      one.wait = Math.min(longestWait, one.wait * 2);
      if (error.kind === 'missing') followed.delete(one.run.id);
      options.onChange({ connection: one.connection, run: one.run, problem: error });
    }
    one.dueAt = now() + one.wait;
  };

  const loop = async (): Promise<void> => {
    looking = true;
    let last = -Infinity;
    try {
      while (followed.size > 0 && !ended.signal.aborted) {
        const [next] = [...followed.values()].toSorted((a, b) => a.dueAt - b.dueAt);
        if (next === undefined) return;
        const from = Math.max(next.dueAt, last + 1000 / requestsPerSecond);
        const ms = from - now();
        if (ms > 0) {
          try {
            await wait(ms, AbortSignal.any([ended.signal, wake.signal]));
          } catch (error) {
            if (ended.signal.aborted || !isCancel(error)) throw error;
            wake = new AbortController();
            continue; // something became due sooner
          }
        }
        last = now();
        await look(next);
      }
    } catch (error) {
      if (!isCancel(error)) throw error;
    } finally {
      looking = false;
    }
  };

  return {
    add: (connection, run) => {
      if (isOver(run) || followed.has(run.id)) return;
      followed.set(run.id, { connection, run, dueAt: now() + firstWait, wait: firstWait });
      if (looking) wake.abort();
      else void loop();
    },
    hurry: (runId) => {
      const one = followed.get(runId);
      if (one === undefined) return;
      one.dueAt = now();
      one.wait = firstWait;
      wake.abort();
    },
    get runs() {
      return [...followed.values()].map((one) => one.run);
    },
    dispose: () => ended.abort(),
  };
}
