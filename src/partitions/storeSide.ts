import { formatCount } from '../base/format';
import { pool } from '../base/pool';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { keyOrder } from '../zones/keyOrder';
import { cutRange, guessedBoundaries, type KeyRange, spread } from '../zones/keyRange';
import type { Listing, ObjectStore } from '../zones/objectStore';
import { isHidden } from './hiveLayout';
import type { LayoutPlace } from './template';
import type { Patient } from './patient';
import type { Oddity } from './plan';
import { type TextSet, textSet } from './textSet';

export interface StoreSide {
  /** Paths of the partitions' directories below the layout's place, each with its slash: `year=2024/month=01/`. */
  readonly leaves: TextSet;
  readonly oddities: readonly Oddity[];
  /** Names of the first level that do not fit the layout, the first few: what another layout can be guessed from. */
  readonly foreign: readonly string[];
  /** ListObjectsV2 requests that were answered. */
  readonly requests: number;
}

/** Listings side by side. S3 takes 5,500 reads a second a prefix; at 20 ms each this stays below 3,200. */
export const listingWidth = 64;
/** Pages of one directory come one after another: from the 20th thousand on it is cut, and its pieces after two pages. */
const pagesBeforeCut = { whole: 20, piece: 2 } as const;
/** Boundaries of one cut: each may make a piece with nothing in it, which costs a request. */
const mostCuts = { open: 2, closed: 6 } as const;
const mostForeign = 20;

interface Directory {
  readonly names: readonly string[];
  /** Key prefix in the bucket, with its slash at the end. */
  readonly prefix: string;
  /** Data files that lie directly in it, as far as it is listed. */
  files: number;
  /** Pieces of its listing that are not at their end. */
  open: number;
}

interface Piece {
  readonly directory: Directory;
  readonly range: KeyRange;
  readonly next?: string;
  /** Full pages since it was cut. */
  readonly pages: number;
}

/**
 * Finds the directories of a table's partitions by listings with a delimiter: no object below the last level is
 * listed. Requests: for every directory above the last level, its children by thousands; a directory of more than
 * 20,000 is cut into pieces that are listed side by side. A directory that may not be listed is reported and passed
 * over, unless it is the first.
 * @param onProgress called with the partitions found so far
 */
