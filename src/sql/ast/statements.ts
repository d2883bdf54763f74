import type { Span } from '../../base/text';
import type {
  Call,
  ErrorNode,
  Expression,
  Identifier,
  Literal,
  Parameter,
  QualifiedName,
  Template,
  TypeName,
} from './expressions';
import type { Cte, Query, TableExpression, TableRef } from './queries';

/** One option of a DDL or utility statement with the places of its key and value: `FORMAT AS PARQUET`. */
export interface Option extends Span {
  readonly kind: 'Option';
  /** Canonical upper case words: `FORMAT`, `IAM_ROLE`, `DISTSTYLE`, `WITH`. Property keys as written. */
  readonly key: string;
  readonly keySpan: Span;
  /** Decoded string, number or words in upper case; absent for a bare flag. */
  readonly value?: string;
  readonly valueSpan?: Span;
  /** `(a, b)`: its items as text. */
  readonly items?: readonly (Span & { readonly text: string })[];
  /** Present when the value is an expression rather than a word. */
  readonly expression?: Expression;
}
export interface ColumnDefinition extends Span {
  readonly kind: 'ColumnDefinition';
  readonly name: Identifier;
  /** Absent in CTAS column lists and transforms (Iceberg `day(ts)`). */
  readonly type?: TypeName;
  /** `NOT NULL`, `DISTKEY`, `SORTKEY`, `ENCODE`, `DEFAULT`, `IDENTITY`, `COMMENT`, `REFERENCES`, `PRIMARY KEY`… */
  readonly options: readonly Option[];
  /** Iceberg partition transform: `day(event_time)`. */
  readonly transform?: Call;
}
export interface SelectStatement extends Span {
  readonly kind: 'SelectStatement';
  readonly query: Query;
}
export interface InsertStatement extends Span {
  readonly kind: 'InsertStatement';
  readonly target: QualifiedName;
  readonly overwrite: boolean;
  readonly columns: readonly Identifier[];
  /** Hive's INSERT … PARTITION (…). */
  readonly partition?: PartitionSpec;
  /** Absent for DEFAULT VALUES. */
  readonly query?: Query;
}
export interface UpdateStatement extends Span {
  readonly kind: 'UpdateStatement';
  readonly target: TableRef;
  readonly assignments: readonly { readonly column: QualifiedName; readonly value: Expression }[];
  readonly from: readonly TableExpression[];
  readonly where?: Expression;
  /** Queries of the WITH before it, which only Redshift has. */
  readonly ctes?: readonly Cte[];
  readonly recursive?: boolean;
}
export interface DeleteStatement extends Span {
  readonly kind: 'DeleteStatement';
  readonly target: TableRef;
  readonly using: readonly TableExpression[];
  readonly where?: Expression;
  /** Queries of the WITH before it, which only Redshift has. */
  readonly ctes?: readonly Cte[];
  readonly recursive?: boolean;
}
export interface MergeStatement extends Span {
  readonly kind: 'MergeStatement';
  readonly target: TableRef;
  readonly source: TableExpression;
  readonly on: Expression;
  readonly clauses: readonly (Span & {
    readonly matched: boolean;
    readonly condition?: Expression;
    readonly action: 'UPDATE' | 'DELETE' | 'INSERT';
    readonly assignments: readonly { readonly column: QualifiedName; readonly value: Expression }[];
    readonly columns: readonly Identifier[];
    readonly values: readonly Expression[];
  })[];
  /** Redshift REMOVE DUPLICATES. */
  readonly removeDuplicates: boolean;
}
/** CREATE [EXTERNAL] TABLE with a column list, both dialects; also LIKE. */
export interface CreateTable extends Span {
  readonly kind: 'CreateTable';
  readonly name: QualifiedName;
  readonly external: boolean;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  /** Table constraints (PRIMARY KEY (…), FOREIGN KEY …) as options. */
  readonly constraints: readonly Option[];
  readonly partitionedBy: readonly ColumnDefinition[];
  readonly partitionedBySpan?: Span;
  /** Everything after the column list: `STORED AS`, `ROW FORMAT SERDE`, `LOCATION`, `DISTSTYLE`, `DISTKEY`, `SORTKEY` (value COMPOUND or INTERLEAVED, items the columns), `ENCODE`, `BACKUP`, `CLUSTERED BY`, `COMMENT`, `WITH`… */
  readonly options: readonly Option[];
  /** TBLPROPERTIES ('k'='v'). */
  readonly properties: readonly Option[];
  readonly serdeProperties: readonly Option[];
  readonly like?: QualifiedName;
  /** Just `( … )` around the columns. */
  readonly columnsSpan?: Span;
}
/** CREATE TABLE … AS query, both dialects. */
export interface CreateTableAs extends Span {
  readonly kind: 'CreateTableAs';
  readonly name: QualifiedName;
  readonly external: boolean;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  /** Athena WITH (k = v): keys lower case, ARRAY[…] as items. */
  readonly properties: readonly Option[];
  readonly propertiesSpan?: Span;
  /** Redshift external tables: PARTITIONED BY before AS. */
  readonly partitionedBy?: readonly ColumnDefinition[];
  /** Redshift table attributes before AS, as in CreateTable. */
  readonly options: readonly Option[];
  readonly query: Query;
}
export interface CreateView extends Span {
  readonly kind: 'CreateView';
  readonly name: QualifiedName;
  readonly replace: boolean;
  readonly materialized: boolean;
  readonly columns: readonly Identifier[];
  readonly options: readonly Option[];
  readonly query: Query;
}
/** UNLOAD, Athena (query in parentheses) and Redshift (query in a string, its tree in outer offsets when it holds no '' ; else `embedded`). */
export interface UnloadStatement extends Span {
  readonly kind: 'UnloadStatement';
  /** Offsets are those of the statement, mapped through the quotes. */
  readonly query?: Query;
  /** Redshift: the string with its quotes. */
  readonly querySpan?: Span;
  readonly to?: Literal;
  readonly options: readonly Option[];
}
export interface CopyStatement extends Span {
  readonly kind: 'CopyStatement';
  readonly target: QualifiedName;
  readonly columns: readonly Identifier[];
  readonly from?: Literal | Template | Parameter;
  readonly options: readonly Option[];
}
/** ALTER TABLE in both dialects. */
export interface AlterTable extends Span {
  readonly kind: 'AlterTable';
  readonly name: QualifiedName;
  readonly actions: readonly AlterAction[];
}
export interface AlterAction extends Span {
  readonly kind: 'AlterAction';
  /** Canonical: `ADD PARTITION`, `DROP PARTITION`, `RENAME PARTITION`, `ADD COLUMNS`, `ADD COLUMN`, `DROP COLUMN`, `REPLACE COLUMNS`, `CHANGE COLUMN`, `ALTER COLUMN`, `SET LOCATION`, `SET TBLPROPERTIES`, `RENAME TO`, `RENAME COLUMN`, `ALTER DISTKEY`, `ALTER DISTSTYLE`, `ALTER SORTKEY`, `APPEND FROM`, `OWNER TO`, `OTHER`. */
  readonly action: string;
  /** IF EXISTS / IF NOT EXISTS. */
  readonly guarded: boolean;
  readonly partitions: readonly PartitionSpec[];
  readonly columns: readonly ColumnDefinition[];
  readonly options: readonly Option[];
}
/** `PARTITION (year = 2024, …) LOCATION '…'`. */
export interface PartitionSpec extends Span {
  readonly kind: 'PartitionSpec';
  readonly entries: readonly (Span & {
    readonly key: Identifier;
    readonly operator: string;
    readonly value: Expression;
  })[];
  readonly location?: Literal;
}
/** EXPLAIN, PREPARE: what they hold is in `statement`. */
export interface WrapperStatement extends Span {
  readonly kind: 'WrapperStatement';
  readonly verb: 'EXPLAIN' | 'EXPLAIN ANALYZE' | 'PREPARE' | 'DECLARE CURSOR';
  readonly name?: Identifier;
  readonly options: readonly Option[];
  readonly statement: StatementBody;
}
/** Everything else, by its verb words: `MSCK REPAIR TABLE`, `VACUUM`, `ANALYZE`, `DROP TABLE`, `SHOW PARTITIONS`, `BEGIN`, `GRANT`, `SET`… */
export interface UtilityStatement extends Span {
  readonly kind: 'UtilityStatement';
  /** Canonical upper case words. */
  readonly verb: string;
  readonly verbSpan: Span;
  /** The first object named, where there is one. */
  readonly name?: QualifiedName;
  readonly options: readonly Option[];
  /** Bodies in $$ … $$ and the like: statements in outer offsets. */
  readonly statements: readonly StatementBody[];
}

export type StatementBody =
  | SelectStatement
  | InsertStatement
  | UpdateStatement
  | DeleteStatement
  | MergeStatement
  | CreateTable
  | CreateTableAs
  | CreateView
  | UnloadStatement
  | CopyStatement
  | AlterTable
  | WrapperStatement
  | UtilityStatement
  | ErrorNode;
