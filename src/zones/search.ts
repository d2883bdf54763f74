import { pool } from '../base/pool';
import type { Connection } from '../connection/connection';
import { globFits, globPattern, globReach, literalPrefix } from './globPattern';
import { listsInTurn } from './listsInTurn';
import type { ObjectStore, StoredObject } from './objectStore';
import { walkKeys } from './walkKeys';

export interface GlobSearch {
  readonly connection: Connection;
  readonly bucket: string;
  // A glob over whole keys; two stars between slashes are any folders.
  readonly glob: string;
  /** Lists everything below the literal beginning, where that is known to be less than the folders are. */
  readonly way?: 'flat';
  /** After each answer: requests so far, and folders still to be looked into. */
  readonly onProgress?: (requests: number, waiting: number) => void;
}

/** Listings side by side; folders side by side. */
const width = 32;
const folders = 16;
/** Found and not taken yet: then nothing further is asked for. */
const mostWaiting = 500;

interface Task {
  readonly prefix: string;
  readonly flat: boolean;
}

/**
 * The objects whose keys match a glob, as they are found. Only folders that can hold a match are looked into; below
 * `**` one flat listing, in pieces side by side, takes the place of a walk. Asks no further while nobody takes what was
 * found; leaving the loop or the signal ends it.
 */
export async function* searchObjects(
  store: ObjectStore,
  search: GlobSearch,
  signal: AbortSignal,
): AsyncGenerator<StoredObject, void, undefined> {
  const left = new AbortController();
  const matches = handOver();
  const walk = walkFolders(store, { search, found: matches.give }, AbortSignal.any([signal, left.signal]));
  walk.then(matches.end, matches.fail);
  try {
    for (;;) {
      const batch = await matches.take();
      if (batch === undefined) return;
      for (const object of batch) {
        signal.throwIfAborted();
        yield object;
      }
    }
  } finally {
    left.abort();
    matches.leave();
    await walk.catch(() => undefined); // told by `take`, or of no interest to who has left
  }
}

async function walkFolders(
  store: ObjectStore,
  to: { readonly search: GlobSearch; readonly found: (objects: readonly StoredObject[]) => Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  const { search, found } = to;
  const { connection, bucket, onProgress } = search;
  const pattern = globPattern(search.glob);
  let requests = 0;
  let open = 1;
  const inTurn = listsInTurn({ width, onAnswer: () => (requests += 1) });
  const matching = async (objects: readonly StoredObject[]): Promise<void> => {
    onProgress?.(requests, open);
    await found(objects.filter(({ key }) => globFits(pattern, key)));
  };
  const work = pool<Task>(
    folders,
    async ({ prefix, flat }) => {
      if (flat)
        await walkKeys(store, { connection, bucket, prefix, width, inTurn, onPage: matching }, signal);
      else {
        for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
          const request = {
            bucket,
            prefix,
            delimiter: '/' as const,
            ...(next === undefined ? {} : { next }),
          };
          const page = await inTurn(() => store.list(connection, request, signal), signal);
          next = page.next;
          for (const folder of page.prefixes) {
            const reach = globReach(pattern, folder);
            if (reach === 'never') continue;
            open += 1;
            work.add({ prefix: folder, flat: reach === 'deep' });
          }
          await matching(page.objects);
        }
      }
      open -= 1;
      onProgress?.(requests, open);
    },
    signal,
  );
  const start = literalPrefix(search.glob);
  const folder = start.slice(0, start.lastIndexOf('/') + 1);
  // S3 filters by the rest of the name as well.
  work.add({ prefix: start, flat: search.way === 'flat' || globReach(pattern, folder) === 'deep' });
  await work.done();
}

interface HandOver {
  /** Waits while much is there that nobody has taken. */
  readonly give: (objects: readonly StoredObject[]) => Promise<void>;
  /** What is there, waiting for some; `undefined` at the end. */
  readonly take: () => Promise<readonly StoredObject[] | undefined>;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
  /** Nobody takes any more: lets go of who waits. */
  readonly leave: () => void;
}

/** Between those that find and the one that takes. */
function handOver(): HandOver {
  let there: StoredObject[] = [];
  let over: { readonly error?: unknown } | undefined;
  let taker: (() => void) | undefined;
  let givers: (() => void)[] = [];
  const letGo = (): void => {
    const waiting = givers;
    givers = [];
    for (const go of waiting) go();
  };
  const settle = (how: { readonly error?: unknown }): void => {
    over ??= how;
    taker?.();
    letGo();
  };
  return {
    give: async (objects) => {
      if (objects.length === 0) return;
      for (const object of objects) there.push(object);
      taker?.();
      while (there.length >= mostWaiting && over === undefined) {
        await new Promise<void>((go) => givers.push(go));
      }
    },
    take: async () => {
      // Whoever takes has dealt with the batch before: only then is more asked for.
      letGo();
      while (there.length === 0 && over === undefined) {
        await new Promise<void>((go) => (taker = go));
      }
      if (there.length > 0) {
        const batch = there;
        there = [];
        return batch;
      }
      if (over !== undefined && 'error' in over) throw over.error;
      return undefined;
    },
    end: () => settle({}),
    fail: (error) => settle({ error }),
    leave: () => settle({}),
  };
}
