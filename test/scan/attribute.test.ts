import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scans, tableOf, verdicts } from './tables';

const t = tableOf('t(id bigint, x bigint, items array(bigint)) by k string');
const u = tableOf('u(id bigint, y bigint) by k string');
const view = tableOf('recent(id bigint, kk string)', {
  kind: 'view',
  viewSql: 'select id, k as kk from t where x > 0',
});

const cases: readonly (readonly [name: string, sql: string, verdict: string])[] = [
  ['a derived table', "select id from (select id, k from t) s where s.k = 'a'", 't: k exact'],
  ['a renamed column', "select id from (select id, k as day from t) s where s.day = 'a'", 't: k exact'],
  [
    'a computed column',
    "select id from (select id, substr(k, 1, 1) as c from t) s where c = 'a'",
    't: k late',
  ],
  ['a column alias list', "select a from (select id, k from t) s (a, b) where b = 'a'", 't: k exact'],
  ['a WITH query', "with s as (select * from t) select id from s where k = 'a'", 't: k exact'],
  [
    'a WITH query with column names',
    "with s (a, b) as (select id, k from t) select a from s where b = 'a'",
    't: k exact',
  ],
  [
    'a WITH query used twice',
    "with s as (select * from t) select a.id from s a join s b on a.id = b.id where a.k = 'a'",
    't: k exact; t: k none',
  ],
  [
    'nested WITH queries',
    "with s as (select * from t), r as (select * from s) select id from r where k = 'a'",
    't: k exact',
  ],
  ['a WITH name that shadows a table', 'with t as (select 1 as k) select * from t where k = 1', ''],
  [
    'branches of a UNION',
    "select id from (select id, k from t union all select id, k from u) s where k = 'a'",
    't: k exact; u: k exact',
  ],
  [
    'one branch of a UNION',
    "select id from t where k = 'a' union all select id from u",
    't: k exact; u: k none',
  ],
  [
    'an inner join',
    "select t.id from t join u on t.id = u.id and u.k = 'b' where t.k = 'a'",
    't: k exact; u: k exact',
  ],
  [
    'an equality with the other table',
    "select t.id from t join u on t.k = u.k where t.k = 'a'",
    't: k superset; u: k superset',
  ],
  [
    'an equality by USING',
    "select t.id from t join u using (k) where k = 'a'",
    't: k superset; u: k superset',
  ],
  ['a comma join', "select t.id from t, u where t.k = u.k and u.k = 'a'", 't: k superset; u: k superset'],
  [
    'the filled side of an outer join by its ON',
    "select t.id from t left join u on t.id = u.id and u.k = 'a'",
    't: k none; u: k exact',
  ],
  [
    'the kept side of an outer join by its ON',
    "select t.id from t left join u on t.id = u.id and t.k = 'a'",
    't: k blocked: outer-join; u: k none',
  ],
  [
    'WHERE on the kept side',
    "select t.id from t left join u on t.k = u.k where t.k = 'a'",
    't: k exact; u: k superset',
  ],
  [
    'WHERE on the filled side',
    "select t.id from t left join u on t.id = u.id where u.k = 'a'",
    't: k none; u: k exact',
  ],
  [
    'WHERE that lets NULL of the filled side through',
    'select t.id from t left join u on t.id = u.id where u.k is null',
    't: k none; u: k blocked: outer-join',
  ],
  [
    'a LIMIT in between',
    "select id from (select id, k from t limit 10) s where k = 'a'",
    't: k blocked: limit',
  ],
  [
    'a window over all rows',
    "select id from (select id, k, row_number() over (order by x) n from t) s where k = 'a'",
    't: k blocked: window',
  ],
  [
    'a window by the key',
    "select id from (select id, k, row_number() over (partition by k order by x) n from t) s where k = 'a' and n = 1",
    't: k exact',
  ],
  [
    'a named window by the key',
    "select id from (select id, k, row_number() over w n from t window w as (partition by k)) s where k = 'a'",
    't: k exact',
  ],
  [
    'an aggregate by the key',
    "select * from (select k, count(*) c from t group by k) s where k = 'a'",
    't: k exact',
  ],
  [
    'an aggregate by position',
    "select * from (select k, count(*) c from t group by 1) s where k = 'a'",
    't: k exact',
  ],
  ['HAVING on the key', "select k, count(*) from t group by k having k = 'a'", 't: k exact'],
  [
    'an aggregate on other columns',
    "select * from (select x, max(k) m from t group by x) s where m = 'a'",
    't: k blocked: aggregate',
  ],
  [
    'a rollup',
    "select * from (select k, count(*) c from t group by rollup (k)) s where k = 'a'",
    't: k blocked: aggregate',
  ],
  ['DISTINCT', "select * from (select distinct k from t) s where k = 'a'", 't: k exact'],
  ['UNNEST beside it', "select id, i from t cross join unnest(items) as n (i) where k = 'a'", 't: k exact'],
  ['a view', "select id from recent where kk = 'a'", 't: k exact'],
  ['a view without a filter', 'select id from recent', 't: k none'],
  [
    'a semi-join',
    "select id from u where k = 'b' and id in (select id from t where k = 'a')",
    'u: k exact; t: k exact',
  ],
  [
    'a correlated EXISTS',
    "select id from u where u.k = 'b' and exists (select 1 from t where t.k = u.k)",
    'u: k exact; t: k superset',
  ],
  [
    'an ambiguous name',
    "select 1 from t, u where k = 'a'",
    't: k unknown: unresolved; u: k unknown: unresolved',
  ],
  ['a template for the value', "select id from t where k = '${day}'", 't: k unknown: template'],
  ['a template for the condition', 'select id from t where {{ filter }}', 't: k unknown: template'],
  ['broken text', 'select id from t where', 't: k unknown: error'],
  [
    'a recursive query',
    "with recursive r (k, n) as (select k, 1 from t union all select k, n + 1 from r where n < 3) select * from r where k = 'a'",
    't: k blocked: recursive',
  ],
];

