import { isCancel, Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { ObjectFacts } from '../../zones/objectDetails';
import type { BucketLifecycle, BucketStorage } from '../bucketStorage';
import { firstPages } from '../unseen';

/** Incomplete uploads below a prefix. */
export interface UploadFacts {
  readonly count: number;
  /** There are more than were counted. */
  readonly cut: boolean;
  readonly oldest?: Date;
  /** Bytes of those that were looked into. */
  readonly bytes: number;
  readonly looked: number;
  /** By storage class, of those that were counted. */
  readonly classes: Readonly<Record<string, number>>;
}

/** Versions below a prefix that a listing of objects does not show. */
export interface VersionFacts {
  /** Of the first versions that were looked at. */
  readonly looked: number;
  readonly cut: boolean;
  readonly noncurrent: Readonly<Record<string, { readonly objects: number; readonly bytes: number }>>;
  readonly markers: number;
}

/** What is set on a bucket, and what lies in it beside its objects; absent: it could not be read. */
export interface BucketFacts {
  readonly lifecycle?: { readonly rules: BucketLifecycle | undefined };
  readonly versioning?: 'on' | 'suspended' | 'never';
  readonly uploads?: UploadFacts;
  /** Absent also where the bucket never kept versions. */
  readonly versions?: VersionFacts;
  /** A sentence each. */
  readonly unread: readonly string[];
}

/** Uploads whose parts are added up: each is a request. */
const mostLookedInto = 20;

/** Asks what a bucket is set to and what lies in it unseen; a denial of one leaves the others. */
export async function bucketFacts(
  ports: { readonly storage: BucketStorage; readonly facts: Pick<ObjectFacts, 'versioning'> },
  request: { readonly connection: Connection; readonly bucket: string; readonly prefix: string },
  signal: AbortSignal,
): Promise<BucketFacts> {
  const { storage, facts } = ports;
  const { connection, bucket } = request;
  const unread: string[] = [];
  const asked = async <T>(answer: Promise<T>): Promise<{ readonly value: T } | undefined> => {
    try {
      return { value: await answer };
    } catch (error) {
      if (isCancel(error) || !(error instanceof Problem)) throw error;
      // Without a sign-in or a network nothing else will be read either.
      if (error.kind === 'signed-out' || error.kind === 'offline') throw error;
      unread.push(error.message);
      return undefined;
    }
  };
  const [lifecycle, versioning, uploads] = await Promise.all([
    asked(storage.lifecycle(connection, { bucket }, signal)),
    asked(facts.versioning(connection, { bucket }, signal)),
    asked(uploadFacts(storage, request, signal)),
  ]);
  const kept = versioning?.value.versioning;
  const versions =
    kept === 'never' || kept === undefined ? undefined : await asked(versionFacts(storage, request, signal));
  return {
    unread,
    ...(lifecycle === undefined ? {} : { lifecycle: { rules: lifecycle.value } }),
    ...(kept === undefined ? {} : { versioning: kept }),
    ...(uploads === undefined ? {} : { uploads: uploads.value }),
    ...(versions === undefined ? {} : { versions: versions.value }),
  };
}

async function uploadFacts(
  storage: BucketStorage,
  request: { readonly connection: Connection; readonly bucket: string; readonly prefix: string },
  signal: AbortSignal,
): Promise<UploadFacts> {
  const { connection, bucket, prefix } = request;
  const { items: found, cut } = await firstPages((next) =>
    storage.uploads(connection, { bucket, prefix, ...(next === undefined ? {} : { next }) }, signal),
  );
  const times = found
    .flatMap(({ startedAt }) => startedAt ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime());
  const classes: Record<string, number> = {};
  for (const { storageClass } of found) classes[storageClass] = (classes[storageClass] ?? 0) + 1;
  const [oldest] = times;
  const chosen = spreadOver(found, mostLookedInto);
  let bytes = 0;
  let looked = 0;
  for (const { key, id } of chosen) {
    try {
      bytes += (await storage.uploadBytes(connection, { bucket, key, id }, signal)).bytes;
      looked += 1;
    } catch (error) {
      if (isCancel(error) || !(error instanceof Problem)) throw error;
      // Completed or aborted since it was listed; who may not list parts may still count uploads.
      if (error.kind === 'denied') break;
    }
  }
  return {
    count: found.length,
    cut,
    bytes,
    looked,
    classes,
    ...(oldest === undefined ? {} : { oldest }),
  };
}

async function versionFacts(
  storage: BucketStorage,
  request: { readonly connection: Connection; readonly bucket: string; readonly prefix: string },
  signal: AbortSignal,
): Promise<VersionFacts> {
  const { connection, bucket, prefix } = request;
  const noncurrent: Record<string, { objects: number; bytes: number }> = {};
  let markers = 0;
  const { items, cut } = await firstPages((next) =>
    storage.versions(connection, { bucket, prefix, ...(next === undefined ? {} : { next }) }, signal),
  );
  for (const { kind, latest, bytes, storageClass } of items) {
    if (kind === 'marker') markers += 1;
    else if (!latest) {
      const sum = (noncurrent[storageClass] ??= { objects: 0, bytes: 0 });
      sum.objects += 1;
      sum.bytes += bytes;
    }
  }
  return { looked: items.length, cut, noncurrent, markers };
}

function spreadOver<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const step = items.length / most;
  return Array.from({ length: most }, (_, at) => items[Math.floor(at * step)]).filter(
    (item) => item !== undefined,
  );
}
