import { setTimeout as wait } from 'node:timers/promises';
import { openResult } from '../../src/query/resultRows';
import { athenaCsv, finished, resultLake, sampleColumns, sampleRows } from '../query/resultLake';

/** Published for PyAthena's cursor over GetQueryResults: 1,923,322 rows in pages of 1,000 took 506 s with the query. */
const pageMs = 240;
/** What one request to S3 takes before its first byte, and what one connection carries: round figures. */
const requestMs = 60;
const bytesPerMs = 90_000;
const rowCount = 100_000;

export interface ResultsFigures {
  readonly firstRowMs: number;
  readonly allRowsMs: number;
  readonly pagingFirstRowMs: number;
  readonly pagingAllRowsMs: number;
  readonly fileBytes: number;
}

/** First row and all rows of a 100,000-row result, through the result file and by paging. Takes half a minute. */
export async function resultsBench(): Promise<string[]> {
  const { firstRowMs, allRowsMs, pagingFirstRowMs, pagingAllRowsMs, fileBytes } = await resultsFigures();
  const ratio = (theirs: number, ours: number): string => (theirs / ours).toFixed(1);
  return [
    `${rowCount.toLocaleString('en')} rows, ${(fileBytes / 1e6).toFixed(1)} MB of CSV; injected: the published ${pageMs} ms for a page of GetQueryResults, ${requestMs} ms and 90 MB/s for a request to S3`,
    `first row: ${firstRowMs.toFixed(0)} ms, by paging ${pagingFirstRowMs.toFixed(0)} ms (both wait for one page): ratio ${ratio(pagingFirstRowMs, firstRowMs)}`,
    `all rows: ${allRowsMs.toFixed(0)} ms from the result file, ${pagingAllRowsMs.toFixed(0)} ms by paging: ${ratio(pagingAllRowsMs, allRowsMs)} times as fast`,
  ];
}

/** The figures behind `resultsBench`, in milliseconds. Throws when the two ways do not give the same rows. */
export async function resultsFigures(): Promise<ResultsFigures> {
  const rows = sampleRows(rowCount);
  const file = athenaCsv(sampleColumns, rows);
  const hooks = {
    page: (_: number, signal: AbortSignal) => wait(pageMs, undefined, { signal }),
    head: () => wait(requestMs, undefined),
    read: ({ start, end }: { readonly start: number; readonly end: number }, signal: AbortSignal) =>
      wait(requestMs + (end - start) / bytesPerMs, undefined, { signal }),
  };
  const paging = await timed(resultLake({ columns: sampleColumns, rows, hooks }));
  const ours = await timed(resultLake({ columns: sampleColumns, rows, file, hooks }));
  if (ours.last !== paging.last) throw new Error(`The last rows differ: ${ours.last} and ${paging.last}`);
  return {
    firstRowMs: ours.firstMs,
    allRowsMs: ours.allMs,
    pagingFirstRowMs: paging.firstMs,
    pagingAllRowsMs: paging.allMs,
    fileBytes: file.length,
  };
}

async function timed(lake: ReturnType<typeof resultLake>) {
  const start = performance.now();
  const result = await openResult({ ...lake, status: finished }, new AbortController().signal);
  const firstMs = performance.now() - start;
  await result.done;
  const allMs = performance.now() - start;
  const range = { from: rowCount - 1, to: rowCount, columnFrom: 0, columnTo: 3 };
  return { firstMs, allMs, last: JSON.stringify(result.rows(range)) };
}
