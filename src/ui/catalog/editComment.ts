import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';
import { commentFault, commentIn, commentRefusal } from '../../catalog/commentEdit';
import type { Connection } from '../../connection/connection';
import type { NodeSubject } from '../../trees/node';
import { nameIn, subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { withStatus } from '../withCancel';

/**
 * Changes the description of a table or column in Glue: asks for the text unless it is given, and once more before it
 * writes to production. True when it was changed. Glue keeps the definition before it as a version.
 */
export async function editComment(parts: FeatureParts, given: NodeArgument, text?: string): Promise<boolean> {
  const subject = subjectOf(given);
  const { connection } = subject;
  const { table: name, column } = targetOf(subject);
  const title =
    column === undefined ? `${name.database}.${name.name}` : `${name.database}.${name.name}.${column}`;
  if (connection.readOnly) {
    throw new Problem(
      `${connection.name} is read only by lakeWorkbench.connection.readOnly: the description of ${title} was not changed.`,
      'invalid',
    );
  }
  const { catalog, details } = await parts.ports();
  const table = await withStatus('Reading the table…', (signal) => catalog.table(connection, name, signal));
  const refusal = commentRefusal(table, column);
  if (refusal !== undefined) throw refusal;
  const from = commentNow(table, column, title);
  const to = text ?? (await ask(title, from, column));
  if (to === undefined || to === from) return false;
  const fault = commentFault(to, column);
  if (fault !== undefined) throw new Problem(fault, 'invalid');
  if (!(await confirmed(connection, title))) return false;
  await withStatus('Writing the description…', (signal) =>
    details.changeComment(
      connection,
      { table: name, ...(column === undefined ? {} : { column }), from, to },
      signal,
    ),
  );
  const fresh = await withStatus('Reading the table…', (signal) => catalog.table(connection, name, signal));
  parts.workbench.onDescribed(connection, fresh);
  tellVersion(title, given, name);
  return true;
}

/** What is described: a table, or a column of one. */
function targetOf(subject: NodeSubject): { readonly table: TableName; readonly column?: string } {
  if (subject.kind === 'table') return { table: nameIn(subject) };
  if (subject.kind === 'column') {
    return { table: nameIn({ ...subject, kind: 'table' }), column: subject.column };
  }
  throw new Problem('Only tables and columns have a description: choose one in the Catalog view.', 'invalid');
}

function commentNow(table: Table, column: string | undefined, title: string): string {
  const found = commentIn(table, column);
  if (found !== undefined) return found;
  throw new Problem(`There is no ${title} any more: refresh the table in the Catalog view.`, 'missing');
}

async function ask(title: string, from: string, column: string | undefined): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: `Description of ${title}`,
    value: from,
    prompt: 'Kept in Glue; an empty text removes it',
    ignoreFocusOut: true,
    validateInput: (typed) => commentFault(typed, column),
  });
  return answer?.trim();
}

async function confirmed(connection: Connection, title: string): Promise<boolean> {
  if (!connection.production) return true;
  const button = 'Change Description';
  const detail = `${connection.name} is production. The definition before it stays as a version.`;
  const answer = await vscode.window.showWarningMessage(
    `Change the description of ${title} in Glue?`,
    { modal: true, detail },
    button,
  );
  return answer === button;
}

/** Said without waiting for an answer: the change is done. */
function tellVersion(title: string, given: NodeArgument, { catalog, database, name }: TableName): void {
  const show = 'Show Versions';
  const { connection } = subjectOf(given);
  const table = {
    kind: 'table',
    connection,
    ...(catalog === undefined ? {} : { catalog }),
    database,
    table: name,
  };
  void vscode.window
    .showInformationMessage(`The description of ${title} was changed; the version before it is kept.`, show)
    .then((answer) => {
      if (answer === show) void vscode.commands.executeCommand('lakeWorkbench.showTableVersions', table);
    });
}
