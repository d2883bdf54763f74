import type { ObjectHeaders, ObjectWriter, Written } from '../transfer/objectWriter';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { conditionHeaders, headersFrom, md5Of, writtenHeaders } from './s3Headers';
import { s3Copies } from './s3Copies';
import { s3Removal } from './s3Removal';
import { s3Uploads } from './s3Uploads';

/** Writes to S3 and whatever speaks its protocol. */
export function s3Writer(clients: Clients, callAws: CallAws): ObjectWriter {
  return {
    ...s3Uploads(clients, callAws),
    ...s3Copies(clients, callAws),
    ...s3Removal(clients, callAws),

    async describe(connection, { bucket, key }, signal) {
      const answer = await callAws(
        { action: 's3:GetObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          return client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), options);
        },
        signal,
      );
      return {
        bytes: answer.ContentLength ?? 0,
        etag: answer.ETag ?? '',
        ...(answer.LastModified === undefined ? {} : { modifiedAt: answer.LastModified }),
        headers: headersFrom(answer),
        tagCount: answer.TagCount ?? 0,
      };
    },

    async put(connection, { bucket, key, body, condition, headers }, signal) {
      const answer = await callAws(
        { action: 's3:PutObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { PutObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = {
            Bucket: bucket,
            Key: key,
            Body: body,
            ContentMD5: md5Of(body),
            ...conditionHeaders(condition),
            ...writtenHeaders(withType(headers)),
          };
          return client.send(new PutObjectCommand(request), options);
        },
        signal,
      );
      return written(answer);
    },
  };
}

/** The SDK would say `application/octet-stream` where nothing is said, as S3 itself does. */
function withType(headers: ObjectHeaders): ObjectHeaders {
  return { contentType: 'binary/octet-stream', ...headers };
}

function written(answer: {
  readonly ETag?: string | undefined;
  readonly VersionId?: string | undefined;
}): Written {
  return {
    etag: answer.ETag ?? '',
    ...(answer.VersionId === undefined ? {} : { version: answer.VersionId }),
  };
}
