import type { KeySource } from './sortedKeys';

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

/** One page of keys in order; keys with the delimiter after the prefix are rolled up into common prefixes. */
export function listKeys(source: KeySource, request: ListingRequest): Listing {
  const { prefix, delimiter, limit, after } = request;
  const from = request.from ?? (after === undefined ? '' : `${after}\0`);
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let at = source.first(from > prefix ? from : prefix);
  while (at?.startsWith(prefix)) {
    if (keys.length + commonPrefixes.length >= limit) return { keys, commonPrefixes, next: at };
    const end = delimiter === undefined ? -1 : at.indexOf(delimiter, prefix.length);
    if (delimiter === undefined || end < 0) {
      keys.push(at);
      at = source.first(`${at}\0`);
      continue;
    }
    const common = at.slice(0, end + delimiter.length);
    if (after?.startsWith(common) !== true) commonPrefixes.push(common);
    at = source.first(`${common}\u{10ffff}`);
  }
  return { keys, commonPrefixes };
}

/** Several sources as one; a key that more than one has comes once. */
export function merged(sources: readonly KeySource[]): KeySource {
  const [only] = sources;
  if (only !== undefined && sources.length === 1) return only;
  return {
    first(from) {
      let least: string | undefined;
      for (const source of sources) {
        const key = source.first(from);
        if (key !== undefined && (least === undefined || key < least)) least = key;
      }
      return least;
    },
  };
}
