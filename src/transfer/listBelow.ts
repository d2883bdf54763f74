import { formatCount } from '../base/format';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { keyOrder } from '../zones/keyOrder';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { formatS3Uri } from '../zones/s3Uri';
import { walkKeys } from '../zones/walkKeys';

/** Objects that a plan holds at most, since it stands in memory and somebody must be able to judge it. */
const mostObjects = 1_000_000;

/** What a transfer is about: one object, or all whose keys begin with a prefix (an empty one: the bucket). */
export type TransferSource =
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'prefix'; readonly bucket: string; readonly prefix: string };

/** The `s3://` address of a source; a prefix that ends within a name gets a star, since all that begins with it is meant. */
export function sourceName(source: TransferSource): string {
  const { bucket } = source;
  if (source.kind === 'object') return formatS3Uri({ bucket, key: source.key });
  return `${formatS3Uri({ bucket, key: source.prefix })}${isFolder(source) ? '' : '*'}`;
}

/** The folder that a source's objects lie in: what comes before their names below a target. */
export function sourceBase(source: TransferSource): string {
  const key = source.kind === 'prefix' ? source.prefix : source.key;
  return key.slice(0, key.lastIndexOf('/') + 1);
}

/** True for a whole bucket or all below a slash; not for the beginning of names, nor for an object. */
export function isFolder(source: TransferSource): boolean {
  return source.kind === 'prefix' && (source.prefix === '' || source.prefix.endsWith('/'));
}

/** Every object of a source, by key; a Problem above a million of them, which says what does better then. */
export async function listSource(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly onProgress?: (objects: number) => void;
    /** A million unless told. */
    readonly most?: number;
  },
  signal: AbortSignal,
): Promise<readonly StoredObject[]> {
  const { connection, source, most = mostObjects } = request;
  if (source.kind === 'object') {
    const { bucket, key } = source;
    return [await store.head(connection, { bucket, key }, signal)];
  }
  const { bucket, prefix } = source;
  const found: StoredObject[] = [];
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  try {
    const onPage = (objects: readonly StoredObject[]): void => {
      for (const one of objects) found.push(one);
      request.onProgress?.(found.length);
      if (found.length > most) stop.abort();
    };
    await walkKeys(store, { connection, bucket, prefix, onPage }, either);
  } catch (error) {
    if (!stop.signal.aborted || signal.aborted) throw error;
  }
  if (found.length > most) {
    throw new Problem(
      `${sourceName(source)} holds more than ${formatCount(most)} objects: take a smaller prefix, or let a lifecycle rule or S3 Batch Operations do it.`,
      'invalid',
    );
  }
  return found.sort((a, b) => keyOrder(a.key, b.key));
}
