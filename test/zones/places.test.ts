import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import {
  figuresOf,
  readStatisticsFile,
  smallFileWarning,
  statisticsFile,
} from '../../src/zones/keptStatistics';
import { lookUpPlace } from '../../src/zones/lookUpPlace';
import type { ObjectStore } from '../../src/zones/objectStore';
import { placeFrom } from '../../src/zones/placeText';
import { prefixStatistics } from '../../src/zones/statistics';
import { memoryConnection as connection } from '../support/memoryLake';
import { keyStore } from './keyStore';

const never = new AbortController().signal;

const addresses: readonly (readonly [text: string, bucket: string, key: string])[] = [
  ['s3://lake', 'lake', ''],
  ['s3://lake/', 'lake', ''],
  ['  s3a://lake/raw/a b+c/100%/x:y  ', 'lake', 'raw/a b+c/100%/x:y'],
  ["'s3://lake/raw//e/';", 'lake', 'raw//e/'],
  ['s3://lake/%2F?#', 'lake', '%2F?#'],
  ['s3://Old_Bucket/ü/😀', 'Old_Bucket', 'ü/😀'],
  ['arn:aws:s3:::lake/raw/x', 'lake', 'raw/x'],
  ['arn:aws-cn:s3:::lake', 'lake', ''],
  ['https://lake.s3.eu-west-1.amazonaws.com/raw/a%20b', 'lake', 'raw/a b'],
  ['https://s3.eu-west-1.amazonaws.com/lake/raw/a', 'lake', 'raw/a'],
  ['https://my.lake.s3.amazonaws.com/', 'my.lake', ''],
  [
    'https://eu-west-1.console.aws.amazon.com/s3/buckets/lake?region=eu-west-1&prefix=raw%2F2024%2F',
    'lake',
    'raw/2024/',
  ],
  ['https://s3.console.aws.amazon.com/s3/object/lake?prefix=raw/a%2Bb', 'lake', 'raw/a+b'],
];
for (const [text, bucket, key] of addresses) {
  test(`${text} is the place ${bucket} ${key}`, () => assert.deepEqual(placeFrom(text), { bucket, key }));
}

const refused: readonly (readonly [text: string, sentence: RegExp])[] = [
  ['', /^No address was given: write it as s3:/],
  ['raw/2024/', /^raw\/2024\/ is no address in S3: write it as s3:/],
  ['gs://bucket/x', /is no address in S3/],
  ['https://example.com/lake', /is no address in S3/],
  ['s3://', /is no address in S3/],
  ['s3://a b/x', /is no address in S3/],
  ['s3://ab/x', /^ab is no name of a bucket: it has to have 3 to 63 characters\.$/],
  ['s3://-lake/x', /begins and ends with a letter or digit/],
  ['s3://la*ke/x', /only letters, digits, dots and hyphens/],
  [`s3://lake/${'x'.repeat(1025)}`, /longer than the 1,024 bytes/],
];
for (const [text, sentence] of refused) {
  test(`${text.slice(0, 30)} is refused in a sentence`, () => {
    assert.throws(
      () => placeFrom(text),
      (error) => error instanceof Problem && error.kind === 'invalid' && sentence.test(error.message),
    );
  });
}

const store = (keys: readonly string[], before?: () => void): ReturnType<typeof keyStore> =>
  keyStore(
    keys.map((key) => ({ key, bytes: 1 })),
    before === undefined ? {} : { before },
  );

const lookUps: readonly (readonly [key: string, kind: string, found: string, requests: number])[] = [
  ['', 'bucket', '', 1],
  ['raw/', 'prefix', 'raw/', 1],
  ['raw', 'prefix', 'raw/', 2],
  ['raw/a', 'object', 'raw/a', 1],
  ['raw/b', 'prefix', 'raw/b/', 1],
  ['raw/20', 'prefix', 'raw/20', 2],
  ['raw//e', 'object', 'raw//e', 1],
  ['none/yet/', 'prefix', 'none/yet/', 1],
];
for (const [key, kind, found, requests] of lookUps) {
  test(`s3://b/${key} is found to be a ${kind} in at most two round trips`, async () => {
    const lake = store(['raw-old/x', 'raw/a', 'raw/a/below', 'raw/b/x', 'raw/2024/x', 'raw//e']);
    const place = { bucket: 'b', key };
    assert.deepEqual(await lookUpPlace(lake.store, { connection, place }, never), {
      kind,
      bucket: 'b',
      key: found,
    });
    assert.equal(lake.requests.made, requests);
  });
}

