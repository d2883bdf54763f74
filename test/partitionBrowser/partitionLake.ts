import { Problem } from '../../src/base/problem';
import type { CatalogReader, Partition, Table } from '../../src/catalog/catalog';
import type { PartitionIndex, PartitionIndexes } from '../../src/catalog/partitionIndexes';
import type { ObjectStore, StoredObject } from '../../src/zones/objectStore';
import { connection, fault, tableOf } from '../support/fakes';
import { keyStore } from '../zones/keyStore';

export const never = new AbortController().signal;
export { connection };

/** `lake.sales(id bigint) by year string, month string` at `s3://lake/sales/`, unless told otherwise. */
export function salesTable(rest: Partial<Table> & { readonly by?: string } = {}): Table {
  const { by = 'year string, month string', ...more } = rest;
  return tableOf(`lake.sales(id bigint) by ${by}`, { location: 's3://lake/sales/', ...more });
}

/** Partitions at Hive's places for texts such as `2024/01`; `values -> location` puts one elsewhere. */
export function partitionsOf(table: Table, texts: readonly string[]): Partition[] {
  return texts.map((text) => {
    const [spelled = '', location] = text.split(' -> ');
    const values = spelled.split('/');
    const path = table.partitionKeys.map(({ name }, at) => `${name}=${values[at] ?? ''}/`).join('');
    return {
      values,
      location: location ?? `${table.location ?? ''}${path}`,
      createdAt: new Date(Date.UTC(2024, 0, 2)),
    };
  });
}

/** Objects of ten bytes at keys such as `sales/year=2024/a.parquet`; `key 1000` has so many. */
export function objectsOf(keys: readonly string[]): StoredObject[] {
  return keys.map((text) => {
    const [key = '', bytes = '10'] = text.split(' ');
    return { key, bytes: Number(bytes), modifiedAt: new Date(Date.UTC(2024, 0, 3)) };
  });
}

export interface PartitionLake {
  readonly catalog: CatalogReader;
  readonly store: ObjectStore;
  readonly indexes: PartitionIndexes;
  /** What was asked of the catalog: `segment 3`, `year = '2024'`. */
  readonly asked: string[];
  readonly requests: { list: number };
  /** Called before each request to the catalog and to S3; may throw. */
  before: (action: 'partitions' | 'list' | 'indexes', target: string) => void;
}

/** A catalog that pages and segments as Glue does, and buckets that list as S3 does. */
export function partitionLake(options: {
  readonly table: Table;
  readonly partitions: () => readonly Partition[];
  readonly buckets?: Readonly<Record<string, readonly StoredObject[]>>;
  readonly indexes?: readonly PartitionIndex[];
}): PartitionLake {
  const { table } = options;
  const stores = new Map(
    Object.entries(options.buckets ?? {}).map(([name, objects]) => [name, keyStore(objects).store] as const),
  );
  const refuse = async (): Promise<never> => {
    throw fault('missing');
  };
  const lake: PartitionLake = {
    asked: [],
    requests: { list: 0 },
    before: () => undefined,
    catalog: {
      databases: refuse,
      tables: refuse,
      table: async () => table,
      async partitions(_connection, { next = '0', limit = 1000, expression, segment }, signal) {
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        const target = expression ?? (segment === undefined ? 'page' : `segment ${segment.number}`);
        lake.asked.push(target);
        lake.before('partitions', target);
        const all = options
          .partitions()
          .filter((_, at) => segment === undefined || at % segment.total === segment.number);
        const from = Number(next);
        const items = all.slice(from, from + limit);
        return from + limit < all.length ? { items, next: String(from + limit) } : { items };
      },
    },
    store: {
      buckets: refuse,
      head: refuse,
      read: refuse,
      async list(given, request, signal) {
        lake.requests.list += 1;
        lake.before('list', `s3://${request.bucket}/${request.prefix}`);
        const store = stores.get(request.bucket);
        if (store === undefined) {
          throw new Problem(`S3 has no bucket ${request.bucket}: check its name.`, 'missing');
        }
        return await store.list(given, request, signal);
      },
    },
    indexes: {
      async list() {
        lake.before('indexes', 'list');
        return options.indexes ?? [];
      },
      create: refuse,
      remove: refuse,
    },
  };
  return lake;
}
