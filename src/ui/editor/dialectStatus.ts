import * as vscode from 'vscode';
import type { Dialect } from '../../sql/ast';
import { isSql } from './ours';
import type { SqlFiles } from './sqlFiles';

const names: Readonly<Record<Dialect, string>> = { athena: 'Athena', redshift: 'Redshift' };

/** Beside the language in the status bar: which dialect a SQL document is taken for, and the way to say another. */
export function registerDialectStatus(files: SqlFiles, onDidLint: vscode.Event<void>): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('lakeWorkbench.dialect', { language: 'sql' });
  item.name = 'SQL Dialect';
  item.command = { command: 'lakeWorkbench.setDialect', title: 'Set SQL Dialect…' };
  const show = (): void => {
    const file = vscode.window.activeTextEditor?.document;
    if (file === undefined || !isSql(file)) return;
    const dialect = files.read(file)?.document.dialect;
    item.text = dialect === undefined ? 'Dialect unknown' : names[dialect];
    item.detail = dialect === undefined ? 'not checked by Lake' : 'checked by Lake';
  };
  show();
  return vscode.Disposable.from(item, onDidLint(show), vscode.window.onDidChangeActiveTextEditor(show));
}
