import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import { actionsAt, editBetween, fileActionsAt } from '../../src/language/codeActions';
import type { Finding } from '../../src/lint/finding';
import { openFile } from '../../src/lint/openFile';
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

test('a statement of several lines can be ignored by its line too', () => {
  assert.equal(
    applied('select\n  *\nfrom t;\n', '*', 'Ignore ATH121 on this line'),
    'select\n  * -- lake-ignore ATH121\nfrom t;\n',
  );
});

test('where a kind of finding has several fixes, one entry applies all of them, and no other kind', () => {
  const sql = "select 'a' from t; select 'b' from t; select 'c' from t";
  const fix = (at: string, text: string): Finding => {
    const found = finding(sql, at);
    return { ...found, fixes: [{ title: 'Write it', edits: [{ ...found, text }] }] };
  };
  const other = { ...fix("'c'", 'z'), code: 'ATH108' };
  const all = [fix("'a'", 'x'), fix("'b'", 'y'), other];
  const [first] = all;
  assert.ok(first);
  const actions = actionsAt(readDocument(sql, 'athena'), all, first);
  const one = actions.find(({ title }) => title === 'Fix all 2 findings of ATH121 in this file');
  assert.ok(one);
  assert.equal(applyEdits(sql, one.edits), "select x from t; select y from t; select 'c' from t");
  assert.equal(
    actionsAt(readDocument(sql, 'athena'), all, other).some(({ title }) => title.startsWith('Fix all')),
    false,
    'a kind with one fix needs no such entry',
  );
});

test('a scaffold is never part of fixing all of a kind', () => {
  const sql = 'select a, b from t';
  const edits = [{ start: 7, end: 8, text: 'x' }];
  const all = ['a', 'b'].map((at) => finding(sql, at, [{ title: 'Fill in', edits, scaffold: true }]));
  assert.equal(
    actionsAt(readDocument(sql, 'athena'), all, { start: 0, end: sql.length }).some(({ title }) =>
      title.startsWith('Fix all'),
    ),
    false,
  );
});

test('a state machine is ignored in its Comment fields', async () => {
  const text =
    '{\n  "StartAt": "A",\n  "States": {\n    "A": {\n      "Type": "Pass",\n      "End": true\n    }\n  }\n}\n';
  const file = await openFile({ path: 'flow.asl.json', text });
  assert.ok(file?.kind === 'document');
  const found = { ...finding(text, '"Pass"'), code: 'ASL01', rule: 'asl-x' };
  const actions = fileActionsAt(file, [found], found);
  assert.deepEqual(
    actions.map(({ title }) => title),
    ['Ignore ASL01 in this state', 'Ignore ASL01 in this file'],
  );
  for (const { edits } of actions) {
    const mended: unknown = JSON.parse(applyEdits(text, edits));
    assert.match(JSON.stringify(mended), /"Comment":"lake-ignore(-file)? ASL01"/);
  }
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
