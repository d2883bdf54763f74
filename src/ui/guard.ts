import * as vscode from 'vscode';
import { isCancel, Problem, type ProblemKind } from '../base/problem';

interface Help {
  readonly label: string;
  readonly command: string;
}

const showLog: Help = { label: 'Show Log', command: 'lakeWorkbench.showLog' };
const help: { readonly [kind in ProblemKind]?: Help } = {
  'signed-out': { label: 'Sign In', command: 'lakeWorkbench.signIn' },
  denied: showLog,
  throttled: showLog,
  offline: { label: 'Switch Connection…', command: 'lakeWorkbench.switchConnection' },
  other: showLog,
};

/** Shows a failure once, in one sentence with at most one button; a cancel is silent. */
export function tell(error: unknown, log: vscode.LogOutputChannel): void {
  if (isCancel(error)) return;
  const problem = error instanceof Problem;
  if (!problem) log.error(error instanceof Error ? error : String(error));
  const message = problem ? error.message : `Lake Workbench met a fault of its own: ${textOf(error)}.`;
  const fix = problem ? help[error.kind] : showLog;
  void show(message, fix); // not awaited: it may stay for hours, and the command is over
}

async function show(message: string, fix: Help | undefined): Promise<void> {
  const picked = await vscode.window.showErrorMessage(message, ...(fix ? [fix.label] : []));
  if (fix !== undefined && picked !== undefined) await vscode.commands.executeCommand(fix.command);
}

/** The border where errors become messages: every command runs inside it. */
export function guard<A extends readonly unknown[], R>(
  run: (...args: A) => Promise<R> | R,
  log: vscode.LogOutputChannel,
): (...args: A) => Promise<R | undefined> {
  return async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      tell(error, log);
      return undefined;
    }
  };
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.\s*$/, '').split('\n')[0] ?? '';
}
