import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../engine/session';
import { tableFormats } from '../engine/tableFormats';
import type { Fields } from '../service';
import type { CatalogStore } from '../store/catalogStore';
import type { ObjectAttributes, ObjectStore } from '../store/objects';

/** What the parts of the demo lake are made with. */
export interface SeedWriter {
  readonly session: Session;
  readonly store: ObjectStore;
  readonly catalog: CatalogStore;
  /** True for the little lake that tests start with. */
  readonly small: boolean;
  /** Writes a query as Parquet below a prefix, in folders `key=value` when there are keys; gives the keys of the files. */
  parquet(
    query: string,
    to: { readonly prefix: string; readonly keys?: readonly string[] },
  ): Promise<readonly string[]>;
  /** Writes one text object. */
  text(key: string, content: string, attributes?: ObjectAttributes): void;
  /** Makes a table of the demo database. */
  table(table: SeedTable): void;
  /** Registers a partition of such a table; the location is below the table's when none is given. */
  partition(
    table: SeedTable,
    values: readonly string[],
    more?: { readonly location?: string; readonly columns?: Columns },
  ): void;
}

type Columns = Readonly<Record<string, string>>;

/** A table of the demo database: Parquet unless it says otherwise. */
export interface SeedTable {
  readonly name: string;
  /** Below the bucket, ends in a slash. */
  readonly prefix: string;
  readonly columns: Columns;
  readonly keys?: Columns;
  readonly format?: keyof typeof tableFormats;
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

export const lakeBucket = 'centralbank-data-lake';
export const resultsBucket = 'centralbank-athena-results';
export const demoDatabase = 'centralbank_data';

/** A writer into one lake; everything it writes seems to be of the same day, so that two lakes are alike. */
export function seedWriter(parts: Pick<SeedWriter, 'session' | 'store' | 'catalog' | 'small'>): SeedWriter {
  const { session, store, catalog } = parts;
  const modified = Date.UTC(2025, 0, 2, 3, 0, 0);
  const descriptor = (table: SeedTable, more: { location?: string; columns?: Columns } = {}): Fields => ({
    Columns: columnList(more.columns ?? table.columns),
    Location: more.location ?? `s3://${lakeBucket}/${table.prefix}`,
    Compressed: false,
    NumberOfBuckets: -1,
    BucketColumns: [],
    SortColumns: [],
    Parameters: {},
    StoredAsSubDirectories: false,
    ...tableFormats[table.format ?? 'parquet'],
  });
  return {
    ...parts,
    parquet: async (query, { prefix, keys = [] }) => {
      const folder = store.scratch();
      const target = keys.length === 0 ? join(folder, 'part-00000.parquet') : folder;
      const partitioned =
        keys.length === 0
          ? ''
          : `, partition_by (${keys.join(', ')}), filename_pattern 'part-0000{i}', overwrite_or_ignore true`;
      await session.connection.run(
        `copy (${query}) to '${target}' (format parquet, compression snappy${partitioned})`,
      );
      const written: string[] = [];
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const key = `${prefix}${path.slice(folder.length + 1).replaceAll('\\', '/')}`;
        store.putFile({ bucket: lakeBucket, key }, path, { modified });
        written.push(key);
      }
      rmSync(folder, { recursive: true, force: true });
      return written.sort();
    },
    text: (key, content, attributes = {}) => {
      store.put({ bucket: lakeBucket, key }, Buffer.from(content), { modified, ...attributes });
    },
    table: (table) => {
      const input = {
        Name: table.name,
        ...(table.description === undefined ? {} : { Description: table.description }),
        Owner: 'hadoop',
        TableType: 'EXTERNAL_TABLE',
        Parameters: { EXTERNAL: 'TRUE', classification: table.format ?? 'parquet', ...table.parameters },
        PartitionKeys: columnList(table.keys ?? {}),
        StorageDescriptor: descriptor(table),
      };
      catalog.putTable(demoDatabase, input, { replaces: false });
    },
    partition: (table, values, more = {}) => {
      const path = Object.keys(table.keys ?? {})
        .map((key, at) => `${key}=${values[at] ?? ''}/`)
        .join('');
      const location = more.location ?? `s3://${lakeBucket}/${table.prefix}${path}`;
      catalog.createPartition(
        { database: demoDatabase, table: table.name },
        { Values: values, Parameters: {}, StorageDescriptor: descriptor(table, { ...more, location }) },
      );
    },
  };
}

function columnList(columns: Columns): readonly Fields[] {
  return Object.entries(columns).map(([Name, Type]) => ({ Name, Type }));
}
