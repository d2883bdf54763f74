import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { dialectLine } from '../../language/dialectLine';
import type { Dialect } from '../../sql/ast';
import { editOf } from '../editor/places';

/** Pins the dialect of the active SQL document in its first line; asks which when none is given. */
export async function setDialect(given?: Dialect): Promise<void> {
  const file = vscode.window.activeTextEditor?.document;
  if (file?.languageId !== 'sql')
    throw new Problem('The active editor holds no SQL: open a SQL file first.', 'invalid');
  const dialect = given ?? (await pick());
  if (dialect === undefined) return;
  await vscode.workspace.applyEdit(editOf(file, [dialectLine(file.getText(), dialect)]));
}

async function pick(): Promise<Dialect | undefined> {
  const choices = [
    { label: 'Athena', description: 'Trino queries and Hive DDL', dialect: 'athena' as const },
    { label: 'Redshift', description: 'Amazon Redshift', dialect: 'redshift' as const },
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title: 'SQL Dialect',
    placeHolder: 'Written into the first line of the file',
  });
  return picked?.dialect;
}
