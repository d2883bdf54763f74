import { test } from 'node:test';
import { athenaSubqueryPartitionFilter } from '../../../../src/lint/rules/athena/athena-subquery-partition-filter';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins, transactions } from './bankTables';

const check = ruleChecker(athenaSubqueryPartitionFilter, transactions + logins + customers);

test('a key that only a subquery limits is marked', () => {
  check(`
    select account from logins where dt = (select max(name) from customers)
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: too late to skip
  `);
  check(`
    select account from logins where dt in (select name from customers)
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
  `);
  check(`
    select account from logins where dt = (select max(dt) from "logins$partitions")
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
  `);
});

test('a constant bound beside it, and a subquery without FROM, are enough', () => {
  check("select account from logins where dt = (select max(name) from customers) and dt > '2025-01-01'");
  check(
    'select amount from customer_transactions where year = 2025 and month = (select max(score) from customers)',
  );
  check("select account from logins where dt = (select '2025-03-09')");
  check('select account from logins where account in (select name from customers) and dt = ?');
});

test('templates are left alone, and a small table is worth a hint', () => {
  check('select account from logins where dt = (select max(name) from customers) and {{ more }}');
  ruleChecker(athenaSubqueryPartitionFilter, logins + customers, {
    figures: { logins: { bytes: 1_000_000 } },
  })(`
    select account from logins where dt = (select max(name) from customers)
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint
  `);
});
