import * as vscode from 'vscode';
import type { Span } from '../../base/text';
import { rangeOf } from '../editor/places';

/** The document a statement came from, and where it began there. */
export interface Origin {
  readonly uri: vscode.Uri;
  readonly offset: number;
  /** Of the document when the statement was sent: later offsets may mean something else. */
  readonly version: number;
}

/** Where a statement failed, as a diagnostic in its editor; gone when the text is changed or run again. */
export class RunErrors implements vscode.Disposable {
  readonly #shown = vscode.languages.createDiagnosticCollection('lake-run');
  readonly #watch: vscode.Disposable;
  #place: { readonly uri: vscode.Uri; readonly range: vscode.Range } | undefined;

  constructor() {
    this.#watch = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.uri.toString() === this.#place?.uri.toString()) this.clear();
    });
  }

  /** Shows an error where the engine saw it (offsets are the statement's); returns the place in words. */
  show(
    origin: Origin,
    { message, span }: { readonly message: string; readonly span?: Span },
  ): string | undefined {
    const file = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === origin.uri.toString());
    if (span === undefined || file === undefined || file.version !== origin.version) return undefined;
    const range = rangeOf(file, { start: span.start + origin.offset, end: span.end + origin.offset });
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'Athena';
    this.#shown.set(file.uri, [diagnostic]);
    this.#place = { uri: file.uri, range };
    return `line ${range.start.line + 1}, column ${range.start.character + 1}`;
  }

  /** Puts the cursor where the error is. */
  async reveal(): Promise<void> {
    if (this.#place === undefined) return;
    await vscode.window.showTextDocument(this.#place.uri, { selection: this.#place.range });
  }

  clear(): void {
    this.#place = undefined;
    this.#shown.clear();
  }

  dispose(): void {
    this.#watch.dispose();
    this.#shown.dispose();
  }
}
