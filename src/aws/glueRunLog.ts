import type { Connection } from '../connection/connection';
import type { LogLine } from '../pipelines/pipeline';
import type { LogEvent, LogWish } from './cloudWatchLog';

/** The newest lines of a Glue job run: Glue writes what a job prints and what went wrong into two groups, a stream a run. */
export async function glueRunLog(
  readLog: (wish: LogWish, signal: AbortSignal) => Promise<readonly LogEvent[]>,
  request: { readonly connection: Connection; readonly runId: string; readonly limit: number },
  signal: AbortSignal,
): Promise<readonly LogLine[]> {
  const { connection, runId, limit } = request;
  const both = await Promise.all(
    ['/aws-glue/jobs/output', '/aws-glue/jobs/error'].map((group) =>
      readLog({ connection, group, streamPrefix: runId, limit }, signal),
    ),
  );
  return both.flat().toSorted(byTime).slice(-limit);
}

/** Oldest first; equal times stay as they were. */
export function byTime(a: LogLine, b: LogLine): number {
  return (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0);
}
