import type { ObjectStore } from '../zones/objectStore';
import type { Place } from './findFiles';
import { layoutOf } from './layout';
import { alike, readingsByFolder } from './likeness';
import { samplePrefix } from './samplePrefix';

/** What the files below a prefix are to a crawler. */
export interface CrawlShape {
  /** They are one table, or each folder below the prefix is one. */
  readonly tables: 'one' | 'folders';
  /** The one table lies in `key=value` folders. */
  readonly partitioned: boolean;
}

/**
 * Tells from a sample whether the files below a prefix are one table or a table in each of its folders: those of
 * different formats, or with unlike columns. Problems of listing pass through.
 */
export async function crawlShape(
  store: ObjectStore,
  place: Place & { readonly onProgress?: (message: string) => void },
  signal: AbortSignal,
): Promise<CrawlShape> {
  const sample = await samplePrefix(store, place, signal);
  const folders = sample.files.map(({ key }) => key.slice(place.prefix.length).split('/').slice(0, -1));
  if (layoutOf(folders, sample).kind === 'hive') return { tables: 'one', partitioned: true };
  const [first, ...others] = readingsByFolder(sample.sample, place.prefix).values();
  const unlike = first !== undefined && others.some((other) => !alike(first, other));
  return { tables: unlike ? 'folders' : 'one', partitioned: false };
}
