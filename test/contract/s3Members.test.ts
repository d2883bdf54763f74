import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as S3 from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';
import { inputMembers } from './schema';

type Members = readonly string[];

const bucket = ['Bucket', 'ExpectedBucketOwner'];
const reading = [
  ...bucket,
  'Key',
  'IfMatch',
  'IfModifiedSince',
  'IfNoneMatch',
  'IfUnmodifiedSince',
  'Range',
  'ResponseCacheControl',
  'ResponseContentDisposition',
  'ResponseContentEncoding',
  'ResponseContentLanguage',
  'ResponseContentType',
  'ResponseExpires',
  'RequestPayer',
  'ChecksumMode',
  'VersionId',
  'PartNumber',
];
const described = [
  'ContentType',
  'ContentEncoding',
  'Metadata',
  'StorageClass',
  'Tagging',
  'ServerSideEncryption',
  'SSEKMSKeyId',
];
const digests = ['ChecksumCRC32', 'ChecksumSHA1', 'ChecksumSHA256', 'ChecksumSHA512'];
const copied = [
  'CopySource',
  'CopySourceIfMatch',
  'CopySourceIfModifiedSince',
  'CopySourceIfNoneMatch',
  'CopySourceIfUnmodifiedSince',
  'ExpectedSourceBucketOwner',
];
const ofPart = [...bucket, 'Key', 'UploadId', 'PartNumber', 'RequestPayer'];
const versioned = [...bucket, 'Key', 'VersionId'];

// What the local lake honours of each operation; every other member of the SDK's schema is refused by name.
const honoured: Readonly<Record<string, Members>> = {
  ListBuckets: ['MaxBuckets', 'ContinuationToken', 'Prefix', 'BucketRegion'],
  GetBucketLocation: bucket,
  ListObjectsV2: [
    ...bucket,
    'Delimiter',
    'EncodingType',
    'MaxKeys',
    'Prefix',
    'ContinuationToken',
    'FetchOwner',
    'StartAfter',
    'RequestPayer',
    'OptionalObjectAttributes',
  ],
  ListObjectVersions: [
    ...bucket,
    'Delimiter',
    'EncodingType',
    'KeyMarker',
    'MaxKeys',
    'Prefix',
    'VersionIdMarker',
    'RequestPayer',
    'OptionalObjectAttributes',
  ],
  GetBucketVersioning: bucket,
  PutBucketVersioning: [...bucket, 'VersioningConfiguration', 'ContentMD5', 'ChecksumAlgorithm'],
  GetBucketEncryption: bucket,
  PutBucketEncryption: [...bucket, 'ServerSideEncryptionConfiguration', 'ContentMD5', 'ChecksumAlgorithm'],
  DeleteBucketEncryption: bucket,
  GetBucketLifecycleConfiguration: bucket,
  PutBucketLifecycleConfiguration: [
    ...bucket,
    'ChecksumAlgorithm',
    'LifecycleConfiguration',
    'TransitionDefaultMinimumObjectSize',
  ],
  DeleteBucketLifecycle: bucket,
  GetObjectTagging: [...versioned, 'RequestPayer'],
  PutObjectTagging: [...versioned, 'Tagging', 'ContentMD5', 'ChecksumAlgorithm', 'RequestPayer'],
  DeleteObjectTagging: versioned,
  RestoreObject: [...versioned, 'RestoreRequest', 'ChecksumAlgorithm'],
  CreateMultipartUpload: [...bucket, 'Key', 'RequestPayer', ...described],
  UploadPart: [...ofPart, 'Body', 'ContentLength', 'ContentMD5', 'ChecksumAlgorithm', ...digests],
  UploadPartCopy: [...ofPart, ...copied, 'CopySourceRange'],
  CompleteMultipartUpload: [
    ...bucket,
    'Key',
    'UploadId',
    'MultipartUpload',
    'MpuObjectSize',
    'RequestPayer',
    'IfMatch',
    'IfNoneMatch',
  ],
  AbortMultipartUpload: [...bucket, 'Key', 'UploadId', 'RequestPayer'],
  ListParts: [...bucket, 'Key', 'UploadId', 'MaxParts', 'PartNumberMarker', 'RequestPayer'],
  ListMultipartUploads: [
    ...bucket,
    'Delimiter',
    'EncodingType',
    'KeyMarker',
    'MaxUploads',
    'Prefix',
    'UploadIdMarker',
    'RequestPayer',
  ],
  HeadBucket: bucket,
  CreateBucket: ['Bucket'],
  DeleteBucket: bucket,
  HeadObject: reading,
  GetObject: reading,
  CopyObject: [
    ...bucket,
    'Key',
    ...copied,
    'IfMatch',
    'IfNoneMatch',
    'MetadataDirective',
    'TaggingDirective',
    ...described,
  ],
  PutObject: [
    ...bucket,
    'Key',
    'Body',
    'ContentLength',
    'ContentMD5',
    'IfMatch',
    'IfNoneMatch',
    'ChecksumAlgorithm',
    ...digests,
    ...described,
  ],
  DeleteObject: [...versioned, 'IfMatch', 'RequestPayer'],
  DeleteObjects: [...bucket, 'Delete', 'ChecksumAlgorithm', 'RequestPayer'],
};

