import { AwsError } from '../service';
import type { ObjectStore, Place, StoredObject } from '../store/objects';
import { idOf, versionIdOf } from '../store/versions';
import { noSuchBucket, noSuchKey, type S3Request } from './s3Route';

/** The name of a bucket that is there; NoSuchBucket for any other. */
export function existingBucket(store: ObjectStore, { bucket }: { readonly bucket: string }): string {
  if (!store.hasBucket(bucket)) throw noSuchBucket(bucket);
  return bucket;
}

/** The object a request is about, of the version it names or the current one. */
export function foundVersion(store: ObjectStore, request: S3Request): StoredObject {
  return foundAt(store, request, request.query.get('versionId') ?? undefined);
}

/** The object at a place; NoSuchKey, NoSuchVersion or, for a delete marker, what S3 answers there. */
export function foundAt(store: ObjectStore, place: Place, versionId: string | undefined): StoredObject {
  existingBucket(store, place);
  const current = store.find(place);
  const versions = store.versions.of(place);
  if (versionId === undefined) {
    if (current !== undefined) return current;
    const [newest] = versions;
    if (newest?.kind !== 'marker') throw noSuchKey(place);
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', {
      status: 404,
      fields: { Key: place.key },
      headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': newest.versionId },
    });
  }
  if (current !== undefined && versionIdOf(current) === versionId) return current;
  const found = versions.find((version) => idOf(version) === versionId);
  if (found === undefined) {
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', {
      status: 404,
      fields: { Key: place.key, VersionId: versionId },
    });
  }
  if (found.kind === 'object') return found.object;
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    status: 405,
    fields: { Method: 'GET', ResourceType: 'DeleteMarker' },
    headers: {
      allow: 'DELETE',
      'x-amz-delete-marker': 'true',
      'x-amz-version-id': versionId,
      'last-modified': new Date(found.modified).toUTCString(),
    },
  });
}

/** The file with the content of an object or of one of its versions. */
export function contentFile(store: ObjectStore, place: Place, object: StoredObject): string {
  const version = store.versions.of(place).find((each) => each.kind === 'object' && each.object === object);
  return version?.kind === 'object' ? store.versions.file(version) : store.file(place);
}
