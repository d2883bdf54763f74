import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saveObject, type SaveBase } from '../../src/transfer/saveObject';
import { connection } from '../support/fakes';
import { bucket, etagOf, fault, memoryS3, type MemoryS3 } from './memoryS3';

const never = new AbortController().signal;
const key = 'a.sql';

function save(s3: MemoryS3, text: string, base: SaveBase, rest: { readonly dropTags?: true } = {}) {
  const body = Buffer.from(text);
  return saveObject(s3, { connection, place: { bucket, key }, body, base, ...rest }, never);
}

function version(text: string): SaveBase {
  return { kind: 'version', etag: etagOf(Buffer.from(text)) };
}

test('an edit is written over the version it was made of, and keeps what was said of the object', async () => {
  const s3 = memoryS3();
  const headers = {
    contentType: 'application/sql',
    cacheControl: 'no-store',
    storageClass: 'STANDARD_IA',
    metadata: { team: 'risk' },
    tags: { keep: '7y' },
  };
  s3.put(key, 'select 1', headers);
  const saved = await save(s3, 'select 2', version('select 1'));
  assert.deepEqual(saved, { kind: 'saved', etag: etagOf(Buffer.from('select 2')) });
  assert.equal(s3.text(key), 'select 2');
  assert.deepEqual(s3.objects.get(key)?.headers, headers);
});

test('a version that somebody else wrote is not overwritten: both are kept', async () => {
  const s3 = memoryS3({ [key]: 'theirs' });
  const outcome = await save(s3, 'mine', version('base'));
  assert.equal(outcome.kind, 'conflict');
  assert.ok(outcome.kind === 'conflict');
  assert.equal(Buffer.from(outcome.theirs).toString(), 'theirs');
  assert.equal(s3.text(key), 'theirs');
  assert.ok(!s3.calls.includes('put'), 'nothing is sent where the conflict is known');
});

test('a version that comes between the look and the write is not overwritten either', async () => {
  const s3 = memoryS3({ [key]: 'base' });
  s3.before = (action) => {
    if (action === 'put') s3.put(key, 'theirs');
  };
  const outcome = await save(s3, 'mine', version('base'));
  assert.deepEqual([outcome.kind, s3.text(key)], ['conflict', 'theirs']);
  s3.before = (action) => {
    if (action === 'put') s3.objects.delete(key);
  };
  assert.deepEqual((await save(s3, 'mine', version('theirs'))).kind, 'removed');
  assert.equal(s3.text(key), undefined);
});

test('an object that was removed meanwhile is not made again by itself', async () => {
  const s3 = memoryS3();
  assert.deepEqual(await save(s3, 'mine', version('base')), { kind: 'removed' });
  assert.equal((await save(s3, 'mine', { kind: 'new' })).kind, 'saved');
  assert.equal(s3.objects.get(key)?.headers.contentType, 'application/sql');
});

test('a new object does not replace one that came first, but the same bytes are no conflict', async () => {
  const s3 = memoryS3({ [key]: 'theirs' });
  assert.equal((await save(s3, 'mine', { kind: 'new' })).kind, 'conflict');
  assert.equal((await save(s3, 'theirs', { kind: 'new' })).kind, 'saved');
  assert.equal((await save(s3, 'theirs', version('base'))).kind, 'saved');
});

test('a save whose answer was lost is a save', async () => {
  const s3 = memoryS3({ [key]: 'base' });
  let lost = false;
  s3.after = (action) => {
    if (action !== 'put' || lost) return;
    lost = true;
    throw fault('throttled');
  };
  assert.equal((await save(s3, 'mine', version('base'))).kind, 'saved');
  assert.equal(s3.text(key), 'mine');
});

test('what was never read is replaced as it is when the save begins', async () => {
  const s3 = memoryS3({ [key]: 'theirs' });
  assert.equal((await save(s3, 'mine', { kind: 'unread' })).kind, 'saved');
  s3.objects.delete(key);
  assert.equal((await save(s3, 'mine', { kind: 'unread' })).kind, 'saved');
});

test('tags that may not be read are not lost by saving, unless that is said', async () => {
  const s3 = memoryS3();
  s3.put(key, 'base', { tags: { access: 'restricted' } });
  s3.before = (action) => {
    if (action === 'tags') throw fault('denied', 'S3 denied s3:GetObjectTagging.');
  };
  const outcome = await save(s3, 'mine', version('base'));
  assert.deepEqual([outcome.kind, s3.text(key)], ['tags-unread', 'base']);
  assert.equal((await save(s3, 'mine', version('base'), { dropTags: true })).kind, 'saved');
});

test('denied to write, it says so and nothing changes', async () => {
  const s3 = memoryS3({ [key]: 'base' });
  s3.before = (action) => {
    if (action === 'put') throw fault('denied');
  };
  await assert.rejects(save(s3, 'mine', version('base')), { kind: 'denied' });
  assert.equal(s3.text(key), 'base');
});

test('a write that S3 refuses beside another that came to nothing is made again', async () => {
  const s3 = memoryS3({ [key]: 'base' });
  let refused = 0;
  s3.before = (action) => {
    if (action === 'put' && (refused += 1) <= 2) throw fault('changed', 'ConditionalRequestConflict.');
  };
  assert.equal((await save(s3, 'mine', version('base'))).kind, 'saved');
  assert.deepEqual([s3.text(key), refused], ['mine', 3]);
});
