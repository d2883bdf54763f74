import * as vscode from 'vscode';

const scheme = 'lake-theirs';

/** Versions that others wrote, kept as read-only documents to compare with. */
export class TheirVersions implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #own: readonly vscode.Disposable[];

  constructor() {
    this.#own = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  /** Opens their version beside the document that could not be saved. */
  async compare(
    mine: vscode.Uri,
    theirs: { readonly etag: string; readonly bytes: Uint8Array },
  ): Promise<void> {
    // The path stays, so that both sides are coloured alike; the ETag keeps two of their versions apart.
    const uri = vscode.Uri.from({ scheme, authority: mine.authority, path: mine.path, query: theirs.etag });
    this.#texts.set(uri.toString(), Buffer.from(theirs.bytes).toString('utf8'));
    const name = mine.path.slice(mine.path.lastIndexOf('/') + 1);
    await vscode.commands.executeCommand('vscode.diff', uri, mine, `${name}: in S3 ↔ yours, not saved`);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }
}
