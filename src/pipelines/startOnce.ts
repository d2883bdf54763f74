import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { kindOf } from './kinds/index';
import type { PipelineCalls, Run, StartRequest } from './pipeline';

/**
 * Starts a pipeline once. The call itself is never repeated; when its answer is lost (the line broke, the service
 * failed), the runs are looked through for the one that this start may have begun, so that nobody starts a second.
 * @throws a Problem: `denied` on a read-only connection, `invalid` for a bad input, `failed` when the service refuses,
 * and one that says "may have been started" when even the look-up could not tell
 */
export async function startOnce(
  calls: PipelineCalls,
  request: StartRequest & { readonly connection: Connection; readonly now: () => Date },
  signal: AbortSignal,
): Promise<Run> {
  const { connection, pipeline } = request;
  const kind = kindOf(pipeline.kind);
  if (connection.readOnly) {
    throw new Problem(
      `The connection ${connection.name} is read only: ${pipeline.name} was not started.`,
      'denied',
    );
  }
  const wrong = kind.check(request.input);
  if (wrong !== undefined) throw wrong;
  // AWS's clock and this one may differ by a minute; an earlier run is told apart by its input as well.
  const since = request.now().getTime() - 60_000;
  try {
    return await calls.start(connection, request, signal);
  } catch (error) {
    if (!(error instanceof Problem) || !isAmbiguous(error)) throw error;
    const found = await begunSince(calls, request, since, signal).catch(() => 'unknown' as const);
    if (found !== 'unknown' && found !== undefined) return found;
    const advice =
      found === undefined
        ? `no new ${kind.run} is listed yet; look at its runs before you start it again`
        : `look at its runs before you start it again`;
    throw new Problem(
      `The answer to the start of ${pipeline.name} was lost, so it may have been started: ${advice}.`,
      error.kind,
      { cause: error, details: error.details },
    );
  }
}

/** The call may have reached the service although it failed here. */
function isAmbiguous(problem: Problem): boolean {
  return problem.kind === 'offline' || problem.kind === 'other';
}

async function begunSince(
  calls: PipelineCalls,
  request: StartRequest & { readonly connection: Connection },
  since: number,
  signal: AbortSignal,
): Promise<Run | undefined> {
  const { connection, pipeline, token } = request;
  const page = await calls.runs(connection, { pipeline, limit: 10 }, signal);
  // A named run is ours for certain. Without names, a run begun just now with the same input is taken for ours:
  // showing somebody else's equal run is harmless, starting a second one is not.
  return (
    page.items.find((run) => run.id.endsWith(token)) ??
    (pipeline.kind === 'state-machine'
      ? undefined
      : page.items.find(
          (run) =>
            (run.startedAt?.getTime() ?? 0) >= since &&
            (run.input === undefined || sameJson(run.input, request.input)),
        ))
  );
}

function sameJson(a: string, b: string): boolean {
  try {
    return JSON.stringify(sorted(JSON.parse(a))) === JSON.stringify(sorted(JSON.parse(b)));
  } catch {
    return a === b;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
