import { Problem, isCancel } from '../base/problem';
import type { RowColumn, RowRange, RowSource, RowTexts } from '../base/rows';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import type { QueryEngine, QueryStatus } from './queryEngine';
import { s3Place, type ResultFile } from './resultFile';
import { pageColumns, pageRow } from './resultPage';
import { addRow, resultStore, type ResultStore } from './resultStore';
import { readFile } from './resultStream';

/** More of a file than this is not kept in memory. */
const budgetBytes = 1024 ** 3;

export interface ResultRequest {
  readonly engine: QueryEngine;
  readonly store: ObjectStore;
  readonly connection: Connection;
  /** Of a statement that has succeeded. */
  readonly status: QueryStatus;
  /** Bytes of the file that may be kept; absent: 1 GB. */
  readonly budget?: number;
}

/** Rows of a result; the first are there when it is opened, the rest follows. */
export interface ResultRows extends RowSource {
  /** Settles when no more rows come; rejects with the Problem that ended the reading, or an AbortError. The rows that are there stay. */
  readonly done: Promise<void>;
  /** Where all rows are, when the file can be read: `fileChunks` exports it unchanged. */
  readonly file?: ResultFile;
  /** True when the file is CSV with a header, false when it is plain lines. */
  readonly csv: boolean;
  /** Set once it is known that the file is larger than what is kept: only so many of its bytes are in the rows. */
  readonly keptBytes?: number;
  /** Calls back after rows were added, and at the end; returns how to stop that. */
  onGrow(listener: () => void): () => void;
}

type Page = Awaited<ReturnType<QueryEngine['results']>>;

/**
 * Opens a result: the first page over the API, since it is there at once and knows the types; the rest from
 * the result file, which comes ten times faster than pages of 1,000 rows. Without access to the file all
 * comes from the API. Aborting the signal stops the reading. Throws a Problem when not even the first page comes.
 */
export async function openResult(request: ResultRequest, signal: AbortSignal): Promise<ResultRows> {
  const [first, file] = await Promise.all([
    request.engine.results(request.connection, { id: request.status.id }, signal),
    findFile(request, signal),
  ]);
  return new GrowingRows(request, { first, file }, signal);
}

class GrowingRows implements ResultRows {
  readonly columns: readonly RowColumn[];
  file?: ResultFile;
  readonly csv: boolean;
  readonly done: Promise<void>;
  keptBytes?: number;
  final = false;
  #shown: ResultStore;
  readonly #listeners = new Set<() => void>();

  constructor(
    request: ResultRequest,
    { first, file }: { readonly first: Page; readonly file: ResultFile | undefined },
    signal: AbortSignal,
  ) {
    this.columns = pageColumns(first);
    this.csv = !isText(request.status);
    if (file !== undefined) this.file = file;
    this.#shown = resultStore(this.columns.length);
    for (const row of first.items) addRow(this.#shown, pageRow(row, this.columns.length));
    this.final = first.next === undefined;
    this.done = this.#fill(request, first, signal).finally(() => {
      this.final = true;
      this.#grown();
    });
    this.done.catch(() => undefined); // who waits for it is told; nobody has to
  }

  get rowCount(): number {
    return this.#shown.rowCount;
  }

  rows(range: RowRange): readonly RowTexts[] {
    return this.#shown.rows(range);
  }

  onGrow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #fill(request: ResultRequest, first: Page, signal: AbortSignal): Promise<void> {
    if (first.next === undefined) return;
    // Lines of text are one column; what the API splits into several stays with the API.
    const file = this.csv || this.columns.length === 1 ? this.file : undefined;
    if (file === undefined || !(await this.#fillFromFile({ ...request, file }, signal))) {
      await this.#fillFromPages(request, first.next, signal);
    }
  }

  /** False when the file turns out not to be ours to read. */
  async #fillFromFile(
    { store, connection, file, budget = budgetBytes }: ResultRequest & { readonly file: ResultFile },
    signal: AbortSignal,
  ): Promise<boolean> {
    const rows = resultStore(this.columns.length);
    const bytes = Math.min(file.bytes, budget);
    if (bytes < file.bytes) this.keptBytes = bytes;
    const reading = { store, connection, file, bytes, csv: this.csv, columns: this.columns.length, rows };
    try {
      for await (const _ of readFile(reading, signal)) this.#show(rows);
      return true;
    } catch (error) {
      if (this.#shown !== rows && error instanceof Problem && isShut(error)) {
        delete this.keptBytes;
        delete this.file;
        return false;
      }
      throw error;
    }
  }

  async #fillFromPages(request: ResultRequest, from: string, signal: AbortSignal): Promise<void> {
    let next: string | undefined = from;
    while (next !== undefined) {
      const { status, engine, connection } = request;
      const page: Page = await engine.results(connection, { id: status.id, next }, signal);
      for (const row of page.items) addRow(this.#shown, pageRow(row, this.columns.length));
      this.#grown();
      next = page.next;
    }
  }

  /** The file starts again at the first row: what is shown is exchanged once it has as many. */
  #show(rows: ResultStore): void {
    if (rows.rowCount < this.#shown.rowCount) return;
    this.#shown = rows;
    this.#grown();
  }

  #grown(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Absent when there is none or it may not be read. */
async function findFile(
  { store, connection, status }: ResultRequest,
  signal: AbortSignal,
): Promise<ResultFile | undefined> {
  const place = s3Place(status.resultLocation ?? '');
  if (place === undefined) return undefined;
  try {
    const { bytes } = await store.head(connection, place, signal);
    return { ...place, bytes };
  } catch (error) {
    // Whatever it is, the API may still answer: only a cancel ends both.
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return undefined;
  }
}

function isText({ statementType, resultLocation = '' }: QueryStatus): boolean {
  return resultLocation === '' ? statementType !== 'dml' : !resultLocation.endsWith('.csv');
}

function isShut({ kind }: Problem): boolean {
  return kind === 'denied' || kind === 'missing' || kind === 'other';
}
