import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryError } from '../../src/query/errorPlace';

test('the place of a Trino error is the word at its line and column', () => {
  const sql = 'select a,\n  amout\nfrom t';
  const error = queryError(
    "COLUMN_NOT_FOUND: line 2:3: Column 'amout' cannot be resolved or requester is not authorized to access requested resources",
    sql,
  );
  assert.deepEqual(error, {
    code: 'COLUMN_NOT_FOUND',
    message: "Column 'amout' cannot be resolved or requester is not authorized to access requested resources",
    span: { start: 12, end: 17 },
  });
  assert.equal(sql.slice(12, 17), 'amout');
});

test('columns count code points, and lines may end in any way', () => {
  const sql = "select '🏦🏦',\r\n'🏦', \"bad name\"";
  const { span } = queryError('line 2:6: oops', sql);
  assert.equal(sql.slice(span?.start, span?.end), '"bad name"');
});

test('Athena’s trailer and prefixes are left out', () => {
  assert.deepEqual(
    queryError(
      'SYNTAX_ERROR: line 1:15: Table awsdatacatalog.d.t does not exist This query ran against the "d" database, unless qualified by the query. Please post the error message on our forum or contact customer support with Query Id: 1-2-3',
      'select * from t',
    ),
    {
      code: 'SYNTAX_ERROR',
      message: 'Table awsdatacatalog.d.t does not exist',
      span: { start: 14, end: 15 },
    },
  );
});

test('Hive counts columns from zero', () => {
  const sql = 'CREATE TABEL x (a int)';
  const error = queryError(
    "FAILED: ParseException line 1:7 cannot recognize input near 'CREATE' 'TABEL' 'x'",
    sql,
  );
  assert.equal(sql.slice(error.span?.start, error.span?.end), 'TABEL');
  assert.match(error.message, /^Cannot recognize input/);
});

test('a reason without a place, beyond the text or without words is still told', () => {
  assert.deepEqual(queryError('HIVE_CURSOR_ERROR: s3://b/k is not a Parquet file', 'select 1'), {
    code: 'HIVE_CURSOR_ERROR',
    message: 's3://b/k is not a Parquet file',
  });
  assert.equal(queryError('line 9:1: odd', 'select 1').span, undefined);
  assert.equal(queryError('', '').message, 'The query failed without a reason');
});
