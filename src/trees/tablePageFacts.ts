import { formatCount } from '../base/format';
import type { Page } from '../base/page';
import { isCancel, Problem } from '../base/problem';
import { nameOfTable, type CatalogReader, type Table } from '../catalog/catalog';
import { catalogPlace } from '../catalog/catalogId';
import { newestDataEnd } from '../catalog/dateGaps';
import { freshness } from '../catalog/freshness';
import type { PartitionIndexes } from '../catalog/partitionIndexes';
import type { Grant, TableDetails } from '../catalog/tableDetails';
import type { Connection } from '../connection/connection';
import { numberOf } from '../iceberg/exactJson';
import type { IcebergMetadata } from '../iceberg/metadata';
import { currentSpec, partitionFields } from '../iceberg/partitionFields';
import type { PipelineCalls } from '../pipelines/pipeline';
import type { ObjectStore } from '../zones/objectStore';
import { tableMetadata } from './catalogTables';
import { newestPartition } from './newestPartition';
import type { TableFacts } from './tablePage';

/** What a table's page is read with. */
export interface FactPorts {
  readonly catalog: CatalogReader;
  readonly store: ObjectStore;
  readonly details: TableDetails;
  readonly indexes: Pick<PartitionIndexes, 'list'>;
  readonly crawler: Pick<PipelineCalls, 'runs'>;
}

/** Pages of grants that are read: a hundred each. */
const mostGrantPages = 5;

/**
 * All that a few cheap requests tell of a table beside its definition, asked side by side: the newest partition, the
 * statistics of its columns, its grants, its partition indexes, its last crawl, the current snapshot of an Iceberg
 * table. What may not be read becomes a sentence in `unread`, and the table is given back with what was learned.
 */
export async function tableFacts(
  ports: FactPorts,
  request: {
    readonly connection: Connection;
    readonly table: Table;
    readonly now: Date;
    /** Milliseconds that its newest data may be old. */
    readonly expectedMs?: number;
  },
  signal: AbortSignal,
): Promise<{ readonly table: Table; readonly facts: TableFacts }> {
  const { connection, table, now } = request;
  const unread: string[] = [];
  const attempt = async <T>(read: () => Promise<T | undefined>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (isCancel(error) || !(error instanceof Problem)) throw error;
      if (!unread.includes(error.message)) unread.push(error.message);
      return undefined;
    }
  };
  const name = nameOfTable(table);
  const { kind } = catalogPlace(table.catalog);
  // A data catalog of Athena may stand for one of Glue: that is found out by asking.
  const isGlue = kind !== 's3tables';
  const columns = [...table.columns, ...table.partitionKeys].map((column) => column.name);
  const isKept = table.kind !== 'view' && isGlue;
  const counted = countingPartitions(ports.catalog);
  const [newest, statistics, grants, indexes, lastCrawl, metadata] = await Promise.all([
    attempt(() =>
      newestPartition({ catalog: counted.catalog, store: ports.store }, { connection, table }, signal),
    ),
    attempt(async () =>
      isKept && columns.length > 0
        ? await ports.details.statistics(connection, { table: name, columns }, signal)
        : undefined,
    ),
    attempt(() =>
      isGlue
        ? allGrants((next) => ports.details.grants(connection, { table: name, ...next }, signal))
        : Promise.resolve(undefined),
    ),
    attempt(async () =>
      table.partitionKeys.length > 0 && kind === 'own'
        ? await ports.indexes.list(connection, name, signal)
        : undefined,
    ),
    attempt(() => crawlOf(ports.crawler, { connection, table }, signal)),
    attempt(async () =>
      table.kind === 'iceberg' ? await tableMetadata(ports.store, { connection, table }, signal) : undefined,
    ),
  ]);
  const fresh = [
    newest === undefined ? undefined : partitionSentence(table, newest),
    newest === undefined || request.expectedMs === undefined
      ? undefined
      : expectation(table, newest, { expectedMs: request.expectedMs, now }),
    commitSentence(metadata),
  ].filter((sentence) => sentence !== undefined);
  const partitionCount = table.partitionCount ?? counted.all();
  const whole = partitionCount === undefined ? table : { ...table, partitionCount };
  return {
    table: metadata === undefined ? whole : withSnapshot(whole, metadata),
    facts: {
      now,
      unread,
      ...(fresh.length === 0 ? {} : { freshness: fresh.join(' ') }),
      ...(statistics === undefined ? {} : { statistics: statistics.columns }),
      ...(statistics?.at === undefined ? {} : { statisticsAt: statistics.at }),
      ...(grants === undefined ? {} : { grants }),
      ...(lastCrawl === undefined ? {} : { lastCrawl }),
      ...(indexes === undefined || indexes.length === 0
        ? {}
        : { indexes: indexes.map(({ name: index, keys, state }) => ({ name: index, keys, status: state })) }),
    },
  };
}

