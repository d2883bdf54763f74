import { Problem } from '../../src/base/problem';
import type { ObjectStore, StoredObject } from '../../src/zones/objectStore';

/** A bucket in memory that lists as S3 does, in the order of UTF-8 bytes, a thousand a page. */
export function keyStore(
  objects: readonly StoredObject[],
  options: { readonly before?: (request: number) => void; readonly pageSize?: number } = {},
): {
  readonly store: ObjectStore;
  readonly requests: { made: number; most: number; open: number; prefixes: string[] };
} {
  const sorted = objects
    .map((object) => ({ object, bytes: Buffer.from(object.key) }))
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes));
  const requests = { made: 0, most: 0, open: 0, prefixes: [] as string[] };
  const missing = (): never => {
    throw new Problem('There is no such thing.', 'missing');
  };
  const firstAfter = (key: string): number => {
    const wanted = Buffer.from(key);
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Buffer.compare(sorted[middle]?.bytes ?? wanted, wanted) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const store: ObjectStore = {
    buckets: async () => ({ items: [] }),
    head: async () => missing(),
    read: async () => missing(),
    list: async (_, { prefix, delimiter, startAfter, next, limit = options.pageSize ?? 1000 }, signal) => {
      signal.throwIfAborted();
      requests.made += 1;
      const number = requests.made;
      requests.open += 1;
      requests.most = Math.max(requests.most, requests.open);
      requests.prefixes.push(prefix);
      await new Promise((resolve) => setImmediate(resolve));
      requests.open -= 1;
      signal.throwIfAborted();
      options.before?.(number);
      const prefixes: string[] = [];
      const found: StoredObject[] = [];
      let last = '';
      // The end of a page is where it stopped: a folder counts as all that it holds.
      for (
        let at = next === undefined ? firstAfter(startAfter ?? '') : Number(next);
        at < sorted.length;
        at += 1
      ) {
        const object = sorted[at]?.object;
        if (object === undefined || !object.key.startsWith(prefix)) continue;
        const slash = delimiter === undefined ? -1 : object.key.indexOf('/', prefix.length);
        const folder = slash < 0 ? undefined : object.key.slice(0, slash + 1);
        if (folder !== undefined && folder === last) continue;
        if (prefixes.length + found.length === limit) return { prefixes, objects: found, next: String(at) };
        if (folder === undefined) found.push(object);
        else {
          prefixes.push(folder);
          last = folder;
        }
      }
      return { prefixes, objects: found };
    },
  };
  return { store, requests };
}
