import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { formatBytes, formatCount, formatDuration, formatUsd } from '../../base/format';
import { isCancel, Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { HeaderInfo } from '../../grid/messages';
import { runCost } from '../../query/cost';
import { queryError } from '../../query/errorPlace';
import type { LakePorts } from '../../query/lakePorts';
import type { QueryStart, QueryStatus } from '../../query/queryEngine';
import { openResult } from '../../query/resultRows';
import { runStatement, type RunEnd } from '../../query/run';
import { RunErrors, type Origin } from './runErrors';
import { RunItem, stateWord } from './runItem';
import type { ResultsView } from './resultsView';
import type { Savable } from './saveResult';

/** A statement on its way to the engine. */
export interface Launch {
  readonly ports: LakePorts;
  readonly connection: Connection;
  readonly start: Omit<QueryStart, 'token'>;
  readonly origin: Origin;
}

/** What came of the last run, for commands and for those who call the run command themselves. */
export interface Outcome {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly queryId: string;
  readonly bytesScanned?: number;
  readonly usd?: number;
  readonly reason?: string;
  /** The rows that the panel shows. */
  readonly result?: Savable & { readonly location?: string };
}

/** Runs one statement at a time and shows it: in the status bar, in the panel, and where it failed in the editor. */
export class Queries implements vscode.Disposable {
  readonly #view: ResultsView;
  readonly #item = new RunItem();
  readonly #errors = new RunErrors();
  #running: AbortController | undefined;
  #reading = new AbortController();
  #last: Outcome | undefined;

  constructor(view: ResultsView) {
    this.#view = view;
  }

  /** What came of the run before; `undefined` before the first one and while one runs. */
  get last(): Outcome | undefined {
    return this.#last;
  }

  /** True from the start of a statement to its end on the server. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** What the status bar says of the running statement. */
  get statusText(): string {
    return this.#item.text;
  }

  /** Stops the running statement on the server; nothing when none runs. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Shows where the last statement failed, in its editor. */
  async revealError(): Promise<void> {
    await this.#errors.reveal();
  }

  /** Runs a statement to its end and shows what came of it; its failure is an outcome, not thrown. */
  async run(launch: Launch): Promise<Outcome> {
    if (this.#running !== undefined) {
      throw new Problem('Another statement is still running: cancel it, or wait for its end.', 'invalid');
    }
    const running = new AbortController();
    this.#begin(running);
    const startedAt = Date.now();
    const show = (state: QueryStatus['state'] | 'cancelling', bytesScanned?: number): void => {
      const bytes = bytesScanned === undefined ? {} : { bytesScanned };
      this.#item.show({ state, startedAt, ...bytes });
      const detail = bytesScanned === undefined ? {} : { detail: `${formatBytes(bytesScanned)} scanned` };
      const word = { state: stateWord(state), cancellable: state !== 'cancelling' };
      this.#view.show({ kind: 'running', startedAt, running: { ...word, ...detail } });
    };
    let bytes: number | undefined;
    running.signal.addEventListener('abort', () => show('cancelling', bytes));
    show('queued');
    try {
      const start = { ...launch.start, token: randomUUID() };
      const onStatus = ({ state, bytesScanned }: QueryStatus): void => {
        bytes = bytesScanned === 0 ? undefined : bytesScanned; // not told yet, rather than nothing read
        if (!running.signal.aborted) show(state, bytes);
      };
      const { ports, connection } = launch;
      const end = await runStatement({ engine: ports.engine, connection }, start, {
        signal: running.signal,
        onStatus,
      });
      this.#last = await this.#finish(launch, { ...end, startedAt });
      return this.#last;
    } catch (error) {
      this.#view.show({
        kind: 'error',
        message: isCancel(error) ? 'Cancelled before it started.' : textOf(error),
      });
      throw error;
    } finally {
      this.#end();
    }
  }

  dispose(): void {
    this.#running?.abort();
    this.#reading.abort();
    this.#item.dispose();
    this.#errors.dispose();
  }

  #begin(running: AbortController): void {
    this.#running = running;
    this.#last = undefined;
    this.#reading.abort(); // what is left of the result before
    this.#reading = new AbortController();
    this.#errors.clear();
    setContext('queryRunning', true);
    setContext('hasResult', false);
  }

  #end(): void {
    this.#running = undefined;
    this.#item.show(undefined);
    setContext('queryRunning', false);
    setContext('hasResult', this.#last?.result !== undefined);
  }

  async #finish(launch: Launch, end: RunEnd & { readonly startedAt: number }): Promise<Outcome> {
    const { status } = end;
    const usd = runCost(status);
    const known = {
      queryId: status.id,
      ...(status.bytesScanned === undefined ? {} : { bytesScanned: status.bytesScanned }),
      ...(usd === undefined ? {} : { usd }),
    };
    switch (status.state) {
      case 'succeeded':
        return { state: 'succeeded', ...known, ...(await this.#show(launch, end)) };
      case 'failed':
        return { state: 'failed', ...known, reason: this.#fail(launch, status) };
      case 'cancelled':
      case 'queued':
      case 'running':
    }
    const reason = end.stopProblem?.message ?? cancelledText(status, end.startedAt);
    this.#view.show({ kind: 'error', message: reason });
    return { state: 'cancelled', ...known, reason };
  }

  async #show(
    { ports, connection }: Launch,
    { status, startedAt }: { readonly status: QueryStatus; readonly startedAt: number },
  ): Promise<Pick<Outcome, 'result'>> {
    const request = { engine: ports.engine, store: ports.store, connection, status };
    const rows = await openResult(request, this.#reading.signal);
    const header = (notice?: string): HeaderInfo =>
      headerOf(status, { startedAt, rowCount: rows.rowCount, notice });
    const reading = rows.final ? undefined : 'Still reading rows.';
    this.#view.show({ kind: 'open', id: status.id, rows, header: header(reading) });
    const isShown = (): boolean => this.#view.screen.kind === 'open' && this.#view.screen.id === status.id;
    rows.done.then(
      () => {
        if (!isShown()) return;
        const kept = rows.keptBytes;
        this.#view.showHeader(
          header(
            kept === undefined
              ? undefined
              : `Only the first ${formatBytes(kept)} are shown; an export has all rows.`,
          ),
        );
      },
      (error: unknown) => {
        if (isShown() && !isCancel(error)) this.#view.showHeader(header(textOf(error)));
      },
    );
    const location = status.resultLocation === undefined ? {} : { location: status.resultLocation };
    return { result: { rows, connection, store: ports.store, ...location } };
  }

  #fail({ start, origin }: Launch, status: QueryStatus): string {
    const error = queryError(status.reason ?? '', start.sql);
    const message = error.code === undefined ? error.message : `${error.message} (${error.code})`;
    const place = this.#errors.show(origin, {
      message,
      ...(error.span === undefined ? {} : { span: error.span }),
    });
    this.#view.show({ kind: 'error', message, ...(place === undefined ? {} : { place }) });
    return message;
  }
}

