import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaTypeMismatchComparison } from '../../../../src/lint/rules/athena/athena-type-mismatch-comparison';
import { ruleChecker } from '../../../support/ruleChecker';
import { crawled, customers, transactions } from './bankTables';

const check = ruleChecker(athenaTypeMismatchComparison, crawled + customers);
const numbers = ruleChecker(athenaTypeMismatchComparison, transactions);

test('a string column compared with a number is marked at the number', () => {
  check(`
    select amount from customer_transactions where year = 2024 and month = '01'
    --                                                    ^^^^ error: year is a string and is compared with a number, which Athena rejects: write '2024'.
  `);
  check(`
    select amount from customer_transactions where 2024 <= year and day between 1 and 9 and month in ('01', 2)
    --                                             ^^^^ error
    --                                                                          ^ error
    --                                                                                                      ^ error
  `);
  check(`
    select t.amount from customer_transactions t join customers c on t.year = c.score
    --                                                                        ^^^^^^^ error: year is a string
  `);
});

test('a number column compared with a string is marked', () => {
  numbers(`
    select amount from customer_transactions where month = '01' and amount > '10.5'
    --                                                     ^^^^ error: month is an integer and is compared with a string, which Athena rejects: write 1
    --                                                                       ^^^^^^ error: amount is a decimal
  `);
  numbers(`
    with s as (select year as y from customer_transactions) select * from s where y = '2024'
    --                                                                                ^^^^^^ error
  `);
});

test('types that the engine brings together are left alone', () => {
  numbers('select amount from customer_transactions where year = 2024.0 and amount = 1 and amount > 1e0');
  check(
    "select amount from customer_transactions where year = cast('2024' as char(4)) and cast(year as integer) = 2024",
  );
  check('select amount from customer_transactions where year = cast(2024 as varchar)');
  check("select amount from customer_transactions where '1' = 1");
});

test('what has no known type is left alone', () => {
  check('select a from elsewhere where year = 2024');
  check('select amount from customer_transactions where year = ? and month = {{ month }}');
  check('select amount from customer_transactions where my_udf(year) = 2024');
  check('select filter(array[1, 2], year -> year > 1) from customer_transactions');
  check('select amount from customer_transactions t, elsewhere e where e.year = 2024');
});

test('partition DDL takes both', () => {
  check('alter table customer_transactions add partition (year = 2024, month = 1, day = 1)');
});

test('literals are quoted as the partitions are written, and unquoted without their padding', () => {
  assert.equal(
    check.fixed(
      'select amount from customer_transactions where year = 2024 and month = 1 and day in (1, 15)',
    ),
    "select amount from customer_transactions where year = '2024' and month = '01' and day in ('01', '15')",
  );
  assert.equal(
    numbers.fixed("select amount from customer_transactions where month = '01'"),
    'select amount from customer_transactions where month = 1',
  );
});
