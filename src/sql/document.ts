import type { Span } from '../base/text';
import type { Dialect, Statement } from './ast';

/** A comment with its marks, at its place in the document. */
export interface Comment extends Span {
  readonly text: string;
}

/** A SQL text, split and read. Offsets are the document's. */
export interface SqlDocument {
  readonly text: string;
  readonly dialect: Dialect;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}
