import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';
import type { DataValue } from '../documents/data/node';

/** Which objects below 128 KB a transition passes over where its rule names no size: all of them, or all but those for the two archive classes. */
export type MinimumSize = 'all_storage_classes_128K' | 'varies_by_storage_class';

/** One rule in the API's own words; dates are texts (`2026-01-01T00:00:00Z`). */
export type RuleValue = { readonly [key: string]: DataValue };

/** The lifecycle of a bucket as S3 keeps it. */
export interface BucketLifecycle {
  readonly rules: readonly RuleValue[];
  readonly minimumSize: MinimumSize;
}

/** An upload in parts that was neither completed nor aborted: its parts are billed. */
export interface IncompleteUpload {
  readonly key: string;
  readonly id: string;
  readonly startedAt?: Date;
  /** `STANDARD` where S3 names none. */
  readonly storageClass: string;
}

/** A version of an object, or a delete marker, newest first of each key. */
export interface ObjectVersion {
  readonly key: string;
  readonly kind: 'version' | 'marker';
  readonly latest: boolean;
  /** 0 of a marker. */
  readonly bytes: number;
  readonly modifiedAt?: Date;
  readonly storageClass: string;
}

/** A page of what lies below a prefix. */
export interface PagedPlace {
  readonly bucket: string;
  readonly prefix: string;
  readonly next?: string;
  /** At most 1,000, which it is unless told. */
  readonly limit?: number;
}

/** What decides how long a bucket's bytes are kept and billed. Errors are Problems. */
export interface BucketStorage {
  /** `undefined` where the bucket has no rule at all. */
  lifecycle(
    connection: Connection,
    request: { readonly bucket: string },
    signal: AbortSignal,
  ): Promise<BucketLifecycle | undefined>;
  /** Puts all rules in place of those before; S3 takes no part of them. At least one rule. */
  putLifecycle(
    connection: Connection,
    request: { readonly bucket: string; readonly lifecycle: BucketLifecycle },
    signal: AbortSignal,
  ): Promise<void>;
  deleteLifecycle(
    connection: Connection,
    request: { readonly bucket: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** Up to 1,000 a page, in the order of keys. */
  uploads(connection: Connection, request: PagedPlace, signal: AbortSignal): Promise<Page<IncompleteUpload>>;
  /** Bytes of the first 1,000 parts of an upload; `more`: it has others. */
  uploadBytes(
    connection: Connection,
    request: { readonly bucket: string; readonly key: string; readonly id: string },
    signal: AbortSignal,
  ): Promise<{ readonly bytes: number; readonly more: boolean }>;
  /** Up to 1,000 a page. */
  versions(connection: Connection, request: PagedPlace, signal: AbortSignal): Promise<Page<ObjectVersion>>;
}
