import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnRef, Dialect, TableRef } from '../../src/sql/ast';
import { parseStatement } from '../../src/sql/parse';
import { scopesOf, type ColumnsOf } from '../../src/sql/scopes';
import { walk } from '../../src/sql/walk';

const tables: Readonly<Record<string, readonly string[]>> = {
  orders: ['id', 'day', 'amount'],
  items: ['order_id', 'sku', 'day'],
};
const known: ColumnsOf = (ref: TableRef) => tables[ref.name.parts.at(-1)?.name ?? ''];
const blind: ColumnsOf = () => undefined;

/** What the reference written last as `text` means: `source.column`, with its base columns behind an arrow. */
function meaning(
  sql: string,
  text: string,
  given: { readonly columnsOf?: ColumnsOf; readonly dialect?: Dialect } = {},
): string {
  const { columnsOf = known, dialect = 'athena' } = given;
  const parsed = parseStatement(sql, dialect);
  let ref: ColumnRef | undefined;
  walk(parsed.body, (node) => {
    if (node.kind === 'ColumnRef' && sql.slice(node.start, node.end) === text) ref = node;
  });
  assert.ok(ref, `${text} in ${sql}`);
  const scopes = scopesOf(parsed);
  const found = scopes.resolve(ref, columnsOf);
  if (found.kind !== 'column') return found.kind;
  const origins = scopes.origins(found.source, found.column, columnsOf);
  const bases = origins
    ?.map((origin) => `${origin.source.ref?.name.parts.at(-1)?.name}.${origin.column}`)
    .sort()
    .join(' ');
  return `${found.source.name ?? '-'}.${found.column}${bases === undefined ? '' : ` -> ${bases}`}${found.correlated ? ' (outer)' : ''}`;
}

test('a column is found by qualifier, by the tables known to have it, or as the only guess', () => {
  assert.equal(meaning('select o.day from orders o, items i', 'o.day'), 'o.day -> orders.day');
  assert.equal(meaning('select sku from orders o, items i', 'sku'), 'i.sku -> items.sku');
  assert.equal(meaning('select day from orders o, items i', 'day'), 'ambiguous');
  assert.equal(meaning('select x from orders o', 'x'), 'missing');
  assert.equal(meaning('select x from t', 'x'), 't.x -> t.x');
  assert.equal(meaning('select x from t, u', 'x'), 'unknown');
  assert.equal(
    meaning('select lake.orders.day from lake.orders', 'lake.orders.day'),
    'orders.day -> orders.day',
  );
});

test('columns pass through derived tables and CTEs, renamed, starred or by position', () => {
  assert.equal(
    meaning('select d from (select day as d from orders) x where d = 1', 'd'),
    'x.d -> orders.day',
  );
  assert.equal(
    meaning('with c as (select * from orders) select 1 from c where day = 1', 'day'),
    'c.day -> orders.day',
  );
  assert.equal(
    meaning('with c (a, b) as (select id, day from orders) select b from c', 'b'),
    'c.b -> orders.day',
  );
  assert.equal(
    meaning('with c as (select * from t) select 1 from c where x = 1', 'x', { columnsOf: blind }),
    'c.x -> t.x',
  );
  assert.equal(meaning('select z from (select day from orders) as v (z)', 'z'), 'v.z -> orders.day');
  assert.equal(
    meaning("with c as (select upper(day) as day from orders) select 1 from c where c.day = '1'", 'c.day'),
    'c.day',
  );
  assert.equal(
    meaning('with a as (select day from orders), b as (select day as e from a) select e from b', 'e'),
    'b.e -> orders.day',
  );
});

test('a column of a UNION has an origin in each branch', () => {
  assert.equal(
    meaning(
      'select 1 from (select day from orders union all select day from items) u where u.day = 1',
      'u.day',
    ),
    'u.day -> items.day orders.day',
  );
  assert.equal(
    meaning("select 1 from (select day from orders union all select 'x') u where u.day = 1", 'u.day'),
    'u.day',
  );
});

test('the nearest CTE shadows an outer one and a table, but is not seen by itself', () => {
  assert.equal(
    meaning('with orders as (select id as k from orders) select k from orders', 'k'),
    'orders.k -> orders.id',
  );
  assert.equal(
    meaning(
      'with c as (select id as a from orders) select * from (with c as (select day as a from orders) select a from c) x',
      'a',
    ),
    'c.a -> orders.day',
  );
});

test('a recursive query knows itself', () => {
  const sql =
    'with recursive n (d) as (select day from orders union all select d from n) select 1 from n where n.d = 1';
  assert.equal(meaning(sql, 'n.d').split(' ')[0], 'n.d');
});

test('a table further out is meant before a column of a table whose columns are unknown', () => {
  const sql = 'select 1 from parties p where exists (select 1 from visits v where v.party = p.id)';
  assert.equal(meaning(sql, 'p.id', { columnsOf: blind, dialect: 'redshift' }), 'p.id -> parties.id (outer)');
  const field = 'select p.id from visits v';
  assert.equal(meaning(field, 'p.id', { columnsOf: blind, dialect: 'redshift' }), 'v.p -> visits.p');
});

test('USING merges columns, and correlated columns are found outside', () => {
  assert.equal(meaning('select day from orders join items using (day)', 'day'), 'orders.day -> orders.day');
  assert.equal(
    meaning('select day from orders right join items using (day)', 'day'),
    'items.day -> items.day',
  );
  assert.equal(
    meaning('select 1 from orders where exists (select 1 from items where order_id = id)', 'id'),
    'orders.id -> orders.id (outer)',
  );
  assert.equal(
    meaning(
      'select 1 from orders o cross join lateral (select o.day as d from items) x where 1 = 1',
      'o.day',
    ),
    'o.day -> orders.day (outer)',
  );
});

test('UNNEST, lambdas, aliases and navigation are no table columns', () => {
  assert.equal(meaning('select u.i from orders cross join unnest(amount) as u (i)', 'u.i'), 'u.i');
  assert.equal(meaning('select filter(amount, x -> x > 1) from orders', 'x'), 'lambda');
  assert.equal(meaning('select id as k from orders order by k', 'k'), 'alias');
  assert.equal(meaning('select i.sku from orders o, o.amount i', 'i.sku', { dialect: 'redshift' }), 'i.sku');
});

test('outer joins mark the side that may be missing, and updates have scopes too', () => {
  const parsed = parseStatement('select 1 from orders o left join items i on o.id = i.order_id', 'athena');
  assert.deepEqual(
    scopesOf(parsed).tables.map((source) => [source.name, source.nullable]),
    [
      ['o', false],
      ['i', true],
    ],
  );
  assert.equal(
    meaning('update orders set amount = sku from items where items.order_id = orders.id', 'sku', {
      dialect: 'redshift',
    }),
    'items.sku -> items.sku',
  );
  assert.equal(scopesOf(parsed), scopesOf(parsed));
});

test('the queries of a WITH before UPDATE and DELETE are seen by FROM and USING, the table that is changed stays one', () => {
  const sql = 'with s as (select id as a from orders), items as (select 1 as x) ';
  const redshift = { dialect: 'redshift' } as const;
  assert.equal(
    meaning(`${sql}update items set sku = s.a from s where s.a = items.order_id`, 's.a', redshift),
    's.a -> orders.id',
  );
  assert.equal(
    meaning(`${sql}delete from items using s where s.a = items.order_id`, 'items.order_id', redshift),
    'items.order_id -> items.order_id',
  );
});
