import { AwsError } from '../service';
import type { ObjectStore } from '../store/objects';
import { child, childText, malformedXml, readXml } from '../wire/xmlReader';
import { checkDigests, checksumHeaders } from './s3Attributes';
import { existingBucket } from './s3Found';
import { notImplemented, type S3Operation } from './s3Route';
import { xml } from './s3Xml';

/** S3's operations on what is set on a bucket: versions and encryption. */
export function settingOperations(store: ObjectStore): readonly S3Operation[] {
  return [
    {
      name: 'GetBucketVersioning',
      method: 'GET',
      on: 'bucket',
      marker: 'versioning',
      run: (request) => {
        const { versioning } = store.settings(existingBucket(store, request));
        return xml('VersioningConfiguration', versioning === undefined ? {} : { Status: versioning });
      },
    },
    {
      name: 'PutBucketVersioning',
      method: 'PUT',
      on: 'bucket',
      marker: 'versioning',
      headers: checksumHeaders,
      run: (request) => {
        checkDigests(request);
        const bucket = existingBucket(store, request);
        const wanted = readXml(request.body, 'VersioningConfiguration');
        if (child(wanted, 'MfaDelete') !== undefined)
          throw notImplemented('MFADelete of VersioningConfiguration');
        const status = childText(wanted, 'Status');
        if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
        store.change(bucket, { versioning: status });
        return { status: 200 };
      },
    },
    {
      name: 'GetBucketEncryption',
      method: 'GET',
      on: 'bucket',
      marker: 'encryption',
      run: (request) => {
        // Every bucket encrypts since January 2023: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
        const { algorithm, keyId, bucketKey } = store.settings(existingBucket(store, request)).encryption ?? {
          algorithm: 'AES256',
        };
        return xml('ServerSideEncryptionConfiguration', {
          Rule: {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: algorithm,
              ...(keyId === undefined ? {} : { KMSMasterKeyID: keyId }),
            },
            BucketKeyEnabled: bucketKey ?? false,
          },
        });
      },
    },
    {
      name: 'PutBucketEncryption',
      method: 'PUT',
      on: 'bucket',
      marker: 'encryption',
      headers: checksumHeaders,
      run: (request) => {
        checkDigests(request);
        const bucket = existingBucket(store, request);
        const rule = child(readXml(request.body, 'ServerSideEncryptionConfiguration'), 'Rule');
        if (rule === undefined) throw malformedXml();
        const other = rule.children.find(
          ({ name }) => name !== 'ApplyServerSideEncryptionByDefault' && name !== 'BucketKeyEnabled',
        );
        if (other !== undefined) throw notImplemented(`${other.name} of ServerSideEncryptionRule`);
        const standard = child(rule, 'ApplyServerSideEncryptionByDefault');
        const algorithm = standard === undefined ? 'AES256' : childText(standard, 'SSEAlgorithm');
        const keyId = standard === undefined ? undefined : childText(standard, 'KMSMasterKeyID');
        if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse')
          throw malformedXml();
        if (algorithm === 'AES256' && keyId !== undefined) {
          throw new AwsError(
            'InvalidArgument',
            'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
          );
        }
        store.change(bucket, {
          encryption: {
            algorithm,
            ...(keyId === undefined ? {} : { keyId }),
            ...(childText(rule, 'BucketKeyEnabled') === 'true' ? { bucketKey: true } : {}),
          },
        });
        return { status: 200 };
      },
    },
    {
      name: 'DeleteBucketEncryption',
      method: 'DELETE',
      on: 'bucket',
      marker: 'encryption',
      run: (request) => {
        store.change(existingBucket(store, request), { encryption: undefined });
        return { status: 204 };
      },
    },
  ];
}
