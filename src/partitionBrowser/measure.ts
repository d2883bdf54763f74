import { formatCount, formatUsd } from '../base/format';
import { pool } from '../base/pool';
import { isCancel, Problem } from '../base/problem';
import type { Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import { expectedListCost, type ListCost, listCost } from '../zones/listPrice';
import type { ObjectStore } from '../zones/objectStore';
import { walkKeys } from '../zones/walkKeys';
import { counts, figuresFrom } from './counts';
import type { Figures, Orphan } from './figures';
import type { PartitionRows } from './partitionRows';
import { pathOf } from './places';

/** What will be listed to measure partitions. */
export interface MeasurePlan {
  /** `bucket/…/` below which everything is listed; absent where no partition lies below the table. */
  readonly scope?: string;
  /** Rows whose own locations are listed one by one, since they lie elsewhere. */
  readonly elsewhere: readonly number[];
  /** ListObjectsV2 requests at the least. */
  readonly least: ListCost;
  /** The whole table is listed, so that a folder without a partition is an orphan. */
  readonly whole: boolean;
}

/** What listing found, also when it was stopped or refused halfway. */
export interface Measurement {
  readonly figures: Figures;
  readonly orphans: readonly Orphan[];
  readonly strays: { readonly files: number; readonly bytes: number; readonly folders: readonly string[] };
  readonly objects: number;
  readonly cost: ListCost;
  /** `stopped`: cancelled; `partly`: some places could not be listed, and `problems` says which. */
  readonly ending: 'whole' | 'partly' | 'stopped';
  readonly problems: readonly string[];
}

/** Listings of single locations side by side. */
const width = 32;
/** Problems that are told one by one. */
const mostProblems = 20;

/** What measuring these rows will list; `filtered`: the catalog was read through a filter. */
export function measurePlan(
  table: Table,
  rows: PartitionRows,
  { filtered }: { readonly filtered: boolean },
): MeasurePlan {
  const base = pathOf(table.location);
  const scope = filtered && base !== undefined ? commonPlace(rows, base) : base;
  const elsewhere: number[] = [];
  let inside = 0;
  for (let row = 0; row < rows.count; row += 1) {
    if (scope !== undefined && scope === base && rows.place(row) === 'usual') {
      inside += 1;
      continue;
    }
    const path = pathOf(rows.location(row));
    if (path === undefined) continue;
    if (scope !== undefined && path.startsWith(scope)) inside += 1;
    else elsewhere.push(row);
  }
  const least = (scope === undefined ? 0 : Math.max(1, Math.ceil(inside / 1000))) + elsewhere.length;
  return { ...(scope === undefined ? {} : { scope }), elsewhere, least: listCost(least), whole: !filtered };
}

/** What a measurement costs, in sentences for whoever is asked first. */
export function measureQuestion({ scope, elsewhere, least }: MeasurePlan): string {
  const million = expectedListCost(1_000_000);
  return [
    scope === undefined
      ? ''
      : `Lists every object below s3://${scope}: one LIST request for each 1,000 objects, about ${formatCount(million.requests)} requests (${formatUsd(million.usd)}) for a million.`,
    elsewhere.length === 0
      ? ''
      : elsewhere.length === 1
        ? 'One partition that lies elsewhere takes a request of its own.'
        : `${formatCount(elsewhere.length)} partitions that lie elsewhere take a request each.`,
    `At least ${formatCount(least.requests)} ${least.requests === 1 ? 'request' : 'requests'} (${formatUsd(least.usd)}).`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/**
 * Lists what a plan names, in shards side by side, and counts files and bytes of each row. A place that may not be
 * listed is told by its Problem and the rest goes on; a cancel ends it with what was counted until then.
 */
export async function measurePartitions(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly table: Table;
    readonly rows: PartitionRows;
    readonly plan: MeasurePlan;
    readonly onProgress?: (objects: number) => void;
    readonly random?: () => number;
  },
  signal: AbortSignal,
): Promise<Measurement> {
  const { connection, table, rows, plan } = request;
  const counted = counts(table, rows, { orphans: plan.whole });
  const problems: string[] = [];
  let scopeListed = plan.scope === undefined;
  const elsewhere = new Set(plan.elsewhere);
  const listedElsewhere = new Set<number>();
  let requests = 0;
  let stopped = false;
  let failed = 0;

  // Also those of a listing that is stopped halfway.
  const counting: ObjectStore = {
    ...store,
    list: async (...given) => {
      const page = await store.list(...given);
      requests += 1;
      return page;
    },
  };

  const list = async (path: string): Promise<boolean> => {
    const slash = path.indexOf('/');
    const bucket = path.slice(0, slash);
    try {
      await walkKeys(
        counting,
        {
          connection,
          bucket,
          prefix: path.slice(slash + 1),
          onPage: (objects) => {
            counted.add(bucket, objects);
            request.onProgress?.(counted.objects);
          },
          ...(request.random === undefined ? {} : { random: request.random }),
        },
        signal,
      );
      return true;
    } catch (error) {
      if (isCancel(error)) stopped = true;
      else if (error instanceof Problem) {
        failed += 1;
        if (problems.length < mostProblems) problems.push(error.message);
      } else throw error;
      return false;
    }
  };

  if (plan.scope !== undefined) scopeListed = await list(plan.scope);
  if (!stopped) await listElsewhere();

  async function listElsewhere(): Promise<void> {
    // Several partitions may share a location: it is listed once.
    const byPath = new Map<string, number[]>();
    for (const row of plan.elsewhere) {
      const path = pathOf(rows.location(row)) ?? '';
      byPath.set(path, [...(byPath.get(path) ?? []), row]);
    }
    const work = pool<readonly [string, readonly number[]]>(
      width,
      async ([path, own]) => {
        if (!stopped && (await list(path))) for (const row of own) listedElsewhere.add(row);
      },
      signal,
    );
    for (const one of byPath) work.add(one);
    try {
      await work.done();
    } catch (error) {
      if (!isCancel(error)) throw error;
      stopped = true;
    }
  }

  if (failed > problems.length) problems.push(`${formatCount(failed - problems.length)} more failed alike.`);
  const listed = (row: number): boolean => (elsewhere.has(row) ? listedElsewhere.has(row) : scopeListed);
  return {
    figures: figuresFrom(counted, rows, listed),
    orphans: counted.orphans(),
    strays: counted.strays,
    objects: counted.objects,
    cost: listCost(requests),
    ending: stopped ? 'stopped' : failed > 0 ? 'partly' : 'whole',
    problems,
  };
}

/** The longest folder below the table that all rows at usual places share; undefined where none is there. */
function commonPlace(rows: PartitionRows, base: string): string | undefined {
  let common: string | undefined;
  for (let row = 0; row < rows.count; row += 1) {
    const path = pathOf(rows.location(row));
    if (path?.startsWith(base) !== true) continue;
    if (common === undefined) common = path;
    let end = 0;
    while (end < common.length && common[end] === path[end]) end += 1;
    common = common.slice(0, common.lastIndexOf('/', end - 1) + 1);
    if (common.length <= base.length) return base;
  }
  return common;
}
