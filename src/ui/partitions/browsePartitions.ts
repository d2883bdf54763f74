import * as vscode from 'vscode';
import { newestDataEnd } from '../../catalog/dateGaps';
import { connectionKey } from '../../connection/connection';
import type { NodeSubject } from '../../trees/node';
import { hiveNull } from '../../zones/partitionPrefix';
import type { FeatureParts } from '../featureParts';
import { tell } from '../guard';
import { withStatus } from '../withCancel';
import { PartitionPanel } from './partitionPanel';
import {
  notPartitioned,
  partitionTarget,
  type PartitionArgument,
  type PartitionTarget,
} from './partitionTarget';

/** What is done at once when partitions are browsed by a command; each stands for a press of its button. */
export interface BrowseWish {
  readonly filter?: string;
  readonly loadAll?: boolean;
  /** Lists S3 without asking. */
  readonly measure?: boolean;
  readonly sort?: 'keys' | 'bytes' | 'files' | 'state';
}

/** What stands in the browser, as plain data. */
export interface BrowserSummary {
  readonly facts: readonly string[];
  readonly findings: readonly string[];
  readonly filterError?: string;
  /** The page has drawn itself at least once. */
  readonly pageReady: boolean;
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The first hundred. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The panels that are open, one a table and connection. */
export class PartitionPanels implements vscode.Disposable {
  readonly #open = new Map<string, PartitionPanel>();
  readonly #parts: FeatureParts;
  readonly #extension: vscode.Uri;
  readonly #own: vscode.Disposable;
  /** Told how far a table's data reaches, once that is known. */
  readonly #onDataEnd: (target: PartitionTarget, dataEnd: Date | undefined) => void;

  constructor(
    parts: FeatureParts,
    on: {
      readonly extension: vscode.Uri;
      readonly dataEnd: (target: PartitionTarget, dataEnd: Date | undefined) => void;
    },
  ) {
    this.#parts = parts;
    this.#extension = on.extension;
    this.#onDataEnd = on.dataEnd;
    this.#own = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('lakeWorkbench.freshness')) return;
      for (const panel of this.#open.values()) panel.redraw();
    });
  }

  /** Opens or shows the browser of a table; undefined when none was chosen. */
  async browse(given?: PartitionArgument, wish: BrowseWish = {}): Promise<BrowserSummary | undefined> {
    const target = await partitionTarget(given, this.#parts, 'Browse Partitions');
    if (target === undefined) return undefined;
    const panel = await this.#panelOf(target, wish);
    const { session } = panel;
    if (wish.filter !== undefined) await session.filter(wish.filter);
    if (wish.loadAll === true) await session.all();
    if (wish.measure === true) {
      await session.planMeasure();
      await session.measure();
    }
    if (wish.sort !== undefined) session.sort(wish.sort);
    return summaryOf(panel);
  }

  dispose(): void {
    this.#own.dispose();
    for (const panel of this.#open.values()) panel.dispose();
  }

  async #panelOf({ connection, table: name }: PartitionTarget, wish: BrowseWish): Promise<PartitionPanel> {
    const key = JSON.stringify([connectionKey(connection), name.database, name.name]);
    const known = this.#open.get(key);
    if (known !== undefined) {
      known.reveal();
      return known;
    }
    const ports = await this.#parts.ports();
    const table = await withStatus('Reading the table…', (signal) =>
      ports.catalog.table(connection, name, signal),
    );
    if (table.partitionKeys.length === 0) throw notPartitioned(name);
    // Asked for twice in a row: the first one has opened it meanwhile.
    const opened = this.#open.get(key);
    if (opened !== undefined) return opened;
    const panel = new PartitionPanel(
      { connection, table },
      {
        extension: this.#extension,
        ports,
        act: (action, from) => this.#act(action, from),
        reveal: (row, from) => this.#reveal(row, from),
        onKnown: ({ session }) => {
          const { rows } = session.state.loader;
          this.#onDataEnd({ connection, table: name }, newestDataEnd(rows.keys, rows.allValues()));
        },
        onFault: (error) => tell(error, this.#parts.log),
      },
    );
    this.#open.set(key, panel);
    panel.onDidDispose(() => {
      this.#open.delete(key);
      panel.dispose();
    });
    if (wish.filter === undefined) await panel.session.filter('');
    return panel;
  }

  #reveal(row: number, { connection, table, session }: PartitionPanel): void {
    const keys = table.partitionKeys.length;
    const { source } = session.state;
    const [texts = []] = source.rows({
      from: row,
      to: row + 1,
      columnFrom: 0,
      columnTo: source.columns.length,
    });
    // Behind the keys, one of which may be called so.
    const location =
      texts[source.columns.findIndex(({ name }, at) => at >= keys && name === 'location')] ?? '';
    const subject = {
      kind: 'partition',
      connection,
      database: table.database,
      table: table.name,
      values: texts.slice(0, keys).map((text) => text ?? hiveNull),
      ...(location === '' ? {} : { location }),
    } satisfies NodeSubject;
    vscode.commands
      .executeCommand('lakeWorkbench.revealLocation', subject)
      .then(undefined, (error: unknown) => tell(error, this.#parts.log));
  }

  #act(action: string, { connection, table, session }: PartitionPanel): void {
    const target = { connection, database: table.database, table: table.name };
    const run = (command: string, ...more: readonly unknown[]): void => {
      vscode.commands
        .executeCommand(command, target, ...more)
        .then(undefined, (error: unknown) => tell(error, this.#parts.log));
    };
    switch (action) {
      case 'repair':
        return run('lakeWorkbench.repairPartitions');
      case 'setFreshness':
        return run('lakeWorkbench.setFreshness');
      case 'checkProjection':
        return run('lakeWorkbench.checkProjection');
      case 'authorProjection':
        return run('lakeWorkbench.authorProjection');
      case 'listIndexes':
        return run('lakeWorkbench.listPartitionIndexes');
      case 'createIndex': {
        const { checked } = session.state.filter;
        const keys = checked.kind === 'valid' ? [...new Set(checked.terms.map(({ key }) => key))] : [];
        return run('lakeWorkbench.createPartitionIndex', { proposed: keys });
      }
      default:
    }
  }
}

function summaryOf({ view, session, ready }: PartitionPanel): BrowserSummary {
  const { source } = session.state;
  return {
    facts: view.facts,
    findings: view.findings.map(({ sentence }) => sentence),
    ...(view.filter.error === undefined ? {} : { filterError: view.filter.error }),
    pageReady: ready,
    columns: source.columns.map(({ name }) => name),
    rowCount: source.rowCount,
    rows: source.rows({ from: 0, to: 100, columnFrom: 0, columnTo: source.columns.length }),
  };
}
