import type { Connection } from '../connection/connection';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { fileReader } from './fileReader';
import { chooseSample, findFiles, isRead } from './findFiles';
import type { SampledFile } from './reading';
import type { TablePlace } from './tablePlaces';

/** Files of a sample with their buckets, and what they cost. */
export interface TableSample {
  readonly files: readonly (SampledFile & { readonly bucket: string })[];
  readonly list: number;
  readonly get: number;
  readonly bytes: number;
  readonly notes: readonly string[];
}

/** Files that are read at most of a table. */
const mostFiles = 12;

/**
 * Reads the newest and the oldest file of each partition's place, or some of a table's own: one listing a partition,
 * 12 files and 8 MB at most.
 */
export async function readSample(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly places: readonly TablePlace[];
    /** Lets a place that may not be listed be passed over. */
    readonly tolerant: <T>(read: () => Promise<T>) => Promise<T | undefined>;
    readonly onProgress: (message: string) => void;
  },
  signal: AbortSignal,
): Promise<TableSample> {
  const { connection, places, tolerant, onProgress } = request;
  const reader = fileReader(store, connection, signal);
  const files: (SampledFile & { readonly bucket: string })[] = [];
  const empty: string[] = [];
  let list = 0;
  for (const place of places) {
    const found = await tolerant(() => filesAt(store, { connection, place }, signal));
    if (found === undefined) continue;
    list += found.list;
    if (found.objects.length === 0) empty.push(place.partition ?? `s3://${place.bucket}/${place.prefix}`);
    const some = found.objects.slice(0, mostFiles - files.length);
    const read = await Promise.all(some.map((object) => reader.read(place.bucket, object)));
    files.push(...read.map((file) => ({ ...file, bucket: place.bucket })));
    onProgress(`${files.length} files read`);
  }
  return {
    files,
    list,
    get: reader.cost.get,
    bytes: reader.cost.bytes,
    notes: empty.map((name) => `${name} has no files.`),
  };
}

async function filesAt(
  store: ObjectStore,
  { connection, place }: { readonly connection: Connection; readonly place: TablePlace },
  signal: AbortSignal,
): Promise<{ readonly objects: readonly StoredObject[]; readonly list: number }> {
  const { bucket, prefix, partition } = place;
  if (partition === undefined) {
    const found = await findFiles(store, { connection, bucket, prefix }, signal);
    return { objects: chooseSample(found.files, mostFiles), list: found.requests };
  }
  const page = await store.list(connection, { bucket, prefix, limit: 1000 }, signal);
  return {
    objects: chooseSample(
      page.objects.filter((object) => isRead(object, prefix)),
      2,
    ),
    list: 1,
  };
}
