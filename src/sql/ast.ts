import type { Span } from '../base/text';
import type { Expression, Identifier, OrderItem, QualifiedName, TypeName, Window } from './ast/expressions';
import type { Cte, GroupBy, Query, QueryBody, Select, SelectItem, TableExpression } from './ast/queries';
import type { AlterAction, ColumnDefinition, Option, PartitionSpec, StatementBody } from './ast/statements';

export type * from './ast/expressions';
export type * from './ast/queries';
export type * from './ast/statements';

// Every node is a Span. Its offsets count from the start of its statement's text, so that a statement
// that was only moved by an edit above it needs no new tree.

export type Dialect = 'athena' | 'redshift';

export type Node =
  | Identifier
  | QualifiedName
  | TypeName
  | Expression
  | Window
  | OrderItem
  | Cte
  | Query
  | QueryBody
  | SelectItem
  | GroupBy
  | TableExpression
  | Option
  | ColumnDefinition
  | StatementBody
  | AlterAction
  | PartitionSpec;
export type NodeOf<K extends Node['kind']> = Extract<Node, { readonly kind: K }>;

/** What is wrong with a statement's text; offsets are the statement's. */
export interface SyntaxProblem extends Span {
  /** One sentence: what was expected and what was found. */
  readonly message: string;
  /** The word that was probably meant, for a quick fix that replaces the span. */
  readonly suggestion?: string;
}

/** One statement, read: a pure function of its text and dialect, so equal text needs no second reading. */
export interface ParsedStatement {
  readonly text: string;
  readonly dialect: Dialect;
  readonly body: StatementBody;
  readonly problems: readonly SyntaxProblem[];
  /** A template, psql line or unknown token stands somewhere in it. */
  readonly templated: boolean;
  /** The names of tables and views that its FROM clauses read; names of WITH queries are none. */
  readonly tables: readonly QualifiedName[];
  /** Its SELECTs, those inside others first. */
  readonly selects: readonly Select[];
}

/** A statement in its document. */
export interface Statement {
  /** Document offset of the statement's first token; node offsets count from here. */
  readonly start: number;
  /** Document offset behind its last token, before the semicolon. */
  readonly end: number;
  readonly parsed: ParsedStatement;
}
