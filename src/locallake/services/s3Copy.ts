import { AwsError } from '../service';
import type { ObjectAttributes, ObjectStore, Place, StoredObject } from '../store/objects';
import {
  attributesOf,
  describingHeaders,
  encryptionHeaders,
  storageClassOf,
  versionHeader,
} from './s3Attributes';
import { checkCopy, checkWrite, copyConditions } from './s3Conditions';
import { contentFile, existingBucket, foundAt } from './s3Found';
import { sourceVersion } from './s3Objects';
import { refuseArchived } from './s3RestoreState';
import type { S3Operation, S3Reply, S3Request } from './s3Route';
import { invalidArgument, xml } from './s3Xml';

/** An object that is copied from, with the file of its content. */
export interface CopySource {
  readonly place: Place;
  readonly object: StoredObject;
  readonly file: string;
}

/** CopyObject: the content of one object, of a version too, as another. */
export function copyOperations(store: ObjectStore): readonly S3Operation[] {
  return [
    {
      name: 'CopyObject',
      method: 'PUT',
      on: 'object',
      header: 'x-amz-copy-source',
      headers: [
        ...describingHeaders,
        ...copyConditions,
        'x-amz-metadata-directive',
        'x-amz-tagging-directive',
        'x-amz-source-expected-bucket-owner',
        'if-match',
        'if-none-match',
      ],
      run: (request) => copyObject(store, request),
    },
  ];
}

// Five GiB in one call: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
const largestCopy = 5 * 1024 ** 3;

/** Finds the source of a copy, and refuses it when it is archived or a condition does not hold. */
export function copySource(store: ObjectStore, request: S3Request): CopySource {
  const [path = '', version] = String(request.headers['x-amz-copy-source']).split('?versionId=');
  const [bucket = '', ...rest] = decodedSource(path).replace(/^\//, '').split('/');
  const place = { bucket, key: rest.join('/') };
  if (bucket === '' || place.key === '')
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', path);
  const object = foundAt(store, place, version);
  refuseArchived(object);
  checkCopy(request, object);
  return { place, object, file: contentFile(store, place, object) };
}

function decodedSource(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidArgument('Invalid copy source encoding.', 'x-amz-copy-source', path);
  }
}

function copyObject(store: ObjectStore, request: S3Request): S3Reply {
  existingBucket(store, request);
  const source = copySource(store, request);
  const { object } = source;
  if (object.size > largestCopy) {
    throw new AwsError(
      'InvalidRequest',
      'The specified copy source is larger than the maximum allowable size for a copy source: 5368709120',
    );
  }
  checkWrite(request, store.find(request));
  const replaces = directive(request, 'x-amz-metadata-directive') === 'REPLACE';
  const given = attributesOf(store, request);
  // Copying an object onto itself must change something of it.
  const changes =
    replaces ||
    source.object.storageClass !== storageClassOf(request) ||
    'x-amz-server-side-encryption' in request.headers ||
    String(request.headers['x-amz-copy-source']).includes('?versionId=');
  if (source.place.bucket === request.bucket && source.place.key === request.key && !changes) {
    throw new AwsError(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const stored = store.copyFile(request, source.file, {
    ...kept(given, ['storageClass', 'encryption']),
    ...kept(replaces ? given : object, ['contentType', 'contentEncoding', 'metadata']),
    ...kept(directive(request, 'x-amz-tagging-directive') === 'REPLACE' ? given : object, ['tags']),
  });
  return xml(
    'CopyObjectResult',
    { ETag: `"${stored.etag}"`, LastModified: new Date(stored.modified).toISOString() },
    { ...versionHeader(stored), ...encryptionHeaders(stored), ...sourceVersion(object) },
  );
}

function directive({ headers }: S3Request, name: string): string {
  const value = String(headers[name] ?? 'COPY');
  if (value !== 'COPY' && value !== 'REPLACE')
    throw invalidArgument(
      `Unknown ${name === 'x-amz-metadata-directive' ? 'metadata' : 'tagging'} directive.`,
      name,
      value,
    );
  return value;
}

function kept(from: ObjectAttributes, names: readonly (keyof ObjectAttributes)[]): ObjectAttributes {
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]] as const])),
  );
}
