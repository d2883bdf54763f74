import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectFacts } from '../zones/objectDetails';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { formatS3Uri } from '../zones/s3Uri';
import { walkKeys } from '../zones/walkKeys';
import { eachItem } from './eachItem';
import { sourceBase, sourceName, type TransferSource } from './listBelow';
import { pacedCalls } from './pacedCalls';
import { planRemoval, type Versioning } from './removalPlan';

/** Where to: an object under another key, or everything below another prefix. */
export interface CopyTarget {
  readonly bucket: string;
  /** A whole key, or a prefix that ends with a slash (or is empty), below which the names of the source stand. */
  readonly key: string;
}

/** One object and where it goes. */
export interface CopyItem {
  readonly key: string;
  readonly etag: string;
  readonly bytes: number;
  readonly storageClass?: string;
  readonly to: string;
  /** What is at the target now; absent: nothing. */
  readonly there?: { readonly etag: string; readonly bytes: number };
}

/** What a copy or a move will do. */
export interface CopyPlan {
  readonly source: TransferSource;
  readonly target: CopyTarget;
  readonly items: readonly CopyItem[];
  /** Of the source's bucket; a move removes from it. */
  readonly versioning: Versioning;
  readonly mfaDelete: boolean;
}

/** Up to so many targets are looked up one by one; above, their prefix is listed. */
const mostLookUps = 1000;

/** Lists what a copy or move will write, and what is at its targets already. Changes nothing. */
export async function planCopy(
  lake: { readonly store: ObjectStore; readonly facts: Pick<ObjectFacts, 'versioning'> },
  request: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly target: CopyTarget;
    readonly move: boolean;
    readonly onProgress?: (objects: number) => void;
  },
  signal: AbortSignal,
): Promise<CopyPlan> {
  const { connection, source, target } = request;
  refuseItself(request);
  const { objects, versioning, mfaDelete } = await planRemoval(lake, request, signal);
  const base = sourceBase(source);
  const isFolder = target.key === '' || target.key.endsWith('/');
  const pairs = objects.map((object) => ({
    object,
    to: source.kind === 'object' && !isFolder ? target.key : `${target.key}${object.key.slice(base.length)}`,
  }));
  const there = await targets(
    lake.store,
    { connection, target, wanted: new Set(pairs.map(({ to }) => to)) },
    signal,
  );
  const items = pairs.map(({ object, to }): CopyItem => {
    const found = there.get(to);
    return {
      key: object.key,
      etag: object.etag ?? '',
      bytes: object.bytes,
      ...(object.storageClass === undefined ? {} : { storageClass: object.storageClass }),
      to,
      ...(found === undefined ? {} : { there: { etag: found.etag ?? '', bytes: found.bytes } }),
    };
  });
  return { source, target, items, versioning, mfaDelete };
}

function refuseItself(request: {
  readonly source: TransferSource;
  readonly target: CopyTarget;
  readonly move: boolean;
}): void {
  const { source, target, move } = request;
  const name = sourceName(source);
  const to = formatS3Uri(target);
  const word = move ? 'moved' : 'copied';
  if (name === to || (source.bucket === target.bucket && isHome(source, target.key)))
    throw new Problem(`${name} is there already: choose another place for it to be ${word} to.`, 'invalid');
  if (source.kind === 'prefix' && !(target.key === '' || target.key.endsWith('/')))
    throw new Problem(
      `${to} is no prefix: end it with a slash, since ${name} is ${word} below it.`,
      'invalid',
    );
  if (source.kind === 'prefix' && source.bucket === target.bucket && target.key.startsWith(source.prefix)) {
    throw new Problem(
      `${to} lies inside ${name}, so doing it twice would nest it ever deeper: choose a place outside of it.`,
      'invalid',
    );
  }
}

/** True where every object would be copied onto itself. */
function isHome(source: TransferSource, key: string): boolean {
  return key === sourceBase(source) || (source.kind === 'object' && key === source.key);
}

async function targets(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly target: CopyTarget;
    readonly wanted: ReadonlySet<string>;
  },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StoredObject>> {
  const { connection, target, wanted } = request;
  const { bucket } = target;
  const found = new Map<string, StoredObject>();
  if (wanted.size > mostLookUps) {
    const onPage = (objects: readonly StoredObject[]): void => {
      for (const one of objects) if (wanted.has(one.key)) found.set(one.key, one);
    };
    await walkKeys(store, { connection, bucket, prefix: target.key, onPage }, signal);
    return found;
  }
  const calls = pacedCalls({ width: 32 }, signal);
  await eachItem(
    {
      items: [...wanted],
      width: 32,
      run: async (key) => {
        try {
          found.set(key, await calls(() => store.head(connection, { bucket, key }, signal)));
        } catch (error) {
          // Without the right to list, S3 says "denied" of what is not there; the copy asks again with its condition.
          if (!(error instanceof Problem) || (error.kind !== 'missing' && error.kind !== 'denied'))
            throw error;
        }
      },
      together: true,
    },
    signal,
  );
  return found;
}

/** True when the target holds the same content already. An ETag of parts tells it only where the parts were alike. */
export function isThere({ etag, bytes, there }: CopyItem): boolean {
  return there !== undefined && etag !== '' && there.etag === etag && there.bytes === bytes;
}

/** True when something else is at the target. */
export function wouldReplace(item: CopyItem): boolean {
  return item.there !== undefined && !isThere(item);
}
