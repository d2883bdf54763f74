import { byUtf8, type KeyCursor, type KeySource } from './sortedKeys';

/** What to list: as in ListObjectsV2. */
export interface ListingRequest {
  readonly prefix: string;
  readonly delimiter?: string;
  /** Where a page begins that is not the first. */
  readonly from?: string;
  /** Only keys and common prefixes after this. */
  readonly after?: string;
  /** How many keys and common prefixes at most. */
  readonly limit: number;
}

/** One page; `next` is the `from` of the page after it. */
export interface Listing {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  readonly next?: string;
}

/**
 * One page of keys in order; keys with the delimiter after the prefix are rolled up into common prefixes. A page costs
 * a search for each common prefix and a step for each key, however many keys there are.
 */
export function listKeys(source: KeySource, request: ListingRequest): Listing {
  const { prefix, delimiter, limit, after } = request;
  const from = request.from ?? (after === undefined ? '' : `${after}\0`);
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let cursor = source.seek(byUtf8(from, prefix) > 0 ? from : prefix);
  for (let at = cursor.key; at?.startsWith(prefix); at = cursor.key) {
    const end = delimiter === undefined ? -1 : at.indexOf(delimiter, prefix.length);
    const common = delimiter === undefined || end < 0 ? undefined : at.slice(0, end + delimiter.length);
    // A common prefix that lies before the start has been given, or was not asked for.
    const skipped = common !== undefined && after?.startsWith(common) === true;
    if (!skipped && keys.length + commonPrefixes.length >= limit) return { keys, commonPrefixes, next: at };
    if (common === undefined) {
      keys.push(at);
      cursor.step();
      continue;
    }
    if (!skipped) commonPrefixes.push(common);
    cursor = source.seek(`${common}\u{10ffff}`);
  }
  return { keys, commonPrefixes };
}

/** Several sources as one; a key that more than one has comes once. */
export function merged(sources: readonly KeySource[]): KeySource {
  const [only] = sources;
  if (only !== undefined && sources.length === 1) return only;
  return { seek: (from) => mergedCursor(sources.map((source) => source.seek(from))) };
}

function mergedCursor(cursors: readonly KeyCursor[]): KeyCursor {
  const least = (): string | undefined => {
    let found: string | undefined;
    for (const { key } of cursors)
      if (key !== undefined && (found === undefined || byUtf8(key, found) < 0)) found = key;
    return found;
  };
  let here = least();
  return {
    get key() {
      return here;
    },
    step: () => {
      for (const cursor of cursors) if (cursor.key === here) cursor.step();
      here = least();
    },
  };
}
