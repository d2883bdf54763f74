import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';
import type { Table } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import { protocolVersion, tileRows } from '../../grid/messages';
import { readFromPartitionsPage } from '../../grid/fromPartitionsPage';
import type { FromPartitionsPage, PartitionsView, ToPartitionsPage } from '../../grid/partitionMessages';
import { tileServer, type TileServer } from '../../grid/tileServer';
import { copyRange } from '../../grid/tsv';
import { browserView, sortOf } from '../../partitionBrowser/browserView';
import { rowKnowledge, type Expected, type RowKnowledge } from '../../partitionBrowser/knownOfRows';
import { partitionSession, type BrowserPorts, type PartitionSession } from '../../partitionBrowser/session';
import { pageHtml, pageRoots } from '../results/page';
import { expectedOf } from './expectedFreshness';

/** What a panel is made with. */
export interface PanelParts {
  readonly extension: vscode.Uri;
  readonly ports: BrowserPorts;
  /** Does what a link of the page names, but for what the panel itself does. */
  readonly act: (action: string, panel: PartitionPanel) => void;
  /** Shows where the partition of a row lies. */
  readonly reveal: (row: number, panel: PartitionPanel) => void;
  /** Told when all partitions are here, without a filter. */
  readonly onKnown: (panel: PartitionPanel) => void;
  readonly onFault: (error: unknown) => void;
}

const files = { title: 'Partitions', script: 'partitions.js', styles: ['results.css', 'partitions.css'] };
const changedEveryMs = 100;
/** More text than this does not go to the clipboard (UTF-16 units). */
const copyLimit = 50_000_000;

/** The partitions of one table in an editor. The page may be thrown away when hidden: all it shows is kept here. */
export class PartitionPanel implements vscode.Disposable {
  readonly connection: Connection;
  readonly table: Table;
  readonly session: PartitionSession;
  readonly #parts: PanelParts;
  readonly #panel: vscode.WebviewPanel;
  readonly #id = `partitions-${Date.now()}`;
  #ready = false;
  #tiles: TileServer | undefined;
  #sentEpoch = -1;
  #sentRows = -1;
  readonly #known: RowKnowledge;
  #timer: NodeJS.Timeout | undefined;
  #ended = new AbortController();

  constructor(subject: { readonly connection: Connection; readonly table: Table }, parts: PanelParts) {
    this.connection = subject.connection;
    this.table = subject.table;
    this.#parts = parts;
    const { table } = subject;
    this.#panel = vscode.window.createWebviewPanel(
      'lakeWorkbench.partitions',
      `${table.name} partitions`,
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: pageRoots(parts.extension) },
    );
    this.#known = rowKnowledge(({ busy, loader, filter }) => {
      if (busy === undefined && loader.complete && filter.checked.kind === 'empty') parts.onKnown(this);
    });
    this.session = partitionSession(parts.ports, subject, () => this.#changed());
    this.#panel.webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromPartitionsPage(data);
      if (message !== undefined) this.#receive(message).catch(parts.onFault);
    });
    this.#panel.webview.html = pageHtml(this.#panel.webview, parts.extension, files);
  }

  /** The page has drawn itself at least once. */
  get ready(): boolean {
    return this.#ready;
  }

  onDidDispose(ended: () => void): void {
    this.#panel.onDidDispose(ended);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** What stands on the page above its rows. */
  get view(): PartitionsView {
    const { state } = this.session;
    return browserView(
      state,
      this.#known.of(state, () => ({ now: new Date(), ...this.#expected() })),
    );
  }

  /** Draws what settings or time have changed. */
  redraw(): void {
    this.#known.forget();
    this.#changed();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#ended.abort();
    this.session.cancel();
    this.#panel.dispose();
  }

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send();
    }, changedEveryMs);
  }

  #expected(): Omit<Expected, 'now'> {
    try {
      const expected = expectedOf(this.table);
      return expected === undefined ? {} : { expectedMs: expected.ms };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { expectedProblem: `lakeWorkbench.freshness.expected: ${error.message}` };
    }
  }

  /** Everything that the page has not got yet. */
  #send(): void {
    const { state } = this.session;
    this.#post(this.view);
    if (state.epoch !== this.#sentEpoch) {
      this.#sentEpoch = state.epoch;
      this.#sentRows = state.source.rowCount;
      this.#tiles = tileServer({
        source: state.source,
        epoch: state.epoch,
        send: (tile) => this.#post(tile),
      });
      this.#post({
        kind: 'open',
        version: protocolVersion,
        resultId: `${this.#id}-${state.source.columns.length}`,
        epoch: state.epoch,
        header: { facts: [] },
        columns: state.source.columns,
        rowCount: state.source.rowCount,
        final: state.source.final,
      });
    } else if (state.source.rowCount !== this.#sentRows) {
      this.#sentRows = state.source.rowCount;
      const { rowCount, final } = state.source;
      this.#post({ kind: 'grow', epoch: state.epoch, rowCount, final });
    }
  }

  async #receive(message: FromPartitionsPage): Promise<void> {
    const { session } = this;
    const { source, epoch, filter } = session.state;
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        this.#sentEpoch = -1;
        return this.#send();
      case 'need': {
        this.#tiles?.need(message);
        const last = Math.max(0, ...message.want.map(([row]) => row));
        // The end comes into view: the next page is read before it is missed.
        if (message.epoch === epoch && (last + 1) * tileRows >= source.rowCount) await session.more();
        return;
      }
      case 'ack':
        return this.#tiles?.ack(message);
      case 'cell': {
        if (message.epoch !== epoch) return;
        const { row, column } = message;
        const [found] = source.rows({ from: row, to: row + 1, columnFrom: column, columnTo: column + 1 });
        return this.#post({ kind: 'cell', epoch, row, column, text: found?.[0] ?? null });
      }
      case 'copy':
        if (message.epoch === epoch) await this.#copy(message);
        return;
      case 'filter':
        return session.filter(message.text);
      case 'reload':
        return session.filter(filter.text);
      case 'loadAll':
        return session.all();
      case 'measure':
        return session.planMeasure();
      case 'dismissMeasure':
        return session.dismissMeasure();
      case 'confirmMeasure':
        return session.measure();
      case 'cancel':
        return session.cancel();
      case 'sort': {
        const by = sortOf(message.by);
        if (by !== undefined) session.sort(by);
        return;
      }
      case 'reveal':
        if (message.epoch === epoch) this.#parts.reveal(message.row, this);
        return;
      case 'act':
        if (message.action === 'loadAll') return session.all();
        return this.#parts.act(message.action, this);
      case 'exportCsv':
      case 'openFile':
      case 'copyLocation':
      case 'revealError':
    }
  }

  async #copy({ range, withHeader }: Extract<FromPartitionsPage, { readonly kind: 'copy' }>): Promise<void> {
    const { source } = this.session.state;
    const options = { nullText: '', withHeader, limit: copyLimit };
    try {
      const copied = await copyRange({ source, range, options }, this.#ended.signal);
      if (copied.kind === 'too-large') {
        return this.#post({ kind: 'status', text: 'Too much for the clipboard: copy fewer rows.' });
      }
      await vscode.env.clipboard.writeText(copied.text);
      const rows = `${copied.rows.toLocaleString('en')} ${copied.rows === 1 ? 'row' : 'rows'}`;
      this.#post({ kind: 'status', text: `Copied ${rows}.` });
    } catch (error) {
      if (!isCancel(error)) throw error;
    }
  }

  #post(message: ToPartitionsPage): void {
    // What cannot be delivered is sent again when the page says it is ready.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's method, not the browser's
    void this.#panel.webview.postMessage(message);
  }
}
