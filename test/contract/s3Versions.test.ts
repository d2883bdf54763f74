import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as S3 from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';

describe('versions of objects on the local lake', () => {
  let lake: TestLake;
  let s3: S3.S3Client;
  const Bucket = 'box';
  before(async () => {
    lake = await startLake({ empty: true });
    s3 = clientsOf(lake).s3;
    await s3.send(new S3.CreateBucketCommand({ Bucket }));
  });
  after(() => lake.stop());

  const put = async (Key: string, Body: string) =>
    (await s3.send(new S3.PutObjectCommand({ Bucket, Key, Body }))).VersionId;
  const body = async (Key: string, VersionId?: string) =>
    (await s3.send(new S3.GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
  const versioning = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const all = async (Prefix: string, MaxKeys?: number) => {
    const found: string[] = [];
    const request = { Bucket, Prefix, MaxKeys };
    let page = await s3.send(new S3.ListObjectVersionsCommand(request));
    for (;;) {
      for (const { Key, VersionId, IsLatest } of page.Versions ?? [])
        found.push(`${Key} ${VersionId}${IsLatest === true ? ' latest' : ''}`);
      for (const { Key, VersionId, IsLatest } of page.DeleteMarkers ?? [])
        found.push(`${Key} ${VersionId} deleted${IsLatest === true ? ' latest' : ''}`);
      if (page.IsTruncated !== true) return found;
      page = await s3.send(
        new S3.ListObjectVersionsCommand({
          ...request,
          KeyMarker: page.NextKeyMarker,
          VersionIdMarker: page.NextVersionIdMarker,
        }),
      );
    }
  };

  test('before versions are kept there is one, with the id null', async () => {
    assert.equal((await s3.send(new S3.GetBucketVersioningCommand({ Bucket }))).Status, undefined);
    assert.equal(await put('old', 'first'), undefined);
    assert.deepEqual(await all('old'), ['old null latest']);
  });

  test('what is overwritten and deleted stays, across a kill, and comes back', async () => {
    await versioning('Enabled');
    assert.equal((await s3.send(new S3.GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
    const second = (await put('old', 'second')) ?? '';
    const third = (await put('old', 'third')) ?? '';
    const gone = await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'old' }));
    assert.equal(gone.DeleteMarker, true);
    await lake.kill('SIGKILL');
    lake = await startLake({ empty: true, root: lake.root });
    s3 = clientsOf(lake).s3;
    await assert.rejects(body('old'), { name: 'NoSuchKey' });
    assert.deepEqual(
      [await body('old', 'null'), await body('old', second), await body('old', third)],
      ['first', 'second', 'third'],
    );
    assert.equal((await s3.send(new S3.ListObjectsV2Command({ Bucket, Prefix: 'old' }))).KeyCount, 0);
    const wanted = [`old ${gone.VersionId} deleted latest`, `old ${third}`, `old ${second}`, 'old null'];
    assert.deepEqual((await all('old')).toSorted(), wanted.toSorted());
    assert.deepEqual((await all('old', 1)).toSorted(), wanted.toSorted());
    await assert.rejects(body('old', gone.VersionId), { name: 'MethodNotAllowed' });
    await assert.rejects(body('old', 'nope'), { name: 'NoSuchVersion' });
    // Removing the marker brings the newest back; removing that brings the one before.
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'old', VersionId: gone.VersionId }));
    assert.equal(await body('old'), 'third');
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'old', VersionId: third }));
    assert.equal(await body('old'), 'second');
    await s3.send(
      new S3.CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/old?versionId=null` }),
    );
    assert.equal(await body('copy'), 'first');
  });

  test('while versions are suspended, the version null is written over and the others stay', async () => {
    const kept = (await put('s', 'kept')) ?? '';
    await versioning('Suspended');
    assert.equal(await put('s', 'a'), 'null');
    assert.equal(await put('s', 'b'), 'null');
    assert.deepEqual(await all('s'), ['s null latest', `s ${kept}`]);
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 's' }));
    assert.deepEqual((await all('s')).toSorted(), [`s ${kept}`, 's null deleted latest'].toSorted());
    await versioning('Enabled');
  });

  test('many are deleted at once, each with its own answer', async () => {
    const one = (await put('d/1', 'a')) ?? '';
    await put('d/2', 'a');
    await put('d/denied', 'a');
    const wish = { action: 's3:DeleteObject', key: 'd/denied', kind: 'denied' };
    await fetch(`${lake.endpoint}/_lake/faults`, { method: 'PUT', body: JSON.stringify({ rules: [wish] }) });
    const { Deleted, Errors } = await s3.send(
      new S3.DeleteObjectsCommand({
        Bucket,
        Delete: {
          Objects: [
            { Key: 'd/1', VersionId: one },
            { Key: 'd/2' },
            { Key: 'd/denied' },
            { Key: 'd/2', ETag: '"other"' },
          ],
        },
      }),
    );
    await lake.faults();
    assert.deepEqual(
      [
        Deleted?.map(({ Key, DeleteMarker }) => [Key, DeleteMarker]),
        Errors?.map(({ Key, Code }) => [Key, Code]),
      ],
      [
        [
          ['d/1', undefined],
          ['d/2', true],
        ],
        [
          ['d/denied', 'AccessDenied'],
          ['d/2', 'NoSuchKey'],
        ],
      ],
    );
    await assert.rejects(s3.send(new S3.DeleteBucketCommand({ Bucket })), { name: 'BucketNotEmpty' });
  });

  test('listings of versions roll prefixes up', async () => {
    for (const key of ['r/a/1', 'r/a/2', 'r/b']) await put(key, 'x');
    const page = await s3.send(
      new S3.ListObjectVersionsCommand({ Bucket, Prefix: 'r/', Delimiter: '/', MaxKeys: 1 }),
    );
    assert.deepEqual(
      [page.CommonPrefixes?.map(({ Prefix }) => Prefix), page.IsTruncated, page.NextKeyMarker],
      [['r/a/'], true, 'r/a/'],
    );
    const rest = await s3.send(
      new S3.ListObjectVersionsCommand({ Bucket, Prefix: 'r/', Delimiter: '/', KeyMarker: 'r/a/' }),
    );
    assert.deepEqual([rest.CommonPrefixes, rest.Versions?.map(({ Key }) => Key)], [undefined, ['r/b']]);
  });
});
