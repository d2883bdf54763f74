import { AwsError, accountId } from '../service';
import type { ObjectStore } from '../store/objects';
import type { Upload, UploadedPart } from '../store/uploads';
import { byUtf8 } from '../store/sortedKeys';
import { childrenOf, childText, malformedXml, readXml } from '../wire/xmlReader';
import {
  attributesOf,
  checkDigests,
  checksumHeaders,
  describingHeaders,
  encryptionHeaders,
  versionHeader,
} from './s3Attributes';
import { checkWrite, copyConditions, unquoted } from './s3Conditions';
import { copySource } from './s3Copy';
import { existingBucket } from './s3Found';
import { sourceVersion } from './s3Objects';
import type { S3Operation, S3Reply, S3Request } from './s3Route';
import { countOf, invalidArgument, keyWriter, owner, xml } from './s3Xml';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: 1 to 10,000 parts of 5 MiB to 5 GiB, the last of any size.
const smallestPart = 5 * 1024 ** 2;
const mostParts = 10_000;
const initiator = { ID: `arn:aws:iam::${accountId}:user/local-lake`, DisplayName: 'local-lake' };

/** S3's operations on uploads in parts. */
export function multipartOperations(store: ObjectStore): readonly S3Operation[] {
  return [
    {
      name: 'CreateMultipartUpload',
      method: 'POST',
      on: 'object',
      marker: 'uploads',
      headers: [...describingHeaders, 'x-amz-request-payer'],
      run: (request) => {
        const Bucket = existingBucket(store, request);
        const upload = store.uploads.create(
          { bucket: Bucket, key: request.key },
          attributesOf(store, request),
        );
        const { encryption } = upload.attributes;
        return xml(
          'InitiateMultipartUploadResult',
          { Bucket, Key: request.key, UploadId: upload.id },
          encryptionHeaders(encryption === undefined ? {} : { encryption }),
        );
      },
    },
    {
      name: 'UploadPartCopy',
      method: 'PUT',
      on: 'object',
      marker: 'partNumber',
      header: 'x-amz-copy-source',
      query: ['uploadId'],
      headers: [
        ...copyConditions,
        'x-amz-copy-source-range',
        'x-amz-source-expected-bucket-owner',
        'x-amz-request-payer',
      ],
      run: (request) => copyPart(store, request),
    },
    {
      name: 'UploadPart',
      method: 'PUT',
      on: 'object',
      marker: 'partNumber',
      query: ['uploadId'],
      headers: [...checksumHeaders, 'x-amz-request-payer'],
      run: (request) => {
        const upload = uploadOf(store, request);
        checkDigests(request);
        const { etag } = store.uploads.putPart(upload, partNumber(request), request.body);
        const { encryption } = upload.attributes;
        const told = encryptionHeaders(encryption === undefined ? {} : { encryption });
        return { status: 200, headers: { etag: `"${etag}"`, ...told } };
      },
    },
    {
      name: 'CompleteMultipartUpload',
      method: 'POST',
      on: 'object',
      marker: 'uploadId',
      headers: ['if-match', 'if-none-match', 'x-amz-mp-object-size', 'x-amz-request-payer'],
      run: (request) => complete(store, request),
    },
    {
      name: 'AbortMultipartUpload',
      method: 'DELETE',
      on: 'object',
      marker: 'uploadId',
      headers: ['x-amz-request-payer'],
      run: (request) => {
        store.uploads.remove(uploadOf(store, request));
        return { status: 204 };
      },
    },
    {
      name: 'ListParts',
      method: 'GET',
      on: 'object',
      marker: 'uploadId',
      query: ['max-parts', 'part-number-marker'],
      headers: ['x-amz-request-payer'],
      run: (request) => listParts(store, request),
    },
    {
      name: 'ListMultipartUploads',
      method: 'GET',
      on: 'bucket',
      marker: 'uploads',
      query: ['delimiter', 'encoding-type', 'key-marker', 'max-uploads', 'prefix', 'upload-id-marker'],
      headers: ['x-amz-request-payer'],
      run: (request) => listUploads(store, request),
    },
  ];
}

function uploadOf(store: ObjectStore, request: S3Request): Upload {
  existingBucket(store, request);
  const id = request.query.get('uploadId') ?? '';
  const upload = store.uploads.find(id);
  if (upload?.bucket === request.bucket && upload.key === request.key) return upload;
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404, fields: { UploadId: id } },
  );
}

function partNumber({ query }: S3Request): number {
  const given = query.get('partNumber') ?? '';
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= mostParts) return number;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${mostParts}, inclusive`,
    'partNumber',
    given,
  );
}

function copyPart(store: ObjectStore, request: S3Request): S3Reply {
  const upload = uploadOf(store, request);
  const number = partNumber(request);
  const { object, file } = copySource(store, request);
  const asked = request.headers['x-amz-copy-source-range'];
  const [, first = '0', last = String(object.size - 1)] =
    asked === undefined ? [] : (/^bytes=(\d+)-(\d+)$/.exec(String(asked)) ?? ['', '1', '0']);
  const range = { start: Number(first), end: Number(last) };
  if (asked !== undefined && range.start > range.end) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      String(asked),
    );
  }
  if (range.end >= object.size && object.size > 0) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${object.size}`,
      'x-amz-copy-source-range',
      String(asked ?? ''),
    );
  }
  const part = store.uploads.putPart(upload, number, { path: file, ...range });
  return xml(
    'CopyPartResult',
    { ETag: `"${part.etag}"`, LastModified: new Date(part.modified).toISOString() },
    sourceVersion(object),
  );
}

