import * as vscode from 'vscode';
import { signalOf } from './signal';

/** Runs something long under a notification that tells how far it is and can cancel it. */
export async function withCancel<T>(
  title: string,
  run: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
  return await vscode.window.withProgress(options, (progress, token) => {
    let told = 0;
    return run((message) => {
      // A notification that is redrawn for each of ten thousand listings would hold up the listing.
      const now = Date.now();
      if (now - told < 100) return;
      told = now;
      progress.report({ message });
    }, signalOf(token));
  });
}

/** Runs something that is over in a moment, told in the status bar. */
export async function withStatus<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal } = new AbortController();
  return await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    run(signal),
  );
}
