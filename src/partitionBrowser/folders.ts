import { pool } from '../base/pool';
import { Problem } from '../base/problem';
import type { Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import { templateOf } from '../language/projectionTemplate';
import type { ObjectStore } from '../zones/objectStore';
import { layoutOf, type Spelled } from './layout';
import { type PartitionRows, partitionRows } from './partitionRows';
import { pathOf } from './places';

/** The partitions that the folders of a table spell, by listings with a delimiter: no object is listed. */
export interface Folders {
  readonly rows: PartitionRows;
  /** Folders that spell none, the first few. */
  readonly odd: readonly string[];
  /** ListObjectsV2 requests made. */
  readonly requests: number;
}

/** Listings side by side: S3 takes 5,500 reads a second a prefix. */
const width = 64;
const mostOdd = 20;

/**
 * Walks down the folders of a table, by its template, as Hive names them, or, where they carry no key names, one level
 * a key. Requests: one for each thousand folders of every folder above the last level.
 */
export async function listFolders(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly table: Table;
    readonly onProgress?: (partitions: number) => void;
  },
  signal: AbortSignal,
): Promise<Folders> {
  const { table } = request;
  const named = await walk(store, request, signal);
  const plain = named.odd.every((folder) => !folder.includes('='));
  if (named.rows.count > 0 || named.odd.length === 0 || !plain || templateOf(table) !== undefined)
    return named;
  const template = `${(table.location ?? '').replace(/\/*$/, '/')}${table.partitionKeys.map(({ name }) => `\${${name}}/`).join('')}`;
  const parameters = { ...table.parameters, 'storage.location.template': template };
  const bare = await walk(store, { ...request, table: { ...table, parameters } }, signal);
  return { ...bare, requests: named.requests + bare.requests };
}

async function walk(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly table: Table;
    readonly onProgress?: (partitions: number) => void;
  },
  signal: AbortSignal,
): Promise<Folders> {
  const { connection, table } = request;
  const start = startOf(table);
  const rows = partitionRows(table.partitionKeys, table.location);
  const spelled = layoutOf(table, rows);
  const levels = levelsOf(table, start);
  const odd: string[] = [];
  let requests = 0;
  const work = pool<{ readonly path: string; readonly level: number; readonly next?: string }>(
    width,
    async (here) => {
      const slash = here.path.indexOf('/');
      const bucket = here.path.slice(0, slash);
      const page = await store.list(
        connection,
        {
          bucket,
          prefix: here.path.slice(slash + 1),
          delimiter: '/',
          ...(here.next === undefined ? {} : { next: here.next }),
        },
        signal,
      );
      requests += 1;
      if (page.next !== undefined) work.add({ ...here, next: page.next });
      for (const prefix of page.prefixes) {
        const path = `${bucket}/${prefix}`;
        if (/\/[_.][^/]*\/$/.test(path)) continue;
        if (here.level + 1 < levels) work.add({ path, level: here.level + 1 });
        else take(path, spelled(path));
      }
      request.onProgress?.(rows.count);
    },
    signal,
  );
  const take = (path: string, found: Spelled): void => {
    if (found.kind === 'partition') rows.add({ values: found.values, location: `s3://${path}` });
    else if (found.kind === 'odd' && odd.length < mostOdd) odd.push(`s3://${path}`);
  };
  work.add({ path: start, level: 0 });
  await work.done();
  return { rows, odd, requests };
}

/** Where the folders of values begin: behind the fixed part of a template, else the table's location. */
function startOf(table: Table): string {
  const template = templateOf(table);
  const fixed = template === undefined ? undefined : template.slice(0, template.indexOf('${'));
  const place = pathOf(fixed === undefined ? table.location : fixed.slice(0, fixed.lastIndexOf('/') + 1));
  if (place !== undefined) return place;
  throw new Problem(
    `${table.database}.${table.name} has no location in S3 that could be listed: it may be a view.`,
    'invalid',
  );
}

function levelsOf(table: Table, start: string): number {
  const template = templateOf(table);
  if (template === undefined) return table.partitionKeys.length;
  const rest = template
    .replace(/\/*$/, '')
    .slice('s3://'.length + start.length)
    .split('/').length;
  const slashes = table.partitionKeys.map(({ name }) => {
    const format = table.parameters?.[`projection.${name}.format`] ?? '';
    return format.split('/').length - 1;
  });
  return rest + slashes.reduce((sum, one) => sum + one, 0);
}
