import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { readJson } from '../../src/documents/data/json';
import { readLifecycle } from '../../src/documents/lifecycle/document';
import type { ObjectVersion } from '../../src/storage/bucketStorage';
import { storagePrices } from '../../src/storage/storagePrices';
import { outermost, readUnseen, unseenWords } from '../../src/storage/unseen';
import { connection } from '../support/fakes';
import { memoryStorage } from './memoryStorage';

const never = new AbortController().signal;
const now = new Date('2026-11-25T12:00:00Z');
const prices = storagePrices('us-east-1');
const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000 - 1000);

function documentOf(...rules: readonly object[]) {
  const all = rules.map((rule) => ({ Status: 'Enabled', Filter: { Prefix: 'raw/' }, ...rule }));
  return readLifecycle(readJson(JSON.stringify({ Rules: all })));
}

function version(key: string, days: number, rest: Partial<ObjectVersion> = {}): ObjectVersion {
  return {
    key,
    kind: 'version',
    latest: false,
    bytes: 2 ** 30,
    modifiedAt: ago(days),
    storageClass: 'STANDARD',
    ...rest,
  };
}

async function wordsOf(
  rule: object,
  content: Parameters<typeof memoryStorage>[0],
): Promise<readonly string[]> {
  const document = documentOf(rule);
  const request = { connection, bucket: 'lake', document, now };
  const unseen = await readUnseen(memoryStorage(content), request, never);
  return document.rules.flatMap((one) => unseenWords(one, unseen, prices));
}

test('an abort rule says how many uploads it ends now, by their age and its prefix', async () => {
  const uploads = [9, 8, 6, 0].map((days, at) => ({
    key: `raw/${at}`,
    id: String(at),
    startedAt: ago(days),
    storageClass: 'STANDARD',
    bytes: 1,
  }));
  const other = { key: 'temp/x', id: 'x', startedAt: ago(99), storageClass: 'STANDARD', bytes: 1 };
  const rule = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };
  assert.deepEqual(await wordsOf(rule, { uploads: [...uploads, other] }), [
    'aborts 2 incomplete uploads now',
  ]);
  assert.deepEqual(await wordsOf({ ...rule, Status: 'Disabled' }, { uploads }), []);
});

test('versions count from the day they were written over, and the newest ones may be kept', async () => {
  const versions = [
    version('raw/a', 1, { latest: true }),
    version('raw/a', 50), // noncurrent for a day
    version('raw/a', 60), // for 50
    version('raw/a', 70), // for 60
    version('raw/gone', 40, { kind: 'marker', latest: true, bytes: 0 }),
    version('raw/gone', 90), // for 40
    version('other/b', 80),
  ];
  const rule = (more: object): object => ({ NoncurrentVersionExpiration: { NoncurrentDays: 30, ...more } });
  assert.deepEqual(await wordsOf(rule({}), { versions }), [
    'deletes 3 noncurrent versions, 3 GB ($0.069 a month) now',
  ]);
  assert.deepEqual(await wordsOf(rule({ NewerNoncurrentVersions: 2 }), { versions }), [
    'deletes 1 noncurrent version, 1 GB ($0.023 a month) now',
  ]);
  const moved = { NoncurrentVersionTransitions: [{ NoncurrentDays: 55, StorageClass: 'GLACIER' }] };
  assert.deepEqual(await wordsOf(moved, { versions }), [
    'moves 1 noncurrent version, 1 GB ($0.023 a month) to GLACIER now',
  ]);
});

test('a list that was not read to its end says at least', async () => {
  const uploads = Array.from({ length: 30 }, (_, at) => ({
    key: `raw/${at}`,
    id: String(at),
    startedAt: ago(9),
    storageClass: 'STANDARD',
    bytes: 1,
  }));
  const rule = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };
  assert.deepEqual(await wordsOf(rule, { uploads }), ['aborts at least 20 incomplete uploads now']);
});

test('nothing is asked that no rule acts on, and what is denied is said', async () => {
  const storage = memoryStorage();
  const request = { connection, bucket: 'lake', now };
  const moves = documentOf({ Expiration: { Days: 1 } });
  await readUnseen(storage, { ...request, document: moves }, never);
  assert.deepEqual(storage.calls, []);
  storage.before = () => {
    throw new Problem('S3 denied it.', 'denied');
  };
  const abort = documentOf({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } });
  const { unread, uploads } = await readUnseen(storage, { ...request, document: abort }, never);
  assert.deepEqual([unread, uploads], [['S3 denied it.'], undefined]);
});

test('prefixes within others are left out, whatever their order', () => {
  assert.deepEqual(outermost(['b/c/', 'a/', 'b/', 'a/', 'ab']), ['a/', 'ab', 'b/']);
  assert.deepEqual(outermost(['x/', '']), ['']);
});
