import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { kindOf } from './kinds/index';
import type { Pipeline, PipelineCalls } from './pipeline';
import { lastInput, type RecentStarts } from './recent';

/**
 * What an input document begins with, as indented JSON: the input this pipeline was last started with here, else that
 * of its newest run, else the kind's first one. Two requests at most; where it fails, the next best is taken.
 */
export async function inputToStartWith(
  calls: PipelineCalls,
  request: {
    readonly connection: Connection;
    readonly connectionKey: string;
    readonly pipeline: Pipeline;
    readonly recent: RecentStarts;
  },
  signal: AbortSignal,
): Promise<string> {
  const { connection, pipeline, recent } = request;
  const kind = kindOf(pipeline.kind);
  const own = lastInput(recent, request.connectionKey, pipeline);
  if (own !== undefined) return indented(own);
  try {
    const page = await calls.runs(connection, { pipeline, limit: 1 }, signal);
    const [newest] = page.items;
    if (newest !== undefined) {
      // A list of executions leaves the input out, the single one tells it.
      const told = newest.input ?? (await calls.state(connection, { run: newest }, signal)).input;
      if (told !== undefined && told.trim() !== '') return indented(told);
    }
  } catch (error) {
    // May the runs not be listed, the pipeline can still be started.
    if (!(error instanceof Problem)) throw error;
  }
  return indented(kind.firstInput);
}

/** JSON with two spaces a level; anything else as it is. */
export function indented(input: string): string {
  try {
    return `${JSON.stringify(JSON.parse(input), null, 2)}\n`;
  } catch {
    return input;
  }
}
