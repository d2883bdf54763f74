import { randomUUID } from 'node:crypto';
import type { CrawlChange, CrawlPolicy } from '../crawl/applyTable';
import { type CrawlTarget, runCrawl } from '../crawl/crawl';
import type { LogStore } from '../jobs/logStore';
import type { Fields } from '../service';
import type { CatalogStore } from '../store/catalogStore';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';

/** One crawl as it is remembered; times in milliseconds since 1970. */
export interface CrawlRecord {
  readonly id: string;
  readonly crawler: string;
  readonly state: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'STOPPED';
  readonly started: number;
  readonly ended?: number;
  readonly error?: string;
  readonly changes: readonly CrawlChange[];
}

/** Where the lines of all crawlers go. */
export const crawlerLogGroup = '/aws-glue/crawlers';

/** The crawls of the lake: started, stopped, remembered. A crawler has one at a time. */
export class Crawls {
  readonly #parts: {
    readonly store: ObjectStore;
    readonly catalog: CatalogStore;
    readonly journal: Journal;
    readonly logs: LogStore;
  };
  readonly #running = new Map<string, { readonly control: AbortController; readonly end: Promise<void> }>();

  constructor(parts: { store: ObjectStore; catalog: CatalogStore; journal: Journal; logs: LogStore }) {
    this.#parts = parts;
    for (const record of parts.journal.all('crawl').values()) {
      const crawl = record as CrawlRecord;
      if (crawl.state === 'RUNNING')
        this.#put({
          ...crawl,
          state: 'FAILED',
          error: 'The local lake was stopped while the crawl ran',
          ended: Date.now(),
        });
    }
  }

  /** The crawls of a crawler, newest first. */
  of(crawler: string): readonly CrawlRecord[] {
    const all = [...this.#parts.journal.all('crawl').values()] as readonly CrawlRecord[];
    return all.filter((record) => record.crawler === crawler).toReversed();
  }

  state(crawler: string): 'READY' | 'RUNNING' | 'STOPPING' {
    const running = this.#running.get(crawler);
    if (running === undefined) return 'READY';
    return running.control.signal.aborted ? 'STOPPING' : 'RUNNING';
  }

  /** Starts a crawl of a crawler that has none. */
  start(targets: readonly CrawlTarget[], policy: CrawlPolicy): void {
    const record: CrawlRecord = {
      id: randomUUID(),
      crawler: policy.crawler,
      state: 'RUNNING',
      started: Date.now(),
      changes: [],
    };
    this.#put(record);
    const control = new AbortController();
    const end = this.#run(record, { targets, policy }, control.signal).finally(() =>
      this.#running.delete(policy.crawler),
    );
    this.#running.set(policy.crawler, { control, end });
  }

  stop(crawler: string): void {
    this.#running.get(crawler)?.control.abort();
  }

  /** Forgets the crawls of a crawler. */
  forget(crawler: string): void {
    for (const { id } of this.of(crawler)) this.#parts.journal.remove('crawl', id);
  }

  /** Ends everything that runs. */
  close(): void {
    for (const { control } of this.#running.values()) control.abort();
  }

  async #run(
    record: CrawlRecord,
    { targets, policy }: { targets: readonly CrawlTarget[]; policy: CrawlPolicy },
    signal: AbortSignal,
  ): Promise<void> {
    const { store, catalog } = this.#parts;
    const changes: CrawlChange[] = [];
    const log = (level: 'INFO' | 'WARN' | 'ERROR' | 'BENCHMARK', text: string): void => {
      this.#parts.logs.append({ group: crawlerLogGroup, stream: policy.crawler }, [
        { at: Date.now(), text: `[${record.id}] ${level} : ${text}` },
      ]);
    };
    log('BENCHMARK', `Running Start Crawl for Crawler ${policy.crawler}`);
    try {
      const changed = (change: CrawlChange): void => {
        if (change.loggedOnly !== true) changes.push(change);
        log('INFO', sentence(change, policy.database));
      };
      await runCrawl({ targets, policy, store, catalog, log, changed }, signal);
      this.#put({ ...record, state: 'COMPLETED', ended: Date.now(), changes });
      log('BENCHMARK', `Crawler has finished running and is in state READY`);
    } catch (error) {
      if (signal.aborted) {
        this.#put({ ...record, state: 'STOPPED', ended: Date.now(), changes });
        log('INFO', 'The crawl was stopped');
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      log('ERROR', message);
      this.#put({ ...record, state: 'FAILED', error: message, ended: Date.now(), changes });
    }
  }

  #put(record: CrawlRecord): void {
    this.#parts.journal.put('crawl', record.id, record);
  }
}

function sentence(
  { of, change, table, values = [], loggedOnly = false }: CrawlChange,
  database: string,
): string {
  if (loggedOnly)
    return `${of === 'TABLE' ? `Table ${table}` : `Partition [${values.join(', ')}] of ${table}`} has changed in the data store; the catalog is left as it is`;
  const verb = { ADD: 'Created', UPDATE: 'Updated', DELETE: 'Removed' }[change];
  return of === 'TABLE'
    ? `${verb} table ${table} in database ${database}`
    : `${verb} partition with values [${values.join(', ')}] for table ${table} in database ${database}`;
}

/** The summary of ListCrawls: JSON text by kind, in which each change is told with names and a count. */
export function crawlSummary(changes: readonly CrawlChange[]): string {
  const summary: Record<string, string> = {};
  for (const of of ['TABLE', 'PARTITION'] as const) {
    const kinds: Record<string, Fields> = {};
    for (const change of ['ADD', 'UPDATE', 'DELETE'] as const) {
      const some = changes.filter((each) => each.of === of && each.change === change);
      if (some.length === 0) continue;
      const names =
        of === 'TABLE'
          ? { names: some.map(({ table }) => table) }
          : { names: some.map(({ table, values = [] }) => `${table}: ${values.join('/')}`) };
      kinds[change] = { Details: JSON.stringify(names), Count: some.length };
    }
    if (Object.keys(kinds).length > 0) summary[of] = JSON.stringify(kinds);
  }
  return JSON.stringify(summary);
}
