import type { ObjectStore, StoredObject } from '../zones/objectStore';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { takeContents } from './listedContents';

/** S3 and whatever speaks its protocol. Keys are asked for URL-encoded, since XML cannot hold every key, and decoded here. */
export function s3Store(clients: Clients, callAws: CallAws): ObjectStore {
  return {
    async buckets(connection, { next }, signal) {
      const page = await callAws(
        { action: 's3:ListAllMyBuckets', target: 'the account', connection },
        async (options) => {
          const { ListBucketsCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          return client.send(new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken: next }), options);
        },
        signal,
      );
      return {
        items: (page.Buckets ?? []).map(({ Name = '', CreationDate }) => ({
          name: Name,
          ...(CreationDate === undefined ? {} : { createdAt: CreationDate }),
        })),
        ...(page.ContinuationToken ? { next: page.ContinuationToken } : {}),
      };
    },

    async list(connection, { bucket, prefix, delimiter, startAfter, next, limit }, signal) {
      let taken: readonly StoredObject[] = [];
      const page = await callAws(
        { action: 's3:ListBucket', target: `s3://${bucket}/${prefix}`, connection },
        async (options) => {
          const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const command = new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            Delimiter: delimiter,
            StartAfter: startAfter,
            ContinuationToken: next,
            MaxKeys: limit === undefined ? undefined : Math.min(Math.max(limit, 1), 1000),
            EncodingType: 'url',
          });
          // Innermost, so that the SDK's own reading of the answer finds all but the objects.
          command.middlewareStack.add(
            (send) => async (request) => {
              const answer = await send(request);
              taken = await takeContents(answer.response);
              return answer;
            },
            { step: 'deserialize', priority: 'low' },
          );
          return client.send(command, options);
        },
        signal,
      );
      const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key;
      return {
        prefixes: (page.CommonPrefixes ?? []).map((one) => decode(one.Prefix ?? '')),
        objects: [
          ...taken.map((one) => ({ ...one, key: decode(one.key) })),
          ...(page.Contents ?? []).map((one) => ({
            key: decode(one.Key ?? ''),
            ...factsOf({ ...one, bytes: one.Size }),
          })),
        ],
        ...(page.IsTruncated && page.NextContinuationToken ? { next: page.NextContinuationToken } : {}),
      };
    },

    async head(connection, { bucket, key }, signal) {
      const answer = await callAws(
        { action: 's3:GetObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          return client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), options);
        },
        signal,
      );
      return { key, ...factsOf({ ...answer, bytes: answer.ContentLength }) };
    },

    async read(connection, { bucket, key, range }, signal) {
      if (range !== undefined && range.end <= range.start) return new Uint8Array();
      const answer = await callAws(
        { action: 's3:GetObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { GetObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end - 1}`;
          for (let broken = 0; ; broken++) {
            const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }), options);
            try {
              // Inside the door, so that a body that breaks off becomes a Problem too.
              const bytes = (await got.Body?.transformToByteArray()) ?? new Uint8Array();
              return { $metadata: got.$metadata, bytes, whole: got.ContentRange === undefined };
            } catch (error) {
              // The SDK repeats calls, not bodies; half of one is as lost as none.
              if (broken > 0 || signal.aborted) throw error;
            }
          }
        },
        signal,
      );
      // A store may ignore the range and send everything.
      return range !== undefined && answer.whole
        ? answer.bytes.subarray(range.start, range.end)
        : answer.bytes;
    },
  };
}

function factsOf(raw: {
  readonly bytes: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
  readonly StorageClass?: string | undefined;
}): Omit<StoredObject, 'key'> {
  return {
    bytes: raw.bytes ?? 0,
    ...(raw.LastModified === undefined ? {} : { modifiedAt: raw.LastModified }),
    ...(raw.ETag === undefined ? {} : { etag: raw.ETag }),
    ...(raw.StorageClass === undefined ? {} : { storageClass: raw.StorageClass }),
  };
}

/** S3 encodes as forms do: a space is `+`. */
function decodeKey(key: string): string {
  if (!key.includes('%') && !key.includes('+')) return key;
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key; // a store that says `url` and does not encode
  }
}
