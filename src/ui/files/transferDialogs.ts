import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { Stop } from '../../transfer/eachItem';
import type { TransferQuestion } from '../../transfer/transferQuestions';
import { signInCommand } from '../../trees/notices';
import { tell } from '../guard';
import type { FilesParts } from './filesParts';

/** Asks before files go one way or the other; `undefined` when the answer was no. */
export async function askTransfer(question: TransferQuestion): Promise<'replace' | 'keep' | undefined> {
  const { message, detail, buttons } = question;
  if (buttons.length === 0) {
    void vscode.window.showInformationMessage(`There is nothing to do. ${detail}`.trim());
    return undefined;
  }
  const titles = buttons.map(({ title }) => title);
  const picked = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...titles);
  return buttons.find(({ title }) => title === picked)?.choice;
}

/** Says what a transfer came to, with what can be done about what is left; nobody waits for the answer. */
export function tellEnd(
  parts: Pick<FilesParts, 'log' | 'lists'>,
  end: {
    readonly message: string;
    readonly isWhole: boolean;
    readonly stopped?: Stop | undefined;
    readonly resume: () => Promise<unknown>;
    readonly discard: () => Promise<unknown>;
    /** There is something to throw away. */
    readonly discards: boolean;
    readonly list: {
      readonly connection: Connection;
      readonly title: string;
      readonly failed: readonly { readonly name: string; readonly problem: Problem }[];
    };
  },
): void {
  const show = async (): Promise<void> => {
    const { message, list } = end;
    if (end.isWhole) {
      await vscode.window.showInformationMessage(message);
      return;
    }
    const signsIn = end.stopped instanceof Problem && end.stopped.kind === 'signed-out';
    const buttons = [
      ...(signsIn ? ['Sign In'] : []),
      list.failed.length > 0 ? 'Retry' : 'Resume',
      ...(list.failed.length > 1 ? ['Show List'] : []),
      ...(end.discards ? ['Discard'] : []),
    ];
    const picked = await vscode.window.showWarningMessage(message, ...buttons);
    if (picked === 'Sign In') await vscode.commands.executeCommand(signInCommand, list.connection);
    if (picked === 'Retry' || picked === 'Resume') await end.resume();
    if (picked === 'Discard') await end.discard();
    if (picked !== 'Show List') return;
    const lines = list.failed.map(
      ({ name, problem }) => `- ${name.replaceAll(/\s/g, ' ')}: ${problem.message}`,
    );
    const text = `# ${list.title}\n\n${list.failed.length} failed:\n\n${lines.join('\n')}\n\nLake: Resume Transfer… tries them again.\n`;
    await parts.lists({
      connection: list.connection,
      path: `${list.title.replaceAll(/[/\\]/g, ' ')}.txt`,
      text,
    });
  };
  show().catch((error: unknown) => tell(error, parts.log));
}
