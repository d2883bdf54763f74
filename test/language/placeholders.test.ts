import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineAround, placeholdersIn } from '../../src/language/placeholders';
import { readDocument } from '../../src/sql/document';

function placesIn(sql: string): number[] {
  const [statement] = readDocument(sql, 'athena').statements;
  assert.ok(statement);
  return placeholdersIn(statement.parsed).map(({ start }) => start + statement.start);
}

test('each ? of a statement is found in the order of the text, and none in a string or comment', () => {
  const sql = "select * from t where b = ? and a in (?, 'what?') -- why?\n limit ?";
  assert.deepEqual(placesIn(sql), [
    sql.indexOf('= ?') + 2,
    sql.indexOf('(?') + 1,
    sql.indexOf('limit ?') + 6,
  ]);
});

test('a prepared statement asks for nothing, and neither does one without places', () => {
  assert.deepEqual(placesIn('prepare p from select * from t where a = ?'), []);
  assert.deepEqual(placesIn('select 1'), []);
});

test('the places of INSERT and UNLOAD count too', () => {
  assert.equal(placesIn('insert into t select a from s where b = ?').length, 1);
  assert.equal(
    placesIn("unload (select a from s where b = ?) to 's3://b/p/' with (format = 'parquet')").length,
    1,
  );
});

test('the question shows the line of the place', () => {
  const sql = 'select *\nfrom t\nwhere channel = ?\n';
  assert.equal(lineAround(sql, { start: sql.indexOf('?'), end: 0 }), 'where channel = ?');
  const long = `select ${'a, '.repeat(60)} ? from t`;
  assert.ok(lineAround(long, { start: long.indexOf('?'), end: 0 }).endsWith('?'));
});
