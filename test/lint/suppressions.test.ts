import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDocument } from '../../src/lint/lint';
import { readDocument } from '../../src/sql/document';
import { applyEdits } from '../../src/base/text';
import { catalogFrom } from '../support/ruleChecker';

function lint(sql: string) {
  const catalog = catalogFrom('', 'redshift');
  return lintDocument(readDocument(sql, 'redshift'), { catalog, config: { rules: {} } }).findings;
}
function codes(sql: string): readonly string[] {
  return lint(sql).map(({ code, start }) => `${code}@${sql.slice(0, start).split('\n').length}`);
}

test('a comment above a statement switches a rule off for that statement only', () => {
  assert.deepEqual(codes('-- lake-ignore RS306\nDELETE FROM a;\nDELETE FROM b;'), ['RS306@3']);
  assert.deepEqual(codes('-- lake-ignore redshift-delete-all: emptied each night\nDELETE FROM a;'), []);
  assert.deepEqual(codes('/* lake-ignore RS306 */\n\nDELETE\nFROM a;'), []);
  assert.deepEqual(codes('-- LAKE-IGNORE rs306\nDELETE FROM a;'), []);
});

test('several names go with commas, and none means every rule', () => {
  const sql = 'CREATE TABLE t (id INT);';
  assert.deepEqual(codes(sql), ['RS101@1', 'RS102@1']);
  assert.deepEqual(codes(`-- lake-ignore RS101, redshift-sortkey-not-chosen\n${sql}`), []);
  assert.deepEqual(codes(`-- lake-ignore RS101\n${sql}`), ['RS102@2']);
  assert.deepEqual(codes(`-- lake-ignore\n${sql}`), []);
});

test('a comment behind code means its line', () => {
  assert.deepEqual(codes('DELETE FROM a; -- lake-ignore RS306\nDELETE FROM b;'), ['RS306@2']);
  assert.deepEqual(codes('SELECT\n  * -- lake-ignore RS401\nFROM a;'), []);
  assert.deepEqual(codes('SELECT\n  *\nFROM a; -- lake-ignore RS401'), ['RS401@2']);
});

test('a comment on a line of its own inside a statement means the next line', () => {
  assert.deepEqual(codes('SELECT\n  -- lake-ignore RS401\n  *\nFROM a;'), []);
  assert.deepEqual(codes('SELECT *\n  -- lake-ignore RS401\nFROM a;'), ['RS401@1']);
});

test('lake-ignore-file means the whole file, wherever it stands', () => {
  assert.deepEqual(codes('DELETE FROM a;\nDELETE FROM b;\n-- lake-ignore-file RS306'), []);
  assert.deepEqual(codes('-- lake-ignore-file\nDELETE FROM a;\nSELCT 1;'), []);
});

test('a name that no rule has is information with the nearest one, and a fix writes it', () => {
  const sql = '-- lake-ignore RS3O6\nDELETE FROM a;';
  const [found, ...others] = lint(sql);
  assert.equal(found?.severity, 'information');
  assert.equal(found?.message, 'No rule is called RS3O6: did you mean RS306?');
  assert.equal(sql.slice(found?.start, found?.end), 'RS3O6');
  assert.deepEqual(
    others.map(({ code }) => code),
    ['RS306'],
  );
  assert.deepEqual(codes(applyEdits(sql, found?.fixes[0]?.edits ?? [])), []);
});

test('other comments switch nothing off', () => {
  assert.deepEqual(codes('-- lake-ignored RS306\nDELETE FROM a;'), ['RS306@2']);
  assert.deepEqual(codes('-- see lake-ignore RS306\nDELETE FROM a;'), ['RS306@2']);
});
