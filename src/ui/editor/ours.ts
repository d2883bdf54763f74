import * as vscode from 'vscode';
import { mayHoldData } from '../../documents/dataKind';
import { sqlCell } from './cells';
import { isAslName, mayHoldPython, nameKind } from '../../documents/kind';

/** Pages that are shown beside what somebody works on: the old side of a comparison, and pages of ours. */
const shown: ReadonlySet<string> = new Set([
  'git',
  'lake-ddl',
  'lake-lifecycle-now',
  'lake-rule',
  'lake-theirs',
  'output',
  'vscode-settings',
]);

/** Whether a document is of a kind that may be checked, by its language and name alone. */
export function isOfOurKind(file: vscode.TextDocument): boolean {
  return isSql(file) || (!shown.has(file.uri.scheme) && nameKind(pathOf(file)) !== undefined);
}

/** Whether a document may hold something that is checked: by its language, its name, and one look at its text. */
export function isOurs(file: vscode.TextDocument): boolean {
  if (isSql(file)) return true;
  if (shown.has(file.uri.scheme)) return false;
  const path = pathOf(file);
  switch (nameKind(path)) {
    case 'sql': // by its name, but shown as something else: the user said so
      return false;
    case 'json':
      return isAslName(path) || mayHoldData(file.getText(), 'json');
    case 'yaml':
      return isAslName(path) || mayHoldData(file.getText(), 'yaml');
    case 'python':
      return mayHoldPython(file.getText());
    case 'notebook': // its cells are documents of their own
    case undefined:
      return false;
  }
}

/** A SQL document that somebody works on, or a notebook's cell that says it is SQL. */
export function isSql(file: vscode.TextDocument): boolean {
  if (shown.has(file.uri.scheme)) return false;
  return file.languageId === 'sql' || sqlCell(file) !== undefined;
}

/** The name that says how a document is written; a notebook's cell and an unsaved document have none of their own. */
export function pathOf({ uri, languageId }: vscode.TextDocument): string {
  if (uri.scheme !== 'untitled' && uri.scheme !== 'vscode-notebook-cell') return uri.path;
  const extension = extensions[languageId];
  return extension === undefined ? uri.path : `${uri.path}${extension}`;
}

const extensions: Readonly<Record<string, string>> = {
  sql: '.sql',
  json: '.json',
  jsonc: '.json',
  yaml: '.yaml',
  python: '.py',
};

/** Calls once, after the current turn, as soon as a document of ours is open. */
export function onFileOfOurs(call: () => void): vscode.Disposable {
  const stop = (): void => {
    opened.dispose();
    clearImmediate(first);
  };
  const look = (file: vscode.TextDocument): void => {
    if (!isOurs(file)) return;
    stop();
    call();
  };
  const opened = vscode.workspace.onDidOpenTextDocument(look);
  const first = setImmediate(() => {
    const found = vscode.workspace.textDocuments.find(isOurs);
    if (found !== undefined) look(found);
  });
  return { dispose: stop };
}
