import { createHash } from 'node:crypto';
import type { HeadObjectCommandOutput, PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { ObjectHeaders, WriteCondition } from '../transfer/objectWriter';

/** The members of a request that carry what a writer says of an object; PutObject and CreateMultipartUpload share them. */
export function writtenHeaders(headers: ObjectHeaders) {
  const { metadata = {}, tags = {}, encryption } = headers;
  return {
    ContentType: headers.contentType,
    CacheControl: headers.cacheControl,
    ContentDisposition: headers.contentDisposition,
    ContentEncoding: headers.contentEncoding,
    ContentLanguage: headers.contentLanguage,
    Expires: headers.expires,
    WebsiteRedirectLocation: headers.redirect,
    // What a store names is what it takes.
    StorageClass: headers.storageClass as PutObjectCommandInput['StorageClass'],
    ServerSideEncryption: encryption?.algorithm as PutObjectCommandInput['ServerSideEncryption'],
    SSEKMSKeyId: encryption?.key,
    Metadata: Object.keys(metadata).length === 0 ? undefined : { ...metadata },
    Tagging: Object.keys(tags).length === 0 ? undefined : new URLSearchParams(tags).toString(),
  };
}

/** What HeadObject tells of what a writer said. AES256 is every bucket's default and is not said again. */
export function headersFrom(answer: HeadObjectCommandOutput): ObjectHeaders {
  const { ServerSideEncryption: algorithm, SSEKMSKeyId: key } = answer;
  const said = {
    contentType: answer.ContentType,
    cacheControl: answer.CacheControl,
    contentDisposition: answer.ContentDisposition,
    contentEncoding: answer.ContentEncoding,
    contentLanguage: answer.ContentLanguage,
    expires: dateOf(answer.ExpiresString),
    redirect: answer.WebsiteRedirectLocation,
    storageClass: answer.StorageClass,
    encryption:
      algorithm === undefined || algorithm === 'AES256'
        ? undefined
        : { algorithm, ...(key === undefined ? {} : { key }) },
    metadata: answer.Metadata,
  };
  // Absent members stay absent: a cast, since the entries of an object lose the names of their types.
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as ObjectHeaders;
}

/** `If-None-Match: *` for a new object, `If-Match` for one that is replaced. */
export function conditionHeaders(condition: WriteCondition): {
  readonly IfNoneMatch?: string;
  readonly IfMatch?: string;
} {
  switch (condition.kind) {
    case 'new':
      return { IfNoneMatch: '*' };
    case 'over':
      return { IfMatch: condition.etag };
    case 'any':
  }
  return {};
}

/** Lets S3 see that the bytes arrived as they were sent; buckets with Object Lock take none without. */
export function md5Of(body: Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
