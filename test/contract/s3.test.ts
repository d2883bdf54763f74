import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as S3 from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';

describe('S3 on the local lake', () => {
  let lake: TestLake;
  let s3: S3.S3Client;
  const Bucket = 'box';
  const put = (Key: string, Body: string, more: Partial<S3.PutObjectCommandInput> = {}) =>
    s3.send(new S3.PutObjectCommand({ Bucket, Key, Body, ...more }));
  const body = async (Key: string, more: Partial<S3.GetObjectCommandInput> = {}) =>
    (await s3.send(new S3.GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();
  before(async () => {
    lake = await startLake({ empty: true });
    s3 = clientsOf(lake).s3;
    await s3.send(new S3.CreateBucketCommand({ Bucket }));
  });
  after(() => lake.stop());

  test('keys that are no file names are kept apart, and survive a kill', async () => {
    const keys = [
      'a',
      'a/',
      'a/b',
      'A',
      'a//b',
      'a/../b',
      'x/'.repeat(300) + 'y',
      'é ü%20',
      `${'l'.repeat(900)}1`,
      `${'l'.repeat(900)}2`,
      'a.txt',
      'a.txt/b',
    ];
    for (const key of keys) await put(key, `body of ${key}`);
    for (const key of keys) assert.equal(await body(key), `body of ${key}`);
    await lake.kill('SIGKILL');
    lake = await startLake({ empty: true, root: lake.root });
    s3 = clientsOf(lake).s3;
    const { Contents } = await s3.send(new S3.ListObjectsV2Command({ Bucket }));
    assert.deepEqual(
      Contents?.map(({ Key }) => Key),
      keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    await s3.send(new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
    assert.equal((await s3.send(new S3.ListObjectsV2Command({ Bucket }))).KeyCount, 0);
  });

  test('listings are paged, with prefixes rolled up once', async () => {
    for (let at = 0; at < 25; at++) await put(`p/dt=${at % 5}/f${at}`, 'x');
    const pages: (readonly [number, number])[] = [];
    const prefixes: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new S3.ListObjectsV2Command({ Bucket, Prefix: 'p/', Delimiter: '/', MaxKeys: 2, ContinuationToken }),
      );
      pages.push([page.Contents?.length ?? 0, page.CommonPrefixes?.length ?? 0]);
      prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    assert.deepEqual(pages, [
      [0, 2],
      [0, 2],
      [0, 1],
    ]);
    assert.deepEqual(
      prefixes,
      [0, 1, 2, 3, 4].map((at) => `p/dt=${at}/`),
    );
    const after4 = await s3.send(
      new S3.ListObjectsV2Command({ Bucket, Prefix: 'p/', StartAfter: 'p/dt=4/f19', EncodingType: 'url' }),
    );
    assert.deepEqual(
      after4.Contents?.map(({ Key }) => Key),
      ['p/dt%3D4/f24', 'p/dt%3D4/f4', 'p/dt%3D4/f9'],
    );
  });

  test('parts of objects are read, and conditions are kept', async () => {
    const { ETag } = await put('r.txt', 'hello lake');
    assert.equal(await body('r.txt', { Range: 'bytes=0-3' }), 'hell');
    assert.equal(await body('r.txt', { Range: 'bytes=-4' }), 'lake');
    assert.equal(await body('r.txt', { IfMatch: ETag }), 'hello lake');
    await assert.rejects(body('r.txt', { Range: 'bytes=99-' }), { name: 'InvalidRange' });
    await assert.rejects(body('r.txt', { IfMatch: '"other"' }), { name: 'PreconditionFailed' });
    await assert.rejects(put('r.txt', 'again', { IfNoneMatch: '*' }), { name: 'PreconditionFailed' });
    await assert.rejects(body('none'), { name: 'NoSuchKey' });
    await assert.rejects(s3.send(new S3.ListObjectsV2Command({ Bucket: 'no-such-box' })), {
      name: 'NoSuchBucket',
    });
  });

  test('storage classes are told, and archived objects are not given out', async () => {
    await put('cold', 'x', { StorageClass: 'GLACIER' });
    assert.equal((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'cold' }))).StorageClass, 'GLACIER');
    await assert.rejects(body('cold'), { name: 'InvalidObjectState' });
  });

  test('what is not implemented is refused by name', async () => {
    await assert.rejects(s3.send(new S3.GetBucketCorsCommand({ Bucket })), {
      name: 'NotImplemented',
      message: /cors/,
    });
    await assert.rejects(put('acl', 'x', { ACL: 'private' }), {
      name: 'NotImplemented',
      message: /x-amz-acl/,
    });
  });

  test('copies carry the content', async () => {
    await put('from dir/é.txt', 'copied');
    await s3.send(
      new S3.CopyObjectCommand({
        Bucket,
        Key: 'to.txt',
        CopySource: `${Bucket}/${encodeURIComponent('from dir/é.txt')}`,
      }),
    );
    assert.equal(await body('to.txt'), 'copied');
  });

  test('troubles come as asked and end', async () => {
    await lake.faults({ action: 's3:ListObjectsV2', kind: 'slowdown', times: 1 });
    await assert.rejects(s3.send(new S3.ListObjectsV2Command({ Bucket })), { name: 'SlowDown' });
    await s3.send(new S3.ListObjectsV2Command({ Bucket }));
    await lake.faults({ action: 's3:*', kind: 'expired', after: 1 });
    await s3.send(new S3.HeadBucketCommand({ Bucket }));
    await assert.rejects(s3.send(new S3.ListObjectsV2Command({ Bucket })), { name: 'ExpiredToken' });
    await lake.faults({ action: 's3:*', kind: 'reset' });
    await assert.rejects(s3.send(new S3.ListObjectsV2Command({ Bucket })), /ECONNRESET|socket hang up/);
    await lake.faults({ action: 's3:GetObject', kind: 'half' });
    await assert.rejects(body('to.txt'));
    await lake.faults();
    assert.equal(await body('to.txt'), 'copied');
  });

  test('a million keys are listed without being there', async () => {
    await lake.synthetic({ keys: [{ bucket: Bucket, prefix: 'huge/', count: 1_000_000 }] });
    const { Contents, IsTruncated } = await s3.send(
      new S3.ListObjectsV2Command({ Bucket, Prefix: 'huge/', StartAfter: 'huge/part-0999000.parquet' }),
    );
    assert.deepEqual(
      [Contents?.length, Contents?.at(-1)?.Key, IsTruncated],
      [999, 'huge/part-0999999.parquet', false],
    );
  });

  test('key ids that begin with EXPIRED or DENIED are refused', async () => {
    const as = (accessKeyId: string) =>
      clientsOf({ ...lake, credentials: { accessKeyId, secretAccessKey: 'x' } });
    await assert.rejects(as('EXPIRED1').s3.send(new S3.ListBucketsCommand({})), { name: 'ExpiredToken' });
    await assert.rejects(as('DENIED1').s3.send(new S3.ListBucketsCommand({})), { name: 'AccessDenied' });
    await assert.rejects(as('EXPIRED1').sts.send(new GetCallerIdentityCommand({})), { name: 'ExpiredToken' });
    assert.equal((await as('ANY').sts.send(new GetCallerIdentityCommand({}))).Account, '111122223333');
  });
});
