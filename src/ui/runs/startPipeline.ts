import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import { kindOf } from '../../pipelines/kinds/index';
import type { KindId, Pipeline, PipelineCalls, Run } from '../../pipelines/pipeline';
import { readRecent, type RecentStarts, remember } from '../../pipelines/recent';
import { startOnce } from '../../pipelines/startOnce';
import { withCancel, withStatus } from '../withCancel';
import type { RunBook } from './runBook';

/** Where recent starts are kept between sessions. */
const memory = 'recentStarts';

export interface StartParts {
  readonly calls: (kind: KindId) => Promise<PipelineCalls>;
  readonly book: RunBook;
  readonly state: vscode.Memento;
}

/** What was started from this machine's editor, newest first. */
export function recentStarts(state: vscode.Memento): RecentStarts {
  return readRecent(state.get(memory));
}

/**
 * Starts a pipeline and follows its run; `undefined` when the user said no. The input is checked before anything is
 * sent, and remembered for the next time.
 */
export async function startPipeline(
  parts: StartParts,
  wish: { readonly connection: Connection; readonly pipeline: Pipeline; readonly input: string },
): Promise<Run | undefined> {
  const { connection, pipeline, input } = wish;
  const kind = kindOf(pipeline.kind);
  if (connection.readOnly) {
    throw new Problem(
      `${connection.name} is read only by lakeWorkbench.connection.readOnly: ${pipeline.name} was not started.`,
      'denied',
    );
  }
  const wrong = kind.check(input);
  if (wrong !== undefined) throw wrong;
  if (connection.production) {
    const answer = await vscode.window.showWarningMessage(
      `Start the ${kind.noun} ${pipeline.name}?`,
      { modal: true, detail: `${connection.name} is production.` },
      'Start',
    );
    if (answer !== 'Start') return undefined;
  }
  const recent = remember(recentStarts(parts.state), {
    connection: connectionKey(connection),
    kind: pipeline.kind,
    name: pipeline.name,
    input,
    at: Date.now(),
  });
  await parts.state.update(memory, recent);
  const calls = await parts.calls(pipeline.kind);
  const begin = (signal: AbortSignal): Promise<Run> =>
    startOnce(
      calls,
      { connection, pipeline, input, token: `lake-${randomUUID()}`, now: () => new Date() },
      signal,
    );
  // Only an invocation lasts as long as its run; the others must not be cut off between sending and knowing.
  const begun =
    kind.id === 'lambda'
      ? await withCancel(`Invoking ${pipeline.name}`, (_report, signal) => begin(signal))
      : await withStatus(`Starting ${pipeline.name}…`, begin);
  const run = pipeline.targets === undefined ? begun : { ...begun, targets: pipeline.targets };
  parts.book.follow(connection, run);
  return run;
}
