import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../service';
import type { ObjectAttributes, ObjectStore, Place, StoredObject } from '../store/objects';
import { elementTexts } from '../wire/xml';
import {
  noSuchBucket,
  noSuchKey,
  notImplemented,
  type S3Operation,
  type S3Reply,
  type S3Request,
} from './s3Route';
import { xml } from './s3Buckets';

const conditions = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'] as const;
const responseQuery = [
  'response-content-type',
  'response-content-disposition',
  'response-cache-control',
  'response-content-encoding',
  'response-content-language',
  'response-expires',
];

// The digests that Node can make, in base64 as S3 writes them; the others of S3 are refused by name.
const checksums: Readonly<Record<string, (body: Buffer) => string>> = {
  crc32: (body) => {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(crc32(body));
    return digest.toString('base64');
  },
  sha1: (body) => createHash('sha1').update(body).digest('base64'),
  sha256: (body) => createHash('sha256').update(body).digest('base64'),
  sha512: (body) => createHash('sha512').update(body).digest('base64'),
};
const checksumHeaders = Object.keys(checksums).map((name) => `x-amz-checksum-${name}`);

/** S3's operations on objects. */
export function objectOperations(store: ObjectStore): readonly S3Operation[] {
  return [
    {
      name: 'HeadObject',
      method: 'HEAD',
      on: 'object',
      query: responseQuery,
      headers: ['x-amz-request-payer'],
      run: (request) => {
        const object = found(store, request);
        const unchanged = check(request, object);
        if (unchanged !== undefined) return unchanged;
        const { status, headers } = portion(request, object);
        return { status, headers };
      },
    },
    {
      name: 'GetObject',
      method: 'GET',
      on: 'object',
      query: responseQuery,
      headers: ['x-amz-request-payer'],
      run: (request) => getObject(store, request),
    },
    {
      name: 'CopyObject',
      method: 'PUT',
      on: 'object',
      header: 'x-amz-copy-source',
      headers: [
        'x-amz-storage-class',
        'x-amz-metadata-directive',
        'x-amz-meta-',
        'x-amz-copy-source-if-match',
        'x-amz-copy-source-if-none-match',
      ],
      run: (request) => copyObject(store, request),
    },
    {
      name: 'PutObject',
      method: 'PUT',
      on: 'object',
      headers: ['x-amz-storage-class', 'x-amz-meta-', 'if-match', 'if-none-match', ...checksumHeaders],
      run: (request) => {
        if (!store.hasBucket(request.bucket)) throw noSuchBucket(request.bucket);
        const old = store.find(request);
        const { 'if-none-match': noneMatch, 'if-match': match } = request.headers;
        if (noneMatch === '*' && old !== undefined) throw preconditionFailed('If-None-Match');
        if (match !== undefined && old === undefined) throw noSuchKey(request);
        if (match !== undefined && unquoted(match) !== old?.etag) throw preconditionFailed('If-Match');
        const digest = request.headers['content-md5'];
        if (digest !== undefined && digest !== createHash('md5').update(request.body).digest('base64')) {
          throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
        }
        checkChecksums(request);
        const stored = store.put(request, request.body, attributesOf(request));
        return { status: 200, headers: { etag: `"${stored.etag}"` } };
      },
    },
    {
      name: 'DeleteObject',
      method: 'DELETE',
      on: 'object',
      run: (request) => {
        if (!store.hasBucket(request.bucket)) throw noSuchBucket(request.bucket);
        store.remove(request);
        return { status: 204 };
      },
    },
    {
      name: 'DeleteObjects',
      method: 'POST',
      on: 'bucket',
      marker: 'delete',
      headers: checksumHeaders,
      run: (request) => {
        const { bucket, body } = request;
        checkChecksums(request);
        if (!store.hasBucket(bucket)) throw noSuchBucket(bucket);
        const document = body.toString();
        for (const name of ['VersionId', 'ETag', 'LastModifiedTime', 'Size']) {
          if (elementTexts(document, name).length > 0)
            throw notImplemented(`${name} of the objects of DeleteObjects`);
        }
        const keys = elementTexts(document, 'Key');
        if (keys.length === 0 || keys.length > 1000) {
          throw new AwsError(
            'MalformedXML',
            'The XML you provided was not well-formed or did not validate against our published schema',
          );
        }
        for (const key of keys) store.remove({ bucket, key });
        const quiet = elementTexts(document, 'Quiet')[0] === 'true';
        return xml('DeleteResult', { Deleted: quiet ? [] : keys.map((Key) => ({ Key })) });
      },
    },
  ];
}

function found(store: ObjectStore, place: Place): StoredObject {
  if (!store.hasBucket(place.bucket)) throw noSuchBucket(place.bucket);
  const object = store.find(place);
  if (object === undefined) throw noSuchKey(place);
  return object;
}

