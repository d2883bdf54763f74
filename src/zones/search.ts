import type { Connection } from '../connection/connection';
import { globFits, globPattern, globReach, literalPrefix } from './globPattern';
import { type ListCost, listCost } from './listPrice';
import type { ObjectStore, StoredObject } from './objectStore';

export interface GlobSearch {
  readonly connection: Connection;
  readonly bucket: string;
  // A glob over whole keys; two stars between slashes are any folders.
  readonly glob: string;
  /** After each answer: requests so far, and folders still to be looked into. */
  readonly onProgress?: (requests: number, waiting: number) => void;
}

/** Listings side by side. */
const width = 16;

interface Task {
  readonly prefix: string;
  readonly flat: boolean;
  readonly next?: string;
}

/**
 * The objects whose keys match a glob, as they are found. Only folders that can hold a match are looked into; below
 * `**` one flat listing takes the place of a walk. Asks no further while nobody takes what was found; leaving the
 * loop or the signal ends it.
 */
export async function* searchObjects(
  store: ObjectStore,
  search: GlobSearch,
  signal: AbortSignal,
): AsyncGenerator<StoredObject, void, undefined> {
  const pattern = globPattern(search.glob);
  const start = literalPrefix(search.glob);
  const folder = start.slice(0, start.lastIndexOf('/') + 1);
  // S3 filters by the rest of the name as well.
  const waiting: Task[] = [{ prefix: start, flat: globReach(pattern, folder) === 'deep' }];
  const running = new Set<Promise<Answer>>();
  const left = new AbortController();
  const own = AbortSignal.any([signal, left.signal]);
  let requests = 0;
  const ask = (task: Task): void => {
    const answer: Promise<Answer> = listed(store, { search, task }, own).then((page) => ({
      task,
      page,
      answer,
    }));
    answer.catch(() => undefined); // read by the race, or not at all once somebody has left
    running.add(answer);
  };
  try {
    while (waiting.length > 0 || running.size > 0) {
      signal.throwIfAborted();
      // The deepest first: what waits stays short, and matches come early.
      while (running.size < width && waiting.length > 0) {
        const task = waiting.pop();
        if (task !== undefined) ask(task);
      }
      const { task, page, answer } = await Promise.race(running);
      running.delete(answer);
      requests += 1;
      if (page.next !== undefined) waiting.push({ ...task, next: page.next });
      for (const prefix of page.prefixes.toReversed()) {
        const reach = globReach(pattern, prefix);
        if (reach !== 'never') waiting.push({ prefix, flat: reach === 'deep' });
      }
      search.onProgress?.(requests, waiting.length + running.size);
      for (const object of page.objects) if (globFits(pattern, object.key)) yield object;
    }
  } finally {
    left.abort();
  }
}

interface Answer {
  readonly task: Task;
  readonly page: Awaited<ReturnType<ObjectStore['list']>>;
  readonly answer: Promise<Answer>;
}

function listed(
  store: ObjectStore,
  { search, task }: { readonly search: GlobSearch; readonly task: Task },
  signal: AbortSignal,
): ReturnType<ObjectStore['list']> {
  return store.list(
    search.connection,
    {
      bucket: search.bucket,
      prefix: task.prefix,
      ...(task.flat ? {} : { delimiter: '/' as const }),
      ...(task.next === undefined ? {} : { next: task.next }),
    },
    signal,
  );
}

/** What can be said of a search's cost before it starts. */
export interface SearchEstimate {
  /** The least: the glob's literal beginning is asked for in any case. */
  readonly least: ListCost;
  /** Every object below the prefix is listed, 1,000 a request; else folder by folder those that can match. */
  readonly flat: boolean;
  /** The prefix that S3 itself filters by. */
  readonly prefix: string;
}

/** Says what can be said of a search's cost without a request. */
export function searchEstimate(glob: string): SearchEstimate {
  const prefix = literalPrefix(glob);
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  return { least: listCost(1), flat: globReach(globPattern(glob), folder) === 'deep', prefix };
}
