import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { contentTypeOf } from './contentTypes';
import { found, type FilePorts } from './objectFile';
import type { DescribedObject, ObjectHeaders, ObjectPlace } from './objectWriter';
import { pacedCalls } from './pacedCalls';
import { putObject } from './putObject';

/** What a save is based on. */
export type SaveBase =
  /** The version that was read and edited. */
  | { readonly kind: 'version'; readonly etag: string }
  /** There must be nothing yet. */
  | { readonly kind: 'new' }
  /** Nothing was read: whatever is there when it begins is replaced, and nothing that comes later. */
  | { readonly kind: 'unread' };

/** How a save ended. In a conflict nothing was written: both versions are as they were. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly etag: string }
  /** It has tags, which may decide who reads it and when it expires, and they may not be read: they would be lost. */
  | { readonly kind: 'tags-unread'; readonly tags: number; readonly problem: Problem }
  /** Somebody else wrote a version after the one that was edited. */
  | { readonly kind: 'conflict'; readonly etag: string; readonly theirs: Uint8Array }
  /** Somebody else removed it. */
  | { readonly kind: 'removed' };

/**
 * Writes an edited object if it still is the version that was edited. Its type, metadata, storage class, encryption
 * and tags are said again, since S3 forgets them with each write.
 */
export async function saveObject(
  ports: FilePorts,
  request: {
    readonly connection: Connection;
    readonly place: ObjectPlace;
    readonly body: Uint8Array;
    readonly base: SaveBase;
    /** Writes without the tags; absent: with them, or not at all. */
    readonly dropTags?: true;
  },
  signal: AbortSignal,
): Promise<SaveOutcome> {
  const { writer } = ports;
  const { connection, place, body, base } = request;
  const calls = pacedCalls({ width: 4 }, signal);
  const there =
    base.kind === 'new'
      ? undefined
      : await writer.describe(connection, place, signal).catch((error: unknown) => {
          if (error instanceof Problem && error.kind === 'missing') return undefined;
          throw error;
        });
  if (base.kind === 'version' && there === undefined) return { kind: 'removed' };
  if (base.kind === 'version' && there?.etag !== base.etag) return await conflict(ports, request, signal);
  let headers: ObjectHeaders;
  try {
    headers = await headersFor(ports, { ...request, there }, signal);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'denied' || there === undefined) throw error;
    return { kind: 'tags-unread', tags: there.tagCount, problem: error };
  }
  const condition =
    there === undefined ? ({ kind: 'new' } as const) : ({ kind: 'over', etag: there.etag } as const);
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { etag } = await putObject(
        { writer, connection, calls },
        { place, body, condition, headers },
        signal,
      );
      return { kind: 'saved', etag };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.kind === 'missing' && there !== undefined) return { kind: 'removed' };
      if (error.kind !== 'changed') throw error;
      const outcome = await conflict(ports, request, signal);
      // S3 may refuse one of two writes at a time that both came to nothing: the version is the same still.
      const isSame = outcome.kind === 'conflict' && outcome.etag === there?.etag;
      if (!isSame || attempt >= 3) return outcome;
    }
  }
}

/** What is there instead. The same bytes are no conflict: somebody, perhaps an attempt before, has written just this. */
async function conflict(
  { store }: FilePorts,
  request: { readonly connection: Connection; readonly place: ObjectPlace; readonly body: Uint8Array },
  signal: AbortSignal,
): Promise<SaveOutcome> {
  const { connection, place, body } = request;
  const object = await found(store, request, signal);
  if (object === undefined) return { kind: 'removed' };
  const { etag = '' } = object;
  const theirs = await store.read(connection, { ...place, ...(etag === '' ? {} : { etag }) }, signal);
  if (Buffer.compare(theirs, body) === 0) return { kind: 'saved', etag };
  return { kind: 'conflict', etag, theirs };
}

async function headersFor(
  { facts }: FilePorts,
  request: {
    readonly connection: Connection;
    readonly place: ObjectPlace;
    readonly there: DescribedObject | undefined;
    readonly dropTags?: true;
  },
  signal: AbortSignal,
): Promise<ObjectHeaders> {
  const { connection, place, there, dropTags } = request;
  if (there === undefined) {
    const contentType = contentTypeOf(place.key);
    return contentType === undefined ? {} : { contentType };
  }
  if (there.tagCount === 0 || dropTags) return there.headers;
  return { ...there.headers, tags: await facts.tags(connection, place, signal) };
}
