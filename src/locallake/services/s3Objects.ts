import { AwsError } from '../service';
import type { ObjectStore, StoredObject } from '../store/objects';
import { versionIdOf } from '../store/versions';
import type { XmlValue } from '../wire/xml';
import { childrenOf, childText, malformedXml, readXml, type XmlElement } from '../wire/xmlReader';
import {
  attributesOf,
  checkDigests,
  checksumHeaders,
  describing,
  describingHeaders,
  encryptionHeaders,
  responseQuery,
  versionHeader,
} from './s3Attributes';
import { checkRead, checkWrite, preconditionFailed, unquoted } from './s3Conditions';
import { contentFile, existingBucket, foundVersion } from './s3Found';
import { refuseArchived } from './s3RestoreState';
import { noSuchKey, notImplemented, type S3Operation, type S3Reply, type S3Request } from './s3Route';
import { invalidArgument, xml } from './s3Xml';

/** S3's operations that read, write and remove objects. */
export function objectOperations(store: ObjectStore): readonly S3Operation[] {
  const reading = {
    on: 'object',
    query: [...responseQuery, 'versionId', 'partNumber'],
    headers: ['x-amz-request-payer'],
  } as const;
  return [
    {
      name: 'HeadObject',
      method: 'HEAD',
      ...reading,
      run: (request) => {
        const object = foundVersion(store, request);
        const unchanged = checkRead(request, object);
        if (unchanged !== undefined) return unchanged;
        const { status, headers } = portion(request, object);
        return { status, headers };
      },
    },
    {
      name: 'GetObject',
      method: 'GET',
      ...reading,
      run: (request) => {
        const object = foundVersion(store, request);
        refuseArchived(object);
        const unchanged = checkRead(request, object);
        if (unchanged !== undefined) return unchanged;
        const { status, headers, range } = portion(request, object);
        return { status, headers, file: { path: contentFile(store, request, object), ...range } };
      },
    },
    {
      name: 'PutObject',
      method: 'PUT',
      on: 'object',
      headers: [...describingHeaders, 'if-match', 'if-none-match', ...checksumHeaders],
      run: (request) => {
        existingBucket(store, request);
        checkWrite(request, store.find(request));
        checkDigests(request);
        const stored = store.put(request, request.body, attributesOf(store, request));
        const headers = { etag: `"${stored.etag}"`, ...encryptionHeaders(stored), ...versionHeader(stored) };
        return { status: 200, headers };
      },
    },
    {
      name: 'DeleteObject',
      method: 'DELETE',
      on: 'object',
      query: ['versionId'],
      headers: ['if-match', 'x-amz-request-payer'],
      run: (request) => {
        existingBucket(store, request);
        const { 'if-match': match } = request.headers;
        if (match !== undefined) checkTag(store, request, match);
        const { versionId, marker } = removed(store, request, request.query.get('versionId') ?? undefined);
        return {
          status: 204,
          headers: {
            ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }),
            ...(marker ? { 'x-amz-delete-marker': 'true' } : {}),
          },
        };
      },
    },
    {
      name: 'DeleteObjects',
      method: 'POST',
      on: 'bucket',
      marker: 'delete',
      headers: [...checksumHeaders, 'x-amz-request-payer'],
      run: (request) => {
        checkDigests(request);
        existingBucket(store, request);
        return deleteObjects(store, request);
      },
    },
  ];
}

function removed(
  store: ObjectStore,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  versionId: string | undefined,
) {
  return versionId === undefined
    ? store.remove({ bucket, key })
    : store.removeVersion({ bucket, key }, versionId);
}

function checkTag(
  store: ObjectStore,
  place: { readonly bucket: string; readonly key: string },
  match: string,
): void {
  const object = store.find(place);
  if (object === undefined) throw noSuchKey(place);
  if (match !== '*' && unquoted(match) !== object.etag) throw preconditionFailed('If-Match');
}

// Each key stands for itself: what goes wrong with one is told beside what was removed.
function deleteObjects(store: ObjectStore, request: S3Request): S3Reply {
  const document = readXml(request.body, 'Delete');
  const wanted = childrenOf(document, 'Object');
  if (wanted.length === 0 || wanted.length > 1000) throw malformedXml();
  for (const each of wanted) {
    const other = each.children.find(({ name }) => !['Key', 'VersionId', 'ETag'].includes(name));
    if (other !== undefined) throw notImplemented(`${other.name} of the objects of DeleteObjects`);
  }
  const quiet = childText(document, 'Quiet') === 'true';
  const Deleted: XmlValue[] = [];
  const Errors: XmlValue[] = [];
  for (const each of wanted) {
    const result = deleteOne(store, request, each);
    if ('Code' in result) Errors.push(result);
    else if (!quiet) Deleted.push(result);
  }
  return xml('DeleteResult', { Deleted, Error: Errors });
}

function deleteOne(
  store: ObjectStore,
  { bucket, trouble }: S3Request,
  wanted: XmlElement,
): Readonly<Record<string, XmlValue>> {
  const Key = childText(wanted, 'Key') ?? '';
  const VersionId = childText(wanted, 'VersionId');
  const match = childText(wanted, 'ETag');
  const place = { bucket, key: Key };
  const named = { Key, ...(VersionId === undefined ? {} : { VersionId }) };
  try {
    const wished = trouble?.('s3:DeleteObject', Key);
    if (wished !== undefined) throw wished;
    if (Key === '') throw new AwsError('UserKeyMustBeSpecified', 'A key must be specified.');
    if (match !== undefined) checkTag(store, place, match);
    const { versionId, marker } = removed(store, place, VersionId);
    return { ...named, ...(marker ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {}) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ...named, Code: error.code, Message: error.message };
  }
}

/** The bytes that a request asks for, both ends inclusive, and what is said of them. */
function portion(
  request: S3Request,
  object: StoredObject,
): { status: number; headers: Record<string, string>; range: { start: number; end: number } } {
  const part = request.query.get('partNumber');
  const asked = part === null ? rangeOf(request.headers.range, object.size) : partOf(object, part);
  const range = asked ?? { start: 0, end: object.size - 1 };
  const headers = {
    ...describing(object, request),
    'content-length': String(range.end - range.start + 1),
    ...(asked === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` }),
    ...(part === null || object.parts === undefined
      ? {}
      : { 'x-amz-mp-parts-count': String(object.parts.length) }),
  };
  return { status: asked === undefined ? 200 : 206, headers, range };
}

/** Both ends inclusive. A header that is no single range of bytes is ignored, as S3 does. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || (first === '' && last === '0')) throw invalidRange(header ?? '', size);
  return end < start ? undefined : { start, end };
}

function invalidRange(range: string, size: number): AwsError {
  return new AwsError('InvalidRange', 'The requested range is not satisfiable', {
    status: 416,
    fields: { RangeRequested: range, ActualObjectSize: String(size) },
    headers: { 'content-range': `bytes */${size}` },
  });
}

function partOf(object: StoredObject, part: string): { readonly start: number; readonly end: number } {
  const number = Number(part);
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      part,
    );
  const parts = object.parts ?? [object.size];
  const size = parts[number - 1];
  if (size === undefined) {
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      status: 416,
      fields: { PartNumberRequested: part, ActualPartCount: String(parts.length) },
    });
  }
  const start = parts.slice(0, number - 1).reduce((sum, each) => sum + each, 0);
  return { start, end: start + size - 1 };
}

/** The id of the version of an object, as a copy tells it. */
export function sourceVersion(object: StoredObject): Record<string, string> {
  return object.versionId === undefined ? {} : { 'x-amz-copy-source-version-id': versionIdOf(object) };
}
