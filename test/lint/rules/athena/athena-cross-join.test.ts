import { test } from 'node:test';
import { athenaCrossJoin } from '../../../../src/lint/rules/athena/athena-cross-join';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaCrossJoin, [
  { name: 'few', rows: 12 },
  { name: 'many', rows: 1e6 },
]);

test('tables that no condition links are marked', () => {
  check(`
    select 1 from a, b where a.x = 1
    --               ^ warning: No condition links
  `);
  check(`
    select 1 from a join b on a.x = 1
    --              ^^^^ warning
  `);
  check(`
    select 1 from a join b on a.x = b.x, c where c.y = 2
    --                                   ^ warning
  `);
});

test('a cross join that is written as one is worth less', () => {
  check(`
    select 1 from a cross join many
    --              ^^^^^^^^^^ information
  `);
  check(`
    select 1 from a join b on true
    --              ^^^^ information
  `);
});

test('conditions of any kind link, also through a third table, a range, or a name without its table', () => {
  check('select 1 from a, b where a.x = b.x');
  check('select 1 from a, b, c where a.x = b.x and c.y = b.y');
  check('select 1 from a join b using (x)');
  check('select 1 from a natural join b');
  check('select 1 from a cross join b where a.x between b.low and b.high');
  check('select 1 from a, b where x = y');
  check("select 1 from a, b where a.x = 'k' and b.x = 'k'");
  check('select 1 from a, b where exists (select 1 from c where c.x = a.x and c.y = b.y)');
});

test('one row, and rows of the row itself, need no condition', () => {
  check('select 1 from a cross join unnest(a.items) as u (i)');
  check('select 1 from a cross join (values (1), (2)) as v (i)');
  check('select 1 from a cross join (select max(x) as m from b) s');
  check('with s as (select max(x) as m, count(*) as n from b) select 1 from a, s');
  check('select 1 from a cross join (select x from b limit 1) s');
  check('select 1 from a cross join (select current_date as d) s');
  check('select 1 from a cross join lateral (select x from b where b.y = a.y) s');
  check('select 1 from a cross join "b$partitions"');
});

test('small tables, and what cannot be read, are left alone', () => {
  check('select 1 from a, few');
  check('select 1 from a, b where {{ condition }}');
  check('select 1 from a, {{ b }}');
});
