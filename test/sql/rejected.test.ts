import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialect, Node } from '../../src/sql/ast';
import { parseStatement } from '../../src/sql/parse';
import { walk } from '../../src/sql/walk';

function rejects(dialect: Dialect, text: string, part: string, suggestion?: string): void {
  const { problems } = parseStatement(text, dialect);
  const first = problems[0];
  assert.ok(first !== undefined, `no problem in ${text}`);
  assert.ok(first.message.includes(part), `${text}: ${first.message}`);
  if (suggestion !== undefined) assert.equal(first.suggestion, suggestion);
}

test('a problem says what was expected and what was found', () => {
  const cases: readonly (readonly [Dialect, string, string])[] = [
    ['athena', 'select a from where b = 1', 'Expected a table name after FROM, found WHERE'],
    ['athena', 'select a, from t', 'found FROM'],
    ['athena', 'select  from t', 'Expected a column or expression after SELECT, found FROM'],
    ['athena', 'select a from t where', 'found the end of the statement'],
    ['athena', 'select a from t where a = = 1', 'Expected an expression after ='],
    ['athena', 'select a from t where a = 1 = 2', 'Unexpected ='],
    ['athena', 'select (a from t', 'Expected )'],
    ['athena', 'select a) from t', 'A ) that nothing opens'],
    ['athena', 'select a from t limit x', 'a number of rows for LIMIT'],
    ['athena', 'select a from t limit 1 offset 2', 'Unexpected OFFSET'],
    ['athena', 'select a from t join u', 'ON or USING'],
    ['athena', 'select a::int from t', 'Unexpected ::'],
    ['athena', 'select a from t qualify x = 1', 'Unexpected'],
    ['athena', "select 'abc", 'never closed'],
    ['athena', 'select case when a then b', 'Expected END'],
    ['athena', 'select cast(a int) from t', 'Expected AS'],
    ['athena', 'select sum(a) over (order by b rows between 1 preceding) from t', 'Expected AND'],
    ['athena', 'select a from t group by grouping sets (a', 'Expected )'],
    ['athena', 'insert orders select 1', 'Expected INTO'],
    ['athena', 'select a from t where b is 5', 'NULL or DISTINCT FROM'],
    ['athena', 'create table t', 'a list of columns or AS'],
    ['athena', 'merge into t using s on a = b', 'WHEN'],
    ['redshift', 'copy t from', 'a location in quotes'],
    ['redshift', "copy t from 's3://x' blah", 'no option of COPY'],
    ['redshift', 'update t where a = 1', 'Expected SET'],
    ['redshift', "unload ('select a frm t wher') to 's3://x' iam_role default", 'Unexpected'],
    ['redshift', 'alter table t frobnicate', 'no action of ALTER TABLE'],
    ['redshift', 'grant select on (t to alice', 'never closed'],
    ['redshift', 'select * from t pivot (sum(a) for b (1))', 'Expected IN'],
    ['redshift', 'hello world', 'No statement begins with HELLO'],
  ];
  for (const [dialect, text, part] of cases) rejects(dialect, text, part);
});

test('a misspelt keyword is named with the one that was meant, once, and the rest is still read', () => {
  rejects('athena', 'selct a from t', 'SELCT', 'SELECT');
  rejects('athena', 'select a form t', 'FORM', 'FROM');
  rejects('athena', 'select a from t wher b = 1', 'WHER', 'WHERE');
  rejects('redshift', 'select a from t gropu by a', 'GROPU', 'GROUP');
  rejects('redshift', 'select a from t oder by a', 'ODER', 'ORDER');
  rejects('redshift', 'udpate t set a = 1', 'UDPATE', 'UPDATE');
  const { problems, body } = parseStatement('selct a form t wher b = 1', 'athena');
  assert.equal(problems.length, 3);
  assert.deepEqual(tables(body), ['t']);
});

function tables(body: Node): string[] {
  const found: string[] = [];
  walk(body, (node) => {
    if (node.kind === 'TableRef') found.push(node.name.parts.map((part) => part.name).join('.'));
  });
  return found;
}

test('half-typed statements keep their tables', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['select  from t where ', ['t']],
    ['select a, from t', ['t']],
    ['select a. from t', ['t']],
    ['select a, b from t join ', ['t']],
    ['select a from t join u on ', ['t', 'u']],
    ['select a from t join u on t.', ['t', 'u']],
    ['select count( from t', ['t']],
    ['select a from t where b in (', ['t']],
    ["select a from t where b = 'x", ['t']],
    ['select a from t where (b = 1 and ', ['t']],
    ['select a from t group by ', ['t']],
    ['select a from t order by ', ['t']],
    ['with x as (select a from t', ['t']],
    ['with x as (select a from t) select  from x', ['t', 'x']],
    ['select * from (select a from t where ', ['t']],
    ['insert into u select a from t where ', ['t']],
    ['select case when a = 1 then  from t', ['t']],
  ];
  for (const [text, names] of cases)
    assert.deepEqual(tables(parseStatement(text, 'athena').body), names, text);
});

test('a comma join behind an ON condition stays a table', () => {
  assert.deepEqual(tables(parseStatement('select 1 from a join b on a.x = b.x, c', 'athena').body), [
    'a',
    'b',
    'c',
  ]);
});

test('templates are silent', () => {
  for (const text of [
    "{{ config(materialized='table') }} select * from {{ ref('orders') }} where day = '{{ ds }}'",
    'select a {% if x %}, b {% endif %} from t',
    'select a from ${db}.orders where ${condition} group by 1',
    'select {{ columns }} from t {{ joins }} where a = 1 {{ more }} nonsense here',
    'select * from {table} where x = %(x)s and y = :y and z = %s',
    'select * from tmp_{{ run }} where {# note #} a = 1',
  ]) {
    for (const dialect of ['athena', 'redshift'] as const)
      assert.deepEqual(parseStatement(text, dialect).problems, [], text);
  }
  assert.equal(parseStatement('select {{ a }}', 'athena').templated, true);
  assert.equal(parseStatement('select a', 'athena').templated, false);
});
