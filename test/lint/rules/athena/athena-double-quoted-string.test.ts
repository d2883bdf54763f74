import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaDoubleQuotedString } from '../../../../src/lint/rules/athena/athena-double-quoted-string';
import { ruleChecker } from '../../../support/ruleChecker';

import { customers, logins } from './bankTables';

const check = ruleChecker(athenaDoubleQuotedString, customers + logins);
const blind = ruleChecker(athenaDoubleQuotedString);

test('a value in double quotes that is no column is marked', () => {
  check(`
    select name from customers where name = "Lyon"
    --                                      ^^^^^^ warning: write 'Lyon'
  `);
  check(`
    select name from customers where name in ('a', "b") or name like "%x%"
    --                                             ^^^
    --                                                               ^^^^^
  `);
});

test('columns of any table in scope, aliases, and metadata are left alone', () => {
  check('select name from customers c join logins l on c."customer_id" = l."account"');
  check('select a.name from customers a where a.name = "customer_id"');
  check('select * from (select name as "label", customer_id from customers) where customer_id = "label"');
  check('select * from "logins$partitions" where dt = "$path"');
  check('select name from customers, unknown where name = "city"');
});

test('without a catalog only what cannot be meant as a name is marked, and weaker', () => {
  blind(`
    select name from shops where opened > "2025-03-09"
    --                                    ^^^^^^^^^^^^ information
  `);
  blind('select name from shops where city = "Lyon"');
  blind('select name from shops where "Shop Id" = "Main Shop"');
  blind('select a.x from a join b on a.id = b."Shop Id"');
  blind('select a.x from a join b on a.id = "shop id"');
});

test('single quotes mend it, with quotes inside doubled', () => {
  assert.equal(
    check.fixed(`select name from customers where name = "L'Isle"`),
    `select name from customers where name = 'L''Isle'`,
  );
});