for (const [name, sql, verdict] of cases) {
  test(`a filter is followed through ${name}`, () => {
    assert.equal(verdicts(sql, t, u, view), verdict);
  });
}

test('only the columns that something outside asks for are read', () => {
  const columns = (sql: string) =>
    scans(sql, t, u, view).map((scan) => (scan.columns === 'all' ? 'all' : scan.columns.join(' ')));
  assert.deepEqual(columns('select id from (select * from t) s'), ['id']);
  assert.deepEqual(columns('select * from t'), ['id x items k']);
  assert.deepEqual(columns("select count(*) from t where k = 'a'"), ['k']);
  assert.deepEqual(columns('with s as (select *, x + 1 as z from t) select z from s order by id'), ['id x']);
  assert.deepEqual(columns('select a from (select id a, x b from t union all select id, y from u) s'), [
    'id',
    'id',
  ]);
  assert.deepEqual(columns('select a from (select id a, x b from t union select id, y from u) s'), [
    'id x',
    'id y',
  ]);
  assert.deepEqual(columns('select kk from recent'), ['x k']);
  assert.deepEqual(columns('select t.id from t join u on t.x = u.y'), ['id x', 'y']);
  assert.deepEqual(columns('select 1 from t where exists (select * from u where u.y = t.x)'), ['x', 'y']);
});

test('a query that needs only keys is answered from footers', () => {
  const keysOnly = (sql: string) => scans(sql, t).map((scan) => scan.keysOnly);
  assert.deepEqual(keysOnly('select distinct k from t'), [true]);
  assert.deepEqual(keysOnly('select count(*) from t'), [true]);
  assert.deepEqual(keysOnly('select count(x) from t'), [false]);
});

test('a chain of WITH queries that doubles at each step stays bounded', () => {
  const ctes = Array.from(
    { length: 40 },
    (_, at) => `c${at + 1} as (select a.id from c${at} a join c${at} b on a.id = b.id)`,
  );
  const sql = `with c0 as (select id from t), ${ctes.join(', ')} select * from c40`;
  assert.ok(scans(sql, t).length <= 2000 + 40);
});

test('ten thousand conditions and a hundred thousand values are read without running out of stack', () => {
  const conditions = Array.from({ length: 10_000 }, (_, at) => `x = ${at}`).join(' or ');
  const values = Array.from({ length: 100_000 }, (_, at) => `'${at}'`).join(',');
  assert.equal(verdicts(`select id from t where (${conditions}) and k in (${values})`, t), 't: k exact');
});
