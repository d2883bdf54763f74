import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayWrite } from '../../src/language/writes';
import { readDocument } from '../../src/sql/document';

function writes(sql: string): boolean {
  const [statement] = readDocument(sql, 'athena').statements;
  assert.ok(statement, sql);
  return mayWrite(statement.parsed);
}

test('queries, plans and SHOW change nothing', () => {
  for (const sql of [
    'select 1',
    'with a as (select 1 as x) select x from a',
    'explain insert into t select 1',
    'explain analyze select 1',
    'show partitions t',
    'describe t',
    'select a, from t',
  ]) {
    assert.equal(writes(sql), false, sql);
  }
});

test('everything that changes data or the catalog is a write, and so is what cannot be read', () => {
  for (const sql of [
    'insert into t select 1',
    'create table t as select 1 as a',
    'create or replace view v as select 1 as a',
    "unload (select 1) to 's3://b/p/' with (format = 'PARQUET')",
    'drop table t',
    'msck repair table t',
    "alter table t add partition (d = '1')",
    'delete from t where a = 1',
    'update t set a = 1',
    'vacuum t',
    'optimize t rewrite data using bin_pack',
    'explain analyze insert into t select 1',
    'execute p',
    'frobnicate t',
  ]) {
    assert.equal(writes(sql), true, sql);
  }
});
