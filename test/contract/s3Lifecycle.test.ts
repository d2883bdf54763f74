import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as S3 from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';

describe('lifecycle rules on the local lake', () => {
  let lake: TestLake;
  let s3: S3.S3Client;
  const Bucket = 'box';
  before(async () => {
    lake = await startLake({ empty: true });
    s3 = clientsOf(lake).s3;
    await s3.send(new S3.CreateBucketCommand({ Bucket }));
  });
  after(() => lake.stop());

  const apply = (Rules: S3.LifecycleRule[], more: Partial<S3.PutBucketLifecycleConfigurationRequest> = {}) =>
    s3.send(
      new S3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules }, ...more }),
    );
  const rule = (more: Partial<S3.LifecycleRule>): S3.LifecycleRule => ({
    ID: 'one',
    Status: 'Enabled',
    Filter: { Prefix: 'logs/' },
    ...more,
  });

  test('what is applied is read back as it was, across a kill, until it is deleted', async () => {
    await assert.rejects(s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket })), {
      name: 'NoSuchLifecycleConfiguration',
    });
    const rules: S3.LifecycleRule[] = [
      rule({
        Transitions: [
          { Days: 30, StorageClass: 'STANDARD_IA' },
          { Days: 90, StorageClass: 'GLACIER' },
        ],
        Expiration: { Days: 400 },
      }),
      rule({
        ID: 'two <&> "quoted"',
        Status: 'Disabled',
        Filter: {
          And: {
            Prefix: 'a b/é',
            Tags: [
              { Key: 'team', Value: 'risk' },
              { Key: 'class', Value: '' },
            ],
            ObjectSizeGreaterThan: 1000,
          },
        },
        NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: 'ONEZONE_IA' }],
        NoncurrentVersionExpiration: { NoncurrentDays: 60, NewerNoncurrentVersions: 3 },
      }),
      rule({
        ID: 'three',
        Filter: { Prefix: '' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      }),
      rule({
        ID: 'four',
        Filter: { Tag: { Key: 'a', Value: 'b' } },
        Expiration: { Date: new Date('2030-01-01') },
      }),
    ];
    await apply(rules, { TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' });
    await lake.kill('SIGKILL');
    lake = await startLake({ empty: true, root: lake.root });
    s3 = clientsOf(lake).s3;
    const read = await s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }));
    assert.deepEqual(read.Rules, rules);
    assert.equal(read.TransitionDefaultMinimumObjectSize, 'varies_by_storage_class');
    await s3.send(new S3.DeleteBucketLifecycleCommand({ Bucket }));
    await assert.rejects(s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket })), {
      name: 'NoSuchLifecycleConfiguration',
    });
  });

  test('a rule without a name is given one', async () => {
    await apply([{ Status: 'Enabled', Prefix: '', Expiration: { Days: 1 } }]);
    const { Rules } = await s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }));
    assert.match(Rules?.[0]?.ID ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(Rules?.[0]?.Prefix, '');
  });

  const days = (Days: number, StorageClass: S3.TransitionStorageClass) => ({ Days, StorageClass });
  const refused: readonly (readonly [what: string, rules: S3.LifecycleRule[], code: string, text: RegExp])[] =
    [
      ['no rule', [], 'MalformedXML', /not well-formed/],
      ['no action', [rule({})], 'InvalidRequest', /At least one action/],
      ['neither filter nor prefix', [{ Status: 'Enabled', Expiration: { Days: 1 } }], 'MalformedXML', /./],
      ['a filter and a prefix', [rule({ Prefix: 'a', Expiration: { Days: 1 } })], 'MalformedXML', /./],
      [
        'an And with one predicate',
        [rule({ Filter: { And: { Prefix: 'a' } }, Expiration: { Days: 1 } })],
        'MalformedXML',
        /./,
      ],
      [
        'one name twice',
        [rule({ Expiration: { Days: 1 } }), rule({ Expiration: { Days: 1 } })],
        'InvalidArgument',
        /Rule ID must be unique/,
      ],
      [
        'a name of 256 characters',
        [rule({ ID: 'x'.repeat(256), Expiration: { Days: 1 } })],
        'InvalidArgument',
        /255/,
      ],
      ['expiry after no days', [rule({ Expiration: { Days: 0 } })], 'InvalidArgument', /positive integer/],
      [
        'two kinds of expiry',
        [rule({ Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } })],
        'MalformedXML',
        /./,
      ],
      [
        'IA before 30 days',
        [rule({ Transitions: [days(29, 'STANDARD_IA')] })],
        'InvalidArgument',
        /greater than or equal to 30 for storageClass 'STANDARD_IA'/,
      ],
      [
        'Glacier less than 30 days after IA',
        [rule({ Transitions: [days(30, 'STANDARD_IA'), days(59, 'GLACIER')] })],
        'InvalidArgument',
        /'GLACIER' for filter '\(prefix=logs\/\)' must be 30 days more/,
      ],
      [
        'a warmer class after a colder one',
        [rule({ Transitions: [days(200, 'GLACIER'), days(100, 'DEEP_ARCHIVE')] })],
        'InvalidArgument',
        /'DEEP_ARCHIVE'/,
      ],
      [
        'one class twice',
        [rule({ Transitions: [days(40, 'GLACIER'), days(80, 'GLACIER')] })],
        'InvalidRequest',
        /'StorageClass' must be different/,
      ],
      [
        'expiry before a transition',
        [rule({ Transitions: [days(40, 'GLACIER')], Expiration: { Days: 40 } })],
        'InvalidArgument',
        /must be greater than 'Days' in the Transition action/,
      ],
      [
        'days and dates in one rule',
        [rule({ Transitions: [days(40, 'GLACIER')], Expiration: { Date: new Date('2030-01-01') } })],
        'InvalidRequest',
        /mixed 'Date' and 'Days'/,
      ],
      [
        'a date that is no midnight',
        [rule({ Expiration: { Date: new Date('2030-01-01T10:00:00Z') } })],
        'InvalidArgument',
        /midnight GMT/,
      ],
      [
        'abort by tag',
        [
          rule({
            Filter: { Tag: { Key: 'a', Value: 'b' } },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          }),
        ],
        'InvalidRequest',
        /cannot be specified with Tags/,
      ],
      [
        'abort by size',
        [
          rule({
            Filter: { ObjectSizeGreaterThan: 1 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          }),
        ],
        'InvalidRequest',
        /Object Size/,
      ],
      [
        'sizes the wrong way round',
        [
          rule({
            Filter: { And: { ObjectSizeGreaterThan: 5, ObjectSizeLessThan: 5 } },
            Expiration: { Days: 1 },
          }),
        ],
        'InvalidRequest',
        /ObjectSizeLessThan/,
      ],
      [
        'a version kept in IA before 30 days',
        [rule({ NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'ONEZONE_IA' }] })],
        'InvalidArgument',
        /'NoncurrentDays'/,
      ],
      [
        'a hundred and one newer versions',
        [rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 101 } })],
        'InvalidArgument',
        /NewerNoncurrentVersions/,
      ],
      [
        'a class there is none of',
        [rule({ Transitions: [days(30, 'ICE' as S3.TransitionStorageClass)] })],
        'MalformedXML',
        /./,
      ],
      [
        'a status there is none of',
        [rule({ Status: 'On' as 'Enabled', Expiration: { Days: 1 } })],
        'MalformedXML',
        /./,
      ],
    ];
  for (const [what, rules, name, message] of refused) {
    test(`${what} is refused with ${name}, and the rules stay as they were`, async () => {
      await apply([rule({ ID: 'kept', Expiration: { Days: 5 } })]);
      await assert.rejects(apply(rules), { name, message });
      const { Rules } = await s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }));
      assert.deepEqual(
        Rules?.map(({ ID }) => ID),
        ['kept'],
      );
    });
  }
});

test('the rules of the demo lake are such as S3 takes, and its broken upload is listed', async () => {
  const lake = await startLake();
  try {
    const { s3 } = clientsOf(lake);
    const Bucket = 'centralbank-data-lake';
    const { Rules } = await s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }));
    assert.deepEqual(
      Rules?.map(({ ID, Transitions }) => [ID, Transitions?.length]),
      [
        ['raw-data-lifecycle', 3],
        ['processed-data-lifecycle', 1],
        ['temp-cleanup', undefined],
      ],
    );
    await s3.send(
      new S3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
    );
    assert.deepEqual((await s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules, Rules);
    const { Uploads } = await s3.send(new S3.ListMultipartUploadsCommand({ Bucket }));
    assert.deepEqual(
      Uploads?.map(({ Initiated }) => Initiated?.toISOString()),
      ['2024-01-18T06:30:00.000Z'],
    );
  } finally {
    await lake.stop();
  }
});
