import type { Connection } from '../connection/connection';
import { keyPageOf, type KeyPage } from './keyPage';
import type { InTurn } from './listsInTurn';
import type { ObjectStore, StoredObject } from './objectStore';
import { walkPages } from './walkPages';

export interface KeyWalk<R = readonly StoredObject[]> {
  readonly connection: Connection;
  readonly bucket: string;
  readonly prefix: string;
  /** Each object once, a page at a time, in no order between pages; within one, in the order of keys. What it waits for holds up its piece. */
  readonly onPage: (objects: R) => void | Promise<void>;
  /** Listings side by side; 64 unless told: S3 takes 5,500 reads a second a prefix. */
  readonly width?: number;
  /** For the waits after throttling, in [0, 1). */
  readonly random?: () => number;
  /** Turns shared with other walks; absent: its own. */
  readonly inTurn?: InTurn;
}

/**
 * Lists every object below a prefix in pieces side by side (`walkPages`). Keeps no key.
 * @returns the ListObjectsV2 requests that were answered
 */
export async function walkKeys(store: ObjectStore, walk: KeyWalk, signal: AbortSignal): Promise<number> {
  const { connection, bucket, prefix } = walk;
  return await walkPages<readonly StoredObject[]>(
    {
      ...walk,
      store,
      page: async (startAfter, own) => {
        const request = { bucket, prefix, ...(startAfter === undefined ? {} : { startAfter }) };
        const { objects, next } = await store.list(connection, request, own);
        return { rows: objects, ...(next === undefined ? {} : { next }) };
      },
      count: (objects) => objects.length,
      keyAt: (objects, at) => objects[at]?.key ?? '',
      first: (objects, count) => (count === objects.length ? objects : objects.slice(0, count)),
    },
    signal,
  );
}

/** The same by columns: for what is only added up. */
export async function walkKeyPages(
  store: ObjectStore,
  walk: KeyWalk<KeyPage>,
  signal: AbortSignal,
): Promise<number> {
  const { connection, bucket, prefix } = walk;
  return await walkPages<KeyPage>(
    {
      ...walk,
      store,
      page: async (startAfter, own) => {
        const request = { bucket, prefix, ...(startAfter === undefined ? {} : { startAfter }) };
        if (store.keys !== undefined) return await store.keys(connection, request, own);
        const { objects, next } = await store.list(connection, request, own);
        return { rows: keyPageOf(objects), ...(next === undefined ? {} : { next }) };
      },
      count: ({ count }) => count,
      keyAt: ({ key }, at) => key(at),
      first: (rows, count) => ({ ...rows, count }),
    },
    signal,
  );
}
