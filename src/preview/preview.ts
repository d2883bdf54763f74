/** An object that is read in ranges, never whole. */
export interface RangedObject {
  readonly key: string;
  readonly bytes: number;
  /** The bytes of a half-open range. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
}

/** What the beginning and the metadata of an object tell. */
export interface Preview {
  /** `Parquet`, `CSV`, `NDJSON`, `JSON`, `Avro`, `ORC`, `text` or `binary`. */
  readonly format: string;
  /** What the object is packed with, as a whole or, for columnar files, inside: `gzip`, `ZSTD`. */
  readonly compression?: string;
  /** Of the whole object, where its metadata tells. */
  readonly rows?: number;
  readonly columns: readonly PreviewColumn[];
  readonly rowGroups: readonly RowGroup[];
  /** The first rows, a cell for each of `sampleColumns`; `null` is NULL. */
  readonly sample: readonly (readonly (string | null)[])[];
  /** Absent where they are all of `columns`: a nested column is one cell, and one that was not read is none. */
  readonly sampleColumns?: readonly string[];
  /** Lines of a text without columns. */
  readonly text?: string;
  /** Further facts by name: who wrote it, its own properties. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What could not be shown, a sentence each. */
  readonly notes: readonly string[];
}

export interface PreviewColumn {
  readonly name: string;
  /** As the file's own metadata says it; absent for a text file. */
  readonly type?: string;
  /** Packed, in bytes, over all row groups. */
  readonly bytes?: number;
  readonly encodings?: readonly string[];
  readonly compression?: string;
  /** From the footer's statistics; absent where a row group has none. */
  readonly nulls?: number;
  /** What `nulls` is a part of: more or fewer than there are rows in a column that is nested. */
  readonly values?: number;
  readonly distinct?: number;
  readonly min?: string;
  readonly max?: string;
  /** The writer has cut the text: the least is not below `min`, but need not be it. */
  readonly minIsBound?: true;
  /** The same of the greatest, which is not above `max`. */
  readonly maxIsBound?: true;
}

export interface RowGroup {
  readonly rows: number;
  /** Packed, in bytes. */
  readonly bytes: number;
}

/** What is not told: a preview starts from this. */
export const emptyPreview: Omit<Preview, 'format'> = {
  columns: [],
  rowGroups: [],
  sample: [],
  facts: [],
  notes: [],
};

/** So many rows are shown of an object. */
export const sampleRows = 100;
