import { manyListeners } from '../base/pool';
import { Problem } from '../base/problem';
import { type CatalogReader, nameOfTable, type Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import { pace } from '../zones/pace';
import { type PartitionRows, partitionRows } from './partitionRows';

/** The partitions of one table, read a page at a time or all at once; what was read stays when reading stops. */
export interface PartitionLoader {
  readonly rows: PartitionRows;
  /** GetPartitions requests that were answered. */
  readonly requests: number;
  /** Partitions that Glue told twice, since the table was changed while it was read. */
  readonly twice: number;
  /** Nothing is left to read. */
  readonly complete: boolean;
  /** Reads one page more; nothing when all is read. */
  next(signal: AbortSignal): Promise<void>;
  /** Reads what is left, ten segments side by side. A failure or a cancel keeps what came; a second call goes on. */
  all(onProgress: (partitions: number) => void, signal: AbortSignal): Promise<void>;
}

/** Glue reads a table's partitions in at most ten segments side by side (API reference, Segment). */
const segments = 10;
const pageSize = 1000;
/** A throttled page is asked for again, up to this many times in a row. */
const mostAttempts = 12;

type Place = { readonly next?: string } | 'done';

/** Reads through a filter in Glue's own syntax, when there is one. */
export function partitionLoader(
  from: { readonly catalog: CatalogReader; readonly random?: () => number },
  request: {
    readonly connection: Connection;
    readonly table: Table;
    readonly expression?: string;
    /** Partitions of a page, at most 1,000. */
    readonly limit?: number;
  },
  outer: AbortSignal,
): PartitionLoader {
  const { connection, table, expression } = request;
  const rows = partitionRows(table.partitionKeys, table.location);
  const speed = pace({ start: segments, most: segments, random: from.random ?? Math.random });
  let requests = 0;
  let twice = 0;
  /** One place while page follows page, ten once all is wanted. */
  let places: Place[] = [{}];
  /** Rows that came before the segments were begun: those come again. */
  let before = 0;

  const page = async (at: number, limit: number, signal: AbortSignal): Promise<void> => {
    const place = places[at];
    if (place === undefined || place === 'done') return;
    const list = places;
    for (let attempt = 0; ; attempt += 1) {
      const finish = await speed.turn(signal);
      try {
        const got = await from.catalog.partitions(
          connection,
          {
            table: nameOfTable(table),
            limit,
            ...(expression === undefined ? {} : { expression }),
            ...(place.next === undefined ? {} : { next: place.next }),
            ...(list.length === 1 ? {} : { segment: { number: at, total: segments } }),
          },
          signal,
        );
        finish('well');
        requests += 1;
        for (const one of got.items) {
          const { row, known } = rows.add(one);
          if (known && row >= before) twice += 1;
        }
        list[at] = got.next === undefined ? 'done' : { next: got.next };
        return;
      } catch (error) {
        const throttled = error instanceof Problem && error.kind === 'throttled';
        finish(throttled ? 'throttled' : 'well');
        if (!throttled || attempt >= mostAttempts) throw error;
      }
    }
  };
  const isComplete = (): boolean => places.every((place) => place === 'done');

  return {
    rows,
    get requests() {
      return requests;
    },
    get twice() {
      return twice;
    },
    get complete() {
      return isComplete();
    },
    async next(signal) {
      const at = places.findIndex((place) => place !== 'done');
      if (at >= 0) await page(at, request.limit ?? pageSize, AbortSignal.any([signal, outer]));
    },
    async all(onProgress, signal) {
      if (isComplete()) return;
      if (places.length === 1) {
        before = rows.count;
        places = Array.from({ length: segments }, () => ({}));
      }
      // One segment that fails stops the others, so that nothing runs on behind the message.
      const stop = new AbortController();
      const both = AbortSignal.any([signal, outer, stop.signal]);
      manyListeners(both);
      let failure: { readonly error: unknown } | undefined;
      await Promise.all(
        places.map(async (_, at) => {
          try {
            while (places[at] !== 'done') {
              await page(at, pageSize, both);
              onProgress(rows.count);
            }
          } catch (error) {
            failure ??= { error };
            stop.abort();
          }
        }),
      );
      if (failure !== undefined) throw failure.error;
    },
  };
}
