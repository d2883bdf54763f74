import type { Span, TextEdit } from '../base/text';
import type { CatalogSnapshot } from '../catalog/catalog';
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
}

/** Asked for by name only, so that a finding is kept while the answers stay the same. */
export interface FileFacts {
  /** Whether a BEGIN stands before the statement in the file and no COMMIT or ROLLBACK since. */
  readonly inTransaction: () => boolean;
  /** Whether an earlier statement of the file made the table a temporary one. */
  readonly isTemporary: (table: string) => boolean;
  /** Whether an earlier statement of the file moved rows into the table by ALTER TABLE APPEND. */
  readonly isAppendedTo: (table: string) => boolean;
  /** By the table's own name, without database. */
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

/** A rule documents and tests itself: `bad` must fire it, `good` must raise nothing above information. */
export interface Rule {
  readonly code: string;
  readonly id: string;
  readonly dialects: readonly Dialect[];
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters, with its figure. */
  readonly why: string;
  readonly sources: readonly string[];
  /** What the rule book could not confirm; such a rule is never an error. */
  readonly unconfirmed?: string;
  /** DDL that gives the tables of the examples. */
  readonly catalog?: string;
  readonly bad: string;
  readonly good: string;
  readonly on: { readonly [K in Node['kind']]?: (node: NodeOf<K>, context: RuleContext) => void };
}

/** Keeps the literal id, so that settings can be typed by it. */
export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}
