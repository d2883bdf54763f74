import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';

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
  /** Size and facts of one object without its bytes; a Problem of kind `missing` when there is none. */
  head(
    connection: Connection,
    request: { readonly bucket: string; readonly key: string },
    signal: AbortSignal,
  ): Promise<StoredObject>;
  /** The bytes of one object, or of a half-open range of it. */
  read(
    connection: Connection,
    request: {
      readonly bucket: string;
      readonly key: string;
      readonly range?: { readonly start: number; readonly end: number };
    },
    signal: AbortSignal,
  ): Promise<Uint8Array>;
}
