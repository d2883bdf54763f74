import type {
  DeleteMarkerEntry,
  GetBucketLifecycleConfigurationCommandOutput,
  LifecycleRule,
} from '@aws-sdk/client-s3';
import { Problem } from '../base/problem';
import type { BucketStorage, MinimumSize, RuleValue } from '../storage/bucketStorage';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** What Get-, Put- and DeleteBucketLifecycle, ListMultipartUploads, ListParts and ListObjectVersions tell and do. */
export function s3Lifecycle(clients: Clients, callAws: CallAws): BucketStorage {
  return {
    async lifecycle(connection, { bucket }, signal) {
      let answer: GetBucketLifecycleConfigurationCommandOutput;
      try {
        answer = await callAws(
          { action: 's3:GetLifecycleConfiguration', target: `s3://${bucket}`, connection },
          async (options) => {
            const { GetBucketLifecycleConfigurationCommand } = await import('@aws-sdk/client-s3');
            const client = await clients.s3(connection);
            return client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }), options);
          },
          signal,
        );
      } catch (error) {
        // S3's way to say that there are no rules.
        if (error instanceof Problem && error.cause instanceof Error && error.cause.name === noRules)
          return undefined;
        throw error;
      }
      return {
        rules: (answer.Rules ?? []).map((rule) => plain(rule) as RuleValue),
        minimumSize: minimumOf(answer.TransitionDefaultMinimumObjectSize),
      };
    },

    async putLifecycle(connection, { bucket, lifecycle }, signal) {
      await callAws(
        { action: 's3:PutLifecycleConfiguration', target: `s3://${bucket}`, connection },
        async (options) => {
          const { PutBucketLifecycleConfigurationCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const command = new PutBucketLifecycleConfigurationCommand({
            Bucket: bucket,
            TransitionDefaultMinimumObjectSize: lifecycle.minimumSize,
            LifecycleConfiguration: { Rules: lifecycle.rules.map((rule) => dated(rule) as LifecycleRule) },
          });
          return client.send(command, options);
        },
        signal,
      );
    },

    async deleteLifecycle(connection, { bucket }, signal) {
      await callAws(
        // One permission for both: there is no s3:DeleteLifecycleConfiguration.
        { action: 's3:PutLifecycleConfiguration', target: `s3://${bucket}`, connection },
        async (options) => {
          const { DeleteBucketLifecycleCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          return client.send(new DeleteBucketLifecycleCommand({ Bucket: bucket }), options);
        },
        signal,
      );
    },

    async uploads(connection, { bucket, prefix, next, limit }, signal) {
      const [key, id] = markers(next);
      const page = await callAws(
        { action: 's3:ListBucketMultipartUploads', target: `s3://${bucket}/${prefix}`, connection },
        async (options) => {
          const { ListMultipartUploadsCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const command = new ListMultipartUploadsCommand({
            Bucket: bucket,
            Prefix: prefix,
            EncodingType: 'url',
            KeyMarker: key,
            UploadIdMarker: id,
            MaxUploads: limit,
          });
          return client.send(command, options);
        },
        signal,
      );
      const decode = decoder(page.EncodingType);
      return {
        items: (page.Uploads ?? []).map(({ Key = '', UploadId = '', Initiated, StorageClass }) => ({
          key: decode(Key),
          id: UploadId,
          storageClass: StorageClass ?? 'STANDARD',
          ...(Initiated === undefined ? {} : { startedAt: Initiated }),
        })),
        ...(page.IsTruncated
          ? { next: marker(decode(page.NextKeyMarker ?? ''), page.NextUploadIdMarker) }
          : {}),
      };
    },

    async uploadBytes(connection, { bucket, key, id }, signal) {
      const page = await callAws(
        { action: 's3:ListMultipartUploadParts', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { ListPartsCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          return client.send(new ListPartsCommand({ Bucket: bucket, Key: key, UploadId: id }), options);
        },
        signal,
      );
      const bytes = (page.Parts ?? []).reduce((sum, { Size = 0 }) => sum + Size, 0);
      return { bytes, more: page.IsTruncated === true };
    },

    async versions(connection, { bucket, prefix, next, limit }, signal) {
      const [key, id] = markers(next);
      const page = await callAws(
        { action: 's3:ListBucketVersions', target: `s3://${bucket}/${prefix}`, connection },
        async (options) => {
          const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const command = new ListObjectVersionsCommand({
            Bucket: bucket,
            Prefix: prefix,
            EncodingType: 'url',
            KeyMarker: key,
            VersionIdMarker: id,
            MaxKeys: limit,
          });
          return client.send(command, options);
        },
        signal,
      );
      const decode = decoder(page.EncodingType);
      const facts = (one: DeleteMarkerEntry) => ({
        key: decode(one.Key ?? ''),
        latest: one.IsLatest === true,
        ...(one.LastModified === undefined ? {} : { modifiedAt: one.LastModified }),
      });
      return {
        items: [
          ...(page.Versions ?? []).map((one) => ({
            ...facts(one),
            kind: 'version' as const,
            bytes: one.Size ?? 0,
            storageClass: one.StorageClass ?? 'STANDARD',
          })),
          ...(page.DeleteMarkers ?? []).map((one) => ({
            ...facts(one),
            kind: 'marker' as const,
            bytes: 0,
            storageClass: 'STANDARD',
          })),
        ],
        ...(page.IsTruncated
          ? { next: marker(decode(page.NextKeyMarker ?? ''), page.NextVersionIdMarker) }
          : {}),
      };
    },
  };
}

const noRules = 'NoSuchLifecycleConfiguration';

function minimumOf(told: string | undefined): MinimumSize {
  return told === 'varies_by_storage_class' ? told : 'all_storage_classes_128K';
}

/** The SDK's values as JSON: dates as texts, and no key without a value. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inside]) => (inside === undefined ? [] : [[key, plain(inside)]])),
  );
}

/** JSON as the SDK takes it: its dates are Dates. */
function dated(value: unknown, name = ''): unknown {
  if (name === 'Date' && typeof value === 'string') {
    const at = new Date(value);
    if (Number.isNaN(at.getTime()))
      throw new Problem(`${value} is no date: write one as 2026-01-31T00:00:00Z.`, 'invalid');
    return at;
  }
  if (Array.isArray(value)) return value.map((item) => dated(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, dated(inside, key)]));
}

/** Two markers as one token. */
function marker(key: string, id: string | undefined): string {
  return JSON.stringify([key, id ?? null]);
}

function markers(next: string | undefined): readonly [key: string | undefined, id: string | undefined] {
  if (next === undefined) return [undefined, undefined];
  const [key, id] = JSON.parse(next) as readonly [string, string | null];
  return [key, id ?? undefined];
}

/** S3 encodes as forms do, where it was asked to: a space is `+`. */
function decoder(encoding: string | undefined): (key: string) => string {
  return encoding === 'url' ? (key) => decodeURIComponent(key.replaceAll('+', ' ')) : (key) => key;
}