// Members whose value the SDK reads, or which change what the call is about.
const values: Readonly<Record<string, unknown>> = {
  Bucket: 'box',
  Key: 'one',
  CopySource: 'box/one',
  Delete: { Objects: [{ Key: 'other' }] },
  ChecksumAlgorithm: 'SHA256',
  ChecksumMode: 'ENABLED',
  Body: 'x',
  ContentLength: 1,
  Metadata: { colour: 'blue' },
  CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: 'b' }] },
  RequestPayer: 'requester',
  EncodingType: 'url',
  Tagging: 'team=risk',
  VersioningConfiguration: { Status: 'Suspended' },
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
  },
  LifecycleConfiguration: {
    Rules: [{ ID: 'a', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }],
  },
  RestoreRequest: { Days: 1 },
  MultipartUpload: { Parts: [{ PartNumber: 1, ETag: 'a' }] },
  UploadId: 'none',
  IfNoneMatch: '*',
  PartNumber: 1,
  OptionalObjectAttributes: ['RestoreStatus'],
};
// Members that differ from one operation to another.
const own: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  PutObjectTagging: { Tagging: { TagSet: [{ Key: 'team', Value: 'risk' }] } },
};
// What a member is called on the wire where the SDK gives it no name of its own there.
const wireNames: Readonly<Record<string, RegExp>> = {
  CreateBucketConfiguration: /CreateBucketConfiguration/,
  SSECustomerKey: /server-side-encryption-customer/,
  SSEKMSKeyId: /server-side-encryption-aws-kms-key-id/,
  SSEKMSEncryptionContext: /server-side-encryption-context/,
  CopySourceSSECustomerKey: /copy-source-server-side-encryption-customer/,
};

const needs = [
  'Bucket',
  'Key',
  'CopySource',
  'Delete',
  'Body',
  'UploadId',
  'PartNumber',
  'MultipartUpload',
  'VersioningConfiguration',
  'ServerSideEncryptionConfiguration',
  'LifecycleConfiguration',
  'Tagging',
  'RestoreRequest',
];
// What an operation can do without is sent only when it is its turn.
function optional(name: string, member: string): boolean {
  if (member === 'PartNumber') return !name.startsWith('UploadPart');
  return member === 'Tagging' && name !== 'PutObjectTagging';
}

