import type { Dialect } from '../sql/ast';
import type { Span } from '../base/text';

/** SQL inside another text. */
export interface EmbeddedSql {
  /** The SQL as the engine would get it: escapes undone; holes (f-string fields, concatenated values) as a template token. */
  readonly text: string;
  /** Which engine gets it; undefined where the call does not tell. */
  readonly dialect: Dialect | undefined;
  /** Where each part of `text` stands in the file, in order and without gaps. */
  readonly parts: readonly EmbeddedPart[];
  /** Characters that cannot be written into this string as they are: its quote, the backslash. */
  readonly reserved: string;
  /** Spark gets it, which is neither engine: read as Athena's, for what holds in both. */
  readonly isSpark?: true;
}

/** A stretch of embedded SQL: `exact` where each character stands for itself, so that an edit may be carried over. */
export interface EmbeddedPart {
  /** In the embedded text. */
  readonly from: number;
  readonly length: number;
  /** In the file. */
  readonly at: Span;
  readonly exact: boolean;
}
