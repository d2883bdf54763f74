import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BaseVersions } from '../../src/transfer/baseVersions';

const at = 's3://box/a.sql';

function reading(etag: string, text: string) {
  return { etag, bytes: Buffer.from(text) };
}

test('a document goes on from what it shows, whoever reads a newer version beside it', () => {
  const versions = new BaseVersions();
  versions.read(at, reading('v1', 'one'));
  versions.shows(at, 'one');
  versions.read(at, reading('v2', 'two')); // another extension, or a comparison
  assert.equal(versions.base(at), 'v1');
  versions.shows(at, 'one'); // typed and taken back: clean again, and still the old text
  assert.equal(versions.base(at), 'v1');
  versions.shows(at, 'two'); // reverted
  assert.equal(versions.base(at), 'v2');
});

test('a byte order mark and line ends do not hide which version it is', () => {
  const versions = new BaseVersions();
  versions.read(at, reading('v1', '\uFEFFa\r\nb\r\n'));
  versions.read(at, reading('v2', 'other'));
  versions.shows(at, 'a\nb\n');
  assert.equal(versions.base(at), 'v1');
});

test('a text of another encoding keeps the older version rather than taking a newer one', () => {
  const versions = new BaseVersions();
  versions.read(at, { etag: 'v1', bytes: Buffer.from([0x63, 0xe9]) });
  versions.shows(at, 'cé');
  versions.read(at, { etag: 'v2', bytes: Buffer.from([0x64, 0xe9]) });
  versions.shows(at, 'cé');
  assert.equal(versions.base(at), 'v1');
});

test('without a document the last reading counts, and a save is a version to go on from', () => {
  const versions = new BaseVersions();
  assert.equal(versions.base(at), undefined);
  versions.read(at, reading('v1', 'one'));
  versions.read(at, reading('v2', 'two'));
  assert.equal(versions.base(at), 'v2');
  versions.goesOnFrom(at, reading('v3', 'three'));
  assert.equal(versions.base(at), 'v3');
  versions.forget(at);
  assert.equal(versions.base(at), undefined);
});

test('after a document is closed, the next reader goes on from what it reads', () => {
  const versions = new BaseVersions();
  versions.read(at, reading('v1', 'one'));
  versions.shows(at, 'one');
  versions.read(at, reading('v2', 'two'));
  versions.closed(at);
  assert.equal(versions.base(at), 'v2');
});

test('documents that are closed are forgotten in the end, open ones never', () => {
  const versions = new BaseVersions();
  versions.read(at, reading('v1', 'one'));
  versions.shows(at, 'one');
  for (let number = 0; number < 600; number += 1)
    versions.read(`s3://box/${number}`, reading('x', String(number)));
  assert.equal(versions.base(at), 'v1');
  assert.equal(versions.base('s3://box/0'), undefined);
  assert.equal(versions.base('s3://box/599'), 'x');
});
