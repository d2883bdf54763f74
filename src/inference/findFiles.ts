import { manyListeners } from '../base/pool';
import type { Connection } from '../connection/connection';
import type { Listing, ObjectStore, StoredObject } from '../zones/objectStore';
import { lastPart } from '../zones/s3Uri';

/** Where to look. */
export interface Place {
  readonly connection: Connection;
  readonly bucket: string;
  /** `''` or with a slash at its end. */
  readonly prefix: string;
}

/** What lies below a prefix, as far as it was listed. */
export interface FoundFiles {
  /** Files that a query would read, by key. */
  readonly files: readonly StoredObject[];
  /** Everything below the prefix is in `files`. */
  readonly complete: boolean;
  /** Folders below the prefix that only a table of another kind has: `_delta_log`, `.hoodie`, Iceberg's `metadata`. */
  readonly marks: readonly string[];
  /** Objects that a query passes over: empty ones, and names that begin with _ or a dot. */
  readonly hidden: number;
  /** A folder with more than 1,000 others in it, of which only the first were looked at. */
  readonly cut?: string;
  /** ListObjectsV2 requests. */
  readonly requests: number;
}

/** ListObjectsV2 requests at most. */
const mostListings = 40;
/** Folders of one level that are gone into: the first, the last, one between them. */
const branches = 3;

/**
 * Finds files below a prefix for a sample: all of them where one page holds them, else those of the first, the middle
 * and the last folders of each level, so that old and new ones are among them. At most 41 requests.
 */
export async function findFiles(store: ObjectStore, place: Place, signal: AbortSignal): Promise<FoundFiles> {
  const { connection, bucket, prefix } = place;
  manyListeners(signal);
  let requests = 0;
  const list = async (request: { readonly prefix: string; readonly delimiter?: '/' }): Promise<Listing> => {
    requests += 1;
    return store.list(connection, { bucket, limit: 1000, ...request }, signal);
  };
  const flat = await list({ prefix });
  const seen = new Map(flat.objects.map((object) => [object.key, object]));
  const marks = new Set<string>();
  const mark = (folder: string): void => {
    const name = folder.slice(prefix.length).split('/')[0] ?? '';
    if (/^(?:_delta_log|\.hoodie|metadata)$/.test(name)) marks.add(name);
  };
  for (const { key } of flat.objects) if (key.includes('/', prefix.length)) mark(key);
  const complete = flat.next === undefined;
  let cut: string | undefined;
  if (!complete) {
    // The folders of a level side by side: a round trip a level, not one a folder.
    for (let level: readonly string[] = [prefix]; level.length > 0 && requests < mostListings;) {
      const asked = level.slice(0, mostListings - requests);
      const pages = await Promise.all(asked.map((folder) => list({ prefix: folder, delimiter: '/' })));
      level = pages.flatMap((page, at) => {
        const folder = asked[at] ?? '';
        if (folder === prefix) page.prefixes.forEach(mark);
        if (page.next !== undefined && page.prefixes.length > 0) cut ??= folder;
        for (const object of page.objects) seen.set(object.key, object);
        return spread(
          page.prefixes.filter((name) => !isHidden(lastPart(name))),
          branches,
        );
      });
    }
  }
  // Many folders are called metadata: an Iceberg table has files of this ending there.
  const metadata = marks.has('metadata') ? await list({ prefix: `${prefix}metadata/` }) : undefined;
  if (metadata?.objects.some(({ key }) => key.endsWith('.metadata.json')) !== true) marks.delete('metadata');
  const all = [...seen.values()];
  const files = all.filter((object) => isRead(object, prefix));
  return {
    files: files.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    complete,
    marks: [...marks],
    hidden: all.length - files.length,
    ...(cut === undefined ? {} : { cut }),
    requests,
  };
}

/** Whether a query over a prefix would read an object: it has bytes, and no name on its way is hidden. */
export function isRead({ key, bytes }: StoredObject, prefix: string): boolean {
  return bytes > 0 && !key.slice(prefix.length).split('/').some(isHidden);
}

// Hive and Trino pass over names that begin with _ or . (Athena User Guide, "Considerations and limitations").
function isHidden(name: string): boolean {
  return /^[_.]/.test(name) && !name.includes('=');
}

/** The first, the last and evenly some between. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))],
  ).filter((item) => item !== undefined);
}

/**
 * The files to read of those found: the newest and the oldest by date, and some spread over the rest by key, so that
 * every part of the prefix is seen.
 */
export function chooseSample(files: readonly StoredObject[], most: number): readonly StoredObject[] {
  const byDate = files
    .filter(({ modifiedAt }) => modifiedAt !== undefined)
    .toSorted((a, b) => (a.modifiedAt?.getTime() ?? 0) - (b.modifiedAt?.getTime() ?? 0));
  const chosen = new Map<string, StoredObject>();
  const take = (object: StoredObject | undefined): void => {
    if (object !== undefined && chosen.size < most) chosen.set(object.key, object);
  };
  take(byDate.at(-1));
  take(byDate[0]);
  for (const object of spread(files, most)) take(object);
  return [...chosen.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
