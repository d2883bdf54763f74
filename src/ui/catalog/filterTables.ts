import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { databaseNodeId } from '../../trees/catalogNodes';
import { catalogNodeId } from '../../trees/catalogTree';
import type { NodeSubject } from '../../trees/node';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';

/**
 * Lists only the tables of a database that are named so, filtered where they are listed; asks for the name unless it is
 * given. An empty text lists all again. Returns the filter, `undefined` when the question was closed.
 */
export async function filterTables(
  parts: FeatureParts,
  given: NodeArgument,
  text?: string,
): Promise<string | undefined> {
  const subject = subjectOf(given);
  if (subject.kind !== 'database') {
    throw new Problem(
      'Only the tables of a database are filtered by name: choose one in the Catalog view.',
      'invalid',
    );
  }
  const { catalogShown: shown } = parts.workbench;
  const { tree, view } = parts.views.catalog;
  const id = 'id' in given ? given.id : idOf(subject);
  const wanted = text ?? (await ask(subject.database, shown.filterOf(id)));
  if (wanted === undefined) return undefined;
  shown.filter(id, wanted);
  tree.refreshWhere((node) => node.id === id);
  // A filter is set to see what it leaves.
  const [selected] = view.selection;
  if (selected?.id === id) await view.reveal(selected, { expand: true });
  return wanted;
}

function idOf({ connection, catalog, database }: Extract<NodeSubject, { kind: 'database' }>): string {
  const place = catalog === undefined ? { connection } : { connection, catalog };
  return databaseNodeId(catalogNodeId(place), database);
}

async function ask(database: string, before: string | undefined): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    title: `Tables of ${database}`,
    value: before ?? '',
    prompt: 'A part of the name, or all of it with * for anything; empty lists all tables',
    placeHolder: 'transactions',
  });
}
