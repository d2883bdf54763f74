import type { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';

/** One object, its key decoded. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/**
 * What must be at a key for it to be written. `new`: nothing. `over`: the object with this ETag. `any`: whatever is
 * there is replaced. A condition that does not hold is a Problem of kind `changed`, and nothing is written.
 */
export type WriteCondition =
  { readonly kind: 'new' } | { readonly kind: 'over'; readonly etag: string } | { readonly kind: 'any' };

/** What a writer says of an object beside its bytes; S3 forgets all of it with the next write that does not say it again. */
export interface ObjectHeaders {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly expires?: Date;
  readonly redirect?: string;
  readonly storageClass?: string;
  /** `AES256`, `aws:kms`… with the key where it is not AWS's own; absent: the bucket's default. */
  readonly encryption?: { readonly algorithm: string; readonly key?: string };
  /** `x-amz-meta-…`, without that beginning. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** An object as HeadObject tells of it. */
export interface DescribedObject {
  readonly bytes: number;
  readonly etag: string;
  readonly modifiedAt?: Date;
  /** All but the tags, which are a request of their own. */
  readonly headers: ObjectHeaders;
  readonly tagCount: number;
}

/** What was written: its ETag and, where the bucket keeps versions, the version. */
export interface Written {
  readonly etag: string;
  readonly version?: string;
}

/** One part of an upload, counted from 1. */
export interface UploadedPart {
  readonly number: number;
  readonly etag: string;
  readonly bytes: number;
}

/** What became of one object that was to be removed. */
export type RemoveOutcome =
  /** `marker`: the version id of the delete marker that now stands for it; absent: it is gone for good. */
  | { readonly kind: 'removed'; readonly key: string; readonly marker?: string }
  /** It was not there any more. */
  | { readonly kind: 'gone'; readonly key: string }
  /** It is another object than the one that was listed, and was left alone. */
  | { readonly kind: 'changed'; readonly key: string }
  | { readonly kind: 'failed'; readonly key: string; readonly problem: Problem };

/** S3 as the product writes it. Errors are Problems; a condition that does not hold is one of kind `changed`. */
export interface ObjectWriter {
  /** Everything that a rewritten object must be told again. */
  describe(connection: Connection, place: ObjectPlace, signal: AbortSignal): Promise<DescribedObject>;
  /** One request, at most 5 GB. */
  put(
    connection: Connection,
    request: ObjectPlace & {
      readonly body: Uint8Array;
      readonly condition: WriteCondition;
      readonly headers: ObjectHeaders;
    },
    signal: AbortSignal,
  ): Promise<Written>;
  /** Begins an upload in parts; returns its id. Its parts are billed until it is completed or aborted. */
  begin(
    connection: Connection,
    request: ObjectPlace & { readonly headers: ObjectHeaders },
    signal: AbortSignal,
  ): Promise<string>;
  /** Sends one part; the same number again replaces it. */
  part(
    connection: Connection,
    request: ObjectPlace & { readonly upload: string; readonly number: number; readonly body: Uint8Array },
    signal: AbortSignal,
  ): Promise<UploadedPart>;
  /** Every part that S3 holds of an upload; a Problem of kind `missing` when the upload is over. */
  parts(
    connection: Connection,
    request: ObjectPlace & { readonly upload: string },
    signal: AbortSignal,
  ): Promise<readonly UploadedPart[]>;
  /** Makes the parts one object. Doing it again after its answer was lost answers the same. */
  complete(
    connection: Connection,
    request: ObjectPlace & {
      readonly upload: string;
      readonly parts: readonly UploadedPart[];
      readonly condition: WriteCondition;
    },
    signal: AbortSignal,
  ): Promise<Written>;
  /** Throws the parts of an upload away; one that is over already counts as done. */
  abort(
    connection: Connection,
    request: ObjectPlace & { readonly upload: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** Copies inside S3, at most 5 GB, with all headers and tags, if the source still has the ETag. */
  copy(connection: Connection, request: CopyRequest, signal: AbortSignal): Promise<Written>;
  /** Copies a half-open range of an object as one part of an upload, if the source still has the ETag. */
  copyPart(connection: Connection, request: CopyPartRequest, signal: AbortSignal): Promise<UploadedPart>;
  /** Removes up to 1,000 objects; each has an outcome of its own. */
  remove(
    connection: Connection,
    request: { readonly bucket: string; readonly objects: readonly RemovedObject[] },
    signal: AbortSignal,
  ): Promise<readonly RemoveOutcome[]>;
  /** The delete marker that stands for a key now; `undefined` where none does. */
  marker(connection: Connection, place: ObjectPlace, signal: AbortSignal): Promise<DeleteMarker | undefined>;
}

/** What hides the versions of a key. */
export interface DeleteMarker {
  readonly version: string;
  readonly modifiedAt?: Date;
}

/** An object to remove. */
export interface RemovedObject {
  readonly key: string;
  /** Removes only what has this ETag still. */
  readonly etag?: string;
  /** Removes this version for good: with the id of a delete marker it brings back what the marker hides. */
  readonly version?: string;
}

export interface CopySource extends ObjectPlace {
  readonly etag: string;
}

export interface CopyRequest {
  readonly from: CopySource;
  readonly to: ObjectPlace;
  readonly condition: WriteCondition;
  /** A copy falls into Standard unless told. */
  readonly storageClass?: string;
}

export interface CopyPartRequest {
  readonly from: CopySource;
  readonly to: ObjectPlace;
  readonly upload: string;
  readonly number: number;
  /** Bytes, the end not included. */
  readonly range: { readonly start: number; readonly end: number };
}
