import type { MadePage, SyntheticKeys } from '../faults/synthetic';
import { AwsError } from '../service';
import { listKeys, merged } from '../store/listing';
import type { ObjectStore, StoredObject } from '../store/objects';
import { escapeXml } from '../wire/xml';
import { existingBucket } from './s3Found';
import { restoreState } from './s3RestoreState';
import type { S3Operation, S3Reply } from './s3Route';
import { countOf, invalidArgument, keyWriter, owner, xml } from './s3Xml';

/** ListObjectsV2. */
export function listingOperations(store: ObjectStore, synthetic: SyntheticKeys): readonly S3Operation[] {
  return [
    {
      name: 'ListObjectsV2',
      method: 'GET',
      on: 'bucket',
      query: [
        'list-type',
        'prefix',
        'delimiter',
        'max-keys',
        'continuation-token',
        'start-after',
        'encoding-type',
        'fetch-owner',
      ],
      headers: ['x-amz-request-payer', 'x-amz-optional-object-attributes'],
      run: (request) => {
        if (request.query.get('list-type') !== '2') {
          throw new AwsError(
            'NotImplemented',
            'The local lake does not implement ListObjects; use ListObjectsV2.',
            { status: 501 },
          );
        }
        const bucket = existingBucket(store, request);
        const optional = request.headers['x-amz-optional-object-attributes'];
        if (optional !== undefined && optional !== 'RestoreStatus')
          throw invalidArgument('Invalid attribute name specified', 'x-amz-optional-object-attributes');
        return listObjects({ store, synthetic, bucket, restores: optional !== undefined }, request.query);
      },
    },
  ];
}

function listObjects(
  {
    store,
    synthetic,
    bucket,
    restores,
  }: {
    readonly store: ObjectStore;
    readonly synthetic: SyntheticKeys;
    readonly bucket: string;
    readonly restores: boolean;
  },
  query: URLSearchParams,
): S3Reply {
  const limit = countOf(query, 'max-keys');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? undefined;
  const from = decodeToken(query.get('continuation-token'));
  const after = query.get('start-after') ?? undefined;
  const { shown, told } = keyWriter(query);
  const shows = { shown, withOwner: query.get('fetch-owner') === 'true', restores };
  const made =
    (delimiter === undefined || delimiter === '') && limit > 0
      ? madePage({ store, synthetic, bucket, shows }, { prefix, from, after, limit })
      : undefined;
  if (made !== undefined) {
    const head = xml('ListBucketResult', {
      Name: bucket,
      Prefix: shown(prefix),
      ...(query.has('continuation-token')
        ? { ContinuationToken: query.get('continuation-token') ?? '' }
        : {}),
      ...(made.next === undefined ? {} : { NextContinuationToken: encodeToken(made.next) }),
      ...(after === undefined ? {} : { StartAfter: shown(after) }),
      KeyCount: made.count,
      MaxKeys: limit,
      ...(delimiter === undefined ? {} : { Delimiter: shown(delimiter) }),
      ...told,
      IsTruncated: made.next !== undefined,
    });
    return withContents(head, made.text);
  }
  const sources = [store.keys(bucket), ...synthetic.sources(bucket)];
  const listed =
    limit === 0
      ? { keys: [], commonPrefixes: [] }
      : listKeys(merged(sources), {
          prefix,
          limit,
          ...(delimiter === undefined || delimiter === '' ? {} : { delimiter }),
          ...(from === undefined ? {} : { from }),
          ...(after === undefined ? {} : { after }),
        });
  const reply = xml('ListBucketResult', {
    Name: bucket,
    Prefix: shown(prefix),
    ...(query.has('continuation-token') ? { ContinuationToken: query.get('continuation-token') ?? '' } : {}),
    ...(listed.next === undefined ? {} : { NextContinuationToken: encodeToken(listed.next) }),
    ...(after === undefined ? {} : { StartAfter: shown(after) }),
    KeyCount: listed.keys.length + listed.commonPrefixes.length,
    MaxKeys: limit,
    ...(delimiter === undefined ? {} : { Delimiter: shown(delimiter) }),
    ...told,
    IsTruncated: listed.next !== undefined,
    CommonPrefixes: listed.commonPrefixes.map((common) => ({ Prefix: shown(common) })),
  });
  // A page has a thousand of these, and a lake of millions has thousands of pages: they are written at once.
  const contents = listed.keys
    .map((key) => contentsOf(key, store.find({ bucket, key }) ?? synthetic.find({ bucket, key }), shows))
    .join('');
  return withContents(reply, contents);
}

function withContents(reply: S3Reply, contents: string): S3Reply {
  const end = '</ListBucketResult>';
  return { ...reply, body: `${(reply.body ?? '').slice(0, -end.length)}${contents}${end}` };
}

interface Shows {
  readonly shown: (value: string) => string;
  readonly withOwner: boolean;
  readonly restores: boolean;
}

/** A page of made-up keys alone; undefined where stored ones may lie among them. */
function madePage(
  where: {
    readonly store: ObjectStore;
    readonly synthetic: SyntheticKeys;
    readonly bucket: string;
    readonly shows: Shows;
  },
  asked: {
    readonly prefix: string;
    readonly from: string | undefined;
    readonly after: string | undefined;
    readonly limit: number;
  },
): MadePage | undefined {
  const { store, synthetic, bucket, shows } = where;
  const { prefix, from, after, limit } = asked;
  if (store.keys(bucket).first(prefix)?.startsWith(prefix) === true) return undefined;
  return synthetic.page(bucket, {
    prefix,
    limit,
    from: from ?? (after === undefined ? '' : `${after}\0`),
    shown: (path) => escapeXml(shows.shown(path)),
    // All objects of one prefix are alike but for their keys.
    around: (key) => {
      const [before = '', rest = ''] = contentsOf('', synthetic.find({ bucket, key }), shows).split('</Key>');
      return { before, after: `</Key>${rest}` };
    },
  });
}

function contentsOf(key: string, object: StoredObject | undefined, shows: Shows): string {
  const { modified = 0, etag = '', size = 0, storageClass = 'STANDARD' } = object ?? {};
  const named = shows.withOwner
    ? `<Owner><ID>${owner.ID}</ID><DisplayName>${owner.DisplayName}</DisplayName></Owner>`
    : '';
  const restored = shows.restores && object !== undefined ? restoreStatus(object) : '';
  return `<Contents><Key>${escapeXml(shows.shown(key))}</Key><LastModified>${timeOf(modified)}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size>${named}${restored}<StorageClass>${storageClass}</StorageClass></Contents>`;
}

function restoreStatus(object: StoredObject): string {
  const state = restoreState(object);
  if (state === 'none') return '';
  const until = state === 'ongoing' ? '' : timeOf(object.restore?.until ?? 0);
  const expiry = until === '' ? '' : `<RestoreExpiryDate>${until}</RestoreExpiryDate>`;
  return `<RestoreStatus><IsRestoreInProgress>${state === 'ongoing'}</IsRestoreInProgress>${expiry}</RestoreStatus>`;
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** A token from which a listing or a list of buckets goes on. */
export function encodeToken(from: string): string {
  return `1${Buffer.from(from).toString('base64url')}`;
}

/** Where a token goes on; InvalidArgument for what is no token. */
export function decodeToken(token: string | null): string | undefined {
  if (token === null) return undefined;
  if (!token.startsWith('1'))
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  return Buffer.from(token.slice(1), 'base64url').toString();
}
