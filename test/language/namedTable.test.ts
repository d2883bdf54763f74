import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementAt, tableAt } from '../../src/language/namedTable';
import { readDocument } from '../../src/sql/document';

/** The table at the mark `^` of a text, which is taken out first. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('^');
  const document = readDocument(marked.replace('^', ''), 'athena');
  const found = tableAt(document, offset);
  return found === undefined
    ? undefined
    : `${found.parts.join('.')} ${document.text.slice(found.start, found.end)}`;
}

test('a table is found where FROM, JOIN, INSERT and CREATE name it', () => {
  assert.equal(at('select 1; select a from lake.sa^les s'), 'lake.sales lake.sales');
  assert.equal(at('select a from x join sho^ps using (id)'), 'shops shops');
  assert.equal(at('insert into tar^get select 1'), 'target target');
  assert.equal(at('create table n^ew as select 1 as a'), 'new new');
  assert.equal(at('select a from x where id in (select id from deep^er)'), 'deeper deeper');
});

test('a column, an alias and a CTE are no tables', () => {
  assert.equal(at('select sal^es from x'), undefined);
  assert.equal(at('with w as (select 1 as a) select a from w^'), undefined);
  assert.equal(at('select a from sales tot^al'), undefined);
  assert.equal(at('select 1; ^'), undefined);
});

test('a CTE hides the table of its name only where it reaches', () => {
  assert.equal(at('with w as (select a from inn^er_one) select a from w'), 'inner_one inner_one');
  assert.equal(at('select a from (with w as (select 1 as a) select a from w) x, w^'), 'w w');
});

test('the statement at the cursor is the one it stands in or behind', () => {
  const sql = 'select 1;\n\n  select 2; -- done\n\nselect 3';
  const document = readDocument(sql, 'athena');
  const named = (offset: number) => {
    const found = statementAt(document, offset);
    return found === undefined ? undefined : sql.slice(found.start, found.end);
  };
  assert.equal(named(0), 'select 1');
  assert.equal(named(8), 'select 1', 'before the semicolon');
  assert.equal(named(9), 'select 1', 'behind the semicolon');
  assert.equal(named(sql.indexOf('  select 2')), 'select 2', 'in the indent');
  assert.equal(named(sql.indexOf('-- done')), 'select 2');
  assert.equal(named(sql.length), 'select 3');
  assert.equal(statementAt(readDocument('-- nothing', 'athena'), 3), undefined);
});
