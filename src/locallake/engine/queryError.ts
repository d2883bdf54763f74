import { lineAndColumn } from './lexer';

/** Why a statement failed, in Athena's words: `COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved`. */
export class QueryError extends Error {
  /** Athena's own name for it; absent for syntax errors of DDL. */
  readonly code: string;
  /** Bytes read before it failed, where that is known. */
  readonly scanned: number | undefined;
  /** Whether the query counts as cancelled and not as failed: so it is when it would read more than it may. */
  readonly cancels: boolean;

  constructor(code: string, message: string, more: { scanned?: number; cancels?: true } = {}) {
    super(message);
    this.name = 'QueryError';
    this.code = code;
    this.scanned = more.scanned;
    this.cancels = more.cancels ?? false;
  }

  /** As it stands in `StateChangeReason`. */
  get reason(): string {
    return this.code === '' ? this.message : `${this.code}: ${this.message}`;
  }
}

/** An error at a place of the statement. */
export function errorAt(
  code: string,
  place: { readonly sql: string; readonly offset: number },
  message: string,
): QueryError {
  return new QueryError(code, `${lineAndColumn(place.sql, place.offset)}: ${message}`);
}

/** What the lake lacks and Athena has. */
export function notSupported(what: string): QueryError {
  return new QueryError('NOT_SUPPORTED', `${what} is not supported by the local lake`);
}
