import { pool } from '../base/pool';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { parseS3Uri } from '../zones/s3Uri';
import { isHidden } from './hiveLayout';
import type { Patient } from './patient';
import { isData, listingWidth } from './storeSide';

/** What S3 says of a place: something is stored there, nothing is, or it may not be looked at. */
export type Found = 'files' | 'empty' | Problem;

/** Looks at places in S3. */
export interface Prober {
  /** Whether anything is stored below a place, be it a marker. One request for one key. */
  anything(location: string, signal: AbortSignal): Promise<Found>;
  /** Whether there is data below a place, for which markers and engines' own files do not count. One request, mostly. */
  data(location: string, signal: AbortSignal): Promise<Found>;
  /** Requests that were answered. */
  readonly requests: number;
}

/** Looks at places through a store. A place that may not be read, or that there is not, is answered, not thrown. */
export function prober(store: ObjectStore, connection: Connection, patient: Patient): Prober {
  let requests = 0;
  const look = async (
    location: string,
    read: (bucket: string, prefix: string) => Promise<boolean>,
  ): Promise<Found> => {
    const place = parseS3Uri(location);
    if (place === undefined) return new Problem(`${location || 'no location'} is no place in S3.`, 'invalid');
    try {
      return (await read(place.bucket, place.key)) ? 'files' : 'empty';
    } catch (error) {
      if (error instanceof Problem && placeFaults.has(error.kind)) return error;
      throw error;
    }
  };
  return {
    get requests() {
      return requests;
    },
    anything: (location, signal) =>
      look(location, async (bucket, prefix) => {
        const page = await patient(
          () => store.list(connection, { bucket, prefix, limit: 1 }, signal),
          signal,
        );
        requests += 1;
        return page.objects.length > 0;
      }),
    data: (location, signal) =>
      look(location, async (bucket, prefix) => {
        let next: string | undefined;
        do {
          const from = next === undefined ? {} : { next };
          const page = await patient(
            () => store.list(connection, { bucket, prefix, delimiter: '/', limit: 100, ...from }, signal),
            signal,
          );
          requests += 1;
          if (page.objects.some(({ key }) => isData(key, prefix))) return true;
          if (page.prefixes.some((one) => !isHidden(one.slice(prefix.length, -1)))) return true;
          next = page.next;
        } while (next !== undefined);
        return false;
      }),
  };
}

/** Faults of one place, which say nothing of the others. */
const placeFaults: ReadonlySet<string> = new Set(['denied', 'missing', 'invalid', 'other']);

/** Runs a look at each of many places side by side, in no order. */
export async function eachSideBySide<T>(
  items: Iterable<T>,
  run: (item: T) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  // Lanes that take from one iterator: a task for each of 200,000 places would hold all of them.
  const iterator = items[Symbol.iterator]();
  let isOver = false;
  const lanes = pool<void>(
    listingWidth,
    async () => {
      try {
        for (let next = iterator.next(); next.done !== true && !isOver; next = iterator.next()) {
          signal.throwIfAborted();
          await run(next.value);
        }
      } catch (error) {
        isOver = true; // nothing new starts in the other lanes
        throw error;
      }
    },
    signal,
  );
  for (let lane = 0; lane < listingWidth; lane += 1) lanes.add();
  await lanes.done();
}
