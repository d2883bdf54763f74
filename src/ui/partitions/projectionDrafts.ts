import * as vscode from 'vscode';
import type { Table } from '../../catalog/catalog';
import { projectionTextFaults } from '../../language/projectionText';
import { rangeOf } from '../editor/places';

/** Documents in which a projection is written: their faults are shown while somebody types. */
export class ProjectionDrafts implements vscode.Disposable {
  readonly #tables = new Map<string, Table>();
  readonly #shown = vscode.languages.createDiagnosticCollection('lake-projection');
  readonly #own: vscode.Disposable[];

  constructor() {
    this.#own = [
      this.#shown,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#tables.delete(uri.toString());
        this.#shown.delete(uri);
      }),
    ];
  }

  /** Opens a draft about a table in a new editor; nothing of it runs by itself. */
  async open(table: Table, content: string): Promise<vscode.Uri> {
    const file = await vscode.workspace.openTextDocument({ language: 'sql', content });
    this.#tables.set(file.uri.toString(), table);
    this.#check(file);
    await vscode.window.showTextDocument(file);
    return file.uri;
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  #check(file: vscode.TextDocument): void {
    const table = this.#tables.get(file.uri.toString());
    if (table === undefined) return;
    this.#shown.set(
      file.uri,
      projectionTextFaults(file.getText(), table).map(({ span, message }) => {
        const found = new vscode.Diagnostic(rangeOf(file, span), message, vscode.DiagnosticSeverity.Error);
        found.source = 'Lake';
        return found;
      }),
    );
  }
}
