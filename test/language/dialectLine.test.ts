import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import { dialectLine } from '../../src/language/dialectLine';
import { readDocument } from '../../src/sql/document';
import { dialectOf } from '../../src/sql/dialect';

const pinned = (text: string): string => applyEdits(text, [dialectLine(text, 'redshift')]);

test('the line is put first, with the line ends of the file', () => {
  assert.equal(pinned('select 1'), '-- dialect: redshift\nselect 1');
  assert.equal(pinned('select 1\r\n'), '-- dialect: redshift\r\nselect 1\r\n');
  assert.equal(pinned('\uFEFFselect 1'), '\uFEFF-- dialect: redshift\nselect 1');
});

test('a line that pins another dialect is replaced, any other comment stays', () => {
  assert.equal(pinned('--Dialect = athena\nselect 1'), '-- dialect: redshift\nselect 1');
  assert.equal(pinned('-- nightly load\nselect 1'), '-- dialect: redshift\n-- nightly load\nselect 1');
});

test('the line that is written is the line that is read', () => {
  assert.equal(dialectOf(pinned('select 1')), 'redshift');
  assert.equal(readDocument(pinned('select 1'), 'redshift').statements.length, 1);
});
