import type { SyntheticKeys } from '../faults/synthetic';
import { merged } from '../store/listing';
import type { ObjectStore, StoredObject } from '../store/objects';
import { idOf, versionIdOf } from '../store/versions';
import type { XmlValue } from '../wire/xml';
import { existingBucket } from './s3Found';
import { restoreState } from './s3RestoreState';
import type { S3Operation, S3Reply, S3Request } from './s3Route';
import { countOf, invalidArgument, keyWriter, owner, xml } from './s3Xml';

/** ListObjectVersions. */
export function versionOperations(store: ObjectStore, synthetic: SyntheticKeys): readonly S3Operation[] {
  return [
    {
      name: 'ListObjectVersions',
      method: 'GET',
      on: 'bucket',
      marker: 'versions',
      query: ['delimiter', 'encoding-type', 'key-marker', 'max-keys', 'prefix', 'version-id-marker'],
      headers: ['x-amz-request-payer', 'x-amz-optional-object-attributes'],
      run: (request) => listVersions({ store, synthetic }, request),
    },
  ];
}

/** A version as a listing gives it. */
interface Shown {
  readonly id: string;
  readonly latest: boolean;
  readonly modified: number;
  /** Absent for a delete marker. */
  readonly object?: StoredObject;
}

function listVersions(
  { store, synthetic }: { readonly store: ObjectStore; readonly synthetic: SyntheticKeys },
  request: S3Request,
): S3Reply {
  const bucket = existingBucket(store, request);
  const { query } = request;
  const optional = request.headers['x-amz-optional-object-attributes'];
  if (optional !== undefined && optional !== 'RestoreStatus')
    throw invalidArgument('Invalid attribute name specified', 'x-amz-optional-object-attributes');
  const limit = countOf(query, 'max-keys');
  const { shown, told } = keyWriter(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('version-id-marker') ?? '';
  if (idMarker !== '' && keyMarker === '') {
    throw invalidArgument(
      'A version-id marker cannot be specified without a key marker.',
      'version-id-marker',
      idMarker,
    );
  }
  const commonOf = (key: string): string | undefined => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    return end < 0 ? undefined : key.slice(0, end + delimiter.length);
  };
  const source = merged([store.keys(bucket), store.versions.keys(bucket), ...synthetic.sources(bucket)]);
  const start = startOf({ keyMarker, idMarker, prefix, rolled: commonOf(keyMarker) === keyMarker });
  const chosen: { readonly key: string; readonly version: Shown }[] = [];
  const common: string[] = [];
  let last: { readonly key: string; readonly id: string } | undefined;
  let truncated = false;
  let cursor = source.seek(start);
  walk: for (let key = cursor.key; key?.startsWith(prefix); key = cursor.key) {
    const rolled = commonOf(key);
    if (rolled !== undefined) {
      truncated = chosen.length + common.length >= limit;
      if (truncated) break;
      common.push(rolled);
      last = { key: rolled, id: '' };
      cursor = source.seek(`${rolled}\u{10ffff}`);
      continue;
    }
    const all = versionsOf({ store, synthetic }, { bucket, key });
    const first = key === keyMarker ? all.findIndex(({ id }) => id === idMarker) + 1 : 0;
    for (const version of all.slice(first)) {
      truncated = chosen.length + common.length >= limit;
      if (truncated) break walk;
      chosen.push({ key, version });
      last = { key, id: version.id };
    }
    cursor.step();
  }
  const objects = chosen.filter(({ version }) => version.object !== undefined);
  const markers = chosen.filter(({ version }) => version.object === undefined);
  return xml('ListVersionsResult', {
    Name: bucket,
    Prefix: shown(prefix),
    KeyMarker: shown(keyMarker),
    VersionIdMarker: idMarker,
    ...(truncated && last !== undefined
      ? {
          NextKeyMarker: shown(last.key),
          ...(last.id === '' ? {} : { NextVersionIdMarker: last.id }),
        }
      : {}),
    MaxKeys: limit,
    ...(delimiter === '' ? {} : { Delimiter: shown(delimiter) }),
    ...told,
    IsTruncated: truncated,
    Version: objects.map(({ key, version }) =>
      versionXml(shown(key), version, { restores: optional !== undefined }),
    ),
    DeleteMarker: markers.map(({ key, version }) => ({
      Key: shown(key),
      VersionId: version.id,
      IsLatest: version.latest,
      LastModified: new Date(version.modified).toISOString(),
      Owner: owner,
    })),
    CommonPrefixes: common.map((each) => ({ Prefix: shown(each) })),
  });
}

function startOf({
  keyMarker,
  idMarker,
  prefix,
  rolled,
}: {
  readonly keyMarker: string;
  readonly idMarker: string;
  readonly prefix: string;
  readonly rolled: boolean;
}): string {
  if (keyMarker < prefix || keyMarker === '') return prefix;
  if (rolled) return `${keyMarker}\u{10ffff}`;
  return idMarker === '' ? `${keyMarker}\0` : keyMarker;
}

function versionsOf(
  { store, synthetic }: { readonly store: ObjectStore; readonly synthetic: SyntheticKeys },
  place: { readonly bucket: string; readonly key: string },
): readonly Shown[] {
  const older = store.versions.of(place);
  const current = store.find(place) ?? (older.length === 0 ? synthetic.find(place) : undefined);
  const first =
    current === undefined
      ? []
      : [{ id: versionIdOf(current), latest: true, modified: current.modified, object: current }];
  return [
    ...first,
    ...older.map((version, at) => ({
      id: idOf(version),
      latest: current === undefined && at === 0,
      modified: version.kind === 'object' ? version.object.modified : version.modified,
      ...(version.kind === 'object' ? { object: version.object } : {}),
    })),
  ];
}

function versionXml(
  Key: string,
  { id, latest, modified, object }: Shown,
  { restores }: { readonly restores: boolean },
): XmlValue {
  const state = restores && object !== undefined ? restoreState(object) : 'none';
  return {
    Key,
    VersionId: id,
    IsLatest: latest,
    LastModified: new Date(modified).toISOString(),
    ETag: `"${object?.etag ?? ''}"`,
    Size: object?.size ?? 0,
    Owner: owner,
    ...(state === 'none'
      ? {}
      : {
          RestoreStatus: {
            IsRestoreInProgress: state === 'ongoing',
            ...(state === 'ongoing'
              ? {}
              : { RestoreExpiryDate: new Date(object?.restore?.until ?? 0).toISOString() }),
          },
        }),
    StorageClass: object?.storageClass ?? 'STANDARD',
  };
}
