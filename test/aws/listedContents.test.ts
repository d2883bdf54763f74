import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partContents } from '../../src/aws/listedContents';

const whole = (inside: string): string =>
  `<?xml version="1.0"?><ListBucketResult>${inside}</ListBucketResult>\n`;

test('objects and common prefixes are taken out of a listing and the rest stays', () => {
  const xml = whole(
    '<IsTruncated>false</IsTruncated><Contents><Key>a%20b</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;x&#39;&#x41;&quot;</ETag><Size>12</Size><StorageClass>GLACIER</StorageClass></Contents><CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes><Contents><Size>0</Size><Key>&lt;&amp;&gt;</Key></Contents>',
  );
  assert.deepEqual(partContents(xml), {
    rest: whole('<IsTruncated>false</IsTruncated>'),
    prefixes: ['p/'],
    objects: [
      {
        key: 'a%20b',
        bytes: 12,
        modifiedAt: new Date('2026-01-02T03:04:05Z'),
        etag: '"x\'A"',
        storageClass: 'GLACIER',
      },
      { key: '<&>', bytes: 0 },
    ],
  });
});

test('what is no whole listing is left to the SDK', () => {
  for (const xml of [
    '',
    '<Error><Code>SlowDown</Code></Error>',
    whole('<Contents><Key>a</Key><Size>1</Size></Contents>').slice(0, 60),
    whole('<Contents><Key>a</Key><Size>many</Size></Contents>'),
    whole('<Contents><Size>1</Size></Contents>'),
    whole('<Contents><Key>a</Key><LastModified>soon</LastModified></Contents>'),
    whole('<Contents><Key>a</Key>'),
    whole('<CommonPrefixes><Prefix>a/'),
  ]) {
    assert.equal(partContents(xml), undefined, xml);
  }
});
