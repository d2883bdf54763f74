import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';
import type { KeyPage } from './keyPage';

export interface Bucket {
  readonly name: string;
  readonly createdAt?: Date;
}

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt?: Date;
  readonly etag?: string;
  /** `STANDARD`, `GLACIER`…; absent: not told. */
  readonly storageClass?: string;
}

/** One page of a delimiter listing: `prefixes` end with the delimiter, `objects` are the rest. */
export interface Listing {
  readonly prefixes: readonly string[];
  readonly objects: readonly StoredObject[];
  readonly next?: string;
}

/** S3 as the product reads it. Errors are Problems; keys are decoded. */
export interface ObjectStore {
  buckets(
    connection: Connection,
    request: { readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<Bucket>>;
  list(
    connection: Connection,
    request: {
      readonly bucket: string;
      readonly prefix: string;
      /** Absent: flat, every object below the prefix. */
      readonly delimiter?: '/';
      readonly startAfter?: string;
      readonly next?: string;
      /** At most 1,000. */
      readonly limit?: number;
    },
    signal: AbortSignal,
  ): Promise<Listing>;
  /** A flat page as columns, cheaper by far where millions are only added up; absent: `list` is asked. */
  keys?(
    connection: Connection,
    request: { readonly bucket: string; readonly prefix: string; readonly startAfter?: string },
    signal: AbortSignal,
  ): Promise<{ readonly rows: KeyPage; readonly next?: string }>;
  /** Size and facts of one object without its bytes; a Problem of kind `missing` when there is none. */
  head(
    connection: Connection,
    request: { readonly bucket: string; readonly key: string },
    signal: AbortSignal,
  ): Promise<StoredObject>;
  /** The bytes of one object, or of a half-open range of it; a Problem of kind `changed` when it has another ETag. */
  read(
    connection: Connection,
    request: {
      readonly bucket: string;
      readonly key: string;
      readonly range?: { readonly start: number; readonly end: number };
      /** Reads only what has this ETag still. */
      readonly etag?: string;
    },
    signal: AbortSignal,
  ): Promise<Uint8Array>;
}
