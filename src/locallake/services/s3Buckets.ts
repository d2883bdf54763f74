import { AwsError, region } from '../service';
import type { ObjectStore } from '../store/objects';
import { escapeXml } from '../wire/xml';
import { child, childText, readXml } from '../wire/xmlReader';
import { existingBucket } from './s3Found';
import { decodeToken, encodeToken } from './s3Listing';
import { notImplemented, type S3Operation, type S3Reply, type S3Request } from './s3Route';
import { owner, xml } from './s3Xml';

/** S3's operations on the account and on buckets. */
export function bucketOperations(store: ObjectStore): readonly S3Operation[] {
  const existing = (request: S3Request): string => existingBucket(store, request);
  const regionOf = (bucket: string): string => store.settings(bucket).region ?? region;
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
        const there = regionOf(existing(request));
        const { body = '', ...reply } = xml('LocationConstraint', {});
        // S3 writes an empty element for us-east-1.
        const told = there === 'us-east-1' ? '' : escapeXml(there);
        return { ...reply, body: body.replace('</LocationConstraint>', `${told}</LocationConstraint>`) };
      },
    },
    {
      name: 'HeadBucket',
      method: 'HEAD',
      on: 'bucket',
      run: (request) => {
        const there = regionOf(existing(request));
        return {
          status: 200,
          headers: { 'x-amz-bucket-region': there, 'x-amz-access-point-alias': 'false' },
        };
      },
    },
    {
      name: 'CreateBucket',
      method: 'PUT',
      on: 'bucket',
      run: (request) => {
        const { bucket } = request;
        const wanted = wantedRegion(request);
        if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
          throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
            fields: { BucketName: bucket },
          });
        }
        // In us-east-1, making a bucket that is already one's own succeeds.
        if (store.hasBucket(bucket) && wanted !== 'us-east-1') {
          throw new AwsError(
            'BucketAlreadyOwnedByYou',
            'Your previous request to create the named bucket succeeded and you already own it.',
            { status: 409, fields: { BucketName: bucket } },
          );
        }
        if (!store.hasBucket(bucket)) store.createBucket(bucket);
        if (wanted !== region) store.change(bucket, { region: wanted });
        return { status: 200, headers: { location: `/${bucket}` } };
      },
    },
    {
      name: 'DeleteBucket',
      method: 'DELETE',
      on: 'bucket',
      run: (request) => {
        const bucket = existing(request);
        if ([store.keys(bucket), store.versions.keys(bucket)].some((keys) => keys.first('') !== undefined)) {
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

// The region that is asked for makes the bucket there, as the caller's endpoint would; us-east-1 is never named.
function wantedRegion({ body, region: asked = region }: S3Request): string {
  const configuration = body.length === 0 ? undefined : readXml(body, 'CreateBucketConfiguration');
  for (const name of ['Location', 'Bucket', 'Tags']) {
    if (configuration !== undefined && child(configuration, name) !== undefined)
      throw notImplemented(`${name} of CreateBucketConfiguration`);
  }
  const constraint = configuration === undefined ? undefined : childText(configuration, 'LocationConstraint');
  const usual = asked === 'us-east-1';
  if (constraint === (usual ? undefined : asked)) return asked;
  throw new AwsError(
    usual && constraint === 'us-east-1' ? 'InvalidLocationConstraint' : 'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

function listBuckets(store: ObjectStore, query: URLSearchParams): S3Reply {
  const prefix = query.get('prefix') ?? '';
  const limit = Number(query.get('max-buckets') ?? 10_000);
  const after = decodeToken(query.get('continuation-token'));
  const wanted = query.get('bucket-region');
  const regionOf = (name: string): string => store.settings(name).region ?? region;
  const all = store
    .buckets()
    .filter(
      ({ name }) =>
        (wanted === null || regionOf(name) === wanted) &&
        name.startsWith(prefix) &&
        (after === undefined || name > after),
    );
  const page = all.slice(0, limit);
  const last = page.at(-1);
  return xml('ListAllMyBucketsResult', {
    Owner: owner,
    Buckets: {
      Bucket: page.map(({ name, created }) => ({
        Name: name,
        CreationDate: new Date(created).toISOString(),
        ...(query.has('max-buckets') ? { BucketRegion: regionOf(name) } : {}),
      })),
    },
    ...(all.length > page.length && last !== undefined ? { ContinuationToken: encodeToken(last.name) } : {}),
    ...(query.has('prefix') ? { Prefix: prefix } : {}),
  });
}
