import { allItems } from '../base/page';
import { isCancel, Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from './objectStore';
import { bucketsToLookInto, zonesFrom, type Zone, type ZonePatterns } from './zones';

/** The lake's zones, and the buckets that could not be looked into, each with why. */
export interface FoundZones {
  readonly zones: readonly Zone[];
  readonly buckets: number;
  readonly problems: readonly Problem[];
}

/**
 * Finds the zones with one listing of the buckets and at most twenty of first-level prefixes. A bucket
 * that denies stays under Other; only when the buckets cannot be listed does this throw.
 */
export async function findZones(
  store: ObjectStore,
  request: { readonly connection: Connection; readonly patterns: ZonePatterns },
  signal: AbortSignal,
): Promise<FoundZones> {
  const { connection, patterns } = request;
  const names: string[] = [];
  for await (const bucket of allItems((next) =>
    store.buckets(connection, next === undefined ? {} : { next }, signal),
  )) {
    names.push(bucket.name);
  }
  const inside = new Map<string, { prefixes: readonly string[]; complete: boolean }>();
  const problems: Problem[] = [];
  const queue = bucketsToLookInto(patterns, names);
  const worker = async (): Promise<void> => {
    for (let bucket = queue.shift(); bucket !== undefined; bucket = queue.shift()) {
      try {
        const page = await store.list(connection, { bucket, prefix: '', delimiter: '/' }, signal);
        const complete = page.next === undefined && page.objects.length === 0;
        inside.set(bucket, { prefixes: page.prefixes, complete });
      } catch (error) {
        if (isCancel(error) || !(error instanceof Problem)) throw error;
        problems.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return { zones: zonesFrom(patterns, names, inside), buckets: names.length, problems };
}
