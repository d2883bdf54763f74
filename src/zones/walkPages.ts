import { pool } from '../base/pool';
import type { Connection } from '../connection/connection';
import { keyOrder } from './keyOrder';
import { pagesLeft } from './keySpan';
import { cutRange, guessedBoundaries, type KeyRange, sharedFolder, spread } from './keyRange';
import { type InTurn, listsInTurn } from './listsInTurn';
import type { ObjectStore } from './objectStore';

/** A listing to walk: how a page of it is asked for, and what its rows are. */
export interface PagesToWalk<R> {
  readonly store: ObjectStore;
  readonly connection: Connection;
  readonly bucket: string;
  readonly prefix: string;
  readonly page: (
    startAfter: string | undefined,
    signal: AbortSignal,
  ) => Promise<{ readonly rows: R; readonly next?: string }>;
  readonly count: (rows: R) => number;
  readonly keyAt: (rows: R, at: number) => string;
  readonly first: (rows: R, count: number) => R;
  readonly onPage: (rows: R) => void | Promise<void>;
  /** Listings side by side; 64 unless told: S3 takes 5,500 reads a second a prefix. */
  readonly width?: number;
  /** For the waits after throttling, in [0, 1). */
  readonly random?: () => number;
  /** Turns shared with other walks; absent: its own. */
  readonly inTurn?: InTurn;
}

const defaultWidth = 64;

/**
 * Lists every object below a prefix in pieces side by side. Pieces are cut while it runs: at folders where there are
 * some (one listing with a delimiter finds up to 1,000), else at guessed names, and only where a lane stands idle, so
 * that a short listing costs no request more than it must. Keeps no key: memory grows with the pieces alone.
 * @returns the ListObjectsV2 requests that were answered
 */
export async function walkPages<R>(walk: PagesToWalk<R>, signal: AbortSignal): Promise<number> {
  const { store, connection, bucket, prefix } = walk;
  const width = walk.width ?? defaultWidth;
  let requests = 0;
  let open = 0;

  const turns =
    walk.inTurn ?? listsInTurn({ width, ...(walk.random === undefined ? {} : { random: walk.random }) });
  const inTurn = async <T>(ask: () => Promise<T>): Promise<T> => {
    const page = await turns(ask, signal);
    requests += 1;
    return page;
  };

  /** Where a range may be cut; nothing where what is left of it is too short. */
  const boundariesOf = async (
    range: KeyRange & { readonly after: string },
    page: ReadPage,
    idle: number,
  ): Promise<readonly string[]> => {
    const left = pagesLeft(page, range.until, prefix);
    const leastPages = idle > mostlyIdle * width ? 2 : 4;
    if (left < leastPages) return [];
    const most = Math.min(2 * idle, Math.floor(left / leastPages));
    const folder = sharedFolder(prefix, range.after, range.until);
    const slash = range.after.indexOf('/', folder.length);
    const keysOfChild = slash < 0 ? 0 : childSize(page, folder);
    // Folders of a few keys each are no places to cut at: a thousand of them make a page or two.
    if (keysOfChild < leastKeysOfChild) return spread(guessedBoundaries(range, folder), most);
    const end = behind(range.after.slice(0, slash + 1)); // of everything of the child that is being listed
    // Not many more than may lie up to the end of the range: what lies behind it is others' to cut.
    const limit = Math.min(1000, Math.ceil((1500 * left) / keysOfChild) + fewCuts);
    const request = { bucket, prefix: folder, delimiter: '/', startAfter: end, limit } as const;
    const { prefixes } = await inTurn(() => store.list(connection, request, signal));
    // Of a child that is longer than a page nothing is known but that: the others may be of any size.
    const known = Math.floor((prefixes.length * keysOfChild) / 1000 / leastPages);
    const cuts = spread(prefixes.map(behind), keysOfChild < 1000 ? Math.min(2 * idle, known) : fewCuts);
    return keysOfChild < 1000 ? cuts : [end, ...cuts];
  };

  const work = pool<Piece>(
    width,
    async (piece) => {
      const { after, until } = piece.range;
      const { rows, next } = await inTurn(() => walk.page(after, signal));
      const { count, done } = within(walk, { rows, ended: next === undefined, until });
      if (count > 0) await walk.onPage(walk.first(rows, count));
      const last = count === 0 ? undefined : walk.keyAt(rows, count - 1);
      if (done || last === undefined) {
        open -= 1;
        return;
      }
      const rest = { after: last, ...(until === undefined ? {} : { until }) };
      const idle = width - open;
      const pages = piece.pages + 1;
      const read = {
        count,
        from: walk.keyAt(rows, 0),
        to: last,
        keyAt: (at: number) => walk.keyAt(rows, at),
      };
      const boundaries = idle > 0 && pages >= firstPages ? await boundariesOf(rest, read, idle) : [];
      const pieces = cutRange(rest, boundaries);
      open += pieces.length - 1;
      for (const range of pieces) work.add({ range, pages: pieces.length > 1 ? 0 : pages });
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

/** A page that was read of a piece. */
interface ReadPage {
  readonly count: number;
  readonly from: string;
  readonly to: string;
  readonly keyAt: (at: number) => string;
}

/** A piece is read alone for so many pages before it is cut: most listings are short. */
const firstPages = 1;
/** While more than this part of the lanes stands idle, shorter pieces are worth a page that is half empty at their end. */
const mostlyIdle = 0.75;
const leastKeysOfChild = 8;
/** Among folders of unknown size. */
const fewCuts = 8;

/** The key behind everything of a folder: '0' follows '/'. */
function behind(folder: string): string {
  return `${folder.slice(0, -1)}0`;
}

/** About how many keys a child folder holds: those of the child in the middle of a page, as far as the page goes. */
function childSize({ count, keyAt }: ReadPage, folder: string): number {
  const middle = count >> 1;
  const key = keyAt(middle);
  const child = key.slice(0, key.indexOf('/', folder.length) + 1);
  if (child.length <= folder.length) return 0;
  const isIt = (at: number): boolean => keyAt(at).startsWith(child);
  const first = firstWhere({ from: 0, to: middle }, isIt);
  const end = firstWhere({ from: middle, to: count }, (at) => !isIt(at));
  return end - first;
}

/** The first number for which something holds that holds for all after it. */
function firstWhere(
  { from, to }: { readonly from: number; readonly to: number },
  holds: (at: number) => boolean,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many rows of a page lie up to a key, and whether nothing can follow. */
function within<R>(
  { count, keyAt }: Pick<PagesToWalk<R>, 'count' | 'keyAt'>,
  { rows, ended, until }: { readonly rows: R; readonly ended: boolean; readonly until: string | undefined },
): { readonly count: number; readonly done: boolean } {
  const all = count(rows);
  const last = all === 0 ? undefined : keyAt(rows, all - 1);
  if (until === undefined || last === undefined || keyOrder(last, until) <= 0)
    return { count: all, done: ended || last === until };
  let low = 0;
  let high = all;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOrder(keyAt(rows, middle), until) <= 0) low = middle + 1;
    else high = middle;
  }
  return { count: low, done: true };
}
