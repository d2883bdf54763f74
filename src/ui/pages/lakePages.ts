import * as vscode from 'vscode';
import { connectionKey, type Connection } from '../../connection/connection';
import type { NodeSubject } from '../../trees/node';
import { ShownTables } from './shownTables';

const scheme = 'lake-page';

/** Of those that were shown last. */
const mostPages = 30;

/** What a page is about, and what it says. */
export interface LakePage {
  readonly connection: Connection;
  /** The table that the page describes: commands on it act on that. */
  readonly table?: Extract<NodeSubject, { kind: 'table' }>;
  /** `bucket/key.preview`, `database/table.md`: its last part is shown on the tab. */
  readonly path: string;
  readonly text: string;
}

/** Pages about objects and tables as read-only documents: Markdown where the path says so, else plain text. */
export class LakePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #pages = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #own: vscode.Disposable[];
  /** Which table's page is looked at. */
  readonly tables = new ShownTables();

  constructor() {
    this.#own = [
      this.#changed,
      this.tables,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    ];
  }

  /** Opens a page, or shows its new text where it is open already; returns its address. */
  async show(page: LakePage): Promise<vscode.Uri> {
    const { path, table } = page;
    const uri = this.keep(page);
    if (table !== undefined) this.tables.note(path, table);
    const file = await vscode.workspace.openTextDocument(uri);
    if (path.endsWith('.md')) {
      try {
        await vscode.commands.executeCommand('markdown.showPreview', uri);
        return uri;
      } catch {
        // The Markdown extension may be switched off: its text can be read as well.
      }
    }
    await vscode.window.showTextDocument(file, { preview: true });
    return uri;
  }

  /** Makes a page known without opening it: for a comparison of two. */
  keep({ connection, path, text }: LakePage): vscode.Uri {
    // The connection is in it, since two accounts may have tables and keys of one name.
    const uri = vscode.Uri.from({ scheme, path: `/${path}`, query: connectionKey(connection) });
    const key = uri.toString();
    this.#pages.delete(key);
    this.#pages.set(key, text);
    // Not let go when its document closes: a Markdown preview reads it again then.
    for (const oldest of [...this.#pages.keys()].slice(0, -mostPages)) this.#pages.delete(oldest);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // A window that was opened again has the document, not what was read for it.
    return this.#pages.get(uri.toString()) ?? 'Open this page again from the Lake views.\n';
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }
}
