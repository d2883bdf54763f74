import { test } from 'node:test';
import { athenaLimitDoesNotCapScan } from '../../../../src/lint/rules/athena/athena-limit-does-not-cap-scan';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins } from './bankTables';

const check = ruleChecker(athenaLimitDoesNotCapScan, logins + customers, {
  figures: { logins: { bytes: 90 * 1024 ** 3, partitionCount: 1000 }, customers: { bytes: 1000 } },
});

test('a LIMIT behind an order, groups or a window is marked', () => {
  check(`
    select * from logins order by logged_at limit 10
    --                                            ^^ hint: about 90 GB
  `);
  check(`
    select account, count(*) from logins group by account limit 10
    --                                                          ^^ hint
  `);
  check(`
    select account, rank() over (order by logged_at) from logins limit 10
    --                                                                 ^^ hint
  `);
});

test('a LIMIT that stops early, a small scan, and an unknown one are left alone', () => {
  check('select * from logins limit 10');
  check("select * from logins where dt = '2025-03-09' order by logged_at limit 10");
  check('select * from customers order by name limit 10');
  check('select * from elsewhere order by name limit 10');
  check('select * from logins where dt = ? order by logged_at limit 10');
});
