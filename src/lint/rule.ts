import type { Span, TextEdit } from '../base/text';
import type { CatalogSnapshot } from '../catalog/catalog';
import type { Dialect, Node, NodeOf, ParsedStatement } from '../sql/ast';
import type { Severity } from './finding';

/** What a rule may ask while a statement is walked. Nothing here waits or does I/O. */
export interface RuleContext {
  readonly dialect: Dialect;
  readonly catalog: CatalogSnapshot;
  readonly statement: ParsedStatement;
  /** Reports at a span of the statement (offsets as in its tree). */
  readonly report: (span: Span, message: string, options?: ReportOptions) => void;
}

export interface ReportOptions {
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
