import assert from 'node:assert/strict';
import test from 'node:test';
import type { CatalogSnapshot } from '../../src/catalog/catalog';
import { mayTypeColumns, readsKnownTable } from '../../src/scan/knownTables';
import type { Dialect } from '../../src/sql/ast';
import { parseStatement } from '../../src/sql/parse';

function asked(
  sql: string,
  dialect: Dialect = 'athena',
): { readonly reads: boolean; readonly names: string } {
  const names: string[] = [];
  const catalog: CatalogSnapshot = {
    table(parts) {
      names.push(parts.join('.'));
      const name = parts.at(-1) ?? '';
      return name === 'sales' ? { database: '', name, columns: [], partitionKeys: [] } : undefined;
    },
  };
  return { reads: readsKnownTable(parseStatement(sql, dialect), catalog), names: names.join(' ') };
}

test('a statement reads a known table wherever in its queries the table stands', () => {
  assert.equal(asked('select * from sales').reads, true);
  assert.equal(asked('select * from shops').reads, false);
  assert.equal(asked('select * from shops where id in (select shop from lake.sales)').reads, true);
  assert.equal(asked('with s as (select * from sales) select * from s').reads, true);
  assert.equal(asked('select * from shops order by (select max(id) from sales)').reads, true);
  assert.equal(asked('table sales').reads, true);
  assert.equal(asked('insert into t select * from sales').reads, true);
  assert.equal(asked('create table t as select * from shops').reads, false);
});

test('the name of a WITH query is not asked for where it means that query, and is elsewhere', () => {
  assert.equal(asked('with sales as (select * from shops) select * from sales').reads, false);
  assert.equal(asked('with sales as (select * from sales) select 1 from sales').reads, true);
  assert.equal(
    asked('with recursive sales as (select 1 union all select n from sales) select * from sales').reads,
    false,
  );
  assert.equal(
    asked('select * from (with sales as (select 1) select * from sales) x join sales on true').reads,
    true,
  );
  assert.equal(asked('with sales as (select 1) select * from lake.sales').reads, true);
});

test('every table is asked for, also behind one that is known', () => {
  assert.equal(asked('select * from sales join shops using (id)').names, 'sales shops');
});

test('a statement that reads by more than its query is taken for one that reads a known table', () => {
  assert.equal(asked('delete from t where id in (select id from shops)').reads, true);
  assert.equal(asked("unload ('select * from shops') to 's3://x/'", 'redshift').reads, true);
});

test('three parts are a database in Redshift, and a catalog in Athena, of which only one is asked', () => {
  assert.equal(asked('select * from dev.public.sales', 'redshift').reads, true);
  assert.equal(asked('select * from other.public.sales').reads, false);
  assert.equal(asked('select * from awsdatacatalog.public.sales').reads, true);
});

test('columns of unknown tables have a type only by a query that computes them', () => {
  const may = (sql: string): boolean => mayTypeColumns(parseStatement(sql, 'athena'));
  assert.equal(may("select a, 1 from t where b = '1'"), false);
  assert.equal(may('select a from t order by a'), false);
  assert.equal(may("select 1 as a from t order by a = '1'"), true);
  assert.equal(may('select x.a from (select a, sum(b) from t group by a) x'), false);
  assert.equal(may('select x.a from (select date(a) as a from t) x'), true);
  assert.equal(may('with x as (select cast(a as date) as a from t) select a from x'), true);
});
