import { isCancel, Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { ObjectFacts } from '../../zones/objectDetails';
import type { ObjectStore } from '../../zones/objectStore';
import { zoneOf, type ZonePatterns, type ZonePlace } from '../../zones/zones';
import type { BucketStorage } from '../bucketStorage';
import type { StoragePrices } from '../storagePrices';
import { adviceOf, type AdvisedPlace } from './advicePage';
import { resultPrefixes } from './bucketAdvice';
import { bucketFacts } from './bucketFacts';
import type { AdviceFinding, PlaceFacts } from './finding';
import { resultPlaces, type WorkGroupReader } from './resultPlaces';
import { surveyPlace } from './survey';

/** What advice asks. */
export interface AdvicePorts {
  readonly store: ObjectStore;
  readonly storage: BucketStorage;
  readonly facts: Pick<ObjectFacts, 'versioning'>;
  readonly engine: WorkGroupReader;
}

/** Looks at places one after the other, each with its listing in pieces side by side; one that is denied leaves the others. */
export async function advise(
  ports: AdvicePorts,
  request: {
    readonly connection: Connection;
    readonly places: readonly ZonePlace[];
    readonly patterns: ZonePatterns;
    readonly prices: StoragePrices;
    readonly now: Date;
    /** Objects of a place so far. */
    readonly onProgress?: (place: ZonePlace, objects: number) => void;
  },
  signal: AbortSignal,
): Promise<{ readonly places: readonly AdvisedPlace[]; readonly unread: readonly string[] }> {
  const { connection, patterns, prices } = request;
  const results = await resultPlaces(ports.engine, connection, signal);
  const places: AdvisedPlace[] = [];
  for (const place of request.places) {
    try {
      const facts = await placeFacts(ports, { ...request, place, results: results.places }, signal);
      const zone = zoneOfPlace(patterns, place);
      const all = { ...facts, prices, ...(zone === undefined ? {} : { zone }) };
      const said = places.some(
        (other) =>
          other.kind === 'found' && other.facts.place.bucket === place.bucket && hasNoAbort(other.findings),
      );
      // One rule for a bucket is enough for all places of it.
      const findings = adviceOf(all).filter(({ id }) => !said || id !== 'missing-abort');
      places.push({ kind: 'found', facts: all, findings });
    } catch (error) {
      // Without a sign-in every place would say the same, and none has the button for it.
      if (isCancel(error) || !(error instanceof Problem) || error.kind === 'signed-out') throw error;
      places.push({ kind: 'failed', place, problem: error.message });
    }
  }
  return { places, unread: results.unread };
}

function hasNoAbort(findings: readonly AdviceFinding[]): boolean {
  return findings.some(
    ({ id, rule }) => id === 'missing-abort' || (id === 'incomplete-uploads' && rule !== undefined),
  );
}

async function placeFacts(
  ports: AdvicePorts,
  request: {
    readonly connection: Connection;
    readonly place: ZonePlace;
    readonly results: PlaceFacts['results'];
    readonly now: Date;
    readonly onProgress?: (place: ZonePlace, objects: number) => void;
  },
  signal: AbortSignal,
): Promise<Omit<PlaceFacts, 'prices' | 'zone'>> {
  const { connection, place, results, now, onProgress } = request;
  const apart = resultPrefixes(place, results).map(({ prefix }) => prefix);
  // The other half must not go on behind a failure that nobody waits for.
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  try {
    const [survey, bucket] = await Promise.all([
      surveyPlace(
        {
          store: ports.store,
          connection,
          now,
          onProgress: (objects) => onProgress?.(place, objects),
        },
        { place, apart },
        either,
      ),
      bucketFacts(ports, { connection, ...place }, either),
    ]);
    return { place, survey, bucket, results };
  } finally {
    stop.abort();
  }
}

/** The zone of a place, or of the first-level prefix or bucket that it lies in. */
function zoneOfPlace(patterns: ZonePatterns, { bucket, prefix }: ZonePlace): string | undefined {
  const first = prefix.slice(0, prefix.indexOf('/') + 1);
  return (
    (first === '' ? undefined : zoneOf(patterns, { bucket, prefix: first })) ??
    zoneOf(patterns, { bucket, prefix: '' })
  );
}
