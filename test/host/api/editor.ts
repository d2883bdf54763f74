import { join } from 'node:path';
import * as vscode from 'vscode';

/** Opens a file of the workspace in an editor. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const document = await vscode.workspace.openTextDocument(join(folder, path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Opens a new, unsaved SQL document whose first line says its dialect. */
export async function openText(text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'sql', content: text });
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Waits until `read` gives something that `wanted` accepts, asking again after each change of diagnostics. */
export async function until<T>(read: () => T, wanted: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = read();
    if (wanted(value)) return value;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`Not within 10 s; last seen: ${JSON.stringify(read())}`);
}

/** The codes of a document's findings in the order of their places, once there is one that `wanted` names. */
export async function findings(document: vscode.TextDocument, wanted: string): Promise<vscode.Diagnostic[]> {
  const all = await until(
    () => vscode.languages.getDiagnostics(document.uri),
    (list) => list.some((diagnostic) => codeOf(diagnostic) === wanted),
  );
  return all.toSorted((a, b) => a.range.start.compareTo(b.range.start));
}

/** A finding's code (`ATH101`), with or without a link to its page. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Replaces a part of the document as if it had been typed. */
export async function type(document: vscode.TextDocument, range: vscode.Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  await vscode.workspace.applyEdit(edit);
}
