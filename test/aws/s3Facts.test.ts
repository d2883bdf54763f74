import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openAws } from '../../src/aws/open';
import { Problem } from '../../src/base/problem';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';

const never = new AbortController().signal;
const bucket = 'facts-bucket';
const key = 'a b/100%.csv';

describe('object facts on the local lake', () => {
  let lake: TestLake;
  const facts = () => {
    const { region, endpoint } = lake;
    const ports = openAws({ log: { record: () => undefined }, attempts: 1, transport: { proxy: '' } });
    return { ports, connection: { name: 'demo', region, endpoint, readOnly: true, production: false } };
  };
  const put = async (
    path: string,
    options: { readonly body?: string; readonly headers?: Record<string, string> },
  ) => {
    const answer = await fetch(`${lake.endpoint}/${bucket}${path}`, { method: 'PUT', ...options });
    assert.ok(answer.ok, await answer.text());
  };
  before(async () => {
    isolateEnvironment();
    lake = await startLake({ empty: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    await put('', {});
    await put('?versioning', {
      body: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
    });
    await put(`/${encodeURIComponent(key)}`, {
      body: 'one,two',
      headers: {
        'content-type': 'text/csv',
        'x-amz-storage-class': 'STANDARD_IA',
        'x-amz-server-side-encryption': 'AES256',
        'x-amz-meta-source': 'test',
      },
    });
    await put(`/${encodeURIComponent(key)}?tagging`, {
      body: '<Tagging><TagSet><Tag><Key>team</Key><Value>risk + fraud</Value></Tag></TagSet></Tagging>',
    });
  });
  after(() => lake.stop());

  test('an object tells its class, encryption, version, type and metadata', async () => {
    const { ports, connection } = facts();
    const details = await ports.facts.details(connection, { bucket, key }, never);
    assert.equal(details.bytes, 7);
    assert.equal(details.storageClass, 'STANDARD_IA');
    assert.deepEqual(details.encryption, { algorithm: 'AES256' });
    assert.equal(details.contentType, 'text/csv');
    assert.deepEqual(details.metadata, { source: 'test' });
    assert.equal(typeof details.version, 'string');
    assert.equal(details.restore, undefined);
  });

  test('an object tells its tags, a bucket its versioning and encryption', async () => {
    const { ports, connection } = facts();
    assert.deepEqual(await ports.facts.tags(connection, { bucket, key }, never), { team: 'risk + fraud' });
    assert.deepEqual(await ports.facts.versioning(connection, { bucket }, never), {
      versioning: 'on',
      mfaDelete: false,
    });
    const encryption = await ports.facts.encryption(connection, { bucket }, never);
    assert.ok(encryption === undefined || encryption.algorithm === 'AES256');
  });

  test('a denial names its action and leaves the other facts', async () => {
    const { ports, connection } = facts();
    await lake.faults({ action: 's3:GetObjectTagging', kind: 'denied' });
    try {
      await assert.rejects(
        ports.facts.tags(connection, { bucket, key }, never),
        (error) =>
          error instanceof Problem &&
          error.kind === 'denied' &&
          error.message.includes('s3:GetObjectTagging'),
      );
      assert.equal((await ports.facts.details(connection, { bucket, key }, never)).bytes, 7);
    } finally {
      await lake.faults();
    }
  });
});
