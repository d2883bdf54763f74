import { isCancel, Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { QueryEngine, QueryStart, QueryStatus } from './queryEngine';

/** Milliseconds before the first look, growing by half each time up to two seconds. */
const firstWait = 150;
const longestWait = 2000;
/** How long a start may take; the adapter's own timeouts come first. */
const startWithin = 60_000;
/** How long a stop may take before the run ends without knowing. */
const stopWithin = 10_000;

/** Waits; rejects with AbortError at once when the signal is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** How a run ended: the last status, and for a cancel whether AWS confirmed the stop. */
export interface RunEnd {
  readonly status: QueryStatus;
  /** The Problem of a stop that could not be asked for: the query may still run and cost. */
  readonly stopProblem?: Problem;
}

/**
 * Starts a statement and follows it to its end: succeeded, failed or cancelled, whatever it was.
 * An aborted signal stops the query on the server and then reports it as cancelled. Throws the Problems of
 * `start`; a Problem while following is thrown after the query was asked to stop, unless it is throttling or the
 * network, which are waited out five times in a row.
 */
export async function runStatement(
  from: { readonly engine: QueryEngine; readonly connection: Connection; readonly wait?: Wait },
  request: QueryStart,
  following: { readonly signal: AbortSignal; readonly onStatus?: (status: QueryStatus) => void },
): Promise<RunEnd> {
  const { engine, connection, wait = sleep } = from;
  const { signal, onStatus } = following;
  signal.throwIfAborted();
  const id = await started(engine, connection, request);
  let status: QueryStatus = { id, state: 'queued' };
  let between = firstWait;
  let misses = 0;
  for (;;) {
    try {
      signal.throwIfAborted();
      status = await engine.status(connection, { id }, signal);
      misses = 0;
      onStatus?.(status);
      if (ended(status)) return { status };
      await wait(between, signal);
    } catch (error) {
      if (isCancel(error) || signal.aborted) return stopped(engine, connection, status);
      const passing = error instanceof Problem && (error.kind === 'throttled' || error.kind === 'offline');
      misses += 1;
      if (!passing || misses > 5) {
        await stopped(engine, connection, status);
        throw error;
      }
      try {
        await wait(longestWait, signal);
      } catch (cancel) {
        if (!isCancel(cancel)) throw cancel;
        return stopped(engine, connection, status);
      }
    }
    between = Math.min(between * 1.5, longestWait);
  }
}

/** Not under the user's signal: a start that is cut off may have happened, and only its id can stop it. */
async function started(engine: QueryEngine, connection: Connection, request: QueryStart): Promise<string> {
  try {
    return await engine.start(connection, request, AbortSignal.timeout(startWithin));
  } catch (error) {
    if (!isCancel(error)) throw error;
    throw new Problem(
      `Athena did not answer the start of the query in ${startWithin / 1000} s: look for it in the query history before you run it again.`,
      'offline',
      { cause: error, details: { action: 'athena:StartQueryExecution' } },
    );
  }
}

/** Asks AWS to stop, under a signal of its own since the user's is spent, and reads how it ended. */
async function stopped(engine: QueryEngine, connection: Connection, last: QueryStatus): Promise<RunEnd> {
  const cancelled: QueryStatus = { ...last, state: 'cancelled' };
  const signal = AbortSignal.timeout(stopWithin);
  try {
    await engine.stop(connection, { id: last.id }, signal);
  } catch (error) {
    return { status: cancelled, stopProblem: stopFailure(error, last.id) };
  }
  try {
    const status = await engine.status(connection, { id: last.id }, signal);
    // It may have ended just before; what it read is in the last status either way.
    return { status: ended(status) ? status : { ...status, state: 'cancelled' } };
  } catch {
    return { status: cancelled };
  }
}

function stopFailure(error: unknown, id: string): Problem {
  const why = error instanceof Problem ? error.message : 'AWS did not answer in time.';
  return new Problem(
    `Query ${id} may still be running, since it could not be stopped: ${why}`,
    error instanceof Problem ? error.kind : 'offline',
    { cause: error },
  );
}

function ended(status: QueryStatus): boolean {
  return status.state === 'succeeded' || status.state === 'failed' || status.state === 'cancelled';
}

const sleep: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new DOMException('The wait was cancelled.', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
