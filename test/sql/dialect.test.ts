import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectOf } from '../../src/sql/dialect';

test('a comment on the first line decides', () => {
  assert.equal(dialectOf('-- dialect: redshift\nselect 1'), 'redshift');
  assert.equal(dialectOf('-- report\n-- dialect: Athena\ncreate table t (a int distkey)'), 'athena');
});

test('words that only one engine has decide', () => {
  for (const text of [
    'create table t (a int) distkey(a)',
    "copy t from 's3://b/k' iam_role 'arn' csv",
    'select a::int from t',
    "unload ('select 1') to 's3://x' iam_role default",
    'select getdate()',
  ]) {
    assert.equal(dialectOf(text), 'redshift', text);
  }
  for (const text of [
    'select * from t cross join unnest(a) as u(x)',
    "create external table t (a int) stored as parquet location 's3://x/'",
    'msck repair table t',
    'select * from "t$partitions"',
    "create table t with (format = 'PARQUET') as select 1 as a",
    "select date_parse(a, '%Y') from t",
  ]) {
    assert.equal(dialectOf(text), 'athena', text);
  }
});

test('no sign, signs of both, or of another engine give undefined', () => {
  for (const text of [
    'select 1',
    'select distkey, sortkey from t',
    "select 'distkey' -- distkey\n",
    'select a::int from t cross join unnest(b) as u(x)',
    'create table t (a int auto_increment) engine=InnoDB',
    'select `a` from `t`',
    'select [a].[b] from [dbo].[t]\nGO\n',
    'declare @x int',
    'select struct(1 as a) from `p.d.t`',
    'copy into t from @stage',
    'create table t (a int) using delta',
    'select x from t lateral view explode(y) z as w',
  ]) {
    assert.equal(dialectOf(text), undefined, text);
  }
});
