import type { Column, Table } from '../catalog/catalog';
import type { Select, TableRef } from '../sql/ast';
import type { Condition, Obstacle } from './plan';
import type { KeyVerdict } from './verdict';

/** One reading of a table by a query; a WITH query that is used twice reads its tables twice. */
export interface TableScan {
  /** Tells the columns of this reading from those of others in its conditions. */
  readonly relation: number;
  /** Where the table, or the view that it is read through, stands in the statement. */
  readonly ref: TableRef;
  /** Absent when the catalog does not know it. */
  readonly table?: Table;
  /** The view that it is read through. */
  readonly view?: string;
  /** The SELECT of the statement that reads it; absent inside a view. */
  readonly select?: Select;
  /** What every row read has to meet, from wherever in the statement it was moved down. */
  readonly conditions: readonly Condition[];
  /** What is tested only after all of it was read, and why. */
  readonly stopped: readonly { readonly condition: Condition; readonly obstacle: Obstacle }[];
  /** Columns that have to be read, keys included, in the table's order; `all` when that is not known. */
  readonly columns: 'all' | readonly string[];
  /** True when no data column is needed: Parquet and ORC answer it from their footers. */
  readonly keysOnly: boolean;
  /** One for each partition key, in order. */
  readonly keys: readonly { readonly key: Column; readonly verdict: KeyVerdict }[];
}
