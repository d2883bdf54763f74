import { formatCount } from '../base/format';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectFacts } from '../zones/objectDetails';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { formatS3Uri, lastPart } from '../zones/s3Uri';
import { copyOne } from './copyOne';
import { eachItem } from './eachItem';
import { nameOf } from './fileAddress';
import type { ObjectPlace, ObjectWriter } from './objectWriter';
import { pacedCalls } from './pacedCalls';
import { partRanges, singlePutBytes } from './partPlan';

/** What files of S3 are read and written with. */
export interface FilePorts {
  readonly store: ObjectStore;
  readonly writer: ObjectWriter;
  readonly facts: Pick<ObjectFacts, 'tags'>;
}

/** Names that a folder shows at most, since editors take a folder as a whole. */
const mostNames = 10_000;

/** What is at a path: an object, else a folder when anything lies below it; a Problem of kind `missing` for neither. */
export async function statFile(
  store: ObjectStore,
  { connection, place }: { readonly connection: Connection; readonly place: ObjectPlace },
  signal: AbortSignal,
): Promise<{ readonly kind: 'file'; readonly object: StoredObject } | { readonly kind: 'folder' }> {
  const { bucket, key } = place;
  let missing: Problem | undefined;
  if (key !== '') {
    try {
      return { kind: 'file', object: await store.head(connection, { bucket, key }, signal) };
    } catch (error) {
      // Without the right to list, S3 says "denied" of what is not there.
      if (!(error instanceof Problem) || (error.kind !== 'missing' && error.kind !== 'denied')) throw error;
      missing = error;
    }
  }
  const prefix = key === '' ? '' : `${key}/`;
  const page = await store.list(connection, { bucket, prefix, limit: 1 }, signal).catch((error: unknown) => {
    // What is missing or denied is the object: a denied listing would name the wrong action.
    throw missing !== undefined && error instanceof Problem && error.kind === 'denied' ? missing : error;
  });
  if (prefix === '' || page.objects.length + page.prefixes.length > 0) return { kind: 'folder' };
  throw missing ?? new Problem(`There is no ${formatS3Uri(place)}.`, 'missing');
}

/** One name in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** The names below a prefix, page after page; a Problem past ten thousand, which says what to do instead. */
export async function listFolder(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    /** Ends with a slash, or is empty. */
    readonly prefix: string;
    readonly most?: number;
  },
  signal: AbortSignal,
): Promise<readonly FolderEntry[]> {
  const { connection, bucket, prefix, most = mostNames } = request;
  const files = new Set<string>();
  const folders = new Set<string>();
  let next: string | undefined;
  do {
    const page = await store.list(
      connection,
      { bucket, prefix, delimiter: '/', ...(next === undefined ? {} : { next }) },
      signal,
    );
    for (const one of page.prefixes) folders.add(lastPart(one).slice(0, -1));
    // An empty object that is named as the folder only says that there is one.
    for (const one of page.objects)
      if (one.key !== prefix || one.bytes > 0) files.add(one.key.slice(prefix.length));
    if (files.size + folders.size > most) {
      throw new Problem(
        `${formatS3Uri({ bucket, key: prefix })} holds more than ${formatCount(most)} names, more than an editor can show: use the Zones view, which shows them page by page.`,
        'invalid',
      );
    }
    next = page.next;
  } while (next !== undefined);
  return [
    ...[...folders].map((one): FolderEntry => ({
      name: nameOf(one, files.has(one) ? 'twice' : 'once'),
      kind: 'folder',
    })),
    ...[...files].map((one): FolderEntry => ({ name: nameOf(one), kind: 'file' })),
  ];
}

/** Reads a whole object, large ones by ranges side by side, all of one version: it is begun again when it changes. */
export async function readWhole(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly place: ObjectPlace;
    readonly object: StoredObject;
    readonly onProgress?: (bytes: number) => void;
    /** Bytes of one request. */
    readonly partBytes?: number;
  },
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly object: StoredObject }> {
  const { connection, place } = request;
  let { object } = request;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return { bytes: await readVersion(store, { ...request, object }, signal), object };
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'changed' || attempt >= 2) throw error;
      object = await store.head(connection, place, signal);
    }
  }
}

async function readVersion(
  store: ObjectStore,
  request: Parameters<typeof readWhole>[1],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { connection, place, object, partBytes = singlePutBytes } = request;
  const same = object.etag === undefined ? {} : { etag: object.etag };
  if (object.bytes <= partBytes) return await store.read(connection, { ...place, ...same }, signal);
  const whole = Buffer.allocUnsafe(object.bytes);
  const calls = pacedCalls({ width: 6 }, signal);
  let got = 0;
  await eachItem(
    {
      items: partRanges(object.bytes, partBytes),
      width: 6,
      run: async ({ start, end }) => {
        const range = { start, end };
        whole.set(await calls(() => store.read(connection, { ...place, ...same, range }, signal)), start);
        got += end - start;
        request.onProgress?.(got);
      },
      together: true,
    },
    signal,
  );
  return whole;
}

/** Gives an object another key: it is copied, and its old key removed if it still is what was copied. */
export async function renameObject(
  { store, writer, facts }: FilePorts,
  request: {
    readonly connection: Connection;
    readonly from: ObjectPlace;
    readonly to: ObjectPlace;
    readonly overwrite: 'replace' | 'keep';
  },
  signal: AbortSignal,
): Promise<void> {
  const { connection, from, to, overwrite } = request;
  const object = await store.head(connection, from, signal);
  const there = overwrite === 'replace' ? await found(store, { connection, place: to }, signal) : undefined;
  const { bytes, etag = '', storageClass } = object;
  const item = {
    key: from.key,
    etag,
    bytes,
    to: to.key,
    ...(storageClass === undefined ? {} : { storageClass }),
    ...(there === undefined ? {} : { there: { etag: there.etag ?? '', bytes: there.bytes } }),
  };
  const calls = pacedCalls({ width: 8 }, signal);
  await copyOne({ writer, facts, connection, calls }, { from, to, item }, signal);
  await removeFile(writer, { connection, place: from, etag }, signal);
}

/** Removes one object if it is still the one with this ETag; one that is gone counts as done. */
export async function removeFile(
  writer: ObjectWriter,
  request: { readonly connection: Connection; readonly place: ObjectPlace; readonly etag?: string },
  signal: AbortSignal,
): Promise<void> {
  const { connection, place, etag } = request;
  const object = { key: place.key, ...(etag === undefined ? {} : { etag }) };
  const [outcome] = await writer.remove(connection, { bucket: place.bucket, objects: [object] }, signal);
  if (outcome?.kind === 'failed') throw outcome.problem;
  if (outcome?.kind !== 'changed') return;
  throw new Problem(
    `${formatS3Uri(place)} was written anew meanwhile, so it was not removed: look at it again.`,
    'changed',
  );
}

/** The object at a place; `undefined` for none, or where that may not be seen. */
export async function found(
  store: ObjectStore,
  { connection, place }: { readonly connection: Connection; readonly place: ObjectPlace },
  signal: AbortSignal,
): Promise<StoredObject | undefined> {
  try {
    return await store.head(connection, place, signal);
  } catch (error) {
    if (error instanceof Problem && (error.kind === 'missing' || error.kind === 'denied')) return undefined;
    throw error;
  }
}