function getObject(store: ObjectStore, request: S3Request): S3Reply {
  const object = found(store, request);
  if (object.storageClass === 'GLACIER' || object.storageClass === 'DEEP_ARCHIVE') {
    throw new AwsError('InvalidObjectState', "The operation is not valid for the object's storage class", {
      status: 403,
      fields: { StorageClass: object.storageClass },
    });
  }
  const unchanged = check(request, object);
  if (unchanged !== undefined) return unchanged;
  const { status, headers, range } = portion(request, object);
  return { status, headers, file: { path: store.file(request), ...range } };
}

/** The bytes that a request asks for, both ends inclusive, and what is said of them. */
function portion(
  request: S3Request,
  object: StoredObject,
): { status: number; headers: Record<string, string>; range: { start: number; end: number } } {
  const asked = rangeOf(request.headers.range, object.size);
  const range = asked ?? { start: 0, end: object.size - 1 };
  const headers = {
    ...describing(object, request),
    'content-length': String(range.end - range.start + 1),
    ...(asked === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` }),
  };
  return { status: asked === undefined ? 200 : 206, headers, range };
}

/** Both ends inclusive. A header that is no single range of bytes is ignored, as S3 does. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || (first === '' && last === '0')) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      fields: { RangeRequested: header ?? '', ActualObjectSize: String(size) },
    });
  }
  return end < start ? undefined : { start, end };
}

function check({ headers }: S3Request, object: StoredObject): S3Reply | undefined {
  const [match, noneMatch, since, unmodified] = conditions.map((name) => headers[name]);
  if (match !== undefined && match !== '*' && unquoted(match) !== object.etag)
    throw preconditionFailed('If-Match');
  if (match === undefined && unmodified !== undefined && object.modified > Date.parse(unmodified)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const same = noneMatch !== undefined && (noneMatch === '*' || unquoted(noneMatch) === object.etag);
  const old = noneMatch === undefined && since !== undefined && object.modified <= Date.parse(since);
  return same || old ? { status: 304, headers: { etag: `"${object.etag}"` } } : undefined;
}

function checkChecksums({ headers, body }: S3Request): void {
  for (const [name, digest] of Object.entries(checksums)) {
    const told = headers[`x-amz-checksum-${name}`];
    if (told === undefined || told === digest(body)) continue;
    throw new AwsError(
      'BadDigest',
      `The ${name.toUpperCase()} you specified did not match what we received.`,
    );
  }
}

function preconditionFailed(condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    fields: { Condition: condition },
  });
}

function describing(object: StoredObject, { query }: S3Request): Record<string, string> {
  const overrides = responseQuery.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name.replace('response-', ''), value] as const];
  });
  return {
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modified).toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': object.contentType ?? 'binary/octet-stream',
    ...(object.contentEncoding === undefined ? {} : { 'content-encoding': object.contentEncoding }),
    // S3 names every storage class but the usual one.
    ...(object.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': object.storageClass }),
    ...Object.fromEntries(
      Object.entries(object.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
    ...Object.fromEntries(overrides),
  };
}

function attributesOf({ headers }: S3Request): ObjectAttributes {
  const contentType = headers['content-type'];
  const encoding = (headers['content-encoding'] ?? '').replace(/,?\s*aws-chunked\s*,?/, '');
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), String(value)] as const] : [],
  );
  return {
    storageClass: String(headers['x-amz-storage-class'] ?? 'STANDARD'),
    ...(contentType === undefined ? {} : { contentType }),
    ...(encoding === '' ? {} : { contentEncoding: encoding }),
    ...(metadata.length === 0 ? {} : { metadata: Object.fromEntries(metadata) }),
  };
}

function copyObject(store: ObjectStore, request: S3Request): S3Reply {
  const [bucket = '', ...rest] = decodeURIComponent(String(request.headers['x-amz-copy-source']))
    .replace(/^\//, '')
    .split('/');
  const source = { bucket, key: rest.join('/') };
  if (source.key.includes('?versionId='))
    throw new AwsError('NotImplemented', 'The local lake keeps no object versions.', { status: 501 });
  const object = found(store, source);
  if (!store.hasBucket(request.bucket)) throw noSuchBucket(request.bucket);
  const match = request.headers['x-amz-copy-source-if-match'];
  const noneMatch = request.headers['x-amz-copy-source-if-none-match'];
  if (match !== undefined && unquoted(String(match)) !== object.etag) throw preconditionFailed('If-Match');
  if (noneMatch !== undefined && unquoted(String(noneMatch)) === object.etag)
    throw preconditionFailed('If-None-Match');
  const replace = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const { contentType, contentEncoding, metadata } = replace ? attributesOf(request) : object;
  const stored = store.put(request, store.read(source), {
    storageClass: String(request.headers['x-amz-storage-class'] ?? 'STANDARD'),
    ...(contentType === undefined ? {} : { contentType }),
    ...(contentEncoding === undefined ? {} : { contentEncoding }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  return xml('CopyObjectResult', {
    ETag: `"${stored.etag}"`,
    LastModified: new Date(stored.modified).toISOString(),
  });
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}
