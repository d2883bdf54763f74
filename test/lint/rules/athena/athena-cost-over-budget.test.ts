import { test } from 'node:test';
import { athenaCostOverBudget } from '../../../../src/lint/rules/athena/athena-cost-over-budget';
import { ruleChecker } from '../../../support/ruleChecker';
import { logins, transactions } from './bankTables';

const tebibyte = 2 ** 40;
const check = ruleChecker(athenaCostOverBudget, logins + transactions, {
  figures: {
    logins: { bytes: tebibyte, partitionCount: 20 },
    customer_transactions: { bytes: tebibyte },
  },
});

test('what a run costs is told when it is more than half a dollar', () => {
  check(`
    select * from logins
    --            ^^^^^^ warning: about 1 TB, which costs about $5.00
  `);
  check(`
    create table x as select * from logins where dt in ('a', 'b', 'c')
    --                              ^^^^^^ warning: 154 GB
  `);
});

test('of Parquet only the columns that are named count', () => {
  check(`
    select login_id, account, logged_at, sent_at from logins
    --                                                ^^^^^^ warning
  `);
  check('select succeeded from logins');
  check('select count(*) from logins');
});

test('readings add up, and a plain LIMIT ends early', () => {
  check(`
    select * from logins where dt = 'a' union all select * from logins where dt = 'b' union all select * from logins where dt = 'c'
    --            ^^^^^^ warning
  `);
  check("select * from logins where dt = 'a' union all select * from logins where dt = 'b'");
  check('select * from logins limit 10');
});

test('what is not known costs nothing that could be told', () => {
  check('select * from customer_transactions where month = 3');
  check("select * from logins where dt > '2025'");
  check('select * from logins where dt = ?');
  check('create view v as select * from logins');
  check('explain select * from logins');
});
