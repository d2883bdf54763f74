import type { Span, TextEdit } from '../base/text';
import type { CatalogSnapshot, FileListing, Table } from '../catalog/catalog';
import type { DocumentLanguage, Language } from '../documents/language';
import type { DocumentModels } from '../documents/models';
import type { Dialect, Node, NodeOf, ParsedStatement } from '../sql/ast';
import type { Severity } from './finding';

/** What a rule may ask while a statement is walked. Nothing here waits or does I/O. */
export interface RuleContext {
  readonly dialect: Dialect;
  readonly catalog: CatalogSnapshot;
  readonly statement: ParsedStatement;
  /** What the rest of the file says that bears on this statement. */
  readonly file: FileFacts;
  /** Reports at a span of the statement (offsets as in its tree). */
  readonly report: (span: Span, message: string, options?: ReportOptions) => void;
}

/** How the statements of the file (and of the workspace, where it is known) use one table. */
export interface TableUse {
  /** Statements that join the table on a column, by column name. */
  readonly joined: ReadonlyMap<string, number>;
  /** Statements that filter a column by a range, by column name. */
  readonly ranged: ReadonlyMap<string, number>;
  /** Statements that change the table's rows: INSERT, UPDATE, DELETE, MERGE, COPY. */
  readonly changed: number;
  /** Statements that read the table in a FROM. */
  readonly read: number;
  /** ANALYZE of the table, or of all tables. */
  readonly analyzed: number;
  /** Statements that load the table and keep doubles out: MERGE, or a query with DISTINCT, GROUP BY, ROW_NUMBER or NOT EXISTS. */
  readonly deduplicated: number;
  /** RESETs of a session setting of this name; settings are counted like tables, for no table is called like one. */
  readonly reset: number;
  /** CREATE FUNCTIONs of this name, and those of them in Python. */
  readonly defined: number;
  readonly definedInPython: number;
  /** Statements that add partitions to it: ADD PARTITION and MSCK REPAIR TABLE. */
  readonly partitionsLoaded: number;
  /** INSERTs of written out VALUES. */
  readonly valuesInserted: number;
}

/** Asked for by name only, so that a finding is kept while the answers stay the same. */
export interface FileFacts {
  /** Whether a BEGIN stands before the statement in the file and no COMMIT or ROLLBACK since. */
  readonly inTransaction: () => boolean;
  /** Whether an earlier statement of the file made the table a temporary one. */
  readonly isTemporary: (table: string) => boolean;
  /** Whether an earlier statement of the file moved rows into the table by ALTER TABLE APPEND. */
  readonly isAppendedTo: (table: string) => boolean;
  /** Whether an earlier CREATE TABLE of the file declared a key or a reference. */
  readonly hasDeclaredKeys: () => boolean;
  /** How many one-row INSERTs with this head (`insert into t (a, b)`) stand directly before the statement. */
  readonly rowInsertsBefore: (head: string) => number;
  /** The tables by which a DELETE directly before the statement chose the rows of this table; undefined without one. */
  readonly deletedBefore: (table: string) => readonly string[] | undefined;
  /** By the table's own name, without database. */
  /** The name of an earlier table of the file whose folder holds this `s3://…/` or lies inside it. */
  readonly overlapping: (location: string) => string | undefined;
  readonly use: (table: string) => TableUse;
}

export interface ReportOptions {
  /**
   * What the finding is about where that is not its own span: the table reference of a missing filter.
   * Of two rules that see one defect, the precedence drops the lesser one on the same subject.
   */
  readonly subject?: Span;
  /** Raises or weakens the rule's default, where its entry in the rule book says so. */
  readonly severity?: Severity;
  readonly fixes?: readonly {
    readonly title: string;
    /** Offsets are the statement's. */
    readonly edits: readonly TextEdit[];
    readonly scaffold?: boolean;
  }[];
}

/** What a rule may ask while a document that is not SQL is checked. Nothing here waits or does I/O. */
export interface DocumentContext {
  readonly language: DocumentLanguage;
  /** Tables that are known, with their locations. */
  readonly catalog: CatalogSnapshot;
  /** Reports at a span of the file; edits of fixes are offsets of the file too. */
  readonly report: (span: Span, message: string, options?: ReportOptions) => void;
}

/** A rule documents and tests itself: `bad` must fire it, `good` must raise nothing above information. */
export interface Rule {
  readonly code: string;
  readonly id: string;
  readonly dialects: readonly Language[];
  readonly severity: Severity;
  /** Speaks only where the settings give it a severity. */
  readonly offByDefault?: true;
  readonly title: string;
  /** Why it matters, with its figure. */
  readonly why: string;
  readonly sources: readonly string[];
  /** What the rule book could not confirm; such a rule is never an error. */
  readonly unconfirmed?: string;
  /** DDL that gives the tables of the examples. */
  readonly catalog?: string;
  /** What DDL cannot say of those tables: rows, bytes, partitions. By the table's own name. */
  readonly figures?: Readonly<Record<string, Partial<Table>>>;
  /** What a listing of S3 found, by location, and how many slices the warehouse of the examples has. */
  readonly listings?: Readonly<Record<string, FileListing>>;
  readonly slices?: number;
  /** `{{name}}` in the examples stands for a text too long to show: so many numbers from `from`, joined. */
  readonly expand?: { readonly name: string; readonly from: number; readonly count: number };
  readonly bad: string;
  readonly good: string;
  /** For SQL: by the kind of node it listens to. */
  readonly on?:
    { readonly [K in Node['kind']]?: (node: NodeOf<K>, context: RuleContext) => void } | undefined;
  /** For other documents: by language, handed the whole document once. */
  readonly check?: {
    readonly [L in DocumentLanguage]?: (document: DocumentModels[L], context: DocumentContext) => void;
  };
}

/** The SQL dialect whose tables and examples a rule is shown with; undefined for rules of other documents. */
export function exampleDialect({ dialects }: Pick<Rule, 'dialects'>): Dialect | undefined {
  return dialects.find((dialect) => dialect === 'athena' || dialect === 'redshift');
}

/** Keeps the literal id, so that settings can be typed by it. */
export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}
