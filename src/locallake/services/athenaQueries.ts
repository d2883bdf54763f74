import { randomUUID } from 'node:crypto';
import type { SlowQueries } from '../faults/slowQueries';
import type { LakeEngine, ResultColumn, RunResult } from '../engine/lakeEngine';
import { QueryError } from '../engine/queryError';
import { csvLine, csvRows, type ResultRow } from '../engine/resultFile';
import { placeOf } from '../engine/tableFiles';
import { AwsError, type Fields } from '../service';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';
import { boundSql } from './athenaStart';

/** One query execution as it is remembered; times in milliseconds since 1970. */
export interface QueryRecord {
  readonly id: string;
  readonly sql: string;
  readonly database: string;
  readonly catalog: string;
  readonly workGroup: string;
  readonly statementType: 'DML' | 'DDL' | 'UTILITY';
  /** Where results go: `s3://bucket/prefix/`. */
  readonly output: string;
  readonly state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly reason?: string;
  readonly submitted: number;
  readonly started?: number;
  readonly completed?: number;
  readonly scanned: number;
  readonly planning: number;
  readonly resultFile?: string;
  readonly columns?: readonly ResultColumn[];
  readonly rowCount?: number;
  readonly written?: number;
  readonly manifest?: string;
  readonly token?: string;
  readonly cutoff?: number;
  readonly parameters?: readonly string[];
  /** True when the result is that of an earlier query, so that nothing was read. */
  readonly reused?: true;
}

/** What a query is started with. */
export type NewQuery = Pick<
  QueryRecord,
  | 'sql'
  | 'database'
  | 'catalog'
  | 'workGroup'
  | 'statementType'
  | 'output'
  | 'cutoff'
  | 'token'
  | 'parameters'
> & {
  /** How old a result of the same query may be to be taken again, in milliseconds; it is run anew when absent. */
  readonly reuse?: number;
};

// More than this wait in state QUEUED.
const atOnce = 4;

/** The query executions of the lake: started, run in turn, stopped, remembered. */
export class AthenaQueries {
  readonly #engine: LakeEngine;
  readonly #store: ObjectStore;
  readonly #journal: Journal;
  readonly #slow: SlowQueries;
  readonly #records = new Map<string, QueryRecord>();
  readonly #running = new Map<string, AbortController>();
  readonly #waiting: string[] = [];
  readonly #rows = new Map<string, readonly ResultRow[]>();

