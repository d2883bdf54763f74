import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tablesFromDdl } from '../../src/catalog/ddlTables';
import { readDocument } from '../../src/sql/document';
import { parseStatement } from '../../src/sql/parse';

const comment = (sql: string): string | undefined =>
  tablesFromDdl(readDocument(sql, 'athena'))[0]?.columns[0]?.comment;

test('a table without EXTERNAL that lists its columns is read by Hive rules: a backslash escapes', () => {
  for (const head of ['CREATE TABLE', 'CREATE TABLE IF NOT EXISTS', 'CREATE EXTERNAL TABLE', 'create table'])
    assert.equal(
      comment(
        `${head} lake.clicks (id int COMMENT 'it\\'s; here') LOCATION 's3://b/x/' TBLPROPERTIES ('table_type'='ICEBERG')`,
      ),
      "it's; here",
      head,
    );
});

test('a table made from a query is read by Trino: a backslash is a character', () => {
  for (const head of ['CREATE TABLE t AS', "CREATE TABLE t WITH (format = 'PARQUET') AS"]) {
    const { problems } = parseStatement(`${head} SELECT (a), 'C:\\' AS drive, "b" FROM u`, 'athena');
    assert.deepEqual(problems, [], head);
  }
});

test('control characters that SHOW CREATE TABLE writes by their numbers are those characters', () => {
  assert.equal(comment("CREATE EXTERNAL TABLE t (a int COMMENT 'x\\u0003\\001\\t')"), 'x\u0003\u0001\t');
});
