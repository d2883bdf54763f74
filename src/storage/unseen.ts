import { formatUsd } from '../base/format';
import { isCancel, Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { numberOf, valueOf } from '../documents/data/access';
import type { LifecycleAction, LifecycleDocument, LifecycleRule } from '../documents/lifecycle/model';
import { isStorageClass } from '../documents/lifecycle/storageClasses';
import type { Page } from '../base/page';
import type { BucketStorage, IncompleteUpload, ObjectVersion } from './bucketStorage';
import { amountWords, countWords } from './figureWords';
import { isSmall, monthlyUsd, type StoragePrices } from './storagePrices';

const dayMs = 86_400_000;
/** Pages that are read at most: each is a request, and 1,000 things of each tell enough. */
const mostPages = 10;

/** A beginning of a list that may be very long. */
export interface FirstOf<T> {
  readonly items: readonly T[];
  /** There are more. */
  readonly cut: boolean;
}

/** What rules act on and a listing of objects does not show; absent: no rule asks, or it could not be read. */
export interface Unseen {
  readonly uploads?: FirstOf<IncompleteUpload>;
  readonly versions?: FirstOf<ObjectVersion>;
  /** A sentence each. */
  readonly unread: readonly string[];
  readonly at: Date;
}

/** Reads the incomplete uploads and the versions below the prefixes of the rules that act on them; at most ten pages of each prefix. */
export async function readUnseen(
  storage: Pick<BucketStorage, 'uploads' | 'versions'>,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly document: LifecycleDocument;
    readonly now: Date;
  },
  signal: AbortSignal,
): Promise<Unseen> {
  const { connection, bucket, document, now } = request;
  const unread: string[] = [];
  const read = async <T>(
    prefixes: readonly string[],
    load: (prefix: string, next: string | undefined) => Promise<Page<T>>,
  ): Promise<FirstOf<T> | undefined> => {
    if (prefixes.length === 0) return undefined;
    try {
      const parts: FirstOf<T>[] = [];
      for (const prefix of prefixes) parts.push(await firstPages((next) => load(prefix, next)));
      return { items: parts.flatMap(({ items }) => items), cut: parts.some(({ cut }) => cut) };
    } catch (error) {
      if (isCancel(error) || !(error instanceof Problem)) throw error;
      unread.push(error.message);
      return undefined;
    }
  };
  const place = (prefix: string, next: string | undefined) => ({
    bucket,
    prefix,
    ...(next === undefined ? {} : { next }),
  });
  const uploads = await read(
    prefixesOf(document, ({ abort }) => abort !== undefined),
    (prefix, next) => storage.uploads(connection, place(prefix, next), signal),
  );
  const versions = await read(prefixesOf(document, actsOnVersions), (prefix, next) =>
    storage.versions(connection, place(prefix, next), signal),
  );
  return {
    unread,
    at: now,
    ...(uploads === undefined ? {} : { uploads }),
    ...(versions === undefined ? {} : { versions }),
  };
}

/** The first ten pages of a list. */
export async function firstPages<T>(
  load: (next: string | undefined) => Promise<Page<T>>,
): Promise<FirstOf<T>> {
  const items: T[] = [];
  let next: string | undefined;
  let pages = 0;
  do {
    const page = await load(next);
    items.push(...page.items);
    next = page.next;
    pages += 1;
  } while (next !== undefined && pages < mostPages);
  return { items, cut: next !== undefined };
}

