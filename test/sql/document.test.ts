import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument, type SqlDocument } from '../../src/sql/document';

function texts(document: SqlDocument): string[] {
  return document.statements.map((statement) => statement.parsed.text);
}

test('statements are split at semicolons outside of strings, comments, templates and $$ bodies', () => {
  const text =
    "select ';' ; -- a;b\nselect 2 /* ; */;\n;\ncreate procedure p() as $$ begin; end; $$ language plpgsql;select {{ ';' }}";
  const document = readDocument(text, 'redshift');
  assert.deepEqual(texts(document), [
    "select ';'",
    'select 2',
    'create procedure p() as $$ begin; end; $$ language plpgsql',
    "select {{ ';' }}",
  ]);
  assert.deepEqual(
    document.comments.map((comment) => comment.text),
    ['-- a;b', '/* ; */'],
  );
  for (const { start, end, parsed } of document.statements) assert.equal(text.slice(start, end), parsed.text);
});

test('psql lines end a statement and belong to none', () => {
  assert.deepEqual(texts(readDocument('\\set x 1\nselect 1\n\\i other.sql\nselect 2;', 'redshift')), [
    'select 1',
    'select 2',
  ]);
});

test('offsets count UTF-16 units behind emoji and CRLF', () => {
  const text = "select '😀';\r\nselect é from t;\r\n";
  const [, second] = readDocument(text, 'athena').statements;
  assert.equal(text.slice(second?.start, second?.end), 'select é from t');
});

test('an edit re-reads only the statement that it touched', () => {
  const text = Array.from({ length: 200 }, (_, i) => `-- c${i}\nselect a${i} from t where x = ${i}`).join(
    ';\n',
  );
  const before = readDocument(text, 'athena');
  const at = text.indexOf('a100');
  const after = readDocument(`${text.slice(0, at)}b, ${text.slice(at)}`, 'athena', before);
  const kept = after.statements.filter((statement, i) => statement.parsed === before.statements[i]?.parsed);
  assert.equal(kept.length, 199);
  assert.equal(after.statements.length, 200);
});

test('after any edit the document is the same as one read from scratch', () => {
  const base =
    "select 1; select 'a;b' from t; -- c\nselect $$x;y$$; /* d */ update t set a = 1;\n\\set x\ndelete from u";
  const pieces = ["'", ';', '$$', '/*', '*/', '--', '\n', 'x', '"', '{{', '}}', '\\', ''];
  let state = 11;
  const next = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
  for (const dialect of ['athena', 'redshift'] as const) {
    let text = base;
    let document = readDocument(text, dialect);
    for (let i = 0; i < 600; i++) {
      const from = next(text.length + 1);
      text = text.slice(0, from) + (pieces[next(pieces.length)] ?? '') + text.slice(from + next(4));
      if (text.length < 20) text += base;
      document = readDocument(text, dialect, document);
      assert.deepEqual(document, readDocument(text, dialect), JSON.stringify(text));
    }
  }
});

test('statements that only moved keep their tree, in whatever order', () => {
  const before = readDocument("select 1; select 2; select 'open", 'athena');
  const after = readDocument("select 2; select 1; select 'open'", 'athena', before);
  assert.equal(after.statements[0]?.parsed, before.statements[1]?.parsed);
  assert.equal(after.statements[1]?.parsed, before.statements[0]?.parsed);
});
