import type { Connection } from '../connection/connection';
import { type ListCost, listCost } from './listPrice';
import type { ObjectStore } from './objectStore';
import { type PrefixStatistics, tally } from './tally';
import { walkKeyPages } from './walkKeys';
import type { ZonePlace } from './zones';

/** Files below this cost more to open than to read (Athena tuning guide: 128 MB is good, below a few MB is small). */
const usualSmallBytes = 2 ** 20;

/** What lies below a prefix, and what finding out cost. */
export interface MeasuredPrefix extends PrefixStatistics {
  readonly cost: ListCost;
}

/**
 * Counts everything below a prefix by listing it in pieces side by side. Throttling slows it and loses nothing; the
 * signal stops it at once. Memory grows with the pieces and the partition values, never with the objects.
 */
export async function prefixStatistics(
  from: {
    readonly store: ObjectStore;
    readonly connection: Connection;
    /** Objects counted so far. */
    readonly onProgress?: (objects: number) => void;
    readonly width?: number;
    readonly random?: () => number;
  },
  request: {
    readonly place: ZonePlace;
    /** Prefixes that are counted elsewhere. */
    readonly except?: readonly string[];
    /** Objects under so many bytes are small; 1 MB unless told. */
    readonly smallBytes?: number;
  },
  signal: AbortSignal,
): Promise<MeasuredPrefix> {
  const { bucket, prefix } = request.place;
  const sums = tally({
    prefix,
    smallBytes: request.smallBytes ?? usualSmallBytes,
    ...(request.except === undefined ? {} : { except: request.except }),
  });
  const requests = await walkKeyPages(
    from.store,
    {
      connection: from.connection,
      bucket,
      prefix,
      onPage: (page) => {
        sums.add(page);
        from.onProgress?.(sums.objects);
      },
      ...(from.width === undefined ? {} : { width: from.width }),
      ...(from.random === undefined ? {} : { random: from.random }),
    },
    signal,
  );
  return { ...sums.result(), cost: listCost(requests) };
}
