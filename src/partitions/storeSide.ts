import { pool } from '../base/pool';
import type { Column } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { readLevel } from './hiveLayout';
import type { Oddity } from './plan';

/** A directory at the depth of the last key. */
export interface Leaf {
  readonly values: readonly string[];
  /** Key prefix in the bucket, with its slash at the end. */
  readonly prefix: string;
  /** A key stands in it in another case than the catalog's. */
  readonly otherCase: boolean;
}

export interface StoreSide {
  readonly leaves: readonly Leaf[];
  readonly oddities: readonly Oddity[];
  /** ListObjectsV2 requests made. */
  readonly requests: number;
}

/** Listings side by side. S3 takes 5,500 reads a second a prefix; this stays far below. */
const width = 64;

/**
 * Finds the partitions of a Hive layout by directory listings alone: one level a key, no object below the last
 * level is listed. Requests: for every directory above the last level, its children by thousands.
 * @param onProgress called with the leaves found so far
 */
export async function listStoreSide(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    /** The table's prefix, with its slash at the end ('' for a bucket's root). */
    readonly prefix: string;
    readonly keys: readonly Column[];
    readonly onProgress?: (leaves: number) => void;
  },
  signal: AbortSignal,
): Promise<StoreSide> {
  const { connection, bucket, keys } = request;
  const leaves: Leaf[] = [];
  const oddities: Oddity[] = [];
  let requests = 0;

  const report = (values: readonly string[], prefix: string, message: string): void => {
    oddities.push({ kind: 'malformed', values, location: `s3://${bucket}/${prefix}`, message });
  };

  const work = pool<Leaf & { readonly next?: string; readonly files: number }>(
    width,
    async (here) => {
      const key = keys[here.values.length];
      if (key === undefined) return;
      const page = await store.list(
        connection,
        {
          bucket,
          prefix: here.prefix,
          delimiter: '/',
          ...(here.next === undefined ? {} : { next: here.next }),
        },
        signal,
      );
      requests += 1;
      let { files } = here;
      for (const object of page.objects) if (isData(object.key, here.prefix)) files += 1;
      // The next page first: pages of one directory come one after another, the rest side by side.
      if (page.next !== undefined) work.add({ ...here, next: page.next, files });
      else if (files > 0) {
        const what = files === 1 ? '1 file lies' : `${files.toLocaleString('en-US')} files lie`;
        report(here.values, here.prefix, `${what} above the partitions, where Athena does not read`);
      }
      for (const prefix of page.prefixes) {
        const name = prefix.slice(here.prefix.length, -1);
        const level = readLevel(name, key);
        if (level.kind === 'hidden') continue;
        if (level.kind === 'odd') {
          report(here.values, prefix, `${name === '' ? 'a directory without a name' : name} ${level.why}`);
          continue;
        }
        const child: Leaf = {
          values: [...here.values, level.value],
          prefix,
          otherCase: here.otherCase || level.otherCase,
        };
        if (child.values.length === keys.length) leaves.push(child);
        else work.add({ ...child, files: 0 });
      }
      request.onProgress?.(leaves.length);
    },
    signal,
  );
  work.add({ values: [], prefix: request.prefix, otherCase: false, files: 0 });
  await work.done();
  return { leaves, oddities, requests };
}

/** Folder markers and files that engines hide are no data. */
function isData(key: string, prefix: string): boolean {
  const name = key.slice(prefix.length);
  return name !== '' && !name.startsWith('_') && !name.startsWith('.') && !name.endsWith('_$folder$');
}
