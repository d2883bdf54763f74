import * as vscode from 'vscode';

/** What one kind of document is made of. */
export interface LensDocumentKind<Page> {
  readonly scheme: string;
  /** Its address: one document for all pages about the same thing. */
  readonly address: (page: Page) => vscode.Uri;
  /** Its text; without a page where a window was opened again and what it knew is gone. */
  readonly text: (uri: vscode.Uri, page: Page | undefined) => string;
  /** What can be done about it, each as a lens on a line. */
  readonly lenses: (document: vscode.TextDocument, page: Page | undefined) => readonly Lens[];
}

/** A command above a line, counted from 0; the first line unless told. */
export interface Lens {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
  readonly line?: number;
}

/** Plans and results as read-only documents that are shown anew in place, with what can be done about them as lenses. */
export class LensDocuments<Page>
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #kind: LensDocumentKind<Page>;
  readonly #pages = new Map<string, Page>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #own: readonly vscode.Disposable[];

  constructor(kind: LensDocumentKind<Page>) {
    this.#kind = kind;
    const { scheme } = kind;
    this.#own = [
      this.#changed,
      this.#lensesChanged,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#pages.delete(uri.toString())),
    ];
  }

  /** Shows a page in its document, which is opened or brought to the front; returns its address. */
  async show(page: Page): Promise<vscode.Uri> {
    const uri = this.#kind.address(page);
    this.set(uri, page);
    const file = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(file, { preview: false });
    return uri;
  }

  /** Puts another page into a document, without bringing it to the front. */
  set(uri: vscode.Uri, page: Page): void {
    this.#pages.set(uri.toString(), page);
    this.#changed.fire(uri);
    this.#lensesChanged.fire();
  }

  /** The page at an address, of the active editor without one. */
  page(address?: string): { readonly uri: vscode.Uri; readonly page: Page } | undefined {
    const uri =
      address === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(address);
    const page = uri === undefined ? undefined : this.#pages.get(uri.toString());
    return uri === undefined || page === undefined ? undefined : { uri, page };
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#kind.text(uri, this.#pages.get(uri.toString()));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const page = this.#pages.get(document.uri.toString());
    return this.#kind.lenses(document, page).map(({ title, command, arguments: given, line = 0 }) => {
      const range = new vscode.Range(line, 0, line, 0);
      return new vscode.CodeLens(range, { title, command, arguments: [...given] });
    });
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }
}
