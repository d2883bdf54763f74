import type { IncomingHttpHeaders } from 'node:http';
import type { Place } from '../store/objects';
import { AwsError, accountId } from '../service';

/** A request to S3, taken apart. */
export interface S3Request {
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The region the caller signs for; unknown when nothing is signed. */
  readonly region?: string;
  /** The trouble that is wished for one key of a call on many. */
  trouble?(action: string, key: string): AwsError | undefined;
}

/** An answer of S3; `file` is sent after the headers where there is one. */
export interface S3Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly file?:
    { readonly path: string; readonly start: number; readonly end: number } | { readonly bytes: Buffer };
}

/** One operation of S3: which requests are for it, and what of them it understands. */
export interface S3Operation {
  readonly name: string;
  readonly method: string;
  readonly on: 'service' | 'bucket' | 'object';
  /** A query parameter that makes a request one for this operation: `location`. */
  readonly marker?: string;
  /** A header that makes a request one for this operation. */
  readonly header?: string;
  /** Query parameters it honours. */
  readonly query?: readonly string[];
  /** `x-amz-` headers and conditions it honours. */
  readonly headers?: readonly string[];
  run(request: S3Request): S3Reply;
}

// Query parameters and headers that belong to the call and not to an operation.
const plainQuery =
  /^(x-id|x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256))$/i;
const plainHeaders =
  /^x-amz-(date|content-sha256|user-agent|security-token|decoded-content-length|trailer|sdk-checksum-algorithm|checksum-mode|expected-bucket-owner)$/;
// Members of an input that travel as headers every request may have: only what writes or removes takes them to mean more.
const memberHeaders = new Set([
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
  'if-match',
  'if-none-match',
]);
const subresources = new Set(
  (
    'accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle ' +
    'location logging metadataConfiguration metadataTable metrics notification object-lock ownershipControls partNumber policy ' +
    'policyStatus publicAccessBlock renameObject replication requestPayment restore retention select session tagging torrent ' +
    'uploadId uploads versionId versioning versions website'
  ).split(' '),
);

/** The operation a request is for; anything in the request that it would have to ignore is refused by name. */
export function operationFor(operations: readonly S3Operation[], request: S3Request): S3Operation {
  const level = request.bucket === '' ? 'service' : request.key === '' ? 'bucket' : 'object';
  const marks = [...request.query.keys()].filter((name) => subresources.has(name));
  const operation = operations.find(
    (candidate) =>
      candidate.method === request.method &&
      candidate.on === level &&
      (candidate.marker === undefined
        ? marks.every((mark) => candidate.query?.includes(mark))
        : marks.includes(candidate.marker)) &&
      (candidate.header === undefined || candidate.header in request.headers),
  );
  if (operation === undefined) {
    const named = marks.length > 0 ? `?${marks.join('&')}` : '';
    throw notImplemented(
      `${request.method} on ${level === 'service' ? 'the service' : `an ${level}`.replace('an b', 'a b')}${named}`,
    );
  }
  for (const name of request.query.keys()) {
    const known = name === operation.marker || operation.query?.includes(name) || plainQuery.test(name);
    if (!known) throw notImplemented(`the parameter ${name} of ${operation.name}`);
  }
  const writes = request.method !== 'GET' && request.method !== 'HEAD';
  for (const name of Object.keys(request.headers)) {
    if (writes && memberHeaders.has(name) && !operation.headers?.includes(name))
      throw notImplemented(`the header ${name} of ${operation.name}`);
    if (!name.startsWith('x-amz-') || plainHeaders.test(name) || name === operation.header) continue;
    // A name that ends in a hyphen stands for all that begin with it.
    if (!operation.headers?.some((known) => (known.endsWith('-') ? name.startsWith(known) : name === known)))
      throw notImplemented(`the header ${name} of ${operation.name}`);
  }
  const owner = request.headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== accountId)
    throw new AwsError('AccessDenied', 'Access Denied', { status: 403 });
  return operation;
}

/** S3's answer where something is missing in the local lake. */
export function notImplemented(what: string): AwsError {
  return new AwsError('NotImplemented', `The local lake does not implement ${what}.`, { status: 501 });
}

/** S3's answer for a bucket that is not there. */
export function noSuchBucket(bucket: string): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
    fields: { BucketName: bucket },
  });
}

/** S3's answer for a key that is not there. */
export function noSuchKey({ key }: Place): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    fields: { Key: key },
  });
}
