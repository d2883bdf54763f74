import { formatCount, formatUsd } from '../base/format';
import type { Connection } from '../connection/connection';
import type { LifecycleDocument } from '../documents/lifecycle/model';
import { expectedListCost, listCost, type ListCost } from '../zones/listPrice';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { walkKeys } from '../zones/walkKeys';
import { cellTally, conditionsOf, type ObjectCells } from './objectCells';
import { actsOnObjects } from './ruleLens';
import { outermost } from './unseen';

/** The objects that a lifecycle's filters may be for. */
export interface RuleListing extends ObjectCells {
  readonly bucket: string;
  /** What was listed; none within another. */
  readonly prefixes: readonly string[];
  readonly cost: ListCost;
  readonly at: Date;
}

/** The prefixes to list for the rules that move or delete objects, `only` those of some; none lies within another. */
export function prefixesOf(document: LifecycleDocument, only?: readonly string[]): readonly string[] {
  return outermost(
    document.rules
      .filter(
        (rule) =>
          rule.filter.known && actsOnObjects(rule) && (only === undefined || only.includes(rule.name)),
      )
      .map(({ filter }) => filter.prefix),
  );
}

/** Whether one request a prefix lists all there is: then nobody need be asked. */
export async function isShort(
  store: ObjectStore,
  place: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly prefixes: readonly string[];
  },
  signal: AbortSignal,
): Promise<boolean> {
  const { connection, bucket, prefixes } = place;
  // Each of many prefixes would be a request for an answer that is no by then.
  if (prefixes.length > 20) return false;
  const pages = await Promise.all(
    prefixes.map((prefix) => store.list(connection, { bucket, prefix }, signal)),
  );
  return pages.every(({ next }) => next === undefined);
}

/** What listing places costs is known only afterwards, unless their objects were counted before: then about that many requests. */
export function listingQuestion(uris: readonly string[], counted?: number): string {
  const more = uris.length > 3 ? ` and ${uris.length - 3} more places` : '';
  const where = `${uris.slice(0, 3).join(', ')}${more}`;
  const cost = (objects: number): string => {
    const { requests, usd } = expectedListCost(objects);
    return `about ${formatCount(requests)} requests (${formatUsd(usd)})`;
  };
  return counted === undefined
    ? `This lists every object below ${where}: ${cost(1_000_000)} for each million objects.`
    : `This lists every object below ${where}: ${cost(counted)} for the ${formatCount(counted)} objects of the last time.`;
}

/**
 * Lists the prefixes of a document's rules in pieces side by side, and sums the objects up by what rules look at.
 * The signal stops it at once; throttling slows it and loses nothing.
 */
export async function listForRules(
  from: {
    readonly store: ObjectStore;
    readonly connection: Connection;
    readonly now: Date;
    /** Objects so far. */
    readonly onProgress?: (objects: number) => void;
    /** Told the objects of each page. */
    readonly onObjects?: (objects: readonly StoredObject[]) => void;
    /** For the waits after throttling, in [0, 1). */
    readonly random?: () => number;
  },
  request: {
    readonly bucket: string;
    readonly document: LifecycleDocument;
    readonly prefixes: readonly string[];
  },
  signal: AbortSignal,
): Promise<RuleListing> {
  const { store, connection, now, onProgress, onObjects, random } = from;
  const { bucket, document, prefixes } = request;
  const sums = cellTally(conditionsOf(document), now);
  let requests = 0;
  for (const prefix of prefixes) {
    requests += await walkKeys(
      store,
      {
        connection,
        bucket,
        prefix,
        onPage: (objects) => {
          sums.add(objects);
          onObjects?.(objects);
          onProgress?.(sums.objects);
        },
        ...(random === undefined ? {} : { random }),
      },
      signal,
    );
  }
  return { ...sums.result(), bucket, prefixes, cost: listCost(requests), at: now };
}
