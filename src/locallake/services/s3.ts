import type { SyntheticKeys } from '../faults/synthetic';
import { AwsError, region } from '../service';
import type { ObjectStore } from '../store/objects';
import { archiveOperations } from './s3Archive';
import { bucketOperations } from './s3Buckets';
import { copyOperations } from './s3Copy';
import { lifecycleOperations } from './s3Lifecycle';
import { listingOperations } from './s3Listing';
import { multipartOperations } from './s3Multipart';
import { objectOperations } from './s3Objects';
import type { S3Operation, S3Request } from './s3Route';
import { settingOperations } from './s3Settings';
import { taggingOperations } from './s3Tagging';
import { versionOperations } from './s3Versions';

// These find a bucket in any region.
const everywhere = new Set(['CreateBucket', 'GetBucketLocation']);

/** All operations of S3; the first that a request is one for takes it. */
export function s3Operations(store: ObjectStore, synthetic: SyntheticKeys): readonly S3Operation[] {
  const all = [
    ...bucketOperations(store),
    ...listingOperations(store, synthetic),
    ...versionOperations(store, synthetic),
    ...settingOperations(store),
    ...lifecycleOperations(store),
    ...multipartOperations(store),
    ...copyOperations(store),
    ...objectOperations(store),
    ...taggingOperations(store),
    ...archiveOperations(store),
  ];
  return all.map((operation) =>
    operation.on === 'service' || everywhere.has(operation.name)
      ? operation
      : {
          ...operation,
          run: (request) => {
            redirect(store, request);
            return operation.run(request);
          },
        },
  );
}

// A request for a bucket of another region is sent there; what is not signed is asked nothing.
function redirect(store: ObjectStore, { bucket, region: asked }: S3Request): void {
  if (asked === undefined || !store.hasBucket(bucket)) return;
  const there = store.settings(bucket).region ?? region;
  if (asked === there) return;
  throw new AwsError(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      status: 301,
      fields: { Endpoint: `s3.${there}.amazonaws.com`, Bucket: bucket },
      headers: { 'x-amz-bucket-region': there },
    },
  );
}
