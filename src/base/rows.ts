/** One column of a table of texts. */
export interface RowColumn {
  readonly name: string;
  /** The engine's type name, lower case: `varchar`, `bigint`, `decimal(18,2)`. */
  readonly type: string;
}

/** A rectangle of cells: half-open in rows and in columns, counted from 0. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
  readonly columnFrom: number;
  readonly columnTo: number;
}

/** Texts of one row; `null` is SQL NULL and differs from the empty text. */
export type RowTexts = readonly (string | null)[];

/**
 * Rows that are here already and may still grow at the end; what was read once never changes.
 * `rows` cuts the range to what is there, and answers at once.
 */
export interface RowSource {
  readonly columns: readonly RowColumn[];
  readonly rowCount: number;
  /** No more rows will come. */
  readonly final: boolean;
  rows(range: RowRange): readonly RowTexts[];
}
