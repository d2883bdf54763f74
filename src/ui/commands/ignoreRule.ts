import { posix } from 'node:path';
import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { editBetween } from '../../language/codeActions';
import { configFileName } from '../../lint/config';
import { rules } from '../../lint/rules/index';
import { findRule } from '../../lint/settings';
import { editOf } from '../editor/places';
import type { Policy } from '../editor/policy';
import { pickRule } from '../rulePages';

/** Which rule to switch off in `.lake-workbench.json`, and for which files; what is absent is asked. */
export interface IgnoreArgument {
  /** Code or id. */
  readonly rule?: string;
  /** The document that says which configuration file counts. */
  readonly uri?: string;
  readonly reach?: 'everywhere' | 'folder';
}

/** Switches a rule off in the configuration file that counts for a document, which is made where there is none. */
export async function ignoreRule(policy: Policy, given: IgnoreArgument = {}): Promise<void> {
  const uri =
    given.uri === undefined
      ? (vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri)
      : vscode.Uri.parse(given.uri);
  const config = uri === undefined ? undefined : policy.configFor(uri);
  if (uri === undefined || config === undefined) {
    throw new Problem(
      `The file belongs to no folder of this window, so that no ${configFileName} counts for it: open its folder first.`,
      'invalid',
    );
  }
  const rule = given.rule === undefined ? await pickRule('Ignore Rule') : findRule(rules, given.rule);
  if (rule === undefined) return;
  const glob = folderGlob(config, uri);
  const reach = given.reach ?? (glob === undefined ? 'everywhere' : await pickReach(glob));
  if (reach === undefined) return;
  await write(config, { rule: rule.id, glob: reach === 'folder' ? glob : undefined });
}

/** The glob of the folder that a document stands in, for the configuration file; undefined for its own folder. */
export function folderGlob(config: vscode.Uri, document: vscode.Uri): string | undefined {
  const folder = posix.relative(posix.dirname(config.path), posix.dirname(document.path));
  return folder === '' || folder.startsWith('..') ? undefined : `${folder}/**`;
}

async function pickReach(glob: string): Promise<'everywhere' | 'folder' | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: 'Everywhere',
        description: 'all files below the configuration file',
        reach: 'everywhere' as const,
      },
      { label: glob, description: 'files of this folder', reach: 'folder' as const },
    ],
    { title: `Ignore in ${configFileName}` },
  );
  return picked?.reach;
}

async function write(
  config: vscode.Uri,
  { rule, glob }: { readonly rule: string; readonly glob: string | undefined },
): Promise<void> {
  const { withRuleOff } = await import('../../language/configEdit');
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(config);
  } catch {
    await vscode.workspace.fs.writeFile(config, Buffer.from(withRuleOff(undefined, rule, glob)));
    return;
  }
  const before = document.getText();
  const edit = editBetween(before, withRuleOff(before, rule, glob));
  if (edit === undefined) return;
  // An open configuration that has other changes keeps them, unsaved, to itself.
  const wasDirty = document.isDirty;
  await vscode.workspace.applyEdit(editOf(document, [edit]));
  if (!wasDirty) await document.save();
}
