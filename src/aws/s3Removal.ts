import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectWriter, RemovedObject, RemoveOutcome } from '../transfer/objectWriter';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { problemFrom } from './faults';

/** Removes objects and delete markers. */
export function s3Removal(clients: Clients, callAws: CallAws): Pick<ObjectWriter, 'remove' | 'marker'> {
  const removeMany = async (
    connection: Connection,
    request: { readonly bucket: string; readonly objects: readonly RemovedObject[] },
    signal: AbortSignal,
  ): Promise<readonly RemoveOutcome[]> => {
    const { bucket, objects } = request;
    const answer = await callAws(
      { action: actionOf(objects), target: `s3://${bucket}`, connection },
      async (options) => {
        const { DeleteObjectsCommand } = await import('@aws-sdk/client-s3');
        const client = await clients.s3(connection);
        const Objects = objects.map(({ key, etag, version }) => ({
          Key: key,
          ETag: etag,
          VersionId: version,
        }));
        // Not quiet: the answer names the delete markers, which are the way back.
        return client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }), options);
      },
      signal,
    );
    const failed = new Map((answer.Errors ?? []).map((one) => [one.Key ?? '', one]));
    const removed = new Map((answer.Deleted ?? []).map((one) => [one.Key ?? '', one]));
    return objects.map((object): RemoveOutcome => {
      const { key } = object;
      const error = failed.get(key);
      if (error !== undefined) {
        const named = Object.assign(new Error(error.Message ?? ''), {
          name: error.Code ?? 'Unknown',
          $fault: 'client',
        });
        const call = { action: actionOf([object]), target: `s3://${bucket}/${key}`, connection };
        return outcomeOf(key, problemFrom(named, call));
      }
      const marker = object.version === undefined ? removed.get(key)?.DeleteMarkerVersionId : undefined;
      return { kind: 'removed', key, ...(marker === undefined ? {} : { marker }) };
    });
  };

  const removeOne = async (
    connection: Connection,
    { bucket, object }: { readonly bucket: string; readonly object: RemovedObject },
    signal: AbortSignal,
  ): Promise<RemoveOutcome> => {
    const { key, etag, version } = object;
    try {
      const answer = await callAws(
        { action: actionOf([object]), target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = { Bucket: bucket, Key: key, IfMatch: etag, VersionId: version };
          return client.send(new DeleteObjectCommand(request), options);
        },
        signal,
      );
      const made = version === undefined && answer.DeleteMarker === true;
      return {
        kind: 'removed',
        key,
        ...(made && answer.VersionId !== undefined ? { marker: answer.VersionId } : {}),
      };
    } catch (error) {
      if (error instanceof Problem && outcomeOf(key, error).kind !== 'failed') return outcomeOf(key, error);
      throw error;
    }
  };

  return {
    async remove(connection, { bucket, objects }, signal) {
      const [only] = objects;
      if (only !== undefined && objects.length === 1)
        return [await removeOne(connection, { bucket, object: only }, signal)];
      const outcomes: RemoveOutcome[] = [];
      const writable = objects.filter(({ key }) => !unwritable.test(key));
      if (writable.length > 0)
        outcomes.push(...(await removeMany(connection, { bucket, objects: writable }, signal)));
      for (const object of objects.filter(({ key }) => unwritable.test(key)))
        outcomes.push(await removeOne(connection, { bucket, object }, signal));
      return outcomes;
    },

    async marker(connection, { bucket, key }, signal) {
      const page = await callAws(
        { action: 's3:ListBucketVersions', target: `s3://${bucket}/${key}`, connection },
        async (options) => {
          const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
          const client = await clients.s3(connection);
          const request = { Bucket: bucket, Prefix: key, MaxKeys: 1, EncodingType: 'url' as const };
          return client.send(new ListObjectVersionsCommand(request), options);
        },
        signal,
      );
      // The first key below a prefix is the prefix itself, its newest version first.
      const [newest] = page.DeleteMarkers ?? [];
      const found = decodeURIComponent((newest?.Key ?? '').replaceAll('+', ' '));
      if (newest?.IsLatest !== true || newest.VersionId === undefined || found !== key) return undefined;
      const { VersionId, LastModified } = newest;
      return { version: VersionId, ...(LastModified === undefined ? {} : { modifiedAt: LastModified }) };
    },
  };
}

/** Characters that XML 1.0 cannot hold, so that a list of keys cannot name them. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function actionOf(objects: readonly RemovedObject[]): string {
  return objects.some(({ version }) => version !== undefined) ? 's3:DeleteObjectVersion' : 's3:DeleteObject';
}

function outcomeOf(key: string, problem: Problem | undefined): RemoveOutcome {
  if (problem?.kind === 'missing' && !isBucket(problem)) return { kind: 'gone', key };
  if (problem?.kind === 'changed') return { kind: 'changed', key };
  return {
    kind: 'failed',
    key,
    problem: problem ?? new Problem(`S3 did not remove ${key}: try again.`, 'other'),
  };
}

function isBucket({ cause }: Problem): boolean {
  return cause instanceof Error && cause.name === 'NoSuchBucket';
}
