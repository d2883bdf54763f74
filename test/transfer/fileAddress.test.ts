import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { isTwinFolder, keyOfPath, nameOf, objectAddress, pathOfKey } from '../../src/transfer/fileAddress';

const keys = [
  'a.csv',
  'raw/year=2024/part 0.parquet',
  'a//b',
  '/leading',
  '//',
  'a/',
  'a/./b/../c',
  '100%/50%empty',
  '%empty/%%dot/%dotdot',
  'x%folder/y%%folder',
  'a+b:c?d#e&f=g',
  'ümläut/日本/🙂',
  'Mixed/mixed',
  'back\\slash',
  'new\nline',
];

test('every key comes back from its path, and editors that tidy paths leave it as it is', () => {
  for (const key of keys) {
    const path = pathOfKey(key);
    assert.equal(keyOfPath(path), key, path);
    assert.equal(posix.normalize(path), path, `${key} would be tidied`);
  }
});

test('usual keys are their own path, so that editors see the file name and its ending', () => {
  assert.deepEqual(objectAddress({ bucket: 'box', key: 'raw/year=2024/part 0.csv' }, 'dev@eu'), {
    authority: 'box',
    path: '/raw/year=2024/part 0.csv',
    query: 'dev@eu',
  });
});

test('different keys have different paths', () => {
  const all = [...keys, 'a/b', 'a', 'empty', '%dot', '.', '%%empty', 'x%%folder/y%folder'];
  assert.equal(new Set(all.map(pathOfKey)).size, all.length);
});

test('a folder beside an object of its name has another name, below which the keys are the same', () => {
  const folder = `/${nameOf('a', 'twice')}`;
  assert.ok(isTwinFolder(folder) && !isTwinFolder(pathOfKey('a%folder')));
  assert.equal(keyOfPath(`${folder}/b`), 'a/b');
  assert.equal(keyOfPath(folder), 'a');
  assert.equal(keyOfPath('/'), '');
});
