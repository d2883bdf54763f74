import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { eachItem } from './eachItem';
import type { ObjectWriter, RemovedObject, RemoveOutcome } from './objectWriter';
import { pacedCalls } from './pacedCalls';
import { keysPerRemoval, type RemovalLine } from './removeObjects';
import type { JournalLine, ReadJournal } from './transferJournal';

/** Clocks of this computer and of S3 may differ by this much, in milliseconds. */
const clockSkew = 60_000;

/** What bringing back took. */
export interface UndoResult {
  readonly restored: number;
  readonly failed: readonly { readonly key: string; readonly problem: Problem }[];
}

/** What a journal of a removal knows of each key. */
export interface RemovalState {
  /** Version ids of the delete markers by key. */
  readonly markers: ReadonlyMap<string, string>;
  /** Keys whose call was killed, or whose answer may have been lost: a marker may stand for them. */
  readonly doubtful: readonly string[];
  /** Keys that were removed for good. */
  readonly lost: number;
}

/** Reads the lines of a removal's journal, or of a move's. */
export function removalState(lines: readonly JournalLine[]): RemovalState {
  const markers = new Map<string, string>();
  const doubtful = new Set<string>();
  let lost = 0;
  // A cast, since the lines come from JSON: the head has said that they are a removal's.
  for (const line of lines as readonly RemovalLine[]) {
    if (line.kind === 'intent') for (const key of line.keys) doubtful.add(key);
    if (line.kind === 'removed') {
      for (const [at, key] of line.keys.entries()) {
        doubtful.delete(key);
        const marker = line.markers[at] ?? '';
        if (marker === '') lost += 1;
        else markers.set(key, marker);
      }
    }
    // "Gone" is what a repeated call says, too, when the answer to the first was lost.
    if (line.kind === 'left' && line.why !== 'gone') for (const key of line.keys) doubtful.delete(key);
  }
  return { markers, doubtful: [...doubtful], lost };
}

/**
 * Brings back what a removal hid, by removing its delete markers: the versions below were there all the time. Markers
 * of keys in doubt are looked up, and only those made since the removal began are taken.
 */
export async function undoRemoval(
  writer: ObjectWriter,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly journal: Pick<ReadJournal, 'head' | 'lines'>;
    readonly onProgress?: (objects: number) => void;
  },
  signal: AbortSignal,
): Promise<UndoResult> {
  const { connection, bucket, journal } = request;
  const { markers, doubtful } = removalState(journal.lines);
  const calls = pacedCalls({ width: 8 }, signal);
  const objects: RemovedObject[] = [...markers].map(([key, version]) => ({ key, version }));
  const failed: { key: string; problem: Problem }[] = [];
  const since = Date.parse(journal.head.at) - clockSkew;
  const unknown = await eachItem(
    {
      items: doubtful,
      width: 8,
      run: async (key) => {
        const found = await calls(() => writer.marker(connection, { bucket, key }, signal));
        if (found !== undefined && (found.modifiedAt?.getTime() ?? since) >= since)
          objects.push({ key, version: found.version });
      },
    },
    signal,
  );
  for (const { item, problem } of unknown) failed.push({ key: item, problem });
  let restored = 0;
  const batches = Array.from({ length: Math.ceil(objects.length / keysPerRemoval) }, (_, at) =>
    objects.slice(at * keysPerRemoval, (at + 1) * keysPerRemoval),
  );
  const broken = await eachItem(
    {
      items: batches,
      width: 4,
      run: async (batch) => {
        const outcomes = await calls(() => writer.remove(connection, { bucket, objects: batch }, signal));
        for (const outcome of outcomes) {
          // A marker that is gone hides nothing.
          if (isBack(outcome)) restored += 1;
          else if (outcome.kind === 'failed') failed.push(outcome);
        }
        request.onProgress?.(restored);
      },
    },
    signal,
  );
  for (const { item, problem } of broken) for (const { key } of item) failed.push({ key, problem });
  return { restored, failed };
}

function isBack({ kind }: RemoveOutcome): boolean {
  return kind === 'removed' || kind === 'gone';
}
