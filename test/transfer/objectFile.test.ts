import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listFolder, readWhole, removeFile, renameObject, statFile } from '../../src/transfer/objectFile';
import { connection } from '../support/fakes';
import { bucket, fault, memoryS3, type MemoryS3 } from './memoryS3';

const never = new AbortController().signal;
const at = (key: string) => ({ bucket, key });

function stat(s3: MemoryS3, key: string) {
  return statFile(s3.store, { connection, place: at(key) }, never);
}

test('a path is the object of its key, else a folder when anything lies below, else missing', async () => {
  const s3 = memoryS3({ 'a/b': 'x', both: 'y', 'both/c': 'z' });
  assert.equal((await stat(s3, 'a/b')).kind, 'file');
  assert.equal((await stat(s3, 'a')).kind, 'folder');
  assert.equal((await stat(s3, 'both')).kind, 'file');
  assert.equal((await stat(s3, '')).kind, 'folder');
  await assert.rejects(stat(s3, 'b'), { kind: 'missing' });
  await assert.rejects(stat(s3, 'a/b/c'), { kind: 'missing' });
});

test('who may not look is told of the object, not of the listing behind it', async () => {
  const s3 = memoryS3({ 'a/b': 'x' });
  s3.before = (action) => {
    if (action === 'head') throw fault('denied', 'S3 denied s3:GetObject.');
    if (action === 'list') throw fault('denied', 'S3 denied s3:ListBucket.');
  };
  await assert.rejects(stat(s3, 'a/b'), { message: 'S3 denied s3:GetObject.' });
});

test('a folder names objects and prefixes once each, whatever they are called', async () => {
  const s3 = memoryS3({
    'f/': '',
    'f/b.csv': '1',
    'f/a/x': '2',
    'f/a': '3',
    'f//deep': '4',
    'f/../up': '5',
    g: '6',
  });
  const names = async (prefix: string) =>
    (await listFolder(s3.store, { connection, bucket, prefix }, never)).map(
      ({ name, kind }) => `${name} ${kind}`,
    );
  assert.deepEqual((await names('f/')).toSorted(), [
    '%dotdot folder',
    '%empty folder',
    'a file',
    'a%folder folder',
    'b.csv file',
  ]);
  s3.put('f/', 'bytes');
  assert.ok((await names('f/')).includes('%empty file'));
  assert.deepEqual(await names(''), ['f folder', 'g file']);
});

test('a folder is read page after page, and one that no editor can show is refused with a sentence', async () => {
  const s3 = memoryS3(Object.fromEntries(Array.from({ length: 2300 }, (_, n) => [`f/${n}`, ''])));
  const list = (most: number) => listFolder(s3.store, { connection, bucket, prefix: 'f/', most }, never);
  assert.equal((await list(2300)).length, 2300);
  await assert.rejects(list(2299), {
    message: /^s3:\/\/box\/f\/ holds more than 2,299 names, more than an editor can show: use the Zones view/,
  });
});

test('a large object is read by ranges of one version, and again when it changes between two', async () => {
  const s3 = memoryS3();
  const bytes = Buffer.alloc(4000, 'a');
  s3.put('big', bytes);
  const other = Buffer.alloc(3500, 'b');
  let reads = 0;
  s3.before = (action) => {
    if (action === 'read' && (reads += 1) === 3) s3.put('big', other);
  };
  const object = await s3.store.head(connection, at('big'), never);
  const read = await readWhole(s3.store, { connection, place: at('big'), object, partBytes: 1000 }, never);
  assert.ok(Buffer.compare(read.bytes, other) === 0, 'no mixture of both');
  assert.equal(read.object.bytes, other.length);
});

test('renaming copies, then removes what it copied, and never overwrites unasked', async () => {
  const s3 = memoryS3({ a: 'A', b: 'B' });
  const rename = (to: string, overwrite: 'replace' | 'keep') =>
    renameObject(s3, { connection, from: at('a'), to: at(to), overwrite }, never);
  await assert.rejects(rename('b', 'keep'), { kind: 'changed' });
  assert.deepEqual([s3.text('a'), s3.text('b')], ['A', 'B']);
  await rename('b', 'replace');
  assert.deepEqual([s3.text('a'), s3.text('b')], [undefined, 'A']);
});

test('an object that was written anew is not removed; one that is gone counts as removed', async () => {
  const s3 = memoryS3({ a: 'A' });
  await assert.rejects(removeFile(s3.writer, { connection, place: at('a'), etag: '"old"' }, never), {
    kind: 'changed',
  });
  assert.equal(s3.text('a'), 'A');
  await removeFile(s3.writer, { connection, place: at('gone') }, never);
});
