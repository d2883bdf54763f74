import { formatBytes } from '../base/format';
import { Problem } from '../base/problem';

/**
 * S3's limits: 10,000 parts of 5 MB to 5 GB (the last of any size), 5 TB an object, 5 GB in one PUT or one copy.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
const mostParts = 10_000;
const mebi = 1024 ** 2;
/** Bytes that one PUT or one CopyObject may move. */
export const largestSingle = 5 * 1024 ** 3;
const largestObject = 5 * 1024 ** 4;

/** Bytes above which a file is sent in parts: a part that is lost costs no more than this to send again. */
export const singlePutBytes = 16 * mebi;

/** Bytes held in memory by parts under way, all together. */
const memoryBytes = 128 * mebi;

/** A part of a file or object: bytes, the end not included. */
export interface PartRange {
  /** Counted from 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Bytes of each part of an object of so many bytes: whole megabytes, as many as keep it at 10,000 parts. A Problem above 5 TB. */
export function partBytesOf(bytes: number, smallest = singlePutBytes): number {
  if (bytes > largestObject) {
    throw new Problem(
      `S3 holds objects of at most ${formatBytes(largestObject)}, and this is ${formatBytes(bytes)}: split it.`,
      'invalid',
    );
  }
  return Math.max(smallest, Math.ceil(bytes / mostParts / mebi) * mebi);
}

/** The parts of so many bytes; one empty part of nothing. */
export function partRanges(bytes: number, partBytes: number): readonly PartRange[] {
  const count = Math.max(1, Math.ceil(bytes / partBytes));
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    start: index * partBytes,
    end: Math.min(bytes, (index + 1) * partBytes),
  }));
}

/** Parts of one file side by side, so that the memory stays bounded however large they are. */
export function partWidth(partBytes: number): number {
  return Math.min(8, Math.max(1, Math.floor(memoryBytes / partBytes)));
}
