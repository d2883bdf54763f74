import { pool } from '../base/pool';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { keyOrder } from './keyOrder';
import { cutRange, guessedBoundaries, type KeyRange, sharedFolder, spread } from './keyRange';
import type { Listing, ObjectStore, StoredObject } from './objectStore';
import { pace } from './pace';

export interface KeyWalk {
  readonly connection: Connection;
  readonly bucket: string;
  readonly prefix: string;
  /** Each object once, a page at a time, in no order between pages; within one, in the order of keys. */
  readonly onPage: (objects: readonly StoredObject[]) => void;
  /** Listings side by side; 64 unless told: S3 takes 5,500 reads a second a prefix. */
  readonly width?: number;
  /** For the waits after throttling, in [0, 1). */
  readonly random?: () => number;
}

/** A throttled page is asked for again, up to this many times in a row. */
const mostAttempts = 12;
const defaultWidth = 64;

/**
 * Lists every object below a prefix in pieces side by side. Pieces are cut while it runs: at folders where there are
 * some (one listing with a delimiter finds up to 1,000), else at guessed names, and only where a lane stands idle, so
 * that a short listing costs no request more than it must. Keeps no key: memory grows with the pieces alone.
 * @returns the ListObjectsV2 requests that were answered
 */
export async function walkKeys(store: ObjectStore, walk: KeyWalk, signal: AbortSignal): Promise<number> {
  const { connection, bucket, prefix } = walk;
  const width = walk.width ?? defaultWidth;
  const speed = pace({ start: width, most: width, random: walk.random ?? Math.random });
  let requests = 0;
  let open = 0;

  const list = async (request: {
    readonly prefix: string;
    readonly delimiter?: '/';
    readonly startAfter?: string;
  }) => {
    for (let attempt = 0; ; attempt += 1) {
      const finish = await speed.turn(signal);
      try {
        const page = await store.list(connection, { bucket, ...request }, signal);
        requests += 1;
        finish('well');
        return page;
      } catch (error) {
        const throttled = error instanceof Problem && error.kind === 'throttled';
        finish(throttled ? 'throttled' : 'well');
        if (!throttled || attempt >= mostAttempts) throw error;
      }
    }
  };

  const folderBoundaries = async (folder: string, after: string): Promise<readonly string[]> => {
    const child = after.slice(0, after.indexOf('/', folder.length));
    // Behind everything of the child that is being listed: '0' follows '/'.
    const page = await list({ prefix: folder, delimiter: '/', startAfter: `${child}0` });
    return [`${child}0`, ...page.prefixes];
  };

  const boundariesOf = async (
    range: KeyRange & { readonly after: string },
    idle: number,
  ): Promise<readonly string[]> => {
    const folder = sharedFolder(prefix, range.after, range.until);
    if (!range.after.includes('/', folder.length)) return guessedBoundaries(range, folder);
    const found = await folderBoundaries(folder, range.after);
    const [end = '', ...folders] = found;
    return [end, ...spread(folders, Math.max(8, 2 * idle))];
  };

  const work = pool<Piece>(
    width,
    async (piece) => {
      const { after, until } = piece.range;
      const page = await list({ prefix, ...(after === undefined ? {} : { startAfter: after }) });
      const { objects, done } = within(page, until);
      if (objects.length > 0) walk.onPage(objects);
      const last = objects.at(-1)?.key;
      if (done || last === undefined) {
        open -= 1;
        return;
      }
      const rest = { after: last, ...(until === undefined ? {} : { until }) };
      const idle = width - open;
      const pages = piece.pages + 1;
      if (idle <= 0 || !worthCutting({ prefix, last, pages, idle: idle / width })) {
        work.add({ range: rest, pages });
        return;
      }
      const pieces = cutRange(rest, await boundariesOf(rest, idle));
      open += pieces.length - 1;
      for (const range of pieces) work.add({ range, pages: 0 });
    },
    signal,
  );
  open = 1;
  work.add({ range: {}, pages: 0 });
  await work.done();
  return requests;
}

interface Piece {
  readonly range: KeyRange;
  /** Full pages read of it since it was cut. */
  readonly pages: number;
}

/** Guessing costs empty pieces: it waits until a piece has shown that it is long, unless most lanes stand idle. */
function worthCutting(state: {
  readonly prefix: string;
  readonly last: string;
  readonly pages: number;
  readonly idle: number;
}): boolean {
  if (state.last.includes('/', state.prefix.length) && state.pages >= 1) return true;
  return state.pages >= (state.idle > 0.5 ? 2 : 4);
}

/** What of a page lies up to a key, and whether nothing can follow. */
function within(
  page: Listing,
  until: string | undefined,
): { readonly objects: readonly StoredObject[]; readonly done: boolean } {
  const last = page.objects.at(-1)?.key;
  if (until === undefined || last === undefined || keyOrder(last, until) <= 0) {
    return { objects: page.objects, done: page.next === undefined || last === until };
  }
  let low = 0;
  let high = page.objects.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOrder(page.objects[middle]?.key ?? '', until) <= 0) low = middle + 1;
    else high = middle;
  }
  return { objects: page.objects.slice(0, low), done: true };
}
