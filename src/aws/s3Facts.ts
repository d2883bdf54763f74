import { Problem } from '../base/problem';
import { type Encryption, type ObjectFacts, restoreState } from '../zones/objectDetails';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** What HeadObject, GetObjectTagging, GetBucketVersioning and GetBucketEncryption tell. */
export function s3Facts(clients: Clients, callAws: CallAws): ObjectFacts {
  return {
    async details(connection, { bucket, key, version }, signal) {
      const answer = await callAws(
        { action: 's3:GetObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          return client.send(
            new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: version }),
            options,
          );
        },
        signal,
      );
      const encryption = encryptionFrom(answer.ServerSideEncryption, answer.SSEKMSKeyId);
      const restore = restoreState(answer.Restore);
      return {
        bytes: answer.ContentLength ?? 0,
        storageClass: answer.StorageClass ?? 'STANDARD',
        metadata: answer.Metadata ?? {},
        ...(answer.LastModified === undefined ? {} : { modifiedAt: answer.LastModified }),
        ...(answer.ETag === undefined ? {} : { etag: answer.ETag }),
        ...(answer.ContentType === undefined ? {} : { contentType: answer.ContentType }),
        ...(answer.ContentEncoding === undefined ? {} : { contentEncoding: answer.ContentEncoding }),
        ...(answer.ArchiveStatus === undefined ? {} : { archiveStatus: answer.ArchiveStatus }),
        ...(answer.VersionId === undefined ? {} : { version: answer.VersionId }),
        ...(encryption === undefined ? {} : { encryption }),
        ...(restore === undefined ? {} : { restore }),
      };
    },

    async tags(connection, { bucket, key, version }, signal) {
      const answer = await callAws(
        { action: 's3:GetObjectTagging', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { GetObjectTaggingCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = { Bucket: bucket, Key: key, VersionId: version };
          return client.send(new GetObjectTaggingCommand(request), options);
        },
        signal,
      );
      return Object.fromEntries((answer.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    },

    async versioning(connection, { bucket }, signal) {
      const answer = await callAws(
        { action: 's3:GetBucketVersioning', target: `s3://${bucket}`, connection },
        async (options) => {
          const { GetBucketVersioningCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          return client.send(new GetBucketVersioningCommand({ Bucket: bucket }), options);
        },
        signal,
      );
      const { Status } = answer;
      return {
        versioning: Status === 'Enabled' ? 'on' : Status === 'Suspended' ? 'suspended' : 'never',
        mfaDelete: answer.MFADelete === 'Enabled',
      };
    },

    async encryption(connection, { bucket }, signal) {
      try {
        const answer = await callAws(
          { action: 's3:GetEncryptionConfiguration', target: `s3://${bucket}`, connection },
          async (options) => {
            const { GetBucketEncryptionCommand } = await import('@aws-sdk/client-s3');
            const client = await clients.s3(connection);
            return client.send(new GetBucketEncryptionCommand({ Bucket: bucket }), options);
          },
          signal,
        );
        const rule = answer.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
        return encryptionFrom(rule?.SSEAlgorithm, rule?.KMSMasterKeyID);
      } catch (error) {
        // Stores that only resemble S3 may keep no default; S3 itself always has one since 2023.
        if (error instanceof Problem && error.cause instanceof Error && error.cause.name === noDefault)
          return undefined;
        throw error;
      }
    },
  };
}

const noDefault = 'ServerSideEncryptionConfigurationNotFoundError';

function encryptionFrom(algorithm: string | undefined, key: string | undefined): Encryption | undefined {
  return algorithm === undefined ? undefined : { algorithm, ...(key === undefined ? {} : { key }) };
}