  constructor({
    engine,
    store,
    journal,
    slow,
  }: {
    engine: LakeEngine;
    store: ObjectStore;
    journal: Journal;
    slow: SlowQueries;
  }) {
    this.#engine = engine;
    this.#slow = slow;
    this.#store = store;
    this.#journal = journal;
    for (const [id, record] of journal.all('query')) this.#records.set(id, record as QueryRecord);
    for (const record of this.#records.values()) {
      if (record.state !== 'QUEUED' && record.state !== 'RUNNING') continue;
      this.#update(record.id, {
        state: 'FAILED',
        reason: 'The local lake was stopped while the query ran',
        completed: Date.now(),
      });
    }
  }

  /** Newest first. */
  all(): readonly QueryRecord[] {
    return [...this.#records.values()].toReversed();
  }

  find(id: string): QueryRecord | undefined {
    return this.#records.get(id);
  }

  /** Starts a query and gives its id; the same token for the same statement gives the query it already started. */
  start({ reuse, ...query }: NewQuery): string {
    if (query.token !== undefined) {
      const same = [...this.#records.values()].find(({ token }) => token === query.token);
      if (same !== undefined && same.sql === query.sql && same.workGroup === query.workGroup) return same.id;
      if (same !== undefined)
        throw new AwsError('InvalidRequestException', 'Idempotent parameters do not match');
    }
    const id = randomUUID();
    const earlier = reuse === undefined ? undefined : this.#earlier(query, Date.now() - reuse);
    if (earlier !== undefined) {
      const now = Date.now();
      this.#remember({
        ...earlier,
        ...query,
        id,
        submitted: now,
        started: now,
        completed: now,
        scanned: 0,
        reused: true,
      });
      return id;
    }
    this.#remember({ ...query, id, state: 'QUEUED', submitted: Date.now(), scanned: 0, planning: 0 });
    this.#waiting.push(id);
    this.#next();
    return id;
  }

  /** Ends a query that waits or runs; nothing happens to one that has ended. */
  stop(id: string): void {
    const record = this.#records.get(id);
    if (record?.state !== 'QUEUED' && record?.state !== 'RUNNING') return;
    this.#update(id, { state: 'CANCELLED', reason: 'Query cancelled by user', completed: Date.now() });
    this.#running.get(id)?.abort();
  }

  /** Ends everything that runs. */
  close(): void {
    this.#waiting.length = 0;
    for (const id of this.#running.keys()) this.stop(id);
  }

  /** The rows of a finished query, without its header. */
  rows(record: QueryRecord): readonly ResultRow[] {
    const kept = this.#rows.get(record.id);
    if (kept !== undefined) return kept;
    const { bucket, prefix } = placeOf(record.resultFile ?? '');
    const place = { bucket, key: prefix.replace(/\/$/, '') };
    if (this.#store.find(place) === undefined) {
      throw new AwsError('InvalidRequestException', 'Could not find results');
    }
    const content = this.#store.read(place).toString();
    const rows = place.key.endsWith('.csv')
      ? csvRows(content).slice(1)
      : content
          .split('\n')
          .filter(Boolean)
          .map((line) => line.split('\t'));
    this.#keep(record.id, rows);
    return rows;
  }

  /** The newest query of the same words that ended well since then, and whose result is still there. */
  #earlier(query: Omit<NewQuery, 'reuse'>, since: number): QueryRecord | undefined {
    return this.all().find((record) => {
      if (record.state !== 'SUCCEEDED' || record.statementType !== 'DML' || record.reused === true)
        return false;
      if ((record.completed ?? 0) < since || record.resultFile?.endsWith('.csv') !== true) return false;
      const { bucket, prefix } = placeOf(record.resultFile);
      const there = this.#store.find({ bucket, key: prefix.replace(/\/$/, '') }) !== undefined;
      const same = (['sql', 'database', 'catalog', 'workGroup'] as const).every(
        (name) => record[name] === query[name],
      );
      return there && same && String(record.parameters ?? []) === String(query.parameters ?? []);
    });
  }

  #next(): void {
    while (this.#running.size < atOnce) {
      const id = this.#waiting.shift();
      if (id === undefined) return;
      const record = this.#records.get(id);
      if (record?.state !== 'QUEUED') continue;
      const control = new AbortController();
      this.#running.set(id, control);
      void this.#run(record, control.signal).finally(() => {
        this.#running.delete(id);
        this.#next();
      });
    }
  }

  async #run(record: QueryRecord, signal: AbortSignal): Promise<void> {
    const { id } = record;
    this.#update(id, { state: 'RUNNING', started: Date.now() });
    try {
      await this.#slow.wait(record.sql, signal);
      const result = await this.#engine.run({
        sql: boundSql(record.sql, record.parameters ?? []),
        database: record.database,
        output: record.output,
        id,
        signal,
        ...(record.cutoff === undefined ? {} : { cutoff: record.cutoff }),
      });
      if (this.#records.get(id)?.state !== 'RUNNING') return;
      const files = this.#writeResult(record, result);
      this.#keep(id, result.rows);
      this.#update(id, {
        state: 'SUCCEEDED',
        scanned: result.scanned,
        planning: result.planning,
        columns: result.columns,
        rowCount: result.rows.length,
        completed: Date.now(),
        ...files,
        ...(result.written === undefined ? {} : { written: result.written }),
      });
    } catch (error) {
      if (this.#records.get(id)?.state !== 'RUNNING') return;
      const known = error instanceof QueryError || error instanceof AwsError;
      if (!known) console.error(error);
      const reason =
        error instanceof QueryError ? error.reason : error instanceof Error ? error.message : String(error);
      const scanned = error instanceof QueryError ? (error.scanned ?? 0) : 0;
      const state = error instanceof QueryError && error.cancels ? 'CANCELLED' : 'FAILED';
      this.#update(id, { state, reason, scanned, completed: Date.now() });
    }
  }

  #writeResult({ id, output }: QueryRecord, result: RunResult): Partial<QueryRecord> {
    const { bucket, prefix } = placeOf(output);
    if (!this.#store.hasBucket(bucket)) {
      throw new QueryError('', `Unable to verify/create output bucket ${bucket}`);
    }
    const put = (ending: string, content: string): string => {
      this.#store.put({ bucket, key: `${prefix}${id}${ending}` }, Buffer.from(content), {
        contentType: 'application/octet-stream',
      });
      return `s3://${bucket}/${prefix}${id}${ending}`;
    };
    const metadata = JSON.stringify({ columns: result.columns });
    switch (result.form) {
      case 'csv': {
        const header = csvLine(result.columns.map(({ name }) => name));
        const lines = [header, ...result.rows.map(csvLine)];
        put('.csv.metadata', metadata);
        return { resultFile: put('.csv', `${lines.join('\n')}\n`) };
      }
      case 'txt':
        put('.txt.metadata', metadata);
        return { resultFile: put('.txt', result.rows.map((row) => `${row.join('\t')}\n`).join('')) };
      case 'none':
        break;
    }
    return {
      resultFile: `s3://${bucket}/${prefix}${id}`,
      manifest: put('-manifest.csv', (result.files ?? []).map((file) => `${file}\n`).join('')),
    };
  }

  #keep(id: string, rows: readonly ResultRow[]): void {
    this.#rows.delete(id);
    this.#rows.set(id, rows);
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > 5 && oldest !== undefined) this.#rows.delete(oldest);
  }

  #update(id: string, change: Partial<QueryRecord>): void {
    const record = this.#records.get(id);
    if (record !== undefined) this.#remember({ ...record, ...change });
  }

  #remember(record: QueryRecord): void {
    this.#records.set(record.id, record);
    this.#journal.put('query', record.id, record);
  }
}

