import { test } from 'node:test';
import { athenaRepeatedScan } from '../../../../src/lint/rules/athena/athena-repeated-scan';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins } from './bankTables';

const check = ruleChecker(athenaRepeatedScan, logins + customers, {
  figures: { logins: { bytes: 900 * 1024 ** 3, partitionCount: 100 }, customers: { bytes: 1000 } },
});

test('a WITH query that is named twice, and a table read twice, are marked once', () => {
  check(`
    with d as (select * from logins where dt = 'x') select a.account from d a join d b on a.account = b.account
    --                       ^^^^^^ information: logins is read 2 times, about 2.5 GB each: up to 2.5 GB
  `);
  check(`
    select * from logins where dt = 'x' union all select * from logins where dt = 'x'
    --            ^^^^^^ information
  `);
});

test('other partitions, small tables, and one reading are left alone', () => {
  check("select * from logins where dt = 'x' union all select * from logins where dt = 'y'");
  check('select a.name from customers a join customers b on a.name = b.name');
  check("with d as (select * from logins where dt = 'x') select account from d");
});
