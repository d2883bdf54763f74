import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';

export interface Column {
  /** Lower case, as Glue and Athena keep it. */
  readonly name: string;
  /** As declared, lower case: `decimal(18,2)`, `array<string>`. */
  readonly type: string;
  readonly comment?: string;
  /** Declared so; absent where it may be NULL or nobody says. */
  readonly notNull?: true;
}

export interface Database {
  readonly name: string;
  readonly description?: string;
  readonly location?: string;
}

/** A table as Athena or Redshift sees it. What a source does not know is absent, never guessed. */
export interface Table {
  /** Absent: the account's own Glue catalog. See `catalogId.ts`. */
  readonly catalog?: string;
  readonly database: string;
  readonly name: string;
  readonly columns: readonly Column[];
  /** In order; empty for a table without partitions. */
  readonly partitionKeys: readonly Column[];
  /** `s3://bucket/prefix/`. */
  readonly location?: string;
  /** `hive` is an external table over files; `native` a Redshift table. */
  readonly kind?: 'hive' | 'iceberg' | 'delta' | 'hudi' | 'view' | 'native';
  readonly format?: 'parquet' | 'orc' | 'avro' | 'json' | 'csv' | 'text' | 'other';
  readonly serde?: string;
  readonly inputFormat?: string;
  readonly outputFormat?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly serdeParameters?: Readonly<Record<string, string>>;
  /** SQL of a view, in the dialect of its engine. */
  readonly viewSql?: string;
  readonly description?: string;
  /** A resource link of Lake Formation: another table by another name; its columns stand there. */
  readonly linksTo?: TableName;
  readonly owner?: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
  /** Redshift only. */
  readonly distribution?: {
    readonly style: 'auto' | 'even' | 'all' | 'key';
    readonly key?: string;
  };
  /** Redshift only; an empty list is a table known to have none. */
  readonly sortKeys?: readonly string[];
  /** Redshift only: percent of the rows that a VACUUM would have to sort. */
  readonly unsortedPercent?: number;
  /** Partitions known to exist and, where known, the newest one's values in key order. */
  readonly partitionCount?: number;
  readonly newestPartition?: readonly string[];
  /** The values of all partitions, each in key order, where a source lists them. */
  readonly partitionValues?: readonly (readonly string[])[];
  readonly medianPartitionBytes?: number;
  /** Iceberg only: the fields it is partitioned by, `day(event_time)`; an empty list is a table known to have none. */
  readonly partitionFields?: readonly string[];
  /** Bytes and rows where a source gives them (statistics, listing). */
  readonly bytes?: number;
  readonly rows?: number;
  /** Bytes by column, where the footers of its files tell. */
  readonly columnBytes?: Readonly<Record<string, number>>;
  /** Whether Glue keeps statistics of its columns, by which Athena orders joins. */
  readonly columnStatistics?: boolean;
  /** The storage class of objects below its location that Athena passes over. */
  readonly archivedIn?: 'GLACIER' | 'DEEP_ARCHIVE';
  /** A Glue job of the workspace reads it by the catalog. */
  readonly readByGlueJobs?: boolean;
}

export interface Partition {
  /** In the order of the table's partition keys, decoded. */
  readonly values: readonly string[];
  readonly location?: string;
  /** How its files are read, which may be another way than the table's. */
  readonly serde?: string;
  readonly inputFormat?: string;
  readonly createdAt?: Date;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface TableName {
  /** Absent: the account's own Glue catalog. See `catalogId.ts`. */
  readonly catalog?: string;
  readonly database: string;
  readonly name: string;
}

/** What lies below a prefix of S3, as a listing found it. */
export interface FileListing {
  readonly objects: number;
  /** Of all of them. */
  readonly bytes: number;
  readonly medianBytes?: number;
  /** That all or nearly all end with: `.csv.gz`, lower case. */
  readonly extension?: string;
}

/** What is known now, in memory: rules read it and must not wait. */
export interface CatalogSnapshot {
  /**
   * The table a name means: `name`, `database.name` or `catalog.database.name`, any case.
   * `undefined`: unknown, or known twice with different facts; then nothing may be said of it.
   */
  table(parts: readonly string[]): Table | undefined;
  /** What a listing found at a location, `s3://bucket/prefix/`, as it is written; absent or undefined: not listed. */
  readonly listing?: (location: string) => FileListing | undefined;
  /** Slices of the warehouse (STV_SLICES), by which a load is divided; absent or undefined: not known. */
  readonly slices?: () => number | undefined;
  /** It answers the same for as long as it is there: whoever has asked once need not ask again. */
  readonly still?: true;
}

/** The Glue catalog of an account, and the catalogs beside it by their ids. Every list pages; errors are Problems. */
export interface CatalogReader {
  databases(
    connection: Connection,
    request: { readonly catalog?: string; readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<Database>>;
  tables(
    connection: Connection,
    request: {
      readonly catalog?: string;
      readonly database: string;
      readonly next?: string;
      /** A part of the name, or with `*` the whole of it; filtered where the tables are listed. */
      readonly named?: string;
    },
    signal: AbortSignal,
  ): Promise<Page<Table>>;
  /** A Problem of kind `missing` when there is none. */
  table(connection: Connection, request: TableName, signal: AbortSignal): Promise<Table>;
  /** In the catalog's order; `expression` is filtered on the server (Glue's own syntax). */
  partitions(
    connection: Connection,
    request: {
      readonly table: TableName;
      readonly next?: string;
      /** At most 1,000. */
      readonly limit?: number;
      readonly expression?: string;
      readonly segment?: { readonly number: number; readonly total: number };
    },
    signal: AbortSignal,
  ): Promise<Page<Partition>>;
}

/** The name of a table alone, with its catalog. */
export function nameOfTable({ catalog, database, name }: TableName): TableName {
  return { ...(catalog === undefined ? {} : { catalog }), database, name };
}
