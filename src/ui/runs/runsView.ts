import * as vscode from 'vscode';
import type { Connection } from '../../connection/connection';
import type { KindId, PipelineCalls } from '../../pipelines/pipeline';
import { pipelineNodeId, runsTree } from '../../trees/runsTree';
import type { Tree } from '../../trees/tree';
import type { ShownTree } from '../commands/reveal';
import type { RunBook } from './runBook';

/** Durations of running runs grow by themselves: they are drawn again so often, milliseconds. */
const redrawMs = 15_000;

/** What the Runs view shows: followed runs first, drawn again when one changes; nothing is asked of AWS before it is opened. */
export function runsView(
  options: {
    readonly shown: ShownTree;
    readonly calls: (kind: KindId) => Promise<PipelineCalls>;
    readonly use: () => Promise<Connection>;
    readonly book: RunBook;
    readonly onFault: (error: unknown) => void;
  },
  own: <T extends vscode.Disposable>(thing: T) => T,
): Tree {
  const { book } = options;
  const { tree, view } = options.shown;
  const runs = runsTree({
    calls: options.calls,
    connection: options.use,
    followed: (connection) => book.runs(connection),
  });
  const redraw = (): void => void tree.redraw().catch(options.onFault);
  own(
    book.onDidChange((changed) => {
      if (changed !== undefined) {
        // The pipeline's own list has a new run, or one that ended.
        const { connection, run } = changed;
        const id = pipelineNodeId(connection, { kind: run.kind, id: run.pipelineId });
        runs.forget(id);
        tree.refreshWhere((node) => node.id === id);
      }
      redraw();
    }),
  );
  const timer = setInterval(() => {
    if (view.visible && book.following.length > 0) redraw();
  }, redrawMs);
  timer.unref();
  own({ dispose: () => clearInterval(timer) });
  return runs;
}
