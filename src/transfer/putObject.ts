import { createHash } from 'node:crypto';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectHeaders, ObjectPlace, ObjectWriter, WriteCondition, Written } from './objectWriter';
import type { PacedCalls } from './pacedCalls';

/** What writes are made with. */
export interface WriteParts {
  readonly writer: ObjectWriter;
  readonly connection: Connection;
  readonly calls: PacedCalls;
}

/** Writes an object in one request, if the condition holds. */
export async function putObject(
  parts: WriteParts,
  request: {
    readonly place: ObjectPlace;
    readonly body: Uint8Array;
    readonly condition: WriteCondition;
    readonly headers: ObjectHeaders;
  },
  signal: AbortSignal,
): Promise<Written> {
  const { place, body, condition, headers } = request;
  const { writer, connection, calls } = parts;
  try {
    return await calls(() => writer.put(connection, { ...place, body, condition, headers }, signal));
  } catch (error) {
    // The ETag of what is written in one request is its MD5, unless a KMS key encrypts it.
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    return await unlessWritten({ ...parts, place, etag, bytes: body.length }, error, signal);
  }
}

/**
 * A condition that does not hold may mean that an attempt before wrote it and only its answer was lost: then what was
 * to be written is there, and that is the answer. Anything else is thrown as it came.
 */
export async function unlessWritten(
  wanted: WriteParts & { readonly place: ObjectPlace; readonly etag: string; readonly bytes: number },
  error: unknown,
  signal: AbortSignal,
): Promise<Written> {
  if (!(error instanceof Problem) || error.kind !== 'changed') throw error;
  const { writer, connection, calls, place, etag, bytes } = wanted;
  const there = await calls(() => writer.describe(connection, place, signal)).catch(() => undefined);
  signal.throwIfAborted();
  if (there?.etag !== etag || there.bytes !== bytes) throw error;
  return { etag };
}
