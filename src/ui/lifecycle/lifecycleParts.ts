import * as vscode from 'vscode';
import type { FeatureParts } from '../featureParts';
import { textOf, type LifecycleFiles } from './lifecycleFiles';

/** A document: its address, or what a menu on its editor passes. */
export type LifecycleAddress = string | vscode.Uri;

/** What the commands over lifecycles are made with. */
export interface LifecycleParts extends FeatureParts {
  readonly files: LifecycleFiles;
  /** Where versions and drafts are kept; a path. */
  readonly folder: string;
  /** Documents that are being saved by us, by address. */
  readonly quiet: Set<string>;
}

/** Makes a document what its bucket has, with nothing left to save. */
export async function settled(
  { files, quiet }: LifecycleParts,
  uri: vscode.Uri,
  current: Parameters<LifecycleFiles['settle']>[1],
): Promise<void> {
  const key = uri.toString();
  const state = files.state(uri);
  const file = vscode.workspace.textDocuments.find((one) => one.uri.toString() === key);
  if (state !== undefined && file !== undefined) {
    const text = textOf(state.bucket, current);
    if (file.getText() !== text) await replaceText(file, text);
    if (file.isDirty) {
      quiet.add(key);
      try {
        // Before the file changes beneath it: VS Code would not save over what it has not read.
        await file.save();
      } finally {
        quiet.delete(key);
      }
    }
  }
  await files.settle(uri, current);
}

/** Puts a text in place of a document's own, to be taken back like anything typed. */
export async function replaceText(file: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(file.uri, new vscode.Range(0, 0, file.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}
