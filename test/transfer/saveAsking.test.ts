import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConflictChoice, keyBeside, saveAsking, type SaveDialogs } from '../../src/transfer/saveAsking';
import { connection } from '../support/fakes';
import { bucket, etagOf, fault, memoryS3, type MemoryS3 } from './memoryS3';

const never = new AbortController().signal;
const place = { bucket, key: 'a.sql' };

/** Somebody who answers, with what was asked and shown. */
function somebody(...answers: (ConflictChoice | (() => ConflictChoice))[]) {
  const asked: string[] = [];
  const compared: string[] = [];
  const dialogs: SaveDialogs = {
    onClash: async (name, { kind }) => {
      asked.push(`${kind} ${name}`);
      const answer = answers.shift() ?? 'keep-both';
      return typeof answer === 'string' ? answer : answer();
    },
    compare: async ({ bytes }) => void compared.push(Buffer.from(bytes).toString()),
    mayDropTags: async (name, tags) => {
      asked.push(`${tags} tags of ${name}`);
      return answers.shift() === 'overwrite';
    },
    otherKey: async ({ key }) => keyBeside(key),
    onSavedAs: async ({ key }) => void asked.push(`saved as ${key}`),
  };
  return { dialogs, asked, compared };
}

function save(s3: MemoryS3, dialogs: SaveDialogs) {
  const base = { kind: 'version', etag: etagOf(Buffer.from('base')) } as const;
  return saveAsking({ ports: s3, dialogs }, { connection, place, body: Buffer.from('mine'), base }, never);
}

test('without a clash nobody is asked', async () => {
  const s3 = memoryS3({ 'a.sql': 'base' });
  const { dialogs, asked } = somebody();
  assert.equal(await save(s3, dialogs), etagOf(Buffer.from('mine')));
  assert.deepEqual(asked, []);
});

test('keeping both and comparing leave their version, and say that it was not saved', async () => {
  for (const choice of ['keep-both', 'compare'] as const) {
    const s3 = memoryS3({ 'a.sql': 'theirs' });
    const { dialogs, asked, compared } = somebody(choice);
    await assert.rejects(save(s3, dialogs), {
      kind: 'changed',
      message:
        's3://box/a.sql was written by somebody else since it was read, so it was not saved: both versions are kept.',
    });
    assert.deepEqual(
      [asked, compared],
      [['conflict s3://box/a.sql'], choice === 'compare' ? ['theirs'] : []],
    );
    assert.equal(s3.text('a.sql'), 'theirs');
  }
});

test('overwriting replaces just what was shown: a version that comes while somebody decides is asked about too', async () => {
  const s3 = memoryS3({ 'a.sql': 'theirs' });
  const { dialogs, asked } = somebody(() => {
    s3.put('a.sql', 'newer');
    return 'overwrite';
  }, 'overwrite');
  assert.equal(await save(s3, dialogs), etagOf(Buffer.from('mine')));
  assert.equal(asked.length, 2);
  assert.equal(s3.text('a.sql'), 'mine');
});

test('saving as another key keeps theirs under the old one', async () => {
  const s3 = memoryS3({ 'a.sql': 'theirs' });
  const { dialogs, asked } = somebody('save-as');
  await assert.rejects(save(s3, dialogs), {
    message: /so your version was saved as s3:\/\/box\/a\.mine\.sql: revert this one to see theirs\.$/,
  });
  assert.deepEqual([s3.text('a.sql'), s3.text('a.mine.sql')], ['theirs', 'mine']);
  assert.equal(asked.at(-1), 'saved as a.mine.sql');
  await assert.rejects(save(memoryS3({ 'a.sql': 'x', 'a.mine.sql': 'y' }), somebody('save-as').dialogs), {
    message: /exists already/,
  });
});

test('what somebody removed is written again only if that is decided', async () => {
  const s3 = memoryS3();
  await assert.rejects(save(s3, somebody('keep-both').dialogs), {
    message: /was removed by somebody else, so it was not saved/,
  });
  assert.equal(s3.text('a.sql'), undefined);
  await save(s3, somebody('overwrite').dialogs);
  assert.equal(s3.text('a.sql'), 'mine');
});

test('tags that may not be read are dropped only if that is decided', async () => {
  const s3 = memoryS3();
  s3.put('a.sql', 'base', { tags: { access: 'restricted' } });
  s3.before = (action) => {
    if (action === 'tags') throw fault('denied', 'S3 denied s3:GetObjectTagging.');
  };
  await assert.rejects(save(s3, somebody('keep-both').dialogs), {
    message: 's3://box/a.sql was not saved, since its tags would be lost: S3 denied s3:GetObjectTagging.',
  });
  const { dialogs, asked } = somebody('overwrite');
  await save(s3, dialogs);
  assert.deepEqual([asked, s3.text('a.sql')], [['1 tags of s3://box/a.sql'], 'mine']);
});

test('a key beside another keeps its folder and its ending', () => {
  assert.deepEqual(['a/b.csv', 'a.b/c', '.hidden', 'x.tar.gz'].map(keyBeside), [
    'a/b.mine.csv',
    'a.b/c.mine',
    '.hidden.mine',
    'x.tar.mine.gz',
  ]);
});
