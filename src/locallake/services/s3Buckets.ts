import { AwsError, accountId, region } from '../service';
import { listKeys, merged } from '../store/listing';
import type { ObjectStore, StoredObject } from '../store/objects';
import type { SyntheticKeys } from '../faults/synthetic';
import { elementTexts, type XmlValue, xmlDocument } from '../wire/xml';
import { noSuchBucket, notImplemented, type S3Operation, type S3Reply, type S3Request } from './s3Route';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const owner = { ID: accountId.padStart(64, '0'), DisplayName: 'local-lake' };

/** S3's operations on the account and on buckets. */
export function bucketOperations(store: ObjectStore, synthetic: SyntheticKeys): readonly S3Operation[] {
  const existing = ({ bucket }: S3Request): string => {
    if (!store.hasBucket(bucket)) throw noSuchBucket(bucket);
    return bucket;
  };
  return [
    {
      name: 'ListBuckets',
      method: 'GET',
      on: 'service',
      query: ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'],
      run: ({ query }) => listBuckets(store, query),
    },
    {
      name: 'GetBucketLocation',
      method: 'GET',
      on: 'bucket',
      marker: 'location',
      run: (request) => {
        existing(request);
        // S3 writes an empty element for us-east-1.
        return xml('LocationConstraint', {});
      },
    },
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
      headers: ['x-amz-request-payer'],
      run: (request) => {
        if (request.query.get('list-type') !== '2') {
          throw new AwsError(
            'NotImplemented',
            'The local lake does not implement ListObjects; use ListObjectsV2.',
            { status: 501 },
          );
        }
        return listObjects({ store, synthetic, bucket: existing(request) }, request.query);
      },
    },
    {
      name: 'HeadBucket',
      method: 'HEAD',
      on: 'bucket',
      run: (request) => {
        existing(request);
        return {
          status: 200,
          headers: { 'x-amz-bucket-region': region, 'x-amz-access-point-alias': 'false' },
        };
      },
    },
    {
      name: 'CreateBucket',
      method: 'PUT',
      on: 'bucket',
      run: ({ bucket, body }) => {
        checkConfiguration(body.toString());
        if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
          throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
            fields: { BucketName: bucket },
          });
        }
        // In us-east-1, making a bucket that is already one's own succeeds.
        if (!store.hasBucket(bucket)) store.createBucket(bucket);
        return { status: 200, headers: { location: `/${bucket}` } };
      },
    },
    {
      name: 'DeleteBucket',
      method: 'DELETE',
      on: 'bucket',
      run: (request) => {
        const bucket = existing(request);
        if (store.keys(bucket).first('') !== undefined) {
          throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
            status: 409,
            fields: { BucketName: bucket },
          });
        }
        store.deleteBucket(bucket);
        return { status: 204 };
      },
    },
  ];
}

// The body of CreateBucket names a region other than us-east-1, where a bucket then would have to be made.
function checkConfiguration(body: string): void {
  for (const name of ['Location', 'Bucket', 'Tags']) {
    if (elementTexts(body, name).length > 0) throw notImplemented(`${name} of CreateBucketConfiguration`);
  }
  const [constraint] = elementTexts(body, 'LocationConstraint');
  if (constraint === undefined) return;
  throw new AwsError(
    constraint === region ? 'InvalidLocationConstraint' : 'IllegalLocationConstraintException',
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

/** An XML answer with status 200. */
export function xml(name: string, value: Readonly<Record<string, XmlValue>>): S3Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: xmlDocument({ name, namespace }, value),
  };
}

function listBuckets(store: ObjectStore, query: URLSearchParams): S3Reply {
  const prefix = query.get('prefix') ?? '';
  const limit = Number(query.get('max-buckets') ?? 10_000);
  const after = decodeToken(query.get('continuation-token'));
  const elsewhere = query.has('bucket-region') && query.get('bucket-region') !== region;
  const all = store
    .buckets()
    .filter(({ name }) => !elsewhere && name.startsWith(prefix) && (after === undefined || name > after));
  const page = all.slice(0, limit);
  const last = page.at(-1);
  return xml('ListAllMyBucketsResult', {
    Owner: owner,
    Buckets: {
      Bucket: page.map(({ name, created }) => ({
        Name: name,
        CreationDate: new Date(created).toISOString(),
        ...(query.has('max-buckets') ? { BucketRegion: region } : {}),
      })),
    },
    ...(all.length > page.length && last !== undefined ? { ContinuationToken: encodeToken(last.name) } : {}),
    ...(query.has('prefix') ? { Prefix: prefix } : {}),
  });
}

function listObjects(
  { store, synthetic, bucket }: { store: ObjectStore; synthetic: SyntheticKeys; bucket: string },
  query: URLSearchParams,
): S3Reply {
  const asked = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(asked) || asked < 0)
    throw new AwsError('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647');
  const limit = Math.min(asked, 1000);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? undefined;
  const from = decodeToken(query.get('continuation-token'));
  const after = query.get('start-after') ?? undefined;
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
  const url = query.get('encoding-type') === 'url';
  const shown = (value: string): string => (url ? encodeURIComponent(value).replaceAll('%2F', '/') : value);
  const withOwner = query.get('fetch-owner') === 'true';
  return xml('ListBucketResult', {
    Name: bucket,
    Prefix: shown(prefix),
    ...(query.has('continuation-token') ? { ContinuationToken: query.get('continuation-token') ?? '' } : {}),
    ...(listed.next === undefined ? {} : { NextContinuationToken: encodeToken(listed.next) }),
    ...(after === undefined ? {} : { StartAfter: shown(after) }),
    KeyCount: listed.keys.length + listed.commonPrefixes.length,
    MaxKeys: asked > 1000 ? 1000 : asked,
    ...(delimiter === undefined ? {} : { Delimiter: shown(delimiter) }),
    ...(url ? { EncodingType: 'url' } : {}),
    IsTruncated: listed.next !== undefined,
    Contents: listed.keys.map((key) => {
      const object = store.find({ bucket, key }) ?? synthetic.find({ bucket, key });
      return contents(shown(key), object, withOwner ? { Owner: owner } : {});
    }),
    CommonPrefixes: listed.commonPrefixes.map((common) => ({ Prefix: shown(common) })),
  });
}

function contents(
  key: string,
  object: StoredObject | undefined,
  more: Readonly<Record<string, XmlValue>>,
): XmlValue {
  return {
    Key: key,
    LastModified: new Date(object?.modified ?? 0).toISOString(),
    ETag: `"${object?.etag ?? ''}"`,
    Size: object?.size ?? 0,
    ...more,
    StorageClass: object?.storageClass ?? 'STANDARD',
  };
}

function encodeToken(from: string): string {
  return `1${Buffer.from(from).toString('base64url')}`;
}

function decodeToken(token: string | null): string | undefined {
  if (token === null) return undefined;
  if (!token.startsWith('1'))
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  return Buffer.from(token.slice(1), 'base64url').toString();
}
