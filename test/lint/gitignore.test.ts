import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLeftOut, readIgnoreFile } from '../../src/lint/gitignore';

const rules = [
  ...readIgnoreFile('build/\n*.log\n!keep.log\n', ''),
  ...readIgnoreFile('/local.sql\n', 'queries/'),
];

test('a file below an ignored folder is left out, however deep', () => {
  assert.equal(isLeftOut('build/a/b.sql', rules), true);
  assert.equal(isLeftOut('src/build/a.sql', rules), true);
  assert.equal(isLeftOut('rebuild/a.sql', rules), false);
});

test('the last pattern that meets a file decides', () => {
  assert.equal(isLeftOut('a/b.log', rules), true);
  assert.equal(isLeftOut('a/keep.log', rules), false);
});

test('patterns of a deeper .gitignore count from its folder', () => {
  assert.equal(isLeftOut('queries/local.sql', rules), true);
  assert.equal(isLeftOut('local.sql', rules), false);
  assert.equal(isLeftOut('queries/deep/local.sql', rules), false);
});
