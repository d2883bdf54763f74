import { Problem } from '../../src/base/problem';
import type { CatalogReader, Partition, Table } from '../../src/catalog/catalog';
import type { Connection } from '../../src/connection/connection';
import type { Outcome, PartitionStore, StoredPartition } from '../../src/partitions/partitionStore';
import type { ObjectStore, StoredObject } from '../../src/zones/objectStore';

export const memoryConnection: Connection = {
  name: 'memory',
  region: 'us-east-1',
  readOnly: false,
  production: false,
};

/** A bucket and a table in memory, with the requests counted: for tests of what plain functions do with them. */
export interface MemoryLake {
  readonly store: ObjectStore;
  readonly catalog: CatalogReader;
  readonly partitions: PartitionStore;
  readonly registered: Map<string, StoredPartition>;
  /** What the bucket holds, in order; a test may change it. */
  readonly objects: string[];
  readonly calls: { list: number; read: number; write: number };
  /** Called before each listing with its prefix; may throw, to fail it, or change the lake. */
  beforeList: (prefix: string) => void;
  /** Called before each write; may throw, to fail it. */
  beforeWrite: (action: string) => void;
  /** Called after each write was carried out; may throw, as when an answer is lost. */
  afterWrite: (action: string) => void;
}

export function memoryLake(options: {
  readonly table: Table;
  readonly keys: readonly string[];
  readonly partitions: readonly Partition[];
}): MemoryLake {
  const { table } = options;
  const bucketName = /^s3:\/\/([^/]+)/.exec(table.location ?? '')?.[1] ?? '';
  const objects = options.keys.toSorted(byCode);
  const registered = new Map<string, StoredPartition>();
  const put = (values: readonly string[], location: string, record: unknown): void => {
    registered.set(JSON.stringify(values), { values, location, record });
  };
  for (const one of options.partitions) put(one.values, one.location ?? '', { original: true });
  const calls = { list: 0, read: 0, write: 0 };
  const missing = (): never => {
    throw new Problem('There is no such thing.', 'missing');
  };

  const lake: MemoryLake = {
    registered,
    objects,
    calls,
    beforeList: () => undefined,
    beforeWrite: () => undefined,
    afterWrite: () => undefined,
    store: {
      buckets: async () => ({ items: [{ name: bucketName }] }),
      head: async () => missing(),
      read: async () => missing(),
      list: async (_, { bucket, prefix, delimiter, startAfter, next, limit = 1000 }, signal) => {
        signal.throwIfAborted();
        lake.beforeList(prefix);
        calls.list += 1;
        if (bucket !== bucketName) return { prefixes: [], objects: [] };
        const prefixes: string[] = [];
        const found: StoredObject[] = [];
        let last = next ?? startAfter ?? '';
        // Binary search for the first key of the prefix: a linear one would make large tests slow.
        const from = last > prefix ? last : prefix;
        for (let at = lowerBound(objects, from); at < objects.length; at += 1) {
          const key = objects[at] ?? '';
          if (!key.startsWith(prefix)) break;
          const slash = delimiter === undefined ? -1 : key.indexOf('/', prefix.length);
          const item = slash < 0 ? key : key.slice(0, slash + 1);
          if (item <= last && last !== '') {
            if (slash >= 0) at = lowerBound(objects, `${item.slice(0, -1)}0`) - 1;
            continue;
          }
          if (prefixes.length + found.length === limit) return { prefixes, objects: found, next: last };
          if (slash < 0) found.push({ key, bytes: 10 });
          else {
            prefixes.push(item);
            at = lowerBound(objects, `${item.slice(0, -1)}0`) - 1; // '0' follows '/'
          }
          last = item;
        }
        return { prefixes, objects: found };
      },
    },
    catalog: {
      databases: async () => ({ items: [{ name: table.database }] }),
      tables: async () => ({ items: [table] }),
      table: async () => table,
      partitions: async (_, { next = '0', limit = 1000, segment }, signal) => {
        signal.throwIfAborted();
        calls.read += 1;
        const all = [...registered.values()].filter(
          (_one, index) => segment === undefined || index % segment.total === segment.number,
        );
        const from = Number(next);
        const items = all.slice(from, from + limit).map(({ values, location }) => ({ values, location }));
        return from + limit < all.length ? { items, next: String(from + limit) } : { items };
      },
    },
    partitions: {
      create: async (_, { items }) => {
        calls.write += 1;
        lake.beforeWrite('create');
        const outcomes = items.map((item): Outcome => {
          const { values, location } = item.kind === 'new' ? item : item.partition;
          if (registered.has(JSON.stringify(values))) return { kind: 'already', values };
          put(values, location, item.kind === 'new' ? { copied: true } : item.partition.record);
          return { kind: 'done', values };
        });
        lake.afterWrite('create');
        return outcomes;
      },
      remove: async (_, { values }) => {
        calls.write += 1;
        lake.beforeWrite('remove');
        const outcomes = values.map((one): Outcome => {
          return registered.delete(JSON.stringify(one))
            ? { kind: 'done', values: one }
            : { kind: 'already', values: one };
        });
        lake.afterWrite('remove');
        return outcomes;
      },
      update: async (_, { items }) => {
        calls.write += 1;
        lake.beforeWrite('update');
        const outcomes = items.map(({ partition, location }): Outcome => {
          put(partition.values, location, partition.record);
          return { kind: 'done', values: partition.values };
        });
        lake.afterWrite('update');
        return outcomes;
      },
      describe: async (_, { values }) => {
        calls.read += 1;
        return values.flatMap((one) => registered.get(JSON.stringify(one)) ?? []);
      },
    },
  };
  return lake;
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