/** A record as GetQueryExecution shows it. */
export function queryExecution(record: QueryRecord): Fields {
  const end = record.completed ?? Date.now();
  const seconds = (milliseconds: number): number => milliseconds / 1000;
  const started = record.started ?? end;
  return {
    QueryExecutionId: record.id,
    Query: record.sql,
    StatementType: record.statementType,
    ManagedQueryResultsConfiguration: { Enabled: false },
    ResultConfiguration: { OutputLocation: record.resultFile ?? `${record.output}${record.id}.csv` },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: { Database: record.database, Catalog: record.catalog },
    Status: {
      State: record.state,
      SubmissionDateTime: seconds(record.submitted),
      ...(record.completed === undefined ? {} : { CompletionDateTime: seconds(record.completed) }),
      ...(record.reason === undefined ? {} : { StateChangeReason: record.reason }),
      ...(record.state === 'FAILED' ? { AthenaError: athenaError(record.reason ?? '') } : {}),
    },
    Statistics: {
      EngineExecutionTimeInMillis: Math.max(0, end - started),
      DataScannedInBytes: record.scanned,
      TotalExecutionTimeInMillis: end - record.submitted,
      QueryQueueTimeInMillis: started - record.submitted,
      ServicePreProcessingTimeInMillis: 0,
      QueryPlanningTimeInMillis: record.planning,
      ServiceProcessingTimeInMillis: 0,
      ResultReuseInformation: { ReusedPreviousResult: record.reused === true },
      ...(record.manifest === undefined ? {} : { DataManifestLocation: record.manifest }),
    },
    WorkGroup: record.workGroup,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
    SubstatementType:
      record.statementType === 'DML'
        ? 'SELECT'
        : record.sql.trim().split(/\s+/).slice(0, 2).join('_').toUpperCase(),
    ...(record.parameters === undefined ? {} : { ExecutionParameters: record.parameters }),
  };
}

// Category 1 is the system's fault, 2 the user's.
function athenaError(reason: string): Fields {
  const system = /^GENERIC_INTERNAL_ERROR|local lake was stopped/.test(reason);
  return {
    ErrorCategory: system ? 1 : 2,
    ErrorType: system ? 401 : 1006,
    Retryable: false,
    ErrorMessage: reason,
  };
}