describe('each member of an input of S3 is honoured or refused by name', () => {
  let lake: TestLake;
  let s3: S3.S3Client;
  before(async () => {
    lake = await startLake({ empty: true });
    s3 = clientsOf(lake).s3;
    await s3.send(new S3.CreateBucketCommand({ Bucket: 'box' }));
    await s3.send(new S3.PutObjectCommand({ Bucket: 'box', Key: 'one', Body: 'x' }));
  });
  after(() => lake.stop());

  for (const [name, members] of Object.entries(honoured)) {
    const library = S3 as unknown as Readonly<Record<string, unknown>>;
    const schema = library[`${name}$`];
    const all = inputMembers(schema);
    test(`${name}: ${members.length} of ${all.length} members`, async () => {
      assert.deepEqual(
        members.filter((member) => !all.includes(member)),
        [],
        'the SDK knows every member that is honoured',
      );
      const command = library[`${name}Command`] as new (input: object) => S3.ListBucketsCommand;
      const needed = Object.fromEntries(
        needs
          .filter((member) => all.includes(member) && !optional(name, member))
          .map((member) => [member, own[name]?.[member] ?? values[member]]),
      );
      for (const member of all) {
        await lake.clearCalls();
        const given = own[name]?.[member] ?? values[member] ?? exampleOf(schema, member);
        const error: unknown = await s3
          .send(new command({ ...needed, [member]: given }))
          .then(() => undefined)
          .catch((thrown: unknown) => thrown);
        const [call] = await lake.calls();
        assert.ok(call, `${member} did not reach the lake: ${String(error)}`);
        assert.equal(
          call.code === 'NotImplemented',
          !members.includes(member),
          `${member}: ${String(error)}`,
        );
        // The answer to a HEAD has no body that could name it.
        if (call.code !== 'NotImplemented' || name.startsWith('Head')) continue;
        assert.match(String(error), wireNames[member] ?? wireName(schema, member), member);
      }
    });
  }

  test('what is honoured has an effect', async () => {
    const place = { Bucket: 'box', Key: 'one' };
    await s3.send(new S3.PutObjectCommand({ ...place, Body: 'hello' }));
    await assert.rejects(
      s3.send(new S3.GetObjectCommand({ ...place, ExpectedBucketOwner: '999999999999' })),
      { name: 'AccessDenied' },
    );
    await assert.rejects(s3.send(new S3.PutObjectCommand({ ...place, Body: 'x', ChecksumSHA256: 'AAAA' })), {
      name: 'BadDigest',
    });
    const part = await s3.send(new S3.HeadObjectCommand({ ...place, Range: 'bytes=1-2' }));
    assert.deepEqual([part.ContentLength, part.ContentRange], [2, 'bytes 1-2/5']);
    await assert.rejects(
      s3.send(
        new S3.CreateBucketCommand({
          Bucket: 'other',
          CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
        }),
      ),
      { name: 'IllegalLocationConstraintException' },
    );
    await assert.rejects(
      s3.send(
        new S3.DeleteObjectsCommand({
          Bucket: 'box',
          Delete: { Objects: [{ Key: 'one', Size: 5 }] },
        }),
      ),
      /Size of the objects/,
    );
  });
});

/** The traits and kind of an input member. */
function memberSchema(operation: unknown, member: string): { kind: unknown; traits: unknown } {
  const input = resolved((operation as readonly unknown[])[4]) as readonly unknown[];
  const at = (input[4] as Members).indexOf(member);
  const schema = resolved((input[5] as readonly unknown[])[at]);
  if (!Array.isArray(schema) || schema.length !== 2) return { kind: schema, traits: undefined };
  const [kind, traits]: readonly unknown[] = schema;
  return { kind: resolved(kind), traits };
}

function exampleOf(operation: unknown, member: string): unknown {
  const { kind } = memberSchema(operation, member);
  if (kind === 1) return 1;
  if (kind === 2) return true;
  if (typeof kind === 'number' && kind >= 4 && kind <= 7) return new Date(0);
  return 'eA==';
}

function wireName(operation: unknown, member: string): RegExp {
  const { traits } = memberSchema(operation, member);
  const { httpHeader, httpQuery } = traits as { readonly httpHeader?: string; readonly httpQuery?: string };
  return new RegExp((httpHeader ?? httpQuery ?? member).toLowerCase(), 'i');
}

function resolved(schema: unknown): unknown {
  return typeof schema === 'function' ? resolved((schema as () => unknown)()) : schema;
}
