import * as vscode from 'vscode';
import { logText } from '../../pipelines/logText';
import type { LogLine, Run } from '../../pipelines/pipeline';

const scheme = 'lake-log';

/** Logs of runs as read-only documents. */
export class LogPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #own: vscode.Disposable[];

  constructor() {
    this.#own = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  /** Shows a log with its newest lines in view; shown again, it is brought up to date. */
  async show(run: Run, lines: readonly LogLine[]): Promise<vscode.Uri> {
    const uri = vscode.Uri.from({ scheme, path: `/${run.pipeline}.log`, query: run.id });
    this.#texts.set(uri.toString(), logText(run, lines));
    this.#changed.fire(uri);
    const file = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(file, { preview: false });
    const end = file.lineAt(Math.max(0, file.lineCount - 1)).range.end;
    editor.revealRange(new vscode.Range(end, end));
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      'This log was read before the window was opened again: show it again from Runs.\n'
    );
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }
}
