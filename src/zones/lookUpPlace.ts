import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from './objectStore';
import { formatS3Uri, type S3Place } from './s3Uri';

/** What stands at an address; a prefix may end within a name: all that begins with it. */
export interface FoundPlace extends S3Place {
  readonly kind: 'bucket' | 'prefix' | 'object';
}

/**
 * Finds out what an address without a slash at its end means, in at most two requests of the bucket's own: an object, a
 * folder whose slash was left off, or the beginning of names. Needs no right to list buckets, and of the right to list
 * this one only what the address itself asks; where that is denied, an object that may be read is found all the same.
 */
export async function lookUpPlace(
  store: ObjectStore,
  { connection, place }: { readonly connection: Connection; readonly place: S3Place },
  signal: AbortSignal,
): Promise<FoundPlace> {
  const { bucket, key } = place;
  const first = async (prefix: string): Promise<string | undefined> => {
    const page = await store.list(connection, { bucket, prefix, limit: 1 }, signal);
    return page.objects[0]?.key;
  };
  try {
    const found = await first(key);
    if (key === '') return { kind: 'bucket', bucket, key };
    if (key.endsWith('/')) return { kind: 'prefix', bucket, key };
    if (found === key) return { kind: 'object', bucket, key };
    const folder = `${key}/`;
    // Names that go on with a sign before the slash come first: the folder may lie behind them.
    if (found?.startsWith(folder) === true || (found !== undefined && (await first(folder)) !== undefined))
      return { kind: 'prefix', bucket, key: folder };
    if (found !== undefined) return { kind: 'prefix', bucket, key };
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'denied' || key === '' || key.endsWith('/'))
      throw error;
    const object = await store.head(connection, { bucket, key }, signal).catch((second: unknown) => {
      if (second instanceof Problem) return undefined;
      throw second;
    });
    if (object === undefined) throw error;
    return { kind: 'object', bucket, key };
  }
  throw new Problem(
    `There is nothing at ${formatS3Uri(place)}: check its spelling, since capitals and spaces count.`,
    'missing',
    { details: { action: 's3:ListBucket', target: formatS3Uri(place) } },
  );
}
