import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isFolder,
  listSource,
  sourceBase,
  sourceName,
  type TransferSource,
} from '../../src/transfer/listBelow';
import { connection } from '../support/fakes';
import { bucket, memoryS3 } from './memoryS3';

const never = new AbortController().signal;
const prefix = (text: string): TransferSource => ({ kind: 'prefix', bucket, prefix: text });

test('a source that nobody could judge is refused with what does better, and listing it ends there', async () => {
  const s3 = memoryS3(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`raw/${at}`, ''])));
  const list = (most: number) => listSource(s3.store, { connection, source: prefix('raw/'), most }, never);
  assert.equal((await list(5000)).length, 5000);
  s3.calls.length = 0;
  await assert.rejects(list(900), {
    kind: 'invalid',
    message: /^s3:\/\/box\/raw\/ holds more than 900 objects: take a smaller prefix, or let a lifecycle rule/,
  });
  assert.ok(s3.calls.length <= 3, `${s3.calls.length} listings`);
});

test('a cancel of the user is no refusal', async () => {
  const s3 = memoryS3({ 'raw/a': '' });
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(listSource(s3.store, { connection, source: prefix('raw/') }, stop.signal), {
    name: 'AbortError',
  });
});

test('a source is named so that folders, beginnings of names and objects are told apart', () => {
  const all: readonly TransferSource[] = [
    prefix(''),
    prefix('raw/'),
    prefix('raw/ab'),
    { kind: 'object', bucket, key: 'raw/ab' },
  ];
  assert.deepEqual(
    all.map((one) => [sourceName(one), sourceBase(one), isFolder(one)]),
    [
      ['s3://box/', '', true],
      ['s3://box/raw/', 'raw/', true],
      ['s3://box/raw/ab*', 'raw/', false],
      ['s3://box/raw/ab', 'raw/', false],
    ],
  );
});
