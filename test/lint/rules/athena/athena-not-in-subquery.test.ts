import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaNotInSubquery } from '../../../../src/lint/rules/athena/athena-not-in-subquery';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins } from './bankTables';

const check = ruleChecker(athenaNotInSubquery, customers + logins);

test('a NOT IN whose subquery may give a NULL is marked', () => {
  check(`
    select name from customers where name not in (select account from logins)
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: If one account
  `);
});

test('of a column that nobody knows it is only information', () => {
  check(`
    select name from customers where name not in (select a from elsewhere)
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information
  `);
});

test('a subquery that gives no NULL is left alone', () => {
  check(
    'select name from customers where name not in (select account from logins where account is not null)',
  );
  check("select name from customers where name not in (select account from logins where account like 'A%')");
  check(
    "select name from customers where name not in (select account from logins where (account > 'A' and 1 = 1))",
  );
  check("select name from customers where name not in (select coalesce(account, '') from logins)");
  check('select name from customers where name not in (select dt from logins)');
  check('select name from customers where name in (select account from logins)');
  check("select name from customers where name not in ('a', 'b')");
});

test('a filter on one side of an OR lets NULL through', () => {
  const sql =
    "select name from customers where name not in (select account from logins where account = 'a' or succeeded)";
  assert.equal(check.find(sql).length, 1);
});

test('Redshift columns that are declared NOT NULL are left alone, others are not', () => {
  const redshift = ruleChecker(
    athenaNotInSubquery,
    'create table a (id int); create table b (id int not null, k int primary key, n int);',
    { dialect: 'redshift' },
  );
  redshift('select 1 from a where id not in (select id from b)');
  redshift('select 1 from a where id not in (select k from b)');
  redshift(`
    select 1 from a where id not in (select n from b)
    --                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
  `);
});

test('NOT EXISTS asks the same, where both tables have names of their own', () => {
  assert.equal(
    check.fixed(
      'select name from customers c where name not in (select l.account from logins l where l.succeeded)',
    ),
    'select name from customers c where NOT EXISTS (SELECT 1 FROM logins l WHERE l.account = c.name AND (l.succeeded))',
  );
  const own = 'select name from customers where name not in (select name from customers)';
  assert.equal(check.fixed(own), own);
});
