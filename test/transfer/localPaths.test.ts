import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localPaths, type DiskNames } from '../../src/transfer/localPaths';

const linux = { windows: false, ignoresCase: false };
const mac = { windows: false, ignoresCase: true };
const windows = { windows: true, ignoresCase: true };

function paths(keys: readonly string[], disk: DiskNames): readonly string[] {
  return localPaths(keys, { prefix: 'p/', disk }).map((one) =>
    one.kind === 'path' ? one.path : one.problem.message,
  );
}

test('dots, empty names and NUL are written so that they stay names', () => {
  assert.deepEqual(paths(['p/x.lake-part', 'p/x'], linux), ['x%2Elake-part', 'x']);
  assert.deepEqual(paths(['p/../a', 'p/./b', 'p/a//b', 'p//c', 'p/\0', 'p/...', 'p/x/'], linux), [
    '%2E%2E/a',
    '%2E/b',
    'a/%2F/b',
    '%2F/c',
    '%00',
    '...',
  ]);
});

test('Windows gets no sign, device or ending that it cannot hold', () => {
  assert.deepEqual(
    paths(
      ['p/a:b?.csv', 'p/C:\\x', 'p/con', 'p/NUL.txt', 'p/console', 'p/end.', 'p/end ', 'p/COM1.gz'],
      windows,
    ),
    ['a%3Ab%3F.csv', 'C%3A%5Cx', '%63on', '%4EUL.txt', 'console', 'end%2E', 'end%20', '%43OM1.gz'],
  );
  assert.deepEqual(paths(['p/a:b', 'p/con'], linux), ['a:b', 'con']);
});

test('of two keys that are one file on this disk the second is refused and named', () => {
  assert.deepEqual(paths(['p/Data.csv', 'p/data.csv'], linux), ['Data.csv', 'data.csv']);
  const [first, second] = paths(['p/Data.csv', 'p/data.csv'], mac);
  assert.equal(first, 'Data.csv');
  assert.match(second ?? '', /^p\/data\.csv was not written, .* the same file as p\/Data\.csv/);
  assert.match(paths(['p/é', 'p/e\u0301'], mac)[1] ?? '', /the same file/);
});

test('a key that others need as a folder is refused, and the others stay', () => {
  const [file, inside] = paths(['p/a', 'p/a/b'], linux);
  assert.match(file ?? '', /^p\/a was not written, since p\/a\/b needs a folder/);
  assert.equal(inside, 'a/b');
});

test('a name too long for a disk is refused with its length', () => {
  assert.match(paths([`p/${'é'.repeat(128)}`], linux)[0] ?? '', /longer than the 255 bytes/);
  assert.equal(paths([`p/${'e'.repeat(255)}`], linux)[0]?.length, 255);
});
