import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../service';
import type { Encryption } from '../store/bucketSettings';
import type { ObjectAttributes, ObjectStore, StoredObject } from '../store/objects';
import { restoreHeader } from './s3RestoreState';
import type { S3Request } from './s3Route';
import { tagsOfHeader } from './s3Tags';

/** The query parameters that change headers of an answer. */
export const responseQuery = [
  'response-content-type',
  'response-content-disposition',
  'response-cache-control',
  'response-content-encoding',
  'response-content-language',
  'response-expires',
];

/** The headers with which a writer describes an object. */
export const describingHeaders = [
  'x-amz-storage-class',
  'x-amz-meta-',
  'x-amz-tagging',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
];

const storageClasses = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]);

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

/** The headers with which a writer proves a body. */
export const checksumHeaders = Object.keys(checksums).map((name) => `x-amz-checksum-${name}`);

/** BadDigest when the body is not what its writer says it is. */
export function checkDigests({ headers, body }: S3Request): void {
  const digest = headers['content-md5'];
  if (digest !== undefined && digest !== createHash('md5').update(body).digest('base64'))
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  for (const [name, make] of Object.entries(checksums)) {
    const told = headers[`x-amz-checksum-${name}`];
    if (told === undefined || told === make(body)) continue;
    throw new AwsError(
      'BadDigest',
      `The ${name.toUpperCase()} you specified did not match what we received.`,
    );
  }
}

/** What a writer says of an object, and how its bucket encrypts it. */
export function attributesOf(store: ObjectStore, request: S3Request): ObjectAttributes {
  const { headers } = request;
  const contentType = headers['content-type'];
  const encoding = (headers['content-encoding'] ?? '').replace(/,?\s*aws-chunked\s*,?/, '');
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), String(value)] as const] : [],
  );
  const tagging = headers['x-amz-tagging'];
  return {
    storageClass: storageClassOf(request),
    encryption: encryptionOf(request) ?? store.settings(request.bucket).encryption ?? { algorithm: 'AES256' },
    ...(contentType === undefined ? {} : { contentType }),
    ...(encoding === '' ? {} : { contentEncoding: encoding }),
    ...(metadata.length === 0 ? {} : { metadata: Object.fromEntries(metadata) }),
    ...(tagging === undefined ? {} : { tags: tagsOfHeader(String(tagging)) }),
  };
}

/** The storage class a writer asks for; InvalidStorageClass when there is none of that name. */
export function storageClassOf({ headers }: S3Request): string {
  const wanted = String(headers['x-amz-storage-class'] ?? 'STANDARD');
  if (storageClasses.has(wanted)) return wanted;
  throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', {
    fields: { StorageClassRequested: wanted },
  });
}

function encryptionOf({ headers }: S3Request): Encryption | undefined {
  const algorithm = headers['x-amz-server-side-encryption'];
  const keyId = headers['x-amz-server-side-encryption-aws-kms-key-id'];
  if (algorithm === undefined && keyId === undefined) return undefined;
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
    throw new AwsError('InvalidArgument', 'The encryption method specified is not supported', {
      fields: { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: String(algorithm ?? '') },
    });
  }
  if (algorithm === 'AES256' && keyId !== undefined) {
    throw new AwsError(
      'InvalidArgument',
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
    );
  }
  return { algorithm, ...(keyId === undefined ? {} : { keyId: String(keyId) }) };
}

/** What an answer says of how an object is encrypted. */
export function encryptionHeaders(object: Pick<StoredObject, 'encryption'>): Record<string, string> {
  const { algorithm, keyId, bucketKey } = object.encryption ?? { algorithm: 'AES256' };
  return {
    'x-amz-server-side-encryption': algorithm,
    ...(keyId === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': keyId }),
    ...(bucketKey === true ? { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' } : {}),
  };
}

/** The id of a version as answers tell it: not at all where versions were never kept. */
export function versionHeader({ versionId }: { readonly versionId?: string }): Record<string, string> {
  return versionId === undefined ? {} : { 'x-amz-version-id': versionId };
}

/** What the headers of an answer say of an object. */
export function describing(object: StoredObject, { query }: S3Request): Record<string, string> {
  const overrides = responseQuery.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name.replace('response-', ''), value] as const];
  });
  const tags = Object.keys(object.tags ?? {}).length;
  return {
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modified).toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': object.contentType ?? 'binary/octet-stream',
    ...(object.contentEncoding === undefined ? {} : { 'content-encoding': object.contentEncoding }),
    // S3 names every storage class but the usual one.
    ...(object.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': object.storageClass }),
    ...encryptionHeaders(object),
    ...versionHeader(object),
    ...(tags === 0 ? {} : { 'x-amz-tagging-count': String(tags) }),
    ...restoreHeader(object),
    ...Object.fromEntries(
      Object.entries(object.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
    ...Object.fromEntries(overrides),
  };
}
