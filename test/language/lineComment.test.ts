import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import { lineComment } from '../../src/language/lineComment';
import { suppressed } from '../../src/lint/suppressions';
import type { Finding } from '../../src/lint/finding';
import { rules } from '../../src/lint/rules/index';
import { readDocument } from '../../src/sql/document';

function finding(sql: string, at: string): Finding {
  const start = sql.indexOf(at);
  return {
    rule: 'athena-select-star',
    code: 'ATH121',
    severity: 'warning',
    message: '',
    fixes: [],
    start,
    end: start + at.length,
  };
}

/** The text with the comment, after a check that it drops the finding. */
function commented(sql: string, at: string): string | undefined {
  const edit = lineComment(readDocument(sql, 'athena'), finding(sql, at));
  if (edit === undefined) return undefined;
  const text = applyEdits(sql, [edit]);
  const moved = edit.start <= sql.indexOf(at) ? edit.text.length : 0;
  const found = finding(sql, at);
  const now = { ...found, start: found.start + moved, end: found.end + moved };
  assert.deepEqual(suppressed([now], readDocument(text, 'athena'), { rules, settings: {} }), []);
  return text;
}

test('the comment stands at the end of the line, before its line end', () => {
  assert.equal(commented('select\r\n  *\r\nfrom t', '*'), 'select\r\n  * -- lake-ignore ATH121\r\nfrom t');
});

test('a comment that is there already gets the name too, or stays behind the new one', () => {
  assert.equal(
    commented('select\n  * -- lake-ignore ATH108\nfrom t', '*'),
    'select\n  * -- lake-ignore ATH108, ATH121\nfrom t',
  );
  assert.equal(
    commented('select\n  * -- all of it\nfrom t', '*'),
    'select\n  * /* lake-ignore ATH121 */ -- all of it\nfrom t',
  );
});

test('a statement of one line is ignored as a statement, not by its line', () => {
  assert.equal(commented('select * from t', '*'), undefined);
});

test('nothing is written into a text that goes on in the next line', () => {
  assert.equal(commented("select *, 'a\nb' as c\nfrom t", '*'), undefined);
});
