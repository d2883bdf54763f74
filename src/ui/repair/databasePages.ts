import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { connectionKey, type Connection } from '../../connection/connection';
import { databaseLetter, type DatabaseRepair } from '../../partitions/databaseLetter';
import { differs } from '../../partitions/databaseRepair';
import { LensDocuments, type Lens } from '../pages/lensDocuments';

const scheme = 'lake-repair-database';

/** What the document of a database's repair shows. */
export interface DatabasePage {
  readonly connection: Connection;
  readonly repair: DatabaseRepair;
}

/** The repairs of databases as read-only Markdown documents, with lenses at each table too. */
export type DatabasePages = LensDocuments<DatabasePage>;

/** Registers the documents of the repairs of databases. */
export function databasePages(): DatabasePages {
  return new LensDocuments<DatabasePage>({ scheme, address: uriOf, text: textOf, lenses: lensesOf });
}

/** One document a database and connection. */
function uriOf({ connection, repair }: DatabasePage): vscode.Uri {
  const path = `/Repair ${repair.database}.md`;
  return vscode.Uri.from({ scheme, path, query: connectionKey(connection) });
}

function textOf(uri: vscode.Uri, page: DatabasePage | undefined): string {
  // A window that is opened again shows its documents, and the plans of the one before are old.
  return page === undefined
    ? `# Repair ${databaseIn(uri)}\n\nThis was made before the window was opened again: plan again.\n`
    : databaseLetter(page.repair);
}

function lensesOf(document: vscode.TextDocument, page: DatabasePage | undefined): readonly Lens[] {
  const { uri } = document;
  const address = uri.toString();
  const lens = (line: number, title: string, command: string, argument: unknown): Lens => ({
    title,
    command,
    arguments: [argument],
    line,
  });
  const again = lens(0, 'Plan again', 'lakeWorkbench.repairDatabase', {
    database: databaseIn(uri),
    ...(page === undefined ? {} : { connection: page.connection }),
  });
  if (page === undefined) return [again];
  const { connection, repair } = page;
  const adding = repair.outcomes.flatMap(({ toDo }) => (toDo === undefined ? [] : [toDo.create.length]));
  const count = adding.reduce((sum, each) => sum + each, 0);
  const tables = adding.filter((each) => each > 0).length;
  const undoable = repair.outcomes.filter(({ result }) => result?.journal !== undefined);
  const atTables = repair.outcomes.flatMap((one) => {
    const { result, table } = one;
    const line = lineOf(document, table.name);
    if (line === undefined) return [];
    const target = { connection, database: table.database, table: table.name };
    const title = result === undefined && differs(one) ? 'Look at its plan…' : 'Plan it again';
    return [lens(line, title, 'lakeWorkbench.repairPartitions', target)];
  });
  return [
    ...(count === 0
      ? []
      : [
          lens(
            0,
            `Add ${formatCount(count)} in ${formatCount(tables)} table${tables === 1 ? '' : 's'}`,
            'lakeWorkbench.applyDatabaseRepair',
            address,
          ),
        ]),
    ...(undoable.length === 0 ? [] : [lens(0, 'Undo all', 'lakeWorkbench.undoDatabaseRepair', address)]),
    again,
    ...atTables,
  ];
}

/** Where a letter tells of a table: at its heading, or in a list. */
function lineOf(document: vscode.TextDocument, table: string): number | undefined {
  for (let line = 0; line < document.lineCount; line += 1) {
    const { text } = document.lineAt(line);
    if (text === `## ${table}` || text.startsWith(`- ${table}: `)) return line;
  }
  return undefined;
}

function databaseIn(uri: vscode.Uri): string {
  return /^\/Repair (.+)\.md$/.exec(uri.path)?.[1] ?? '';
}
