import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';
import type { Table, TableName } from './catalog';

/** What a user may do to a table, as Lake Formation says. */
export interface Grant {
  readonly principal: string;
  readonly permissions: readonly string[];
  /** Of these the principal may grant to others. */
  readonly grantable?: readonly string[];
  /** Absent: of all columns. */
  readonly columns?: readonly string[];
  /** Of all columns but these. */
  readonly exceptColumns?: readonly string[];
}

/** Statistics of a column that Glue keeps. */
export interface ColumnFacts {
  readonly nulls?: number;
  readonly distinct?: number;
  readonly min?: string;
  readonly max?: string;
}

/** The statistics that Glue keeps of a table's columns; those without any are absent. */
export interface ColumnStatistics {
  /** By column name. */
  readonly columns: Readonly<Record<string, ColumnFacts>>;
  /** The oldest of them. */
  readonly at?: Date;
}

/** A definition that a table had, or has. */
export interface TableVersion {
  readonly id: string;
  readonly table: Table;
  /** The table's maker, as far as Glue tells; it does not tell who changed it. */
  readonly createdBy?: string;
}

/** The new description of a table, or of one of its columns. */
export interface CommentChange {
  readonly table: TableName;
  /** A column or partition key; absent: the table itself. */
  readonly column?: string;
  /** What was there when it was edited; empty for none. */
  readonly from: string;
  /** Empty removes it. */
  readonly to: string;
}

/** What is known of a table beside its definition. Errors are Problems. */
export interface TableDetails {
  /** Newest first. */
  versions(
    connection: Connection,
    request: { readonly table: TableName; readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<TableVersion>>;
  statistics(
    connection: Connection,
    request: { readonly table: TableName; readonly columns: readonly string[] },
    signal: AbortSignal,
  ): Promise<ColumnStatistics>;
  grants(
    connection: Connection,
    request: { readonly table: TableName; readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<Grant>>;
  /**
   * Changes one description of the table as it is now, whatever else was changed meanwhile; a Problem when the
   * description itself was, or when its definition is kept elsewhere. The version before it is archived.
   */
  changeComment(connection: Connection, change: CommentChange, signal: AbortSignal): Promise<void>;
}
