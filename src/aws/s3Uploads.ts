import { createHash } from 'node:crypto';
import { Problem } from '../base/problem';
import type { ObjectWriter, UploadedPart } from '../transfer/objectWriter';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { conditionHeaders, md5Of, writtenHeaders } from './s3Headers';

/** Uploads in parts. */
export function s3Uploads(
  clients: Clients,
  callAws: CallAws,
): Pick<ObjectWriter, 'begin' | 'part' | 'parts' | 'complete' | 'abort'> {
  return {
    async begin(connection, { bucket, key, headers }, signal) {
      const answer = await callAws(
        { action: 's3:PutObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { CreateMultipartUploadCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = { Bucket: bucket, Key: key, ...writtenHeaders(headers) };
          return client.send(new CreateMultipartUploadCommand(request), options);
        },
        signal,
      );
      return answer.UploadId ?? '';
    },

    async part(connection, { bucket, key, upload, number, body }, signal) {
      const answer = await callAws(
        { action: 's3:PutObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { UploadPartCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = {
            Bucket: bucket,
            Key: key,
            UploadId: upload,
            PartNumber: number,
            Body: body,
            ContentMD5: md5Of(body),
          };
          return client.send(new UploadPartCommand(request), options);
        },
        signal,
      );
      return { number, etag: answer.ETag ?? '', bytes: body.length };
    },

    async parts(connection, { bucket, key, upload }, signal) {
      const found: UploadedPart[] = [];
      for (let marker: string | undefined; ;) {
        const page = await callAws(
          { action: 's3:ListMultipartUploadParts', target: `s3://${bucket}/${key}`, connection },
          async (options) => {
            const { ListPartsCommand } = await import('@aws-sdk/client-s3');
            const client = await clients.s3(connection);
            const request = { Bucket: bucket, Key: key, UploadId: upload, PartNumberMarker: marker };
            return client.send(new ListPartsCommand(request), options);
          },
          signal,
        );
        for (const { PartNumber = 0, ETag = '', Size = 0 } of page.Parts ?? [])
          found.push({ number: PartNumber, etag: ETag, bytes: Size });
        if (page.IsTruncated !== true || page.NextPartNumberMarker === undefined) return found;
        marker = page.NextPartNumberMarker;
      }
    },

    async complete(connection, { bucket, key, upload, parts, condition }, signal) {
      const target = `s3://${bucket}/${key}`;
      try {
        const answer = await callAws(
          { action: 's3:PutObject', target, connection },
          async (options) => {
            const { CompleteMultipartUploadCommand } = await import('@aws-sdk/client-s3');
            const client = await clients.s3(connection);
            const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
            const request = {
              Bucket: bucket,
              Key: key,
              UploadId: upload,
              MultipartUpload: { Parts },
              ...conditionHeaders(condition),
            };
            return client.send(new CompleteMultipartUploadCommand(request), options);
          },
          signal,
        );
        return {
          etag: answer.ETag ?? '',
          ...(answer.VersionId === undefined ? {} : { version: answer.VersionId }),
        };
      } catch (error) {
        // The answer to an attempt before may have been lost: the upload is over then, and its object is there.
        if (!(error instanceof Problem) || error.kind !== 'missing') throw error;
        const answer = await callAws(
          { action: 's3:GetObject', target, connection },
          async (options) => {
            const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
            const client = await clients.s3(connection);
            return client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), options);
          },
          signal,
        ).catch(() => undefined);
        if (answer?.ETag !== etagOfParts(parts)) throw error;
        return {
          etag: answer.ETag,
          ...(answer.VersionId === undefined ? {} : { version: answer.VersionId }),
        };
      }
    },

    async abort(connection, { bucket, key, upload }, signal) {
      try {
        await callAws(
          { action: 's3:AbortMultipartUpload', target: `s3://${bucket}/${key}`, connection },
          async (options) => {
            const { AbortMultipartUploadCommand } = await import('@aws-sdk/client-s3');
            const client = await clients.s3(connection);
            const request = { Bucket: bucket, Key: key, UploadId: upload };
            return client.send(new AbortMultipartUploadCommand(request), options);
          },
          signal,
        );
      } catch (error) {
        if (!(error instanceof Problem) || error.kind !== 'missing') throw error;
      }
    },
  };
}

/**
 * `"md5 of the parts' md5s-count"`, quoted: the ETag of an object made of parts, unless a KMS key encrypts it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
function etagOfParts(parts: readonly UploadedPart[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag.replaceAll('"', ''), 'hex'));
  return `"${hash.digest('hex')}-${parts.length}"`;
}
