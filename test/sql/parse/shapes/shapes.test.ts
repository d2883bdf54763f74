import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialect } from '../../../../src/sql/ast';
import { parseStatement } from '../../../../src/sql/parse';
import { shapeOf, shapesOf } from '../../../../src/sql/parse/shapes/notation';
import { athenaUtilities } from '../../corpus/athenaUtilities';
import { redshiftUtilities } from '../../corpus/redshiftUtilities';

const broken: Readonly<Record<Dialect, readonly string[]>> = {
  redshift: [
    'drop drop table t',
    'drop table table t',
    'show show tables',
    'create create table t (a int)',
    'commit commit work',
    'begin begin transaction',
    'refresh materialized materialized view v',
    'grant grant select on t to a',
    'set set x to off',
    'deallocate prepare prepare p',
    'create v view as select 1',
    'drop t table',
    "create u user password 'x'",
    'alter u user rename to v',
    'drop view materialized v',
    'drop if exists t',
    'show',
    'drop view',
    'create',
    'alter',
    'drop',
    'reset',
    'set',
    'grant',
    'create role',
    'create s (a int)',
    'deallocate',
    'comment on',
    'drop table if if exists t',
    'drop schema exists d',
    'drop table if exists .t',
    'alter user u u rename to v',
    'drop schema d d cascade',
    'alter schema owner s to u',
    'alter role r rename r2',
    "comment table t is 'x'",
    'set statement_timeout 60000',
    'revoke all on all tables in schema s',
    "comment on view v 'x'",
    'grant create usage on schema s to u',
    'grant on database d to group g',
    'revoke select on t from',
    'alter default privileges in schema s select on tables to group g',
    'create group g with user a,',
    'alter group g add user , d',
    'analyze t (a a, b)',
    'grant select, update update on t to u',
    'call f)',
    'drop function f(float) ) cascade',
    'alter procedure p date) rename to q',
    'create function f(float) returns float stable as $$ select 1 $$ language language sql',
    'select (*) from t',
    'create table t (a, b int)',
    'alter table t add constraint',
    'alter table t add constraint c',
    'alter table t add primary key ()',
    'alter table t drop constraint',
    'alter table t owner to',
    'alter table t add zone2',
  ],
  athena: [
    'drop drop table t',
    'show show tables',
    'describe describe t',
    'create create table t (a int)',
    'show t tblproperties',
    'show t partitions',
    'show from columns t',
    'create database if exists not d',
    'show',
    'drop view',
    'create',
    'create database if not not exists d',
    'create database if not',
    "show like like 'x'",
    'create database d location',
    "create external table words (a , b string) location 's3://x/'",
    "alter schema d set dbproperties ('a' = ) 'b'",
    'select (*) from t',
    'explain (format ) select 1',
    'explain (validate) select 1',
    "select listagg(a, ',') from t",
    'select current_timestamp()',
    'select * from (f(input => table(t)))',
    'update update t set a = 1',
    'alter table t unset tblproperties',
    'describe',
  ],
};

test('a word doubled, swapped or missing is one problem inside the statement', () => {
  for (const dialect of ['redshift', 'athena'] as const) {
    for (const text of broken[dialect]) {
      const { problems } = parseStatement(text, dialect);
      assert.equal(
        problems.length,
        1,
        `${dialect}: ${text}: ${problems.map(({ message }) => message).join('; ')}`,
      );
      const [{ start, end } = { start: -1, end: -1 }] = problems;
      assert.ok(start >= 0 && start < end && end <= text.length, text);
    }
  }
});

test('a template, parameter or psql variable anywhere takes the strictness away', () => {
  for (const text of [
    'drop {{ kind }} t',
    'drop table {{ x }} y z',
    'grant {{ rights }} on t to u',
    'grant select on t to {% if a %} u {% else %} v {% endif %}',
    'drop :kind t',
    'alter group g add :users',
  ])
    assert.deepEqual(parseStatement(text, 'redshift').problems, [], text);
  assert.deepEqual(parseStatement('show {{ what }} {{ where }} x', 'athena').problems, []);
});

test('a misspelt keyword is named with the one that was meant', () => {
  const cases: readonly (readonly [Dialect, string, string])[] = [
    ['redshift', 'drop tabel t', 'TABLE'],
    ['redshift', 'create shema s', 'SCHEMA'],
    ['redshift', 'grant selct on t to u', 'SELECT'],
    ['redshift', 'grant usage on schma s to u', 'SCHEMA'],
    ['redshift', 'drop table t casade', 'CASCADE'],
    ['athena', 'show partitons t', 'PARTITIONS'],
    ['athena', 'msck reapir table t', 'REPAIR'],
    ['athena', 'create databse d', 'DATABASE'],
  ];
  for (const [dialect, text, suggestion] of cases)
    assert.equal(parseStatement(text, dialect).problems[0]?.suggestion, suggestion, text);
});

test('every utility that is accepted keeps its verb and loses nothing of its text', () => {
  for (const [dialect, texts] of [
    ['redshift', redshiftUtilities],
    ['athena', athenaUtilities],
  ] as const) {
    for (const text of texts) {
      const { body } = parseStatement(text, dialect);
      assert.equal(body.start, 0, text);
      assert.equal(body.end, text.length, text);
    }
  }
});

test('a line of syntax that does not close its brackets, or names no place, is a fault of ours and thrown', () => {
  assert.throws(() => shapeOf('DROP [IF EXISTS name'), /A \] is missing/);
  assert.throws(() => shapeOf('DROP TABLE] name'), /stands behind the end/);
  assert.deepEqual(shapeOf('A <B | c%>'), {
    kind: 'sequence',
    items: [
      { kind: 'word', upper: 'A' },
      {
        kind: 'choice',
        items: [
          { kind: 'word', upper: 'B' },
          { kind: 'list', item: { kind: 'place', name: 'c' } },
        ],
      },
    ],
  });
  const { statements, parts } = shapesOf('DROP x\nDROP y', 'x: TABLE');
  assert.equal(statements.get('DROP')?.length, 2);
  assert.equal(parts.size, 1);
});
