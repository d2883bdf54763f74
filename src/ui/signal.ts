import type { CancellationToken } from 'vscode';

/** VS Code's token as an AbortSignal, which is what everything below this folder takes. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
