import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { objectPage } from '../../src/trees/zonesObjectPage';
import { statisticsPage, zoneStatisticsPage } from '../../src/trees/zonesStatisticsPage';
import type { ObjectFacts } from '../../src/zones/objectDetails';
import { readObject } from '../../src/zones/readObject';
import { prefixStatistics } from '../../src/zones/statistics';
import { connection } from '../support/fakes';
import { keyStore } from '../zones/keyStore';

const never = new AbortController().signal;
const now = new Date(Date.UTC(2026, 0, 31, 12));
const at = (day: number): Date => new Date(Date.UTC(2026, 0, day, 8));

test('the page of statistics tells sizes, formats, classes and partitions, and when they were counted', async () => {
  const objects = [
    ...Array.from({ length: 150 }, (_, index) => ({
      key: `p/dt=2026-01-0${1 + (index % 3)}/${index}.csv`,
      bytes: 1000,
      modifiedAt: at(1),
    })),
    {
      key: 'p/dt=2026-01-03/big|`x`.parquet',
      bytes: 3 * 2 ** 30,
      modifiedAt: at(30),
      storageClass: 'GLACIER',
    },
  ];
  const place = { bucket: 'b', prefix: 'p/' };
  const statistics = await prefixStatistics({ store: keyStore(objects).store, connection }, { place }, never);
  const page = statisticsPage({ place, at: new Date(now.getTime() - 7_200_000), statistics }, now);
  assert.equal(
    page,
    `# \`s3://b/p/\`

Counted 2026-01-31 10:00 UTC (2 h ago) by 1 request, <$0.001 at list price. *Recount Statistics* in the menu of the node counts anew.

⚠ 99 % of the 151 objects are under 1 MB: queries spend their time opening files; write fewer and larger ones.

- **Objects**: 151
- **Size**: 3 GB (3,221,375,472 bytes)
- **Average**: 20 MB
- **Newest**: 2026-01-30 08:00 UTC (28 h ago)
- **Oldest**: 2026-01-01 08:00 UTC

## Sizes

| Size of an object | Objects | Of the objects | Size | Of the size |
| --- | --- | --- | --- | --- |
| under 128 KB | 150 | ████████████████████ 99 % | 146 KB | under 1 % |
| 1 GB and more | 1 | █ under 1 % | 3 GB | 100 % |

## Formats

| Format | Objects | Size | Of the size |
| --- | --- | --- | --- |
| Parquet | 1 | 3 GB | 100 % |
| CSV | 150 | 146 KB | under 1 % |

## Storage classes

| Class | Objects | Size | Of the size |
| --- | --- | --- | --- |
| GLACIER | 1 | 3 GB | 100 % |
| STANDARD | 150 | 146 KB | under 1 % |

## By dt

3 values.

| dt | Objects | Size | Beside the largest shown | Newest |
| --- | --- | --- | --- | --- |
| \`2026-01-03\` | 51 | 3 GB | ████████████████████ | 28 h ago |
| \`2026-01-02\` | 50 | 49 KB | █ | 30 days ago |
| \`2026-01-01\` | 50 | 49 KB | █ | 30 days ago |

## Largest objects

| Object | Size |
| --- | --- |
| \`\` dt=2026-01-03/big\\|\`x\`.parquet \`\` | 3 GB |
${statistics.largest
  .slice(1)
  .map(({ key }) => `| \`${key.slice(2)}\` | 1,000 B |`)
  .join('\n')}
`,
  );
});

test('an empty prefix has a page too, and a zone’s page keeps the places that were denied', async () => {
  const place = { bucket: 'b', prefix: 'none/' };
  const statistics = await prefixStatistics({ store: keyStore([]).store, connection }, { place }, never);
  const kept = { place, at: now, statistics };
  assert.match(statisticsPage(kept, now), /\*\*Objects\*\*: 0/);
  const zone = zoneStatisticsPage(
    'raw',
    [
      { place, kept },
      { place: { bucket: 'c', prefix: '' }, problem: 'S3 denied s3:ListBucket | on c.' },
    ],
    now,
  );
  assert.match(zone, /^# Zone raw\n\n0 objects, 0 B in 1 of 2 places\.\n/);
  assert.match(zone, /\| `s3:\/\/c\/` \|.*S3 denied s3:ListBucket \\\| on c\. \|/);
});

const details = {
  bytes: 1234,
  modifiedAt: at(1),
  etag: '"abc"',
  contentType: 'text/csv',
  storageClass: 'GLACIER',
  encryption: { algorithm: 'aws:kms', key: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
  version: 'v1',
  metadata: { 'writer|name': '*job* <b>' },
};
const facts: ObjectFacts = {
  details: async () => details,
  tags: async () => ({ team: 'risk' }),
  versioning: async () => ({ versioning: 'on', mfaDelete: false }),
  encryption: async () => ({ algorithm: 'AES256' }),
};
const denied = (action: string) => async (): Promise<never> => {
  throw new Problem(`S3 denied ${action} on s3://b/raw/a.csv.`, 'denied');
};
const place = { connection, bucket: 'b', key: 'raw/a.csv' };

test('the page of an object tells storage class, encryption, versioning, tags, restore and metadata', async () => {
  const page = objectPage(place, await readObject(facts, place, never), now);
  assert.equal(
    page,
    `# a.csv

\`s3://b/raw/a.csv\`

## Object

- **Size**: 1.2 KB (1,234 bytes)
- **Format**: CSV
- **Modified**: 2026-01-01 08:00:00 UTC, 30 days ago
- **Storage class**: GLACIER
- **Restore**: archived: it has to be restored before it can be read or queried
- **Content type**: text/csv
- **ETag**: abc

## Protection

- **Encryption**: SSE-KMS with arn:aws:kms:eu-west-1:111122223333:key/k
- **Version**: v1
- **Versioning of the bucket**: on: earlier versions stay until a lifecycle rule ends them
- **Encryption of new objects**: SSE-S3 (AES256)

## Tags

| Name | Value |
| --- | --- |
| \`team\` | \`risk\` |

## Metadata

| Name | Value |
| --- | --- |
| \`writer\\|name\` | \`*job* <b>\` |
`,
  );
});

for (const lost of ['tags', 'versioning', 'encryption', 'details'] as const) {
  test(`where ${lost} may not be read the page says so and shows the rest`, async () => {
    const found = await readObject({ ...facts, [lost]: denied(`s3:${lost}`) }, place, never);
    const page = objectPage(place, found, now);
    assert.match(page, new RegExp(`## Could not be read\\n\\n- S3 denied s3:${lost} on`));
    assert.equal(page.includes('## Object'), lost !== 'details');
    assert.equal(page.includes('`risk`'), lost !== 'tags');
    assert.equal(page.includes('earlier versions stay'), lost !== 'versioning');
    assert.equal(page.includes('SSE-S3'), lost !== 'encryption');
  });
}

test('nothing at all, an object that is gone and a lost sign-in are told as they are', async () => {
  const all = { details: denied('a'), tags: denied('b'), versioning: denied('c'), encryption: denied('d') };
  await assert.rejects(readObject(all, place, never), /denied a/);
  const gone = async (): Promise<never> => {
    throw new Problem('S3 has no s3://b/raw/a.csv.', 'missing');
  };
  await assert.rejects(readObject({ ...facts, details: gone }, place, never), /S3 has no/);
  const out = async (): Promise<never> => {
    throw new Problem('The sign-in has expired.', 'signed-out');
  };
  await assert.rejects(readObject({ ...facts, tags: out }, place, never), /expired/);
});
