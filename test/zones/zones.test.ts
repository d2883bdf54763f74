import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findZones } from '../../src/zones/findZones';
import { objectFormat } from '../../src/zones/objectFormat';
import { partitionLevel } from '../../src/zones/partitionPrefix';
import { formatS3Uri, lastPart, parseS3Uri } from '../../src/zones/s3Uri';
import { defaultPatterns, zoneOf, zonesFrom } from '../../src/zones/zones';
import { connection, fakeStore } from '../support/fakes';

const signal = new AbortController().signal;
const zone = (name: string, patterns: Readonly<Record<string, readonly string[]>> = defaultPatterns) =>
  zoneOf(patterns, { bucket: name, prefix: '' });

test('a word of the name decides, not a part of a word', () => {
  assert.equal(zone('acme-raw-eu'), 'raw');
  assert.equal(zone('bronze.acme'), 'raw');
  assert.equal(zone('drawings'), undefined);
  assert.equal(zone('ARCHIVE_2020'), 'archive');
});

test('patterns with signs are globs over the whole name, with a slash over bucket and prefix', () => {
  const patterns = { a: ['lake-*-in'], b: ['lake/special*'], c: ['?x'] };
  assert.equal(zone('lake-eu-in', patterns), 'a');
  assert.equal(zone('my-lake-eu-in', patterns), undefined);
  assert.equal(zoneOf(patterns, { bucket: 'lake', prefix: 'special-1/' }), 'b');
  assert.equal(zone('ax', patterns), 'c');
  assert.equal(zone('x', patterns), undefined);
  assert.equal(zone('a'.repeat(60), { z: ['*a*a*a*a*a*a*a*b'] }), undefined);
});

test('buckets go by name first, then by first-level prefixes, and what remains is Other', () => {
  const inside = new Map([
    ['lake', { prefixes: ['raw/', 'gold/', 'tmp/'], complete: true }],
    ['split', { prefixes: ['raw/', 'gold/'], complete: true }],
  ]);
  assert.deepEqual(zonesFrom(defaultPatterns, ['x-raw', 'lake', 'split', 'unseen'], inside), [
    {
      name: 'raw',
      places: [
        { bucket: 'x-raw', prefix: '' },
        { bucket: 'lake', prefix: 'raw/' },
        { bucket: 'split', prefix: 'raw/' },
      ],
    },
    {
      name: 'analytics',
      places: [
        { bucket: 'lake', prefix: 'gold/' },
        { bucket: 'split', prefix: 'gold/' },
      ],
    },
    {
      name: 'Other',
      places: [
        { bucket: 'lake', prefix: '' },
        { bucket: 'unseen', prefix: '' },
      ],
    },
  ]);
});

test('at most twenty buckets are looked into', async () => {
  const store = fakeStore(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`b${at}`, ['raw/x']])));
  const found = await findZones(store, { connection, patterns: defaultPatterns }, signal);
  assert.equal(store.requests.filter((request) => request.startsWith('list ')).length, 20);
  assert.equal(found.zones.find((one) => one.name === 'raw')?.places.length, 20);
  assert.equal(found.zones.find((one) => one.name === 'Other')?.places.length, 30);
});

test('partition prefixes are decoded, and NULL is told from text', () => {
  assert.deepEqual(partitionLevel('year=2024/'), { key: 'year', value: '2024' });
  assert.deepEqual(partitionLevel('City=S%C3%A3o%20Paulo/'), { key: 'city', value: 'São Paulo' });
  assert.deepEqual(partitionLevel('a=b=c/'), { key: 'a', value: 'b=c' });
  assert.deepEqual(partitionLevel('k=__HIVE_DEFAULT_PARTITION__/'), { key: 'k', value: null });
  assert.deepEqual(partitionLevel('k=50%/'), { key: 'k', value: '50%' });
  assert.deepEqual(partitionLevel('k=/'), { key: 'k', value: '' });
  assert.equal(partitionLevel('2024/'), undefined);
  assert.equal(partitionLevel('=x/'), undefined);
});

test('S3 URIs are read and written', () => {
  assert.deepEqual(parseS3Uri('s3://b/a b/ü.csv'), { bucket: 'b', key: 'a b/ü.csv' });
  assert.deepEqual(parseS3Uri('s3a://b'), { bucket: 'b', key: '' });
  assert.equal(parseS3Uri('https://b/x'), undefined);
  assert.equal(parseS3Uri('s3:///x'), undefined);
  assert.equal(formatS3Uri({ bucket: 'b', key: 'k/' }), 's3://b/k/');
  assert.equal(lastPart('a/b/'), 'b/');
  assert.equal(lastPart('a/b'), 'b');
  assert.equal(lastPart('a'), 'a');
});

test('a format is told by the name, whatever compression stands behind it', () => {
  assert.equal(objectFormat('x/part-0.snappy.parquet'), 'Parquet');
  assert.equal(objectFormat('x/a.csv.gz'), 'CSV');
  assert.equal(objectFormat('x/a.gz'), undefined);
  assert.equal(objectFormat('x.parquet/README'), undefined);
  assert.equal(objectFormat('a.constructor'), undefined);
});