/** A catalog that counts the partitions which are listed through it, where they are all of a table's. */
function countingPartitions(catalog: CatalogReader): {
  readonly catalog: CatalogReader;
  readonly all: () => number | undefined;
} {
  let count = 0;
  let isComplete = false;
  return {
    all: () => (isComplete ? count : undefined),
    catalog: {
      ...catalog,
      async partitions(connection, request, signal) {
        const page = await catalog.partitions(connection, request, signal);
        if (request.expression === undefined) {
          count += page.items.length;
          isComplete = page.next === undefined;
        }
        return page;
      },
    },
  };
}

async function allGrants(
  load: (next: { readonly next?: string }) => Promise<Page<Grant>>,
): Promise<readonly Grant[]> {
  const all: Grant[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostGrantPages; page += 1) {
    const got = await load(next === undefined ? {} : { next });
    all.push(...got.items);
    next = got.next;
    if (next === undefined) break;
  }
  return all;
}

/** The last crawl of the crawler that wrote the table, which Glue notes among its parameters. */
async function crawlOf(
  crawler: FactPorts['crawler'],
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<TableFacts['lastCrawl']> {
  const name = table.parameters?.['UPDATED_BY_CRAWLER'] ?? table.parameters?.['CREATED_BY_CRAWLER'];
  // A crawler of another account cannot be asked.
  if (name === undefined || table.catalog !== undefined) return undefined;
  const pipeline = { kind: 'crawler', name, id: name } as const;
  const { items } = await crawler.runs(connection, { pipeline, limit: 1 }, signal);
  const [last] = items;
  if (last === undefined) return { crawler: name, message: 'Glue keeps no crawl of it.' };
  const at = last.endedAt ?? last.startedAt;
  const message = last.problem ?? last.outcome;
  return {
    crawler: name,
    status: last.state,
    ...(at === undefined ? {} : { at }),
    ...(message === undefined ? {} : { message }),
  };
}

function partitionSentence({ partitionKeys }: Table, values: readonly string[]): string {
  const path = partitionKeys.map(({ name }, at) => `${name}=${values[at] ?? ''}`).join('/');
  return `The newest partition is ${path}.`;
}

function expectation(
  { partitionKeys }: Table,
  values: readonly string[],
  { expectedMs, now }: { readonly expectedMs: number; readonly now: Date },
): string {
  const dataEnd = newestDataEnd(partitionKeys, [values]);
  return freshness({ dataEnd, expectedMs, now }).sentence;
}

function commitSentence(metadata: IcebergMetadata | undefined): string | undefined {
  const current = metadata?.snapshots.find(({ id }) => id === metadata.currentSnapshotId);
  if (current === undefined) return undefined;
  const at = `${current.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const added = numberOf(current.summary['added-records']);
  const what = added === undefined ? '' : `, ${formatCount(added)} rows added`;
  return `The last commit was at ${at} (${current.operation ?? 'commit'}${what}).`;
}

/** What the current snapshot counted, where the catalog did not. */
function withSnapshot(table: Table, metadata: IcebergMetadata): Table {
  const current = metadata.snapshots.find(({ id }) => id === metadata.currentSnapshotId);
  const rows = numberOf(current?.summary['total-records']);
  const bytes = numberOf(current?.summary['total-files-size']);
  return {
    ...table,
    ...(rows === undefined ? {} : { rows }),
    ...(bytes === undefined ? {} : { bytes }),
    partitionFields: partitionFields(metadata, currentSpec(metadata)),
  };
}
