import * as vscode from 'vscode';
import type { Connection } from '../../connection/connection';
import type { KindId, PipelineCalls } from '../../pipelines/pipeline';
import { pipelineNodeId, runsTree } from '../../trees/runsTree';
import type { ShownTree } from '../commands/reveal';
import { TreeView, type TreeViewOptions } from '../treeView';
import type { RunBook } from './runBook';

/** Durations of running runs grow by themselves: they are drawn again so often, milliseconds. */
const redrawMs = 15_000;

/** The Runs view: followed runs first, drawn again when one changes; nothing is asked of AWS before it is opened. */
export function runsView(
  options: TreeViewOptions & {
    readonly calls: (kind: KindId) => Promise<PipelineCalls>;
    readonly use: () => Promise<Connection>;
    readonly book: RunBook;
  },
  own: <T extends vscode.Disposable>(thing: T) => T,
): ShownTree {
  const { book } = options;
  const runs = runsTree({
    calls: options.calls,
    connection: options.use,
    followed: (connection) => book.runs(connection),
  });
  const tree = own(new TreeView(runs, options));
  const view = own(
    vscode.window.createTreeView('lakeWorkbench.runs', { treeDataProvider: tree, showCollapseAll: true }),
  );
  const redraw = (): void => void tree.more(runs.root.id);
  own(
    book.onDidChange((changed) => {
      if (changed !== undefined) {
        // The pipeline's own list has a new run, or one that ended.
        const { connection, run } = changed;
        runs.forget(pipelineNodeId(connection, { kind: run.kind, id: run.pipelineId }));
      }
      redraw();
    }),
  );
  const timer = setInterval(() => {
    if (view.visible && book.following.length > 0) redraw();
  }, redrawMs);
  timer.unref();
  own({ dispose: () => clearInterval(timer) });
  return { tree, view };
}
