import { isCancel, Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { readFile } from './readFile';
import type { SampledFile } from './reading';

/** Reads files of a sample and counts what they cost. */
export interface FileReader {
  /** What a file tells, or why it told nothing; throws for a cancel and for a sign-in or a network that is lost. */
  read(bucket: string, object: StoredObject): Promise<SampledFile>;
  readonly cost: { get: number; bytes: number };
}

/** Bytes that all files of one sample may cost together. */
const mostBytes = 8 * 1024 * 1024;

/** A reader that takes at most 8 MB of all files together. */
export function fileReader(store: ObjectStore, connection: Connection, signal: AbortSignal): FileReader {
  const cost = { get: 0, bytes: 0 };
  return {
    cost,
    async read(bucket, { key, bytes, modifiedAt }) {
      const file = { key, bytes, ...(modifiedAt === undefined ? {} : { modifiedAt }) };
      const read = async (start: number, end: number): Promise<Uint8Array> => {
        if (cost.bytes + end - start > mostBytes) {
          throw new Problem(`${key} was not read to the end: a sample may cost 8 MB.`, 'invalid');
        }
        cost.get += 1;
        cost.bytes += end - start;
        return store.read(connection, { bucket, key, range: { start, end } }, signal);
      };
      try {
        return { ...file, reading: await readFile({ key, bytes, read }) };
      } catch (error) {
        if (isCancel(error) || !(error instanceof Problem)) throw error;
        if (error.kind === 'signed-out' || error.kind === 'offline') throw error;
        return { ...file, unread: told(error, key) };
      }
    },
  };
}

function told(problem: Problem, key: string): string {
  if (problem.kind === 'missing') return `${key} was deleted between the listing and the reading.`;
  return problem.message;
}
