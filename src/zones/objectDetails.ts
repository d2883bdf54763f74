import type { Connection } from '../connection/connection';

/** How the bytes of an object, or of new objects of a bucket, are encrypted. */
export interface Encryption {
  /** `AES256`, `aws:kms`, `aws:kms:dsse`. */
  readonly algorithm: string;
  /** ARN or id of the KMS key; absent: AWS's own. */
  readonly key?: string;
}

/** A copy of an archived object that S3 makes, or has made, for a while. */
export type RestoreState =
  { readonly kind: 'running' } | { readonly kind: 'restored'; readonly until?: Date };

/** Everything of one object that a listing does not tell. */
export interface ObjectDetails {
  readonly bytes: number;
  readonly modifiedAt?: Date;
  readonly etag?: string;
  readonly contentType?: string;
  /** `gzip` and the like, as its writer said. */
  readonly contentEncoding?: string;
  /** `STANDARD` where S3 names none. */
  readonly storageClass: string;
  /** `ARCHIVE_ACCESS` or `DEEP_ARCHIVE_ACCESS` of Intelligent-Tiering. */
  readonly archiveStatus?: string;
  readonly encryption?: Encryption;
  /** Absent: the bucket keeps no versions. */
  readonly version?: string;
  readonly restore?: RestoreState;
  /** `x-amz-meta-…`, without that beginning. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a bucket does with its objects. */
export interface BucketDetails {
  readonly versioning: 'on' | 'suspended' | 'never';
  readonly mfaDelete: boolean;
  /** For objects whose writer asks for none; absent: not told. */
  readonly encryption?: Encryption;
}

/** Object and bucket facts, each one request, so that a denial of one leaves the others. Errors are Problems. */
export interface ObjectFacts {
  details(
    connection: Connection,
    request: { readonly bucket: string; readonly key: string; readonly version?: string },
    signal: AbortSignal,
  ): Promise<ObjectDetails>;
  tags(
    connection: Connection,
    request: { readonly bucket: string; readonly key: string; readonly version?: string },
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>>;
  versioning(
    connection: Connection,
    request: { readonly bucket: string },
    signal: AbortSignal,
  ): Promise<Pick<BucketDetails, 'versioning' | 'mfaDelete'>>;
  encryption(
    connection: Connection,
    request: { readonly bucket: string },
    signal: AbortSignal,
  ): Promise<Encryption | undefined>;
}

/** `ongoing-request="false", expiry-date="Fri, 21 Dec 2012 00:00:00 GMT"`, the x-amz-restore header of HeadObject. */
export function restoreState(header: string | undefined): RestoreState | undefined {
  if (header === undefined) return undefined;
  if (/ongoing-request="true"/.test(header)) return { kind: 'running' };
  const until = new Date(/expiry-date="([^"]+)"/.exec(header)?.[1] ?? Number.NaN);
  return { kind: 'restored', ...(Number.isNaN(until.getTime()) ? {} : { until }) };
}
