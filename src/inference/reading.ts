import type { Shape } from './shapes';

/** A column as a file has it: its name as the file spells it, its type in Hive's words. */
export interface FileColumn {
  readonly name: string;
  readonly type: string;
}

/** How a CSV text is written. */
export interface CsvDialect {
  /** One character. */
  readonly delimiter: string;
  /** Some field stands in double quotes. */
  readonly quoted: boolean;
  /** A quote inside a quoted field is written `\"`, not `""`. */
  readonly backslash: boolean;
  readonly header: boolean;
  /** Some quoted field holds a line break, which Athena's SerDes do not read. */
  readonly brokenLines: boolean;
}

interface ReadCommon {
  /** What the file is packed with as a whole, or inside: `gzip`, `SNAPPY`. */
  readonly compression?: string;
  /** What is doubtful about how it is to be read, a sentence each; no file names in it. */
  readonly doubts: readonly string[];
  /** What is wrong with it, whoever reads it, a sentence each; absent: nothing. */
  readonly faults?: readonly string[];
}

/** What one file tells of its columns. */
export type Reading =
  | (ReadCommon & {
      readonly kind: 'typed';
      readonly format: 'parquet' | 'orc' | 'avro';
      readonly columns: readonly FileColumn[];
      /** Avro's own schema, as JSON text. */
      readonly schema?: string;
    })
  | (ReadCommon & {
      readonly kind: 'json';
      /** Only objects of which each stands on a line of its own can be read by Athena. */
      readonly layout: 'lines' | 'array' | 'spread';
      readonly fields: readonly (readonly [name: string, shape: Shape])[];
      /** Objects that were looked at. */
      readonly rows: number;
    })
  | (ReadCommon & {
      readonly kind: 'csv';
      readonly dialect: CsvDialect;
      readonly fields: readonly (readonly [name: string, shape: Shape])[];
      /** Rows that were looked at, without the header. */
      readonly rows: number;
    })
  | (ReadCommon & { readonly kind: 'other'; readonly format: string });

/** A file of the sample with what it told, or why it told nothing. */
export interface SampledFile {
  readonly key: string;
  /** Bytes of the whole object. */
  readonly bytes: number;
  readonly modifiedAt?: Date;
  readonly reading?: Reading;
  /** Why it could not be read, in one sentence. */
  readonly unread?: string;
}
