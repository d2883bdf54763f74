import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { connectionKey, type Connection } from '../../connection/connection';
import { databaseLetter, type DatabaseRepair } from '../../partitions/databaseLetter';
import { differs } from '../../partitions/databaseRepair';

const scheme = 'lake-repair-database';

/** What the document of a database's repair shows. */
export interface DatabasePage {
  readonly connection: Connection;
  readonly repair: DatabaseRepair;
}

/** The repairs of databases as read-only Markdown documents, with what can be done as lenses on top and at each table. */
export class DatabasePages
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #pages = new Map<string, DatabasePage>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #own: vscode.Disposable[];

  constructor() {
    this.#own = [
      this.#changed,
      this.#lensesChanged,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#pages.delete(uri.toString())),
    ];
  }

  /** Shows a page in the database's document, which is opened or brought to the front; returns its address. */
  async show(page: DatabasePage): Promise<vscode.Uri> {
    const { connection, repair } = page;
    const path = `/Repair ${repair.database}.md`;
    const uri = vscode.Uri.from({ scheme, path, query: connectionKey(connection) });
    this.#pages.set(uri.toString(), page);
    this.#changed.fire(uri);
    this.#lensesChanged.fire();
    const file = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(file, { preview: false });
    return uri;
  }

  /** The page at an address, of the active editor without one. */
  page(address?: string): DatabasePage | undefined {
    const uri =
      address === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(address);
    return uri === undefined ? undefined : this.#pages.get(uri.toString());
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const page = this.#pages.get(uri.toString());
    // A window that is opened again shows its documents, and the plans of the one before are old.
    return page === undefined
      ? `# Repair ${databaseIn(uri)}\n\nThis was made before the window was opened again: plan again.\n`
      : databaseLetter(page.repair);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { uri } = document;
    const address = uri.toString();
    const page = this.#pages.get(address);
    const lens = (line: number, title: string, command: string, argument: unknown): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [argument] });
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

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }
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
