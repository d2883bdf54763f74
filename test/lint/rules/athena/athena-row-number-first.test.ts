import { test } from 'node:test';
import { athenaRowNumberFirst } from '../../../../src/lint/rules/athena/athena-row-number-first';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaRowNumberFirst);
const ranked = (columns: string): string =>
  `(select ${columns}, row_number() over (partition by id order by at desc) as rn from t)`;

test('the first row of each group by its number is a hint', () => {
  check(`
    select id, a from (select id, a, row_number() over (partition by id order by at desc) as rn from t) s where rn = 1
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint: max_by()
  `);
  check(`
    with s as (select id, a, row_number() over (partition by id order by at) as rn from t) select id, a from s where rn = 1 and a > 2
    --                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint: min_by()
  `);
});

test('many columns, all columns, more than the first, and other ranks are left alone', () => {
  check(`select id, a, b, c, d from ${ranked('id, a, b, c, d')} s where rn = 1`);
  check(`select * from ${ranked('id, a')} s where rn = 1`);
  check(`select id, a from ${ranked('id, a')} s where rn <= 3`);
  check(`select id, a from ${ranked('id, a')} s where rn = 1 or a = 2`);
  check(`select id, a from ${ranked('id, a').replace('row_number', 'rank')} s where rn = 1`);
  check(`select id, a from ${ranked('id, a').replace('partition by id ', '')} s where rn = 1`);
  check(`select id, a from ${ranked('id, a').replace('at desc', 'at desc, a')} s where rn = 1`);
});