/** What an enabled rule does today to uploads and versions, a sentence each; none where it does nothing to them or it is not known. */
export function unseenWords(
  rule: LifecycleRule,
  { uploads, versions, at }: Unseen,
  prices: StoragePrices,
): readonly string[] {
  const { abort, noncurrentExpiration, noncurrentTransitions, filter, enabled } = rule;
  if (!enabled || !filter.known) return [];
  const said: string[] = [];
  if (abort?.days !== undefined && uploads !== undefined) {
    const due = uploads.items.filter(
      ({ key, startedAt }) => key.startsWith(filter.prefix) && daysSince(startedAt, at) >= (abort.days ?? 0),
    );
    said.push(`aborts ${some(uploads)}${countWords(due.length, 'incomplete upload')} now`);
  }
  if (versions === undefined || filter.tags.length > 0) return said;
  const noncurrent = noncurrentOf(versions.items, rule);
  if (noncurrentExpiration?.days !== undefined) {
    const due = noncurrent.filter((one) => isDue(one, noncurrentExpiration, at));
    said.push(`deletes ${some(versions)}${versionWords(due, prices)} now`);
  }
  for (const move of noncurrentTransitions) {
    const { storageClass } = move;
    const due = noncurrent.filter((one) => isDue(one, move, at) && one.version.storageClass !== storageClass);
    said.push(`moves ${some(versions)}${versionWords(due, prices)} to ${storageClass ?? '?'} now`);
  }
  return said;
}

function versionWords(due: readonly Noncurrent[], prices: StoragePrices): string {
  const bytes = due.reduce((sum, { version }) => sum + version.bytes, 0);
  const usd = due.reduce((sum, { version }) => {
    const { storageClass } = version;
    const group = { objects: 1, bytes: version.bytes, small: isSmall(version.bytes) };
    return sum + (isStorageClass(storageClass) ? monthlyUsd(prices, storageClass, group) : 0);
  }, 0);
  const words = amountWords({ objects: due.length, bytes }).replace(/objects?/, (word) =>
    word === 'object' ? 'noncurrent version' : 'noncurrent versions',
  );
  return `${words} (${formatUsd(usd)} a month)`;
}

function some({ cut }: FirstOf<unknown>): string {
  return cut ? 'at least ' : '';
}

interface Noncurrent {
  readonly version: ObjectVersion;
  /** When the version after it was written. */
  readonly since: Date | undefined;
  /** Noncurrent versions of the key that are newer. */
  readonly newer: number;
}

/** A version is noncurrent from the day on which the next one was written over it. */
function noncurrentOf(versions: readonly ObjectVersion[], { filter }: LifecycleRule): readonly Noncurrent[] {
  const byKey = new Map<string, ObjectVersion[]>();
  for (const version of versions) {
    const { key, bytes } = version;
    if (!key.startsWith(filter.prefix)) continue;
    if (filter.greaterThan !== undefined && bytes <= filter.greaterThan) continue;
    if (filter.lessThan !== undefined && bytes >= filter.lessThan) continue;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [version]);
    else known.push(version);
  }
  return [...byKey.values()].flatMap((all) => {
    const newestFirst = all.toSorted(
      (a, b) =>
        Number(b.latest) - Number(a.latest) ||
        (b.modifiedAt?.getTime() ?? 0) - (a.modifiedAt?.getTime() ?? 0),
    );
    let newer = 0;
    return newestFirst.flatMap((version, at): readonly Noncurrent[] => {
      if (version.latest || version.kind === 'marker') return [];
      newer += 1;
      return [{ version, since: newestFirst[at - 1]?.modifiedAt, newer: newer - 1 }];
    });
  });
}

function isDue({ since, newer }: Noncurrent, { node, days = 0 }: LifecycleAction, at: Date): boolean {
  const kept = numberOf(valueOf(node, 'NewerNoncurrentVersions')) ?? 0;
  return newer >= kept && daysSince(since, at) >= days;
}

function daysSince(from: Date | undefined, at: Date): number {
  return from === undefined ? -1 : Math.floor((at.getTime() - from.getTime()) / dayMs);
}

function actsOnVersions({ noncurrentExpiration, noncurrentTransitions }: LifecycleRule): boolean {
  return noncurrentExpiration !== undefined || noncurrentTransitions.length > 0;
}

function prefixesOf(document: LifecycleDocument, acts: (rule: LifecycleRule) => boolean): readonly string[] {
  return outermost(
    document.rules.filter((rule) => rule.filter.known && acts(rule)).map(({ filter }) => filter.prefix),
  );
}

/** Those prefixes that lie within no other, in their order. */
export function outermost(prefixes: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const prefix of prefixes.toSorted((a, b) => a.length - b.length)) {
    if (!kept.some((other) => prefix.startsWith(other))) kept.push(prefix);
  }
  return kept.toSorted();
}