function complete(store: ObjectStore, request: S3Request): S3Reply {
  const upload = uploadOf(store, request);
  const chosen = chosenParts(store.uploads.parts(upload), request);
  for (const { number, size, etag } of chosen.slice(0, -1)) {
    if (size >= smallestPart) continue;
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      fields: {
        ProposedSize: String(size),
        MinSizeAllowed: String(smallestPart),
        PartNumber: String(number),
        ETag: etag,
      },
    });
  }
  const told = request.headers['x-amz-mp-object-size'];
  const size = chosen.reduce((sum, part) => sum + part.size, 0);
  if (told !== undefined && Number(told) !== size) {
    throw new AwsError(
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${String(told)} does not match what was computed: ${size}`,
    );
  }
  checkWrite(request, store.find(request));
  const folder = store.scratch();
  const etag = store.uploads.assemble(upload, chosen, `${folder}/body`);
  const parts = chosen.map((part) => part.size);
  const stored = store.putFile(request, `${folder}/body`, { ...upload.attributes, etag, parts });
  store.discard(folder);
  store.uploads.remove(upload);
  return xml(
    'CompleteMultipartUploadResult',
    {
      Location: `http://127.0.0.1/${request.bucket}/${request.key}`,
      Bucket: request.bucket,
      Key: request.key,
      ETag: `"${stored.etag}"`,
    },
    { ...versionHeader(stored), ...encryptionHeaders(stored) },
  );
}

function chosenParts(parts: readonly UploadedPart[], request: S3Request): readonly UploadedPart[] {
  const wanted = childrenOf(readXml(request.body, 'CompleteMultipartUpload'), 'Part');
  if (wanted.length === 0) throw malformedXml();
  let before = 0;
  return wanted.map((each) => {
    const number = Number(childText(each, 'PartNumber') ?? Number.NaN);
    const etag = unquoted(childText(each, 'ETag') ?? '');
    if (!Number.isInteger(number)) throw malformedXml();
    if (number <= before) {
      throw new AwsError(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
        { fields: { UploadId: request.query.get('uploadId') ?? '' } },
      );
    }
    before = number;
    const found = parts.find((part) => part.number === number && part.etag === etag);
    if (found !== undefined) return found;
    throw new AwsError(
      'InvalidPart',
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      {
        fields: {
          UploadId: request.query.get('uploadId') ?? '',
          PartNumber: String(number),
          ETag: etag,
        },
      },
    );
  });
}

function listParts(store: ObjectStore, request: S3Request): S3Reply {
  const upload = uploadOf(store, request);
  const most = countOf(request.query, 'max-parts');
  const marker = Number(request.query.get('part-number-marker') ?? 0);
  const all = store.uploads.parts(upload).filter(({ number }) => number > marker);
  const page = all.slice(0, most);
  return xml('ListPartsResult', {
    Bucket: request.bucket,
    Key: request.key,
    UploadId: upload.id,
    Initiator: initiator,
    Owner: owner,
    StorageClass: upload.attributes.storageClass ?? 'STANDARD',
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: most,
    IsTruncated: page.length < all.length,
    Part: page.map(({ number, size, etag, modified }) => ({
      PartNumber: number,
      LastModified: new Date(modified).toISOString(),
      ETag: `"${etag}"`,
      Size: size,
    })),
  });
}

function listUploads(store: ObjectStore, request: S3Request): S3Reply {
  const Bucket = existingBucket(store, request);
  const { query } = request;
  const most = countOf(query, 'max-uploads');
  const { shown, told } = keyWriter(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const marker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const commonOf = (key: string): string | undefined => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    return end < 0 ? undefined : key.slice(0, end + delimiter.length);
  };
  const behind = (upload: Upload, at: number, all: readonly Upload[]): boolean => {
    if (byUtf8(commonOf(upload.key) ?? upload.key, marker) > 0) return true;
    // Within the key of the marker, the uploads behind the one that is named.
    if (upload.key !== marker || idMarker === '') return false;
    return all.findIndex(({ id }) => id === idMarker) < at;
  };
  const all = store.uploads
    .of(Bucket)
    .filter((upload, at, uploads) => upload.key.startsWith(prefix) && behind(upload, at, uploads));
  const uploads: Upload[] = [];
  const common = new Set<string>();
  let last: Upload | undefined;
  let truncated = false;
  for (const upload of all) {
    const rolled = commonOf(upload.key);
    if (rolled !== undefined && common.has(rolled)) continue;
    truncated = uploads.length + common.size >= most;
    if (truncated) break;
    if (rolled === undefined) uploads.push(upload);
    else common.add(rolled);
    last = upload;
  }
  const lastKey = last === undefined ? '' : (commonOf(last.key) ?? last.key);
  return xml('ListMultipartUploadsResult', {
    Bucket,
    KeyMarker: shown(marker),
    UploadIdMarker: idMarker,
    ...(truncated && last !== undefined
      ? { NextKeyMarker: shown(lastKey), NextUploadIdMarker: lastKey === last.key ? last.id : '' }
      : {}),
    Prefix: shown(prefix),
    ...(delimiter === '' ? {} : { Delimiter: shown(delimiter) }),
    MaxUploads: most,
    IsTruncated: truncated,
    ...told,
    Upload: uploads.map(({ id, key, initiated, attributes }) => ({
      Key: shown(key),
      UploadId: id,
      Initiator: initiator,
      Owner: owner,
      StorageClass: attributes.storageClass ?? 'STANDARD',
      Initiated: new Date(initiated).toISOString(),
    })),
    CommonPrefixes: [...common].map((each) => ({ Prefix: shown(each) })),
  });
}
