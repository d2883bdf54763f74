import * as vscode from 'vscode';
import { readFromView } from '../../grid/fromView';
import {
  protocolVersion,
  type CopyRequest,
  type Failed,
  type FromView,
  type HeaderInfo,
  type Running,
  type ToView,
} from '../../grid/messages';
import { tileServer, type TileServer } from '../../grid/tileServer';
import { copyRange } from '../../grid/tsv';
import type { ResultRows } from '../../query/resultRows';
import { isCancel } from '../../base/problem';
import { pageHtml, pageRoots } from './page';

/** A result as it is shown. */
export interface ShownResult {
  readonly kind: 'open';
  /** The same for the same result. */
  readonly id: string;
  readonly rows: ResultRows;
  readonly header: HeaderInfo;
}

/** What stands in the panel. */
export type Screen =
  | { readonly kind: 'idle' }
  /** `startedAt` in ms since 1970: a view that comes back later counts on from it. */
  | {
      readonly kind: 'running';
      readonly running: Omit<Running, 'kind' | 'elapsedMs'>;
      readonly startedAt: number;
    }
  | Failed
  | ShownResult;

/** What the page's buttons and links do. */
export interface PageActions {
  readonly cancel: () => void;
  readonly exportCsv: () => void;
  readonly openFile: () => void;
  readonly copyLocation: () => void;
  readonly revealError: () => void;
}

/** More text than this does not go to the clipboard (UTF-16 units). */
const copyLimit = 50_000_000;
const growEveryMs = 100;

/** The results panel. The page may be thrown away when hidden: all it shows is kept here. */
export class ResultsView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #actions: PageActions;
  #page: vscode.WebviewView | undefined;
  #screen: Screen = { kind: 'idle' };
  #epoch = 0;
  #tiles: TileServer | undefined;
  #stopGrowing: (() => void) | undefined;
  #growTimer: NodeJS.Timeout | undefined;
  #copying = new AbortController();

  constructor(extension: vscode.Uri, actions: PageActions) {
    this.#extension = extension;
    this.#actions = actions;
  }

  /** What stands in the panel now. */
  get screen(): Screen {
    return this.#screen;
  }

  resolveWebviewView(page: vscode.WebviewView): void {
    this.#page = page;
    page.webview.options = { enableScripts: true, localResourceRoots: pageRoots(this.#extension) };
    page.webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromView(data);
      if (message !== undefined) this.#receive(message);
    });
    page.onDidDispose(() => {
      if (this.#page === page) this.#page = undefined;
      this.#tiles = undefined;
    });
    page.webview.html = pageHtml(page.webview, this.#extension);
  }

  /** Exchanges what stands in the panel; does not open it. */
  show(screen: Screen): void {
    this.#follow(undefined);
    this.#screen = screen;
    this.#epoch += 1;
    if (screen.kind === 'open') this.#follow(screen);
    this.#send();
  }

  /** Exchanges the line above the rows that are shown. */
  showHeader(header: HeaderInfo): void {
    if (this.#screen.kind !== 'open') return;
    this.#screen = { ...this.#screen, header };
    this.#post({ kind: 'header', header });
  }

  dispose(): void {
    this.#follow(undefined);
    this.#copying.abort();
  }

  #follow(result: ShownResult | undefined): void {
    this.#stopGrowing?.();
    clearTimeout(this.#growTimer);
    this.#growTimer = undefined;
    this.#stopGrowing = result?.rows.onGrow(() => {
      // At the end at once, else at most ten times a second: the rows come faster than anybody reads.
      if (result.rows.final) this.#grow(result);
      else this.#growTimer ??= setTimeout(() => this.#grow(result), growEveryMs);
    });
  }

  #grow({ rows }: ShownResult): void {
    clearTimeout(this.#growTimer);
    this.#growTimer = undefined;
    this.#post({ kind: 'grow', epoch: this.#epoch, rowCount: rows.rowCount, final: rows.final });
  }

  #receive(message: FromView): void {
    switch (message.kind) {
      case 'ready':
        if (message.version === protocolVersion) this.#send();
        else if (this.#page !== undefined) {
          // The page is from before an update of the extension.
          this.#page.webview.html = pageHtml(this.#page.webview, this.#extension);
        }
        return;
      case 'need':
        return this.#tiles?.need(message);
      case 'ack':
        return this.#tiles?.ack(message);
      case 'cell':
        return this.#cell(message);
      case 'copy':
        return void this.#copy(message);
      case 'exportCsv':
      case 'openFile':
      case 'copyLocation':
      case 'cancel':
      case 'revealError':
        return this.#actions[message.kind]();
    }
  }

  #cell({
    epoch,
    row,
    column,
  }: {
    readonly epoch: number;
    readonly row: number;
    readonly column: number;
  }): void {
    if (this.#screen.kind !== 'open' || epoch !== this.#epoch) return;
    const found = this.#screen.rows.rows({
      from: row,
      to: row + 1,
      columnFrom: column,
      columnTo: column + 1,
    });
    this.#post({ kind: 'cell', epoch, row, column, text: found[0]?.[0] ?? null });
  }

  async #copy({ epoch, range, withHeader }: CopyRequest): Promise<void> {
    if (this.#screen.kind !== 'open' || epoch !== this.#epoch) return;
    const source = this.#screen.rows;
    this.#copying.abort(); // a second copy replaces the first
    this.#copying = new AbortController();
    try {
      const options = { nullText: '', withHeader, limit: copyLimit };
      const copied = await copyRange({ source, range, options }, this.#copying.signal);
      if (copied.kind === 'too-large') {
        this.#post({ kind: 'status', text: 'Too much for the clipboard: export it to CSV.' });
        return;
      }
      await vscode.env.clipboard.writeText(copied.text);
      const rows = `${copied.rows.toLocaleString('en')} ${copied.rows === 1 ? 'row' : 'rows'}`;
      this.#post({ kind: 'status', text: `Copied ${rows}.` });
    } catch (error) {
      if (!isCancel(error)) this.#post({ kind: 'status', text: 'The clipboard did not take it: try again.' });
    }
  }

  /** Everything the page needs to show the current screen from nothing. */
  #send(): void {
    const screen = this.#screen;
    this.#tiles = undefined;
    switch (screen.kind) {
      case 'idle':
      case 'error':
        return this.#post(screen);
      case 'running':
        return this.#post({ kind: 'running', ...screen.running, elapsedMs: Date.now() - screen.startedAt });
      case 'open': {
        const { rows, header, id } = screen;
        const epoch = this.#epoch;
        this.#tiles = tileServer({ source: rows, epoch, send: (tile) => this.#post(tile) });
        return this.#post({
          kind: 'open',
          version: protocolVersion,
          resultId: id,
          epoch,
          header,
          columns: rows.columns,
          rowCount: rows.rowCount,
          final: rows.final,
        });
      }
    }
  }

  #post(message: ToView): void {
    // What cannot be delivered is sent again when the page says it is ready.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's method, not the browser's
    void this.#page?.webview.postMessage(message);
  }
}
