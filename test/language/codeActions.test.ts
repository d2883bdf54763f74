import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import { actionsAt, editBetween } from '../../src/language/codeActions';
import type { Finding } from '../../src/lint/finding';
import { readDocument } from '../../src/sql/document';

function finding(sql: string, at: string, fixes: Finding['fixes'] = []): Finding {
  const start = sql.indexOf(at);
  const code = 'ATH121';
  return {
    rule: 'athena-select-star',
    code,
    severity: 'warning',
    message: '',
    fixes,
    start,
    end: start + at.length,
  };
}

function applied(sql: string, at: string, title: string): string {
  const document = readDocument(sql, 'athena');
  const found = finding(sql, at);
  const action = actionsAt(document, [found], found).find((one) => one.title === title);
  assert.ok(action, title);
  return applyEdits(sql, action.edits);
}

test('ignoring in a statement writes the comment above its first line, with its indent', () => {
  assert.equal(
    applied('select 1;\n  select\n    * from t;\n', '*', 'Ignore ATH121 in this statement'),
    'select 1;\n  -- lake-ignore ATH121\n  select\n    * from t;\n',
  );
});

test('ignoring in a file stays below the line that pins the dialect, and keeps CRLF', () => {
  assert.equal(
    applied('-- dialect: athena\r\nselect * from t', '*', 'Ignore ATH121 in this file'),
    '-- dialect: athena\r\n-- lake-ignore-file ATH121\r\nselect * from t',
  );
  assert.equal(
    applied('select * from t', '*', 'Ignore ATH121 in this file'),
    '-- lake-ignore-file ATH121\nselect * from t',
  );
});

test('fixes come first, and only one that is certain is preferred', () => {
  const sql = 'select * from t';
  const edits = [{ start: 7, end: 8, text: 'a' }];
  const one = finding(sql, '*', [{ title: 'Name them', edits }]);
  const scaffold = finding(sql, '*', [{ title: 'Add a filter', edits, scaffold: true }]);
  const titles = (found: Finding) =>
    actionsAt(readDocument(sql, 'athena'), [found], found).map(
      ({ title, preferred }) => `${title} ${preferred}`,
    );
  assert.deepEqual(titles(one), [
    'Name them true',
    'Ignore ATH121 in this statement false',
    'Ignore ATH121 in this file false',
  ]);
  assert.equal(titles(scaffold)[0], 'Add a filter false');
});

test('two findings of one rule in one statement are offered one suppression', () => {
  const sql = 'select a.*, b.* from a, b';
  const found = [finding(sql, 'a.*'), finding(sql, 'b.*')];
  const actions = actionsAt(readDocument(sql, 'athena'), found, { start: 0, end: sql.length });
  assert.equal(actions.length, 2);
});

test('a finding outside the range is not offered', () => {
  const sql = 'select 1; select * from t';
  assert.deepEqual(actionsAt(readDocument(sql, 'athena'), [finding(sql, '*')], { start: 0, end: 3 }), []);
});

test('the edit between two texts touches only what differs', () => {
  assert.equal(editBetween('abc', 'abc'), undefined);
  assert.deepEqual(editBetween('select * from t', 'select a, b from t'), { start: 7, end: 8, text: 'a, b' });
  for (const [before, after] of [
    ['aa', 'aaa'],
    ['aaa', 'aa'],
    ['', 'x'],
    ['x', ''],
    ['abab', 'ab'],
  ] as const) {
    const edit = editBetween(before, after);
    assert.ok(edit);
    assert.equal(applyEdits(before, [edit]), after);
  }
});
