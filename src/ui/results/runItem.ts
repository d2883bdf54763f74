import * as vscode from 'vscode';
import { formatBytes, formatDuration } from '../../base/format';
import type { QueryState } from '../../query/queryEngine';

/** What the status bar says of a running statement. */
export interface RunProgress {
  readonly state: QueryState | 'cancelling';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly bytesScanned?: number;
}

const words: Readonly<Record<RunProgress['state'], string>> = {
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Reading rows',
  failed: 'Failed',
  cancelled: 'Cancelled',
  cancelling: 'Cancelling',
};

/** The word for a state, as panel and status bar show it. */
export function stateWord(state: RunProgress['state']): string {
  return words[state];
}

/** The status bar item of the running statement: state, time and bytes; a click cancels. */
export class RunItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('lakeWorkbench.run', vscode.StatusBarAlignment.Left, 49);
  #timer: NodeJS.Timeout | undefined;
  #progress: RunProgress | undefined;

  constructor() {
    this.#item.name = 'Lake Query';
    this.#item.command = 'lakeWorkbench.cancelQuery';
    this.#item.tooltip = 'Click to cancel the query. What it has read until then is billed.';
  }

  /** What the item says, empty when nothing runs. */
  get text(): string {
    return this.#progress === undefined ? '' : this.#item.text;
  }

  /** Shows the progress and counts on by itself; `undefined` takes the item away. */
  show(progress: RunProgress | undefined): void {
    this.#progress = progress;
    if (progress === undefined) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#item.hide();
      return;
    }
    this.#timer ??= setInterval(() => this.#draw(), 1_000);
    this.#draw();
    this.#item.show();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#item.dispose();
  }

  #draw(): void {
    if (this.#progress === undefined) return;
    const { state, startedAt, bytesScanned } = this.#progress;
    const parts = [stateWord(state), formatDuration(Date.now() - startedAt)];
    if (bytesScanned !== undefined) parts.push(formatBytes(bytesScanned));
    this.#item.text = `$(sync~spin) ${parts.join(' · ')}`;
  }
}
