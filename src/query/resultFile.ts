import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';

/** The object that holds a result. */
export interface ResultFile {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
}

/** Where a file is read from, and how much of it. */
export interface FileRequest {
  readonly store: ObjectStore;
  readonly connection: Connection;
  readonly file: ResultFile;
  /** Bytes from the start; absent: all. */
  readonly bytes?: number;
}

/** One request for so many bytes: more would wait for memory, less for round trips. */
const rangeBytes = 8 * 1024 * 1024;
const rangesInFlight = 4;

/** Bucket and key of `s3://bucket/key`; undefined for anything else. */
export function s3Place(uri: string): { readonly bucket: string; readonly key: string } | undefined {
  const match = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { bucket: match[1], key: match[2] };
}

/** `s3://bucket/key`. */
export function s3Uri(file: { readonly bucket: string; readonly key: string }): string {
  return `s3://${file.bucket}/${file.key}`;
}

/**
 * The bytes of a result file in order, four ranges of 8 MB under way at a time; also how a result is
 * exported without going through the grid. A file that is shorter than it was said to be is a Problem;
 * a cancel throws an AbortError.
 */
export async function* fileChunks(
  { store, connection, file, bytes = file.bytes }: FileRequest,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const flying: Promise<Uint8Array>[] = [];
  let asked = 0;
  let wanted = 0;
  try {
    while (wanted < bytes) {
      while (asked < bytes && flying.length < rangesInFlight) {
        const range = { start: asked, end: Math.min(bytes, asked + rangeBytes) };
        const part = store.read(connection, { bucket: file.bucket, key: file.key, range }, either);
        part.catch(() => undefined); // awaited in order below; a failure behind a failure is no news
        flying.push(part);
        asked = range.end;
      }
      const chunk = await flying.shift();
      signal.throwIfAborted();
      const expected = Math.min(rangeBytes, bytes - wanted);
      if (chunk?.length !== expected) throw cutOff(file);
      wanted += expected;
      yield chunk;
    }
  } finally {
    stop.abort(); // whoever stops reading early has no use for what is under way
  }
}

/** The Problem for a file that ends too early. */
export function cutOff(file: ResultFile): Problem {
  return new Problem(
    `The result file ${s3Uri(file)} ends in the middle of a row, so rows are missing: run the query again.`,
    'failed',
    { details: { action: 's3:GetObject', target: s3Uri(file) } },
  );
}
