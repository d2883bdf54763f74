import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaPartitionLiteralFormat } from '../../../../src/lint/rules/athena/athena-partition-literal-format';
import { ruleChecker } from '../../../support/ruleChecker';

import { crawled, logins, transactions } from './bankTables';
import { byDay, projected } from './projectedTables';

const check = ruleChecker(athenaPartitionLiteralFormat, crawled + logins, {
  figures: {
    customer_transactions: { newestPartition: ['2025', '03', '09'] },
    logins: { newestPartition: ['2025-03-09'] },
  },
});

test('another spelling than that of the newest partition is marked', () => {
  check(`
    select amount from customer_transactions where year = '2025' and month = '3'
    --                                                                       ^^^ warning: is stored as '03'
  `);
  check(`
    select account from logins where dt in ('20250309', '2025-03-10')
    --                                      ^^^^^^^^^^ warning: '2025-03-09'
  `);
  check(`
    select account from logins where '2025-3-9' = dt
    --                               ^^^^^^^^^^ warning
  `);
});

test('the right spelling, values of another precision, and other operators are left alone', () => {
  check("select amount from customer_transactions where month = '12' and day = '09'");
  check("select account from logins where dt = '2025-03-10' or dt = '2025-03' or dt = 'unknown'");
  check("select account from logins where dt <> '20250309' and dt > '20250309' and dt not in ('20250309')");
});

test('number keys, and keys of which no value is known, are left alone', () => {
  ruleChecker(athenaPartitionLiteralFormat, transactions, {
    figures: { customer_transactions: { newestPartition: ['2025', '03', '09'] } },
  })('select amount from customer_transactions where month = 3');
  ruleChecker(
    athenaPartitionLiteralFormat,
    crawled,
  )("select amount from customer_transactions where month = '3'");
});

test('where all values are known, one that is stored as written is right, and one of none is left alone', () => {
  const listed = ruleChecker(athenaPartitionLiteralFormat, logins, {
    figures: { logins: { partitionValues: [['2025-03-09'], ['7'], ['08']] } },
  });
  listed("select account from logins where dt in ('7', '2025-03-11')");
  listed(`
    select account from logins where dt in ('07', '8')
    --                                      ^^^^ warning: is stored as '7'
    --                                            ^^^ warning: is stored as '08'
  `);
});

test('projected keys have the format of their properties', () => {
  const table = projected('dt string, hour string', {
    ...byDay,
    'projection.dt.format': 'yyyy/MM/dd',
    'projection.hour.type': 'integer',
    'projection.hour.range': '0,23',
    'projection.hour.digits': '2',
  });
  ruleChecker(
    athenaPartitionLiteralFormat,
    table,
  )(`
    select reading from meters where dt = '2025-03-09' and hour = '7'
    --                                    ^^^^^^^^^^^^ warning: is stored as '2025/03/09'
    --                                                            ^^^ warning: is stored as '07'
  `);
});

test('the stored spelling is put in', () => {
  assert.equal(
    check.fixed("select account from logins where dt = '2025/03/09'"),
    "select account from logins where dt = '2025-03-09'",
  );
});
