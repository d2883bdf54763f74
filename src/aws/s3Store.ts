import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import type { Connection } from '../connection/connection';
import { keyPageOf } from '../zones/keyPage';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { partContents, takeFrom, type Parted } from './listedContents';
import { partKeyPage, type PartedKeyPage } from './listedKeyPage';
import { decodeKey } from './listedKeys';

/** S3 and whatever speaks its protocol. Keys are asked for URL-encoded, since XML cannot hold every key, and decoded here. */
export function s3Store(clients: Clients, callAws: CallAws): ObjectStore {
  /** One page; `part` takes the objects out of its XML before the SDK reads the rest. */
  const listed = async <T extends { readonly rest: string }>(
    connection: Connection,
    request: Parameters<ObjectStore['list']>[1] & { readonly part: (body: Buffer) => T | undefined },
    signal: AbortSignal,
  ) => {
    const { bucket, prefix, limit, part } = request;
    let taken: T | undefined;
    const page = await callAws(
      { action: 's3:ListBucket', target: `s3://${bucket}/${prefix}`, connection },
      async (options) => {
        const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
        const client = await clients.s3(connection);
        const command = new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          Delimiter: request.delimiter,
          StartAfter: request.startAfter,
          ContinuationToken: request.next,
          MaxKeys: limit === undefined ? undefined : Math.min(Math.max(limit, 1), 1000),
          EncodingType: 'url',
        });
        // Innermost, so that the SDK's own reading of the answer finds all but the objects.
        command.middlewareStack.add(
          (send) => async (sent) => {
            const answer = await send(sent);
            taken = await takeFrom(answer.response, part);
            return answer;
          },
          { step: 'deserialize', priority: 'low' },
        );
        return client.send(command, options);
      },
      signal,
    );
    return { page, taken };
  };

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

    async list(connection, request, signal) {
      const { page, taken } = await listed(connection, { ...request, part: objectsIn }, signal);
      const decode = decoderOf(page);
      return {
        prefixes: [
          ...(taken?.prefixes ?? []),
          ...(page.CommonPrefixes ?? []).map((one) => one.Prefix ?? ''),
        ].map(decode),
        objects: storedIn(page, taken?.objects),
        ...nextOf(page),
      };
    },

    async keys(connection, request, signal) {
      const { page, taken } = await listed(connection, { ...request, part: keysIn }, signal);
      if (taken?.kind === 'keys') return { rows: taken.page, ...nextOf(page) };
      return { rows: keyPageOf(storedIn(page, taken?.objects)), ...nextOf(page) };
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

    async read(connection, { bucket, key, range, etag }, signal) {
      if (range !== undefined && range.end <= range.start) return new Uint8Array();
      const answer = await callAws(
        { action: 's3:GetObject', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { GetObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end - 1}`;
          for (let broken = 0; ; broken++) {
            const request = { Bucket: bucket, Key: key, Range, IfMatch: etag };
            const got = await client.send(new GetObjectCommand(request), options);
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

function objectsIn(body: Buffer): (Parted & { readonly kind: 'objects' }) | undefined {
  const parted = partContents(body.toString('utf8'));
  return parted === undefined ? undefined : { kind: 'objects', ...parted };
}

function keysIn(body: Buffer): (PartedKeyPage & { readonly kind: 'keys' }) | ReturnType<typeof objectsIn> {
  const parted = partKeyPage(body);
  return parted === undefined ? objectsIn(body) : { kind: 'keys', ...parted };
}

/** The objects that were taken out of a page, and those that the SDK's own parser found in what was not ours to read. */
function storedIn(page: ListObjectsV2CommandOutput, taken: readonly StoredObject[] = []): StoredObject[] {
  const decode = decoderOf(page);
  const left = (page.Contents ?? []).map((one) => ({
    key: one.Key ?? '',
    ...factsOf({ ...one, bytes: one.Size }),
  }));
  return [...taken, ...left].map((one) => {
    const key = decode(one.key);
    return key === one.key ? one : { ...one, key };
  });
}

function decoderOf({ EncodingType }: ListObjectsV2CommandOutput): (key: string) => string {
  return EncodingType === 'url' ? decodeKey : (key) => key;
}

function nextOf(page: ListObjectsV2CommandOutput): { readonly next?: string } {
  return page.IsTruncated && page.NextContinuationToken ? { next: page.NextContinuationToken } : {};
}