export async function listStoreSide(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly place: LayoutPlace;
    readonly patient: Patient;
    readonly onProgress?: (leaves: number) => void;
  },
  signal: AbortSignal,
): Promise<StoreSide> {
  const { connection, patient } = request;
  const { bucket, prefix: base, layout } = request.place;
  const leaves = textSet();
  const oddities: Oddity[] = [];
  const foreign: string[] = [];
  let requests = 0;
  let running = 0;

  const report = (directory: Directory, message: string, prefix = directory.prefix): void => {
    const reading = layout.read(directory.names);
    const values = reading.kind === 'values' ? reading.values : [];
    oddities.push({ kind: 'malformed', values, location: `s3://${bucket}/${prefix}`, message });
  };

  const list = async (piece: Piece, head: string): Promise<Listing> => {
    const { directory, range, next } = piece;
    const from = next !== undefined ? { next } : range.after === undefined ? {} : { startAfter: range.after };
    const prefix = `${directory.prefix}${head}`;
    const page = await patient(
      () => store.list(connection, { bucket, prefix, delimiter: '/', ...from }, signal),
      signal,
    );
    requests += 1;
    return page;
  };

  /** A level whose name is known needs no listing; whether the last one is there is asked for. */
  const enterFixed = async (directory: Directory, name: string): Promise<void> => {
    const prefix = `${directory.prefix}${name}/`;
    const names = [...directory.names, name];
    if (names.length < layout.levels.length) return enter({ names, prefix, files: 0, open: 1 });
    const page = await patient(() => store.list(connection, { bucket, prefix, limit: 1 }, signal), signal);
    requests += 1;
    if (page.objects.length > 0) takeChild(directory, prefix);
  };

  const takeChild = (directory: Directory, prefix: string): void => {
    const name = prefix.slice(directory.prefix.length, -1);
    const names = [...directory.names, name];
    const reading = layout.read(names);
    if (reading.kind === 'hidden') return;
    if (reading.kind === 'odd') {
      if (directory.names.length === 0 && foreign.length < mostForeign) foreign.push(name);
      report(directory, `${name === '' ? 'a directory without a name' : name} ${reading.why}`, prefix);
    } else if (names.length === layout.levels.length) leaves.add(prefix.slice(base.length));
    else enter({ names, prefix, files: 0, open: 1 });
  };

  const closed = (directory: Directory): void => {
    directory.open -= 1;
    if (directory.open > 0 || directory.files === 0) return;
    const what = directory.files === 1 ? '1 file lies' : `${formatCount(directory.files)} files lie`;
    report(directory, `${what} above the partitions, where Athena does not read`);
  };

  const goOn = (piece: Piece, { page, last, head }: { page: Listing; last: string; head: string }): void => {
    const { directory } = piece;
    const prefix = `${directory.prefix}${head}`;
    const pages = piece.pages + 1;
    const whole = piece.range.after === undefined && piece.range.until === undefined;
    const isLong = pages >= pagesBeforeCut[whole ? 'whole' : 'piece'];
    // S3 may send an empty page that is not the last: there is no name to cut at.
    if (!isLong || last === '' || running > listingWidth / 2) {
      work.add({ ...piece, ...(page.next === undefined ? {} : { next: page.next }), pages });
      return;
    }
    const rest = { ...piece.range, after: behind(last) };
    const name = last.replace(/\/$/, '');
    // Behind the key of `key=value` the names differ; before it every boundary would make an empty piece.
    const from = Math.max(prefix.length, name.indexOf('=', prefix.length) + 1);
    const guessed = guessedBoundaries({ ...rest, after: name }, name.slice(0, from)).filter(
      (one) => !one.includes('/', prefix.length),
    );
    const pieces = cutRange(rest, spread(guessed, mostCuts[rest.until === undefined ? 'open' : 'closed']));
    directory.open += pieces.length - 1;
    for (const range of pieces) work.add({ directory, range, pages: 0 });
  };

  const work = pool<Piece>(
    listingWidth,
    async (piece) => {
      running += 1;
      try {
        const { directory, range } = piece;
        const level = layout.levels[directory.names.length];
        if (level?.fixed === true) return await enterFixed(directory, level.head);
        const head = level?.head ?? '';
        const page = await list(piece, head);
        const isInside = (key: string): boolean =>
          range.until === undefined || keyOrder(key, range.until) <= 0;
        const last = [page.prefixes.at(-1) ?? '', page.objects.at(-1)?.key ?? ''].toSorted(keyOrder)[1] ?? '';
        // The rest of the directory first: its pages come one after another, the directories in it side by side.
        const isDone = page.next === undefined || !isInside(last);
        if (!isDone) goOn(piece, { page, last, head });
        for (const { key } of page.objects)
          if (isInside(key) && isData(key, directory.prefix)) directory.files += 1;
        for (const prefix of page.prefixes) if (isInside(prefix)) takeChild(directory, prefix);
        if (isDone) closed(directory);
        request.onProgress?.(leaves.size);
      } catch (error) {
        if (!isRefused(error) || piece.directory.names.length === 0) throw error;
        const { names, prefix } = piece.directory;
        const reading = layout.read(names);
        oddities.push({
          kind: 'unseen',
          values: reading.kind === 'values' ? reading.values : [],
          location: `s3://${bucket}/${prefix}`,
          message: `could not be listed, so nothing is said of the partitions in it: ${error.message}`,
        });
      } finally {
        running -= 1;
      }
    },
    signal,
  );
  const enter = (directory: Directory): void => work.add({ directory, range: {}, pages: 0 });
  enter({ names: [], prefix: base, files: 0, open: 1 });
  await work.done();
  return { leaves, oddities, foreign, requests };
}

/** What stands behind everything in a directory, or behind an object. */
function behind(last: string): string {
  return last.endsWith('/') ? `${last.slice(0, -1)}0` : last; // '0' follows '/'
}

/** One place that may not be read, which says nothing of the others; anything else would be the same for all. */
function isRefused(error: unknown): error is Problem {
  return error instanceof Problem && error.kind === 'denied';
}

/** Folder markers and files that engines hide are no data. */
export function isData(key: string, prefix: string): boolean {
  const name = key.slice(prefix.length);
  return name !== '' && !isHidden(name);
}
