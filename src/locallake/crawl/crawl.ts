import { setImmediate as breathe } from 'node:timers/promises';
import { openSession } from '../engine/session';
import { placeOf } from '../engine/tableFiles';
import type { CatalogStore } from '../store/catalogStore';
import type { ObjectStore } from '../store/objects';
import { applyTable, type CrawlChange, type CrawlPolicy } from './applyTable';
import { globTest } from './glob';
import { formatOfName, type FoundSchema, inferSchema } from './infer';
import { type CrawledFile, tablesAt, tablesIn } from './layout';

/** What a crawler looks at. */
export interface CrawlTarget {
  /** `s3://bucket/prefix`. */
  readonly path: string;
  readonly exclusions: readonly string[];
}

/** What a crawl works with. */
export interface Crawl {
  readonly targets: readonly CrawlTarget[];
  readonly policy: CrawlPolicy;
  readonly store: ObjectStore;
  readonly catalog: CatalogStore;
  log(level: 'INFO' | 'WARN', text: string): void;
  /** Each change as soon as it is in the catalog. */
  changed(change: CrawlChange): void;
}

/** Looks through the targets and brings the catalog up to what is there. Throws when the signal aborts, with the changes so far in place. */
export async function runCrawl(crawl: Crawl, signal: AbortSignal): Promise<void> {
  for (const target of crawl.targets) {
    const { bucket, prefix } = placeOf(target.path);
    if (!crawl.store.hasBucket(bucket)) throw new Error(`The specified bucket does not exist: ${bucket}`);
    const files = await readFiles(crawl, { ...target, bucket, prefix }, signal);
    crawl.log('INFO', `${files.length} files found under ${target.path}`);
    const { tableLevel, combines = false, mostTables } = crawl.policy;
    // The bucket is level 1; a level above the target is the target itself.
    const depth = tableLevel === undefined ? undefined : Math.max(0, tableLevel - levelOf(prefix));
    const tables = depth === undefined ? tablesIn(files, { combines }) : tablesAt(files, depth);
    if (mostTables !== undefined && tables.length > mostTables) {
      throw new Error(
        `The number of tables detected by crawler: ${tables.length} is greater than the table threshold value provided: ${mostTables}. Failing crawler without writing to Data Catalog.`,
      );
    }
    for (const found of tables) {
      for (const { key } of found.astray)
        crawl.log('WARN', `s3://${bucket}/${key} lies at another depth than the other files and is left out`);
      for (const change of applyTable(crawl.catalog, {
        found,
        base: `s3://${bucket}/${prefix}`,
        policy: crawl.policy,
      })) {
        crawl.changed(change);
        await breathe();
        signal.throwIfAborted();
      }
    }
  }
}

async function readFiles(
  { store, log }: Crawl,
  { bucket, prefix, exclusions }: CrawlTarget & { readonly bucket: string; readonly prefix: string },
  signal: AbortSignal,
): Promise<readonly CrawledFile[]> {
  const excluded = globTest(exclusions);
  const session = await openSession();
  const stop = (): void => session.interrupt();
  signal.addEventListener('abort', stop);
  try {
    const schemas = new Map<string, FoundSchema>();
    const files: CrawledFile[] = [];
    for (const { key, size } of store.under(bucket, prefix)) {
      signal.throwIfAborted();
      const path = key.slice(prefix.length);
      const folders = path.split('/').slice(0, -1);
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (
        size === 0 ||
        excluded(path) ||
        [...folders, name].some((part) => /^[_.]/.test(part) && !part.includes('=')) ||
        name === ''
      )
        continue;
      // The files of one folder are taken to be alike: the first of each format is read.
      const id = `${folders.join('/')}\n${formatOfName(key)}`;
      const schema =
        schemas.get(id) ??
        (await inferSchema(session, { path: store.file({ bucket, key }), format: formatOfName(key) }));
      if (!schemas.has(id) && schema.reason !== undefined)
        log('WARN', `s3://${bucket}/${key} cannot be classified: ${schema.reason}`);
      schemas.set(id, schema);
      files.push({ key, size, folders, schema });
    }
    return files;
  } finally {
    signal.removeEventListener('abort', stop);
    session.close();
  }
}

function levelOf(prefix: string): number {
  return 1 + prefix.split('/').filter((part) => part !== '').length;
}