function headerOf(
  status: QueryStatus,
  {
    startedAt,
    rowCount,
    notice,
  }: { readonly startedAt: number; readonly rowCount: number; readonly notice: string | undefined },
): HeaderInfo {
  const usd = runCost(status);
  const facts = [
    `${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`,
    ...(status.reusedResult === true ? ['result of an earlier run'] : []),
    ...(status.bytesScanned === undefined ? [] : [`${formatBytes(status.bytesScanned)} scanned`]),
    ...(usd === undefined ? [] : [formatUsd(usd)]),
    formatDuration(status.totalMs ?? Date.now() - startedAt),
  ];
  return {
    facts,
    ...(status.resultLocation === undefined ? {} : { location: status.resultLocation }),
    ...(notice === undefined ? {} : { notice }),
  };
}

function cancelledText(status: QueryStatus, startedAt: number): string {
  const usd = runCost(status);
  const after = formatDuration(status.totalMs ?? Date.now() - startedAt);
  if (status.bytesScanned === undefined || usd === undefined) return `Cancelled after ${after}.`;
  return `Cancelled after ${after}: ${formatBytes(status.bytesScanned)} scanned, ${formatUsd(usd)}.`;
}

function setContext(key: string, value: unknown): void {
  vscode.commands.executeCommand('setContext', `lakeWorkbench.${key}`, value);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
