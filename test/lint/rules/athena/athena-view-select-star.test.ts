import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaViewSelectStar } from '../../../../src/lint/rules/athena/athena-view-select-star';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins } from './bankTables';

const check = ruleChecker(athenaViewSelectStar, customers + logins);

test('a star over a table at the outside of a view is marked', () => {
  check(`
    create view v as select * from customers
    --                      ^ information: customers
  `);
  check(`
    create view v as select l.*, c.name from logins l join customers c on c.name = l.account union all select * from elsewhere
    --                      ^^^
    --                                                                                                        ^ information: elsewhere
  `);
});

test('a star over a WITH query or a derived table that names its columns, and stars elsewhere, are left alone', () => {
  check('create view v as with c as (select name from customers) select * from c');
  check('create view v as select * from (select name from customers) c');
  check('create view v as select count(*) as n from customers');
  check('create view v as select name from (select * from customers) c');
  check('create view v as select * from {{ ref("customers") }}');
  check('select * from customers');
});

test('the columns are written out where all are known', () => {
  assert.equal(
    check.fixed('create view v as select * from customers'),
    'create view v as select customer_id, name, since, score from customers',
  );
  const unknown = 'create view v as select * from elsewhere';
  assert.equal(check.fixed(unknown), unknown);
});
