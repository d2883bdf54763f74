import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as S3 from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';
import { headerFaults, xmlFaults } from './xmlSchema';

describe('tags, archives, encryption, conditions and regions of S3 on the local lake', () => {
  let lake: TestLake;
  let s3: S3.S3Client;
  const Bucket = 'box';
  const put = (Key: string, Body: string, more: Partial<S3.PutObjectCommandInput> = {}) =>
    s3.send(new S3.PutObjectCommand({ Bucket, Key, Body, ...more }));
  const head = (Key: string) => s3.send(new S3.HeadObjectCommand({ Bucket, Key }));
  before(async () => {
    lake = await startLake({ empty: true });
    s3 = clientsOf(lake).s3;
    await s3.send(new S3.CreateBucketCommand({ Bucket }));
  });
  after(() => lake.stop());

  test('tags are put with an object, read, changed, removed and carried by a copy', async () => {
    const tags = async (Key: string) =>
      (await s3.send(new S3.GetObjectTaggingCommand({ Bucket, Key }))).TagSet?.map(
        ({ Key: name, Value }) => `${name}=${Value}`,
      );
    const set = (TagSet: S3.Tag[]) =>
      s3.send(new S3.PutObjectTaggingCommand({ Bucket, Key: 't', Tagging: { TagSet } }));
    await put('t', 'x', { Tagging: 'team=risk&class=a%20b' });
    assert.deepEqual([await tags('t'), (await head('t')).TagCount], [['team=risk', 'class=a b'], 2]);
    await set([{ Key: 'owner', Value: 'é' }]);
    assert.deepEqual(await tags('t'), ['owner=é']);
    const CopySource = `${Bucket}/t`;
    await s3.send(new S3.CopyObjectCommand({ Bucket, Key: 'same', CopySource }));
    await s3.send(
      new S3.CopyObjectCommand({
        Bucket,
        Key: 'other',
        CopySource,
        TaggingDirective: 'REPLACE',
        Tagging: 'a=b',
      }),
    );
    assert.deepEqual([await tags('same'), await tags('other')], [['owner=é'], ['a=b']]);
    await s3.send(new S3.DeleteObjectTaggingCommand({ Bucket, Key: 't' }));
    assert.deepEqual(await tags('t'), []);
    const many = Array.from({ length: 11 }, (_, at) => ({ Key: `k${at}`, Value: 'v' }));
    await assert.rejects(set(many), { name: 'BadRequest' });
    await assert.rejects(
      set([
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ]),
      { name: 'InvalidTag' },
    );
    await assert.rejects(put('t', 'x', { Tagging: `${'k'.repeat(129)}=v` }), { name: 'InvalidTag' });
  });

  test('an archived object is asked for, waited for and then given out', async () => {
    await put('cold', 'ice', { StorageClass: 'DEEP_ARCHIVE' });
    const restore = (more: Partial<S3.RestoreRequest> = {}) =>
      s3.send(new S3.RestoreObjectCommand({ Bucket, Key: 'cold', RestoreRequest: { Days: 2, ...more } }));
    const read = async () =>
      (await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'cold' }))).Body?.transformToString();
    await assert.rejects(read(), { name: 'InvalidObjectState' });
    await assert.rejects(
      s3.send(new S3.CopyObjectCommand({ Bucket, Key: 'warm', CopySource: `${Bucket}/cold` })),
      { name: 'InvalidObjectState' },
    );
    await assert.rejects(restore({ GlacierJobParameters: { Tier: 'Expedited' } }), {
      name: 'InvalidArgument',
    });
    await restore({ GlacierJobParameters: { Tier: 'Bulk' } });
    assert.equal((await head('cold')).Restore, 'ongoing-request="true"');
    await assert.rejects(restore(), { name: 'RestoreAlreadyInProgress' });
    await assert.rejects(read(), { name: 'InvalidObjectState' });
    const listed = await s3.send(
      new S3.ListObjectsV2Command({ Bucket, Prefix: 'cold', OptionalObjectAttributes: ['RestoreStatus'] }),
    );
    assert.equal(listed.Contents?.[0]?.RestoreStatus?.IsRestoreInProgress, true);
    await fetch(`${lake.endpoint}/_lake/restores`, { method: 'PUT' });
    assert.match(
      (await head('cold')).Restore ?? '',
      /^ongoing-request="false", expiry-date="\w{3}, \d{2} \w{3} \d{4} 00:00:00 GMT"$/,
    );
    assert.equal(await read(), 'ice');
    await put('hot', 'x');
    await assert.rejects(
      s3.send(new S3.RestoreObjectCommand({ Bucket, Key: 'hot', RestoreRequest: { Days: 1 } })),
      { name: 'InvalidObjectState' },
    );
  });

  test('encryption is told of buckets and objects', async () => {
    const usual = await s3.send(new S3.GetBucketEncryptionCommand({ Bucket }));
    assert.equal(
      usual.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
      'AES256',
    );
    assert.equal((await put('plain', 'x')).ServerSideEncryption, 'AES256');
    const KMSMasterKeyID = 'arn:aws:kms:us-east-1:111122223333:key/1';
    await s3.send(
      new S3.PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID },
              BucketKeyEnabled: true,
            },
          ],
        },
      }),
    );
    await put('secret', 'x');
    const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = await head('secret');
    assert.deepEqual(
      [ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled],
      ['aws:kms', KMSMasterKeyID, true],
    );
    await s3.send(new S3.DeleteBucketEncryptionCommand({ Bucket }));
    assert.equal((await put('plain', 'x')).ServerSideEncryption, 'AES256');
  });

  test('a write is refused when it would go over what another has written', async () => {
    const { ETag } = await put('w', 'one');
    await put('w', 'two', { IfMatch: ETag });
    await assert.rejects(put('w', 'three', { IfMatch: ETag }), { name: 'PreconditionFailed' });
    await assert.rejects(put('w', 'three', { IfNoneMatch: '*' }), { name: 'PreconditionFailed' });
    await assert.rejects(put('none', 'x', { IfMatch: ETag }), { name: 'NoSuchKey' });
    await assert.rejects(s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'w', IfMatch: ETag })), {
      name: 'PreconditionFailed',
    });
    const rules = [{ action: 's3:PutObject', kind: 'conflict', times: 1 }];
    await fetch(`${lake.endpoint}/_lake/faults`, { method: 'PUT', body: JSON.stringify({ rules }) });
    await assert.rejects(put('w', 'four', { IfMatch: ETag }), { name: 'ConditionalRequestConflict' });
    await assert.rejects(put('w', 'x', { StorageClass: 'ICE' as S3.StorageClass }), {
      name: 'InvalidStorageClass',
    });
  });

  test('of a list of keys only those with their ETag still are removed, and each is answered for itself', async () => {
    const { ETag } = await put('l/same', 'one');
    await put('l/other', 'two');
    const Objects = ['l/same', 'l/other', 'l/none'].map((Key) => ({ Key, ETag }));
    const answer = await s3.send(new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual(
      answer.Deleted?.map(({ Key }) => Key),
      ['l/same'],
    );
    assert.deepEqual(
      answer.Errors?.map(({ Key, Code }) => [Key, Code]),
      [
        ['l/other', 'PreconditionFailed'],
        ['l/none', 'NoSuchKey'],
      ],
    );
  });

  test('a copy is refused over what is not expected, and of a source that is another now', async () => {
    const { ETag } = await put('c/source', 'one');
    const copy = (Key: string, more: Partial<S3.CopyObjectCommandInput> = {}) =>
      s3.send(new S3.CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/c/source`, ...more }));
    await copy('c/new', { IfNoneMatch: '*', CopySourceIfMatch: ETag });
    await assert.rejects(copy('c/new', { IfNoneMatch: '*' }), { name: 'PreconditionFailed' });
    await assert.rejects(copy('c/new', { IfMatch: '"other"' }), { name: 'PreconditionFailed' });
    await copy('c/new', { IfMatch: ETag });
    await put('c/source', 'two');
    await assert.rejects(copy('c/newer', { CopySourceIfMatch: ETag }), { name: 'PreconditionFailed' });
  });

  test('a copy takes over what describes its source, or what the directive says', async () => {
    await put('m', 'x', { ContentType: 'text/csv', Metadata: { colour: 'blue' } });
    const copy = (Key: string, more: Partial<S3.CopyObjectCommandInput> = {}) =>
      s3.send(new S3.CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/m`, ...more }));
    await copy('m1', { StorageClass: 'STANDARD_IA' });
    const first = await head('m1');
    assert.deepEqual(
      [first.ContentType, first.Metadata, first.StorageClass],
      ['text/csv', { colour: 'blue' }, 'STANDARD_IA'],
    );
    await copy('m2', { MetadataDirective: 'REPLACE', ContentType: 'text/plain', Metadata: { size: 'big' } });
    const second = await head('m2');
    assert.deepEqual([second.ContentType, second.Metadata], ['text/plain', { size: 'big' }]);
    await assert.rejects(copy('m'), { name: 'InvalidRequest' });
    await copy('m', { StorageClass: 'ONEZONE_IA' });
    await assert.rejects(copy('m3', { CopySourceIfUnmodifiedSince: new Date(0) }), {
      name: 'PreconditionFailed',
    });
    await assert.rejects(copy('m1', { IfNoneMatch: '*' }), { name: 'PreconditionFailed' });
  });

  test('ranges from the end and past it', async () => {
    await put('r', 'hello lake');
    const range = async (Range: string) => {
      const got = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'r', Range }));
      return [await got.Body?.transformToString(), got.ContentRange];
    };
    assert.deepEqual(await range('bytes=-4'), ['lake', 'bytes 6-9/10']);
    assert.deepEqual(await range('bytes=-400'), ['hello lake', 'bytes 0-9/10']);
    assert.deepEqual(await range('bytes=6-400'), ['lake', 'bytes 6-9/10']);
    await assert.rejects(range('bytes=10-'), { name: 'InvalidRange' });
    await assert.rejects(range('bytes=-0'), { name: 'InvalidRange' });
  });

  test('keys that are hard to write are listed as url encoding writes them', async () => {
    const keys = ['h/a b', 'h/a+b', 'h/a%20b', 'h/é/ü', 'h//x', 'h/k=v:w', "h/(1)~!'*.txt", 'h/𝄞'];
    for (const key of keys) await put(key, 'x');
    const page = await s3.send(new S3.ListObjectsV2Command({ Bucket, Prefix: 'h/', EncodingType: 'url' }));
    const raw = page.Contents?.map(({ Key }) => Key ?? '') ?? [];
    assert.ok(raw.includes('h/a+b') && raw.includes('h/a%2Bb') && raw.includes('h/%281%29%7E%21%27*.txt'));
    assert.deepEqual(
      raw.map((key) => decodeURIComponent(key.replaceAll('+', ' '))),
      keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    const plain = await s3.send(new S3.ListObjectsV2Command({ Bucket, Prefix: 'h/', Delimiter: '/' }));
    assert.deepEqual(
      plain.CommonPrefixes?.map(({ Prefix }) => Prefix),
      ['h//', 'h/é/'],
    );
  });

  test('a bucket of another region sends the caller there', async () => {
    const there = new S3.S3Client({
      endpoint: lake.endpoint,
      region: 'eu-west-1',
      credentials: lake.credentials,
      forcePathStyle: true,
      maxAttempts: 1,
    });
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await there.send(new S3.CreateBucketCommand({ Bucket: 'far', CreateBucketConfiguration }));
    await there.send(new S3.PutObjectCommand({ Bucket: 'far', Key: 'a', Body: 'x' }));
    await assert.rejects(
      s3.send(new S3.ListObjectsV2Command({ Bucket: 'far' })),
      (error: S3.S3ServiceException) => {
        assert.equal(error.name, 'PermanentRedirect');
        assert.equal(error.$metadata.httpStatusCode, 301);
        assert.equal(error.$response?.headers['x-amz-bucket-region'], 'eu-west-1');
        return true;
      },
    );
    const where = await s3.send(new S3.GetBucketLocationCommand({ Bucket: 'far' }));
    assert.equal(where.LocationConstraint, 'eu-west-1');
    const { Buckets } = await s3.send(
      new S3.ListBucketsCommand({ BucketRegion: 'eu-west-1', MaxBuckets: 5 }),
    );
    assert.deepEqual(
      Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion]),
      [['far', 'eu-west-1']],
    );
  });

  const answers = [
    ['versions', S3.ListObjectVersions$],
    ['versioning', S3.GetBucketVersioning$],
    ['uploads', S3.ListMultipartUploads$],
  ] as const;
  for (const [path, operation] of answers) {
    test(`the answer of ?${path} has the shape of the SDK`, async () => {
      const response = await fetch(`${lake.endpoint}/${Bucket}?${path}`);
      assert.deepEqual(xmlFaults(operation, await response.text()), []);
      assert.deepEqual(headerFaults(operation, response.headers), []);
    });
  }
});
