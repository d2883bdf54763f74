import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmationFor, isConfirmed, typePrompt } from '../../src/transfer/confirmation';
import { connection } from '../support/fakes';

const change = {
  verb: 'Delete',
  bytes: 2048,
  target: 's3://box/raw/2024/',
  detail: 'There is no way back.',
  connection,
};

test('a button that names the target is enough for up to a hundred objects', () => {
  const asked = confirmationFor({ ...change, objects: 100 });
  assert.deepEqual(asked, {
    message: 'Delete 100 objects of s3://box/raw/2024/ (2 KB)?',
    detail: 'There is no way back.',
    button: 'Delete 100',
  });
});

test('past a hundred the count or the name must be typed', () => {
  const asked = confirmationFor({ ...change, objects: 1234 });
  assert.equal(typePrompt(asked), 'Type 1234 or 1,234 or 2024 to delete 1,234');
  for (const word of ['1234', ' 1,234 ', '2024']) assert.ok(isConfirmed(asked, word), word);
  for (const word of ['', 'yes', '123', 'raw']) assert.ok(!isConfirmed(asked, word), word);
});

test('over a production connection even one object is typed, by its name', () => {
  const asked = confirmationFor({
    ...change,
    objects: 1,
    target: 's3://box/raw/a.csv',
    connection: { ...connection, name: 'prod', production: true },
  });
  assert.deepEqual(asked.typed, ['a.csv']);
  assert.match(asked.detail, /^prod is production\. /);
  assert.ok(!isConfirmed(asked, '1'));
});
