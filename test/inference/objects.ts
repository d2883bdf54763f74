import { readFileSync } from 'node:fs';
import { Problem } from '../../src/base/problem';
import type { ObjectStore } from '../../src/zones/objectStore';

/** What lies at a key: its bytes, a text, or why it cannot be read. */
export type Content = Uint8Array | string | Problem;

/** A file of the fixtures. */
export function fixture(name: string): Uint8Array {
  return readFileSync(`test/fixtures/lake/${name}`);
}

/** One bucket in memory; objects are younger the later they stand in the list, by a day each. */
export function bucketOf(
  contents: Readonly<Record<string, Content>>,
): ObjectStore & { readonly calls: { list: number; read: number } } {
  const calls = { list: 0, read: 0 };
  const bytesOf = (content: Content): Uint8Array =>
    content instanceof Problem ? new Uint8Array(100) : Buffer.from(content);
  const objects = Object.entries(contents)
    .map(([key, content], at) => ({
      key,
      bytes: bytesOf(content).length,
      modifiedAt: new Date(Date.UTC(2024, 0, 1 + at)),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return {
    calls,
    buckets: () => Promise.reject(new Error('not asked')),
    head: () => Promise.reject(new Error('not asked')),
    async list(_, { prefix, delimiter, limit = 1000, startAfter = '', next }) {
      calls.list += 1;
      const items = new Map<string, (typeof objects)[number] | undefined>();
      for (const object of objects) {
        if (!object.key.startsWith(prefix)) continue;
        const slash = delimiter === undefined ? -1 : object.key.indexOf('/', prefix.length);
        if (slash < 0) items.set(object.key, object);
        else items.set(object.key.slice(0, slash + 1), undefined);
      }
      const after = next ?? startAfter;
      const rest = [...items].filter(([name]) => name > after);
      const page = rest.slice(0, limit);
      const last = page.at(-1)?.[0];
      return {
        prefixes: page.filter(([, object]) => object === undefined).map(([name]) => name),
        objects: page.flatMap(([, object]) => object ?? []),
        ...(rest.length > limit && last !== undefined ? { next: last } : {}),
      };
    },
    async read(_, { key, range }) {
      calls.read += 1;
      const content = contents[key];
      if (content === undefined) throw new Problem(`${key} is not there.`, 'missing');
      if (content instanceof Problem) throw content;
      const bytes = bytesOf(content);
      return range === undefined ? bytes : bytes.subarray(range.start, range.end);
    },
  };
}
