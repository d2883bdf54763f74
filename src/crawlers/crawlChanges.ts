import { isCancel, Problem } from '../base/problem';
import type { CatalogReader, Table, TableName } from '../catalog/catalog';
import { schemaDiff, type SchemaDiff } from '../catalog/schemaDiff';
import type { TableDetails, TableVersion } from '../catalog/tableDetails';
import type { Connection } from '../connection/connection';
import type { Crawl, CrawlerFacts, CrawlerStore } from './crawlerStore';
import { crawlSummary, type SummaryPart } from './crawlSummary';

/** What a crawl did to one table. */
export type TableChange =
  | { readonly kind: 'added'; readonly name: string; readonly table?: Table }
  /** `none`: Glue kept no definition from before the crawl; `unread`: what it kept could not be read. */
  | { readonly kind: 'updated'; readonly name: string; readonly diff: SchemaDiff | 'none' | 'unread' }
  | { readonly kind: 'deleted'; readonly name: string };

/** What the newest crawl of a crawler changed, and what those before it did. */
export interface CrawlChanges {
  readonly crawler: CrawlerFacts;
  /** Absent: it has not run yet. */
  readonly crawl?: Crawl;
  readonly parts: readonly SummaryPart[];
  readonly tables: readonly TableChange[];
  /** Newest first. */
  readonly earlier: readonly Crawl[];
  /** What could not be read, a sentence each. */
  readonly unread: readonly string[];
}

export interface ChangePorts {
  readonly crawlers: Pick<CrawlerStore, 'describe' | 'crawls'>;
  readonly catalog: Pick<CatalogReader, 'table' | 'tables'>;
  readonly details: Pick<TableDetails, 'versions'>;
}

/** Crawls that are looked at. */
const mostCrawls = 10;
/** Tables whose definitions are compared. */
const mostTables = 20;
/** Pages of tables that are looked through where Glue names none. */
const mostPages = 10;
/** The clocks of the services may differ, milliseconds. */
const slackMs = 60_000;

/**
 * Reads what the newest crawl of a crawler changed: its own summary, the definitions of its tables before and after.
 * One GetCrawler, one ListCrawls, and one or two requests for each of at most 20 tables. What is denied is told and
 * the rest goes on; a Problem only where neither the crawler nor its crawls can be read.
 */
export async function crawlChanges(
  ports: ChangePorts,
  request: { readonly connection: Connection; readonly name: string },
  signal: AbortSignal,
): Promise<CrawlChanges> {
  const { connection, name } = request;
  const unread: string[] = [];
  const tolerant = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (isCancel(error) || !(error instanceof Problem) || error.kind === 'signed-out') throw error;
      unread.push(error.message);
      return undefined;
    }
  };
  const facts = await tolerant(() => ports.crawlers.describe(connection, { name }, signal));
  const crawls = await (facts === undefined
    ? ports.crawlers.crawls(connection, { name, limit: mostCrawls }, signal)
    : tolerant(() => ports.crawlers.crawls(connection, { name, limit: mostCrawls }, signal)));
  const crawler = facts ?? { name, targets: [] };
  const [crawl, ...earlier] = crawls ?? [];
  if (crawl === undefined) return { crawler, parts: [], tables: [], earlier: [], unread };
  const parts = crawlSummary(crawl.summary);
  const { database } = crawler;
  if (database === undefined) return { crawler, crawl, parts, tables: [], earlier, unread };
  const names = await namesOf(ports, { connection, database, crawl, parts, crawler: name }, tolerant, signal);
  if (names.length > mostTables) {
    unread.push(`Of ${names.length} changed tables the first ${mostTables} are compared.`);
  }
  const tables: TableChange[] = [];
  for (const { change, table } of names.slice(0, mostTables)) {
    const one = { database, name: table };
    if (change === 'deleted') tables.push({ kind: 'deleted', name: table });
    else if (change === 'added') {
      const made = await tolerant(() => ports.catalog.table(connection, one, signal));
      tables.push({ kind: 'added', name: table, ...(made === undefined ? {} : { table: made }) });
    } else {
      const diff = await tolerant(() => diffOf(ports, { connection, table: one, crawl }, signal));
      tables.push({ kind: 'updated', name: table, diff: diff ?? 'unread' });
    }
  }
  return { crawler, crawl, parts, tables, earlier, unread };
}

interface ChangedTable {
  readonly change: SummaryPart['change'];
  readonly table: string;
}

/** The tables by the summary's names; where it has counts alone, those that carry the crawler's mark and its time. */
async function namesOf(
  ports: ChangePorts,
  of: {
    readonly connection: Connection;
    readonly database: string;
    readonly crawl: Crawl;
    readonly crawler: string;
    readonly parts: readonly SummaryPart[];
  },
  tolerant: <T>(read: () => Promise<T>) => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<readonly ChangedTable[]> {
  const tableParts = of.parts.filter((part) => part.of === 'table');
  const named = tableParts.flatMap(({ change, names }) => names.map((table) => ({ change, table })));
  if (named.length > 0 || tableParts.every(({ change }) => change === 'deleted')) return named;
  const found: ChangedTable[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const request = { database: of.database, ...(next === undefined ? {} : { next }) };
    const tables = await tolerant(() => ports.catalog.tables(of.connection, request, signal));
    for (const { name, parameters, createdAt, updatedAt } of tables?.items ?? []) {
      if (parameters?.['UPDATED_BY_CRAWLER'] !== of.crawler || !during(of.crawl, updatedAt ?? createdAt))
        continue;
      found.push({ change: during(of.crawl, createdAt) ? 'added' : 'updated', table: name });
    }
    next = tables?.next;
    if (next === undefined) break;
  }
  return found;
}

function during({ startedAt, endedAt }: Crawl, at: Date | undefined): boolean {
  if (at === undefined || startedAt === undefined) return false;
  const from = startedAt.getTime() - slackMs;
  return at.getTime() >= from && at.getTime() <= (endedAt?.getTime() ?? Number.POSITIVE_INFINITY) + slackMs;
}

/** The last definition before a crawl against the last one up to its end. */
async function diffOf(
  ports: Pick<ChangePorts, 'details'>,
  of: { readonly connection: Connection; readonly table: TableName; readonly crawl: Crawl },
  signal: AbortSignal,
): Promise<SchemaDiff | 'none'> {
  const { items } = await ports.details.versions(of.connection, { table: of.table }, signal);
  const pair = versionsAround(items, of.crawl);
  return pair === undefined ? 'none' : schemaDiff(pair.before.table, pair.after.table);
}

/** Of versions, newest first, those before and after a crawl. */
export function versionsAround(
  versions: readonly TableVersion[],
  { startedAt, endedAt }: Crawl,
): { readonly before: TableVersion; readonly after: TableVersion } | undefined {
  const at = ({ table }: TableVersion): number => (table.updatedAt ?? table.createdAt)?.getTime() ?? 0;
  const end = endedAt === undefined ? Number.POSITIVE_INFINITY : endedAt.getTime() + slackMs;
  const start = (startedAt?.getTime() ?? Number.POSITIVE_INFINITY) - 1000;
  const after = versions.find((version) => at(version) <= end);
  const before = versions.find((version) => at(version) < start);
  return after === undefined || before === undefined || after === before ? undefined : { before, after };
}
