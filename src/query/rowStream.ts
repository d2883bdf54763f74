import { isCancel, Problem } from '../base/problem';
import type { RowColumn, RowTexts } from '../base/rows';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import type { QueryEngine, QueryStatus } from './queryEngine';
import { cutOff, s3Place } from './resultFile';
import { pageColumns, pageRow } from './resultPage';
import type { ResultStore } from './resultStore';
import { readFile } from './resultStream';

/** Some rows of a result, in order, with the columns of all. */
export interface RowBatch {
  readonly columns: readonly RowColumn[];
  readonly rows: readonly RowTexts[];
}

/**
 * Every row of a succeeded statement, batch after batch and none kept: small results by the API, large ones from
 * the result file in S3, which is many times faster, or by the API where that file may not be read. There is always
 * one batch, so that the columns are known of an empty result too.
 */
export async function* rowStream(
  from: {
    readonly engine: QueryEngine;
    readonly store: ObjectStore;
    readonly connection: Connection;
    readonly status: QueryStatus;
  },
  signal: AbortSignal,
): AsyncGenerator<RowBatch, void, undefined> {
  const { engine, store, connection, status } = from;
  const first = await engine.results(connection, { id: status.id }, signal);
  const columns = pageColumns(first);
  yield { columns, rows: first.items.map((row) => pageRow(row, columns.length)) };
  if (first.next === undefined) return;
  const file = await resultFileOf(store, { connection, status }, signal);
  if (file !== undefined) {
    const sink = rowSink();
    const reading = {
      store,
      connection,
      file,
      bytes: file.bytes,
      csv: true,
      columns: columns.length,
      rows: sink,
    };
    let skip = first.items.length;
    for await (const _ of readFile(reading, signal)) {
      const rows = sink.drain();
      // The file begins with the rows that the first page had.
      const fresh = rows.slice(skip);
      skip = Math.max(0, skip - rows.length);
      if (fresh.length > 0) yield { columns, rows: fresh };
    }
    if (skip > 0) throw cutOff(file);
    return;
  }
  let next: string | undefined = first.next;
  while (next !== undefined) {
    const page: Awaited<ReturnType<QueryEngine['results']>> = await engine.results(
      connection,
      { id: status.id, next },
      signal,
    );
    yield { columns, rows: page.items.map((row) => pageRow(row, columns.length)) };
    next = page.next;
  }
}

/** The CSV file of a SELECT; absent where there is none or it may not be read. */
async function resultFileOf(
  store: ObjectStore,
  { connection, status }: { readonly connection: Connection; readonly status: QueryStatus },
  signal: AbortSignal,
): Promise<{ bucket: string; key: string; bytes: number } | undefined> {
  const place = s3Place(status.resultLocation ?? '');
  if (place === undefined || !place.key.endsWith('.csv')) return undefined;
  try {
    const { bytes } = await store.head(connection, place, signal);
    return { ...place, bytes };
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return undefined;
  }
}

/** Takes rows as the file's reader writes them, and hands them on. */
function rowSink(): ResultStore & { drain(): RowTexts[] } {
  let rows: RowTexts[] = [];
  let row: (string | null)[] = [];
  return {
    rowCount: 0,
    text: (bytes, start, end) =>
      void row.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')),
    null: () => void row.push(null),
    endRow() {
      rows.push(row);
      row = [];
    },
    rows: () => [],
    drain() {
      const full = rows;
      rows = [];
      return full;
    },
  };
}
