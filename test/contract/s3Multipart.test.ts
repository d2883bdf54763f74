import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import * as S3 from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';

const mebi = 1024 ** 2;
const md5 = (body: Uint8Array): Buffer => createHash('md5').update(body).digest();

describe('uploads in parts on the local lake', () => {
  let lake: TestLake;
  let s3: S3.S3Client;
  const Bucket = 'box';
  before(async () => {
    lake = await startLake({ empty: true });
    s3 = clientsOf(lake).s3;
    await s3.send(new S3.CreateBucketCommand({ Bucket }));
  });
  after(() => lake.stop());

  const start = async (Key: string, more: Partial<S3.CreateMultipartUploadCommandInput> = {}) => {
    const { UploadId } = await s3.send(new S3.CreateMultipartUploadCommand({ Bucket, Key, ...more }));
    return { Bucket, Key, UploadId };
  };
  const part = async (
    upload: { Bucket: string; Key: string; UploadId: string | undefined },
    PartNumber: number,
    Body: Uint8Array,
  ) => {
    const { ETag } = await s3.send(new S3.UploadPartCommand({ ...upload, PartNumber, Body }));
    return { PartNumber, ETag };
  };

  test('two parts become one object with the ETag of parts, across a kill', async () => {
    const upload = await start('big.bin', { StorageClass: 'STANDARD_IA', Tagging: 'team=risk' });
    const bodies = [Buffer.alloc(5 * mebi, 'a'), Buffer.from('the end')];
    const first = await part(upload, 1, bodies[0] ?? Buffer.alloc(0));
    await lake.kill('SIGKILL');
    lake = await startLake({ empty: true, root: lake.root });
    s3 = clientsOf(lake).s3;
    const second = await part(upload, 2, bodies[1] ?? Buffer.alloc(0));
    const listed = await s3.send(new S3.ListPartsCommand({ ...upload, MaxParts: 1 }));
    assert.deepEqual(
      [listed.Parts?.map(({ Size }) => Size), listed.IsTruncated, listed.NextPartNumberMarker],
      [[5 * mebi], true, '1'],
    );
    const done = await s3.send(
      new S3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [first, second] } }),
    );
    const wanted = `"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-2"`;
    assert.equal(done.ETag, wanted);
    const head = await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'big.bin', PartNumber: 2 }));
    assert.deepEqual(
      [head.ETag, head.ContentLength, head.PartsCount, head.StorageClass, head.TagCount],
      [wanted, 7, 2, 'STANDARD_IA', 1],
    );
    const end = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'big.bin', Range: 'bytes=-7' }));
    assert.equal(await end.Body?.transformToString(), 'the end');
    await assert.rejects(s3.send(new S3.ListPartsCommand(upload)), { name: 'NoSuchUpload' });
  });

  test('a part but the last below 5 MiB, a wrong order, a wrong ETag and no part are refused', async () => {
    const upload = await start('small.bin');
    const parts = [await part(upload, 1, Buffer.from('a')), await part(upload, 2, Buffer.from('b'))];
    const complete = (Parts: S3.CompletedPart[], more = {}) =>
      s3.send(new S3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...more }));
    await assert.rejects(complete(parts), { name: 'EntityTooSmall' });
    await assert.rejects(complete(parts.toReversed()), { name: 'InvalidPartOrder' });
    await assert.rejects(complete([{ PartNumber: 1, ETag: '"0"' }]), { name: 'InvalidPart' });
    await assert.rejects(complete([]), { name: 'MalformedXML' });
    await assert.rejects(complete(parts.slice(1), { MpuObjectSize: 9 }), { name: 'InvalidRequest' });
    await assert.rejects(part(upload, 10_001, Buffer.from('a')), { name: 'InvalidArgument' });
    await complete(parts.slice(1), { IfNoneMatch: '*', MpuObjectSize: 1 });
    const again = await start('small.bin');
    const only = await part(again, 1, Buffer.from('c'));
    await assert.rejects(
      s3.send(
        new S3.CompleteMultipartUploadCommand({
          ...again,
          MultipartUpload: { Parts: [only] },
          IfNoneMatch: '*',
        }),
      ),
      { name: 'PreconditionFailed' },
    );
    await s3.send(new S3.AbortMultipartUploadCommand(again));
    await assert.rejects(s3.send(new S3.AbortMultipartUploadCommand(again)), { name: 'NoSuchUpload' });
  });

  test('a part is copied from a range of an object', async () => {
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'source é', Body: '0123456789' }));
    const upload = await start('copied.bin');
    const source = { CopySource: `${Bucket}/${encodeURIComponent('source é')}`, PartNumber: 1 };
    const copy = (more: object) => s3.send(new S3.UploadPartCopyCommand({ ...upload, ...source, ...more }));
    await assert.rejects(copy({ CopySourceRange: 'bytes=0-99' }), { name: 'InvalidArgument' });
    await assert.rejects(copy({ CopySourceIfMatch: '"other"' }), { name: 'PreconditionFailed' });
    const { CopyPartResult } = await copy({ CopySourceRange: 'bytes=2-5' });
    assert.equal(CopyPartResult?.ETag, `"${md5(Buffer.from('2345')).toString('hex')}"`);
    await s3.send(
      new S3.CompleteMultipartUploadCommand({
        ...upload,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag: CopyPartResult?.ETag }] },
      }),
    );
    const got = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'copied.bin' }));
    assert.equal(await got.Body?.transformToString(), '2345');
  });

  test('uploads that are under way are listed by key, paged and rolled up', async () => {
    for (const key of ['u/a', 'u/b/1', 'u/b/2', 'u/c', 'u/c']) await start(key);
    const keys: (string | undefined)[] = [];
    let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await s3.send(
        new S3.ListMultipartUploadsCommand({ Bucket, Prefix: 'u/', MaxUploads: 1, ...marker }),
      );
      keys.push(...(page.Uploads ?? []).map(({ Key }) => Key));
      if (page.IsTruncated !== true) break;
      marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
    assert.deepEqual(keys, ['u/a', 'u/b/1', 'u/b/2', 'u/c', 'u/c']);
    const rolled = await s3.send(
      new S3.ListMultipartUploadsCommand({ Bucket, Prefix: 'u/', Delimiter: '/' }),
    );
    assert.deepEqual(
      [rolled.Uploads?.length, rolled.CommonPrefixes?.map(({ Prefix }) => Prefix)],
      [3, ['u/b/']],
    );
  });
});
