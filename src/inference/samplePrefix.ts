import { pool } from '../base/pool';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { fileReader } from './fileReader';
import { chooseSample, findFiles, type FoundFiles, type Place } from './findFiles';
import type { SampledFile } from './reading';

/** What a sample of the files below a prefix told. */
export interface PrefixSample extends Omit<FoundFiles, 'requests'> {
  /** By key. */
  readonly sample: readonly SampledFile[];
  /** Bytes read of the sample. */
  readonly fetched: number;
  /** Requests of both kinds. */
  readonly requests: { readonly list: number; readonly get: number };
}

/** Files that are read at most. */
const mostFiles = 8;
const width = 4;

/**
 * Lists and reads a sample of the files below a prefix: at most 41 listings, 8 files and 8 MB. What cannot be read of
 * a file is told with it, and the rest goes on; a Problem of the listing passes through, and so does a sign-in that is
 * over.
 */
export async function samplePrefix(
  store: ObjectStore,
  place: Place & { readonly onProgress?: (message: string) => void },
  signal: AbortSignal,
): Promise<PrefixSample> {
  const { requests: list, ...found } = await findFiles(store, place, signal);
  const reader = fileReader(store, place.connection, signal);
  const chosen = chooseSample(found.files, mostFiles);
  const sample: SampledFile[] = [];
  const work = pool<StoredObject>(
    width,
    async (object) => {
      sample.push(await reader.read(place.bucket, object));
      place.onProgress?.(`${sample.length} of ${chosen.length} files read`);
    },
    signal,
  );
  for (const object of chosen) work.add(object);
  await work.done();
  sample.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { ...found, sample, fetched: reader.cost.bytes, requests: { list, get: reader.cost.get } };
}
