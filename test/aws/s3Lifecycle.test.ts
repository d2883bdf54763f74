import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openAws } from '../../src/aws/open';
import { allItems, type Page } from '../../src/base/page';
import { Problem } from '../../src/base/problem';
import type { BucketLifecycle, IncompleteUpload, ObjectVersion } from '../../src/storage/bucketStorage';
import { isSameLifecycle } from '../../src/storage/lifecycleChanges';
import { lifecycleText, readLifecycleText, startingLifecycle } from '../../src/storage/lifecycleText';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';

const never = new AbortController().signal;
const bucket = 'kept';

describe('what decides how long a bucket of the local lake is billed', () => {
  let lake: TestLake;
  const open = () => {
    const { region, endpoint } = lake;
    const { storage } = openAws({ log: { record: () => undefined }, attempts: 1, transport: { proxy: '' } });
    return { storage, connection: { name: 'demo', region, endpoint, readOnly: false, production: false } };
  };
  const send = async (method: string, path: string, body?: string): Promise<string> => {
    const answer = await fetch(`${lake.endpoint}/${bucket}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });
    assert.ok(answer.ok, path);
    return await answer.text();
  };
  before(async () => {
    isolateEnvironment();
    lake = await startLake({ empty: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    await send('PUT', '');
  });
  after(() => lake.stop());

  test('a bucket without rules says so, and one that is not there is a problem', async () => {
    const { storage, connection } = open();
    assert.equal(await storage.lifecycle(connection, { bucket }, never), undefined);
    await assert.rejects(
      storage.lifecycle(connection, { bucket: 'nowhere' }, never),
      (error: Problem) => error.kind === 'missing',
    );
  });

  test('every form of a rule comes back as it was put, with its minimum size, until it is deleted', async () => {
    const { storage, connection } = open();
    const lifecycle: BucketLifecycle = {
      minimumSize: 'varies_by_storage_class',
      rules: [
        {
          ID: 'tiers',
          Status: 'Enabled',
          Filter: {
            And: {
              Prefix: 'a b/é',
              Tags: [
                { Key: 'team', Value: 'risk & co' },
                { Key: 'empty', Value: '' },
              ],
              ObjectSizeGreaterThan: 131072,
            },
          },
          Transitions: [{ Date: '2027-01-01T00:00:00Z', StorageClass: 'GLACIER_IR' }],
          Expiration: { Date: '2028-01-01T00:00:00Z' },
          NoncurrentVersionTransitions: [
            { NoncurrentDays: 30, NewerNoncurrentVersions: 2, StorageClass: 'STANDARD_IA' },
          ],
          NoncurrentVersionExpiration: { NoncurrentDays: 400 },
        },
        { ID: 'all', Status: 'Disabled', Filter: {}, Expiration: { ExpiredObjectDeleteMarker: true } },
        ...startingLifecycle.rules,
      ],
    };
    await storage.putLifecycle(connection, { bucket, lifecycle }, never);
    const back = await storage.lifecycle(connection, { bucket }, never);
    assert.ok(isSameLifecycle(back, lifecycle), JSON.stringify(back));
    // As a document too.
    assert.deepEqual(readLifecycleText(lifecycleText(bucket, back ?? startingLifecycle), bucket), back);
    await storage.deleteLifecycle(connection, { bucket }, never);
    assert.equal(await storage.lifecycle(connection, { bucket }, never), undefined);
  });

  test('a rule that S3 refuses is one sentence that says why', async () => {
    const { storage, connection } = open();
    const rules = [
      {
        Status: 'Enabled',
        Filter: { Prefix: '' },
        Transitions: [{ Days: 3, StorageClass: 'STANDARD_IA' }],
      },
    ];
    const lifecycle = { rules, minimumSize: 'all_storage_classes_128K' as const };
    await assert.rejects(storage.putLifecycle(connection, { bucket, lifecycle }, never), {
      name: 'Problem',
      message:
        "S3 did not accept s3:PutLifecycleConfiguration on s3://kept: 'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'.",
    });
    const dated = [{ Status: 'Enabled', Filter: {}, Expiration: { Date: 'some day' } }];
    await assert.rejects(
      storage.putLifecycle(connection, { bucket, lifecycle: { ...lifecycle, rules: dated } }, never),
      /some day is no date/,
    );
  });

  test('incomplete uploads are listed page by page with odd keys, and their parts are added up', async () => {
    const { storage, connection } = open();
    const keys = ['raw/a b+c%.csv', 'raw/é.csv', 'other/x'];
    for (const key of keys) {
      const path = `/${encodeURIComponent(key)}`;
      const id = /<UploadId>([^<]+)/.exec(await send('POST', `${path}?uploads`))?.[1] ?? '';
      await send('PUT', `${path}?partNumber=1&uploadId=${encodeURIComponent(id)}`, 'x'.repeat(700));
      await send('PUT', `${path}?partNumber=2&uploadId=${encodeURIComponent(id)}`, 'y'.repeat(50));
    }
    const request = { bucket, prefix: 'raw/', limit: 1 };
    const load = (next: string | undefined): Promise<Page<IncompleteUpload>> =>
      storage.uploads(connection, { ...request, ...(next === undefined ? {} : { next }) }, never);
    const found: IncompleteUpload[] = [];
    for await (const upload of allItems(load)) found.push(upload);
    assert.deepEqual(
      found.map(({ key }) => key),
      ['raw/a b+c%.csv', 'raw/é.csv'],
    );
    assert.ok(
      found.every(({ startedAt, storageClass }) => startedAt !== undefined && storageClass === 'STANDARD'),
    );
    const [first] = found;
    assert.ok(first);
    assert.deepEqual(await storage.uploadBytes(connection, { bucket, ...first }, never), {
      bytes: 750,
      more: false,
    });
  });

  test('versions and delete markers are told apart, over pages', async () => {
    const { storage, connection } = open();
    await send(
      'PUT',
      '?versioning',
      '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
    );
    for (const body of ['1', '22', '333']) await send('PUT', '/v/a', body);
    await send('DELETE', '/v/a');
    for (const key of ['b', 'c d', 'é']) await send('PUT', `/v/${encodeURIComponent(key)}`, 'x');
    const all: ObjectVersion[] = [];
    let pages = 0;
    const request = { bucket, prefix: 'v/', limit: 3 };
    const load = (next: string | undefined): Promise<Page<ObjectVersion>> => {
      pages += 1;
      return storage.versions(connection, { ...request, ...(next === undefined ? {} : { next }) }, never);
    };
    for await (const version of allItems(load)) all.push(version);
    assert.equal(pages, 3);
    assert.deepEqual(
      all.slice(4).map(({ key }) => key),
      ['v/b', 'v/c d', 'v/é'],
    );
    const own = all.filter(({ key }) => key === 'v/a');
    assert.deepEqual(own.map(({ kind, latest, bytes }) => [kind, latest, bytes]).toSorted(), [
      ['marker', true, 0],
      ['version', false, 1],
      ['version', false, 2],
      ['version', false, 3],
    ]);
  });
});