test('where nothing stands it is said so, and a bucket that is denied is named', async () => {
  await assert.rejects(
    lookUpPlace(store(['raw/a']).store, { connection, place: { bucket: 'b', key: 'Raw/a' } }, never),
    /^Problem: There is nothing at s3:\/\/b\/Raw\/a: check its spelling/,
  );
  const denied = store(['raw/a'], () => {
    throw new Problem('S3 denied s3:ListBucket.', 'denied');
  });
  await assert.rejects(
    lookUpPlace(denied.store, { connection, place: { bucket: 'b', key: 'raw/a' } }, never),
    /denied s3:ListBucket/,
  );
});

test('an object that may be read is found although its bucket may not be listed', async () => {
  const denied: ObjectStore = {
    ...store([], () => {
      throw new Problem('S3 denied s3:ListBucket.', 'denied');
    }).store,
    head: async (_, { key }) => ({ key, bytes: 1 }),
  };
  assert.deepEqual(await lookUpPlace(denied, { connection, place: { bucket: 'b', key: 'raw/a' } }, never), {
    kind: 'object',
    bucket: 'b',
    key: 'raw/a',
  });
});

test('statistics come back from their file as they were, and a newer or damaged file is refused', async () => {
  const objects = [
    { key: 'p/dt=1/a.parquet', bytes: 10, modifiedAt: new Date(1_700_000_000_000), storageClass: 'GLACIER' },
    { key: 'p/dt=2/b.csv', bytes: 20, modifiedAt: new Date(1_600_000_000_000) },
  ];
  const place = { bucket: 'b', prefix: 'p/' };
  const statistics = await prefixStatistics({ store: keyStore(objects).store, connection }, { place }, never);
  const kept = { place, at: new Date(1_710_000_000_000), statistics };
  assert.deepEqual(readStatisticsFile(statisticsFile(kept)), kept);
  assert.throws(
    () => readStatisticsFile(statisticsFile(kept).replace('"version":1', '"version":2')),
    /newer Lake Workbench/,
  );
  for (const text of [
    '',
    '{',
    'null',
    '{"version":1}',
    '{"version":1,"place":{},"at":"x","statistics":{}}',
  ]) {
    assert.throws(() => readStatisticsFile(text), /cannot be read/, text);
  }
});

test('many values of a partition key are kept cut, and said to be', async () => {
  const objects = Array.from({ length: 6000 }, (_, index) => ({ key: `p/id=${index}/a`, bytes: 1 }));
  const place = { bucket: 'b', prefix: 'p/' };
  const statistics = await prefixStatistics({ store: keyStore(objects).store, connection }, { place }, never);
  const read = readStatisticsFile(statisticsFile({ place, at: new Date(0), statistics }));
  assert.deepEqual(
    read.statistics.partitions.map(({ key, cut, values }) => [key, cut, values.length]),
    [['id', true, 5000]],
  );
});

test('many small objects are warned of; few are never too many, and large ones are none', () => {
  const summary = {
    objects: 4310,
    bytes: 1.1 * 2 ** 30,
    small: 4180,
    smallBytes: 2 ** 20,
    formats: [],
    partitionKeys: [],
    at: new Date(0),
  };
  assert.equal(
    smallFileWarning(summary),
    '96 % of the 4,310 objects are under 1 MB: queries spend their time opening files; write fewer and larger ones.',
  );
  assert.equal(smallFileWarning({ ...summary, objects: 50, small: 50 }), undefined);
  assert.equal(smallFileWarning({ ...summary, small: 100 }), undefined);
  assert.equal(figuresOf(summary), '1.1 GB · 4,310 objects');
  assert.equal(figuresOf({ objects: 1, bytes: 5 }), '5 B · 1 object');
});
