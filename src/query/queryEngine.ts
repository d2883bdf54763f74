import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';

export interface ResultColumn {
  readonly name: string;
  /** The engine's type name, lower case: `varchar`, `bigint`, `decimal(18,2)`. */
  readonly type: string;
}

export interface QueryStart {
  readonly sql: string;
  readonly workGroup: string;
  readonly database?: string;
  readonly catalog?: string;
  /** `s3://bucket/prefix/`; absent: the work group's own. */
  readonly outputLocation?: string;
  /** The same token never starts two queries, however often the call is repeated. */
  readonly token: string;
  /** Values for `?` in the statement, as literals. */
  readonly parameters?: readonly string[];
}

export type QueryState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface QueryStatus {
  readonly id: string;
  readonly state: QueryState;
  /** Bytes scanned so far, before Athena rounds them for the bill. */
  readonly bytesScanned?: number;
  /** Engine and total time in milliseconds. */
  readonly engineMs?: number;
  readonly totalMs?: number;
  /** Why it failed, as the engine said it. */
  readonly reason?: string;
  /** `s3://bucket/key` of the result file. */
  readonly resultLocation?: string;
  /** `dml` results are CSV with a header; `ddl` and `utility` results are text without one. */
  readonly statementType?: 'dml' | 'ddl' | 'utility';
  readonly reusedResult?: boolean;
  readonly rowsWritten?: number;
  readonly submittedAt?: Date;
}

export interface WorkGroup {
  readonly name: string;
  readonly state?: 'enabled' | 'disabled';
  readonly outputLocation?: string;
  /** The work group's settings beat the caller's. */
  readonly enforced?: boolean;
  /** Queries that would scan more are cancelled by Athena. */
  readonly bytesCutoff?: number;
}

/** Runs statements on Athena. A `start` happens at most once a token; `stop` is asked of the server. */
export interface QueryEngine {
  start(connection: Connection, request: QueryStart, signal: AbortSignal): Promise<string>;
  status(connection: Connection, request: { readonly id: string }, signal: AbortSignal): Promise<QueryStatus>;
  stop(connection: Connection, request: { readonly id: string }, signal: AbortSignal): Promise<void>;
  /** Up to 1,000 rows a page, the header row left out; NULL is `null`. */
  results(
    connection: Connection,
    request: { readonly id: string; readonly next?: string; readonly limit?: number },
    signal: AbortSignal,
  ): Promise<Page<readonly (string | null)[]> & { readonly columns: readonly ResultColumn[] }>;
  workGroups(
    connection: Connection,
    request: { readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<WorkGroup>>;
  workGroup(
    connection: Connection,
    request: { readonly name: string },
    signal: AbortSignal,
  ): Promise<WorkGroup>;
}
