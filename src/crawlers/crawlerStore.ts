import type { Connection } from '../connection/connection';

/** A crawler as Glue keeps it. */
export interface CrawlerFacts {
  readonly name: string;
  readonly role?: string;
  readonly database?: string;
  /** `s3://` places that it looks at. */
  readonly targets: readonly string[];
  /** `cron(…)`; absent: it runs on demand. */
  readonly schedule?: string;
  /** Absent without a schedule. */
  readonly scheduleState?: 'running' | 'paused';
}

/** One crawl with what Glue says it changed. */
export interface Crawl {
  readonly id: string;
  readonly state: 'running' | 'succeeded' | 'failed' | 'stopped';
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** Why it failed, as the service said it. */
  readonly problem?: string;
  /** Glue's own JSON; see `crawlSummary`. */
  readonly summary?: string;
}

/** What CreateCrawler takes, as JSON; checked before it comes here. */
export type CrawlerInput = Readonly<Record<string, unknown>> & { readonly Name: string };

/** Crawlers beyond their runs, which are pipelines. Errors are Problems. */
export interface CrawlerStore {
  /** One attempt. A Problem (`invalid`) where there is one of that name. */
  create(
    connection: Connection,
    request: { readonly input: CrawlerInput },
    signal: AbortSignal,
  ): Promise<void>;
  /** Its configuration as JSON text; see `configurationText`. */
  configuration(
    connection: Connection,
    request: { readonly name: string },
    signal: AbortSignal,
  ): Promise<string>;
  /** What is not in the input stays as it is. A Problem (`invalid`) while the crawler runs. */
  update(
    connection: Connection,
    request: { readonly input: CrawlerInput },
    signal: AbortSignal,
  ): Promise<void>;
  describe(
    connection: Connection,
    request: { readonly name: string },
    signal: AbortSignal,
  ): Promise<CrawlerFacts>;
  /** The roles of crawlers there are, the most used first. One request. */
  roles(connection: Connection, signal: AbortSignal): Promise<readonly string[]>;
  /** Newest first. */
  crawls(
    connection: Connection,
    request: { readonly name: string; readonly limit: number },
    signal: AbortSignal,
  ): Promise<readonly Crawl[]>;
  /** Sets the schedule, `cron(…)`; it runs from then on. */
  setSchedule(
    connection: Connection,
    request: { readonly name: string; readonly schedule: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** Lets the schedule rest, or lets it go on; the schedule itself stays. */
  switchSchedule(
    connection: Connection,
    request: { readonly name: string; readonly to: 'running' | 'paused' },
    signal: AbortSignal,
  ): Promise<void>;
}
