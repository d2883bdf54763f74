import * as vscode from 'vscode';
import { type Confirmation, isConfirmed, typePrompt } from '../../transfer/confirmation';

/**
 * Asks before a change: a button, or a word that must be typed. `given` stands for what would be typed or pressed.
 * @returns true to go ahead
 */
export async function askConfirmation(asked: Confirmation, given?: string): Promise<boolean> {
  const { message, detail, button, typed } = asked;
  if (given !== undefined) return typed === undefined ? given === button : isConfirmed(asked, given);
  const picked = await vscode.window.showWarningMessage(
    message,
    {
      modal: true,
      detail: typed === undefined ? detail : `${detail}\n\nYou will be asked to type the count or the name.`,
    },
    button,
  );
  if (picked !== button) return false;
  if (typed === undefined) return true;
  const answer = await vscode.window.showInputBox({
    title: message,
    prompt: typePrompt(asked),
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' || isConfirmed(asked, value) ? undefined : typePrompt(asked)),
  });
  return answer !== undefined && isConfirmed(asked, answer);
}
