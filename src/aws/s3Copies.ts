import type { CopySource, ObjectWriter } from '../transfer/objectWriter';
import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { conditionHeaders } from './s3Headers';

/** Copies that S3 makes by itself: no byte passes through here. */
export function s3Copies(clients: Clients, callAws: CallAws): Pick<ObjectWriter, 'copy' | 'copyPart'> {
  return {
    async copy(connection, { from, to, condition, storageClass }, signal) {
      const answer = await callAws(
        { action: 's3:PutObject', target: `s3://${to.bucket}/${to.key}`, connection },
        async (options) => {
          const { CopyObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = {
            Bucket: to.bucket,
            Key: to.key,
            ...source(from),
            ...conditionHeaders(condition),
            // What a listing names is what a copy takes.
            StorageClass: storageClass as PutObjectCommandInput['StorageClass'],
          };
          return client.send(new CopyObjectCommand(request), options);
        },
        signal,
      );
      return {
        etag: answer.CopyObjectResult?.ETag ?? '',
        ...(answer.VersionId === undefined ? {} : { version: answer.VersionId }),
      };
    },

    async copyPart(connection, { from, to, upload, number, range }, signal) {
      const answer = await callAws(
        { action: 's3:PutObject', target: `s3://${to.bucket}/${to.key}`, connection },
        async (options) => {
          const { UploadPartCopyCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = {
            Bucket: to.bucket,
            Key: to.key,
            UploadId: upload,
            PartNumber: number,
            ...source(from),
            CopySourceRange: `bytes=${range.start}-${range.end - 1}`,
          };
          return client.send(new UploadPartCopyCommand(request), options);
        },
        signal,
      );
      return { number, etag: answer.CopyPartResult?.ETag ?? '', bytes: range.end - range.start };
    },
  };
}

/** The source is a path in a header: everything but its slashes is percent-encoded. */
function source({ bucket, key, etag }: CopySource) {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return { CopySource: `${bucket}/${path}`, CopySourceIfMatch: etag };
}
