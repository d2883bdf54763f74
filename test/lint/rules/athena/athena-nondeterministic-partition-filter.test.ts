import { test } from 'node:test';
import { athenaNondeterministicPartitionFilter } from '../../../../src/lint/rules/athena/athena-nondeterministic-partition-filter';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins, transactions } from './bankTables';

const check = ruleChecker(athenaNondeterministicPartitionFilter, transactions + logins + customers);

test('a random filter on a key is marked', () => {
  check(`
    select amount from customer_transactions where day = random(28)
    --                                             ^^^^^^^^^^^^^^^^ information: row to row
  `);
});

test('the date of the query is fixed, and does skip partitions', () => {
  check('select amount from customer_transactions where day = day(current_date)');
  check('select account from logins where dt = cast(date(now()) as varchar)');
});

test('random rows of chosen partitions are left alone', () => {
  check("select account from logins where dt = '2025-03-09' and random() < 0.1");
  check('select amount from customer_transactions where year = 2025 and day = random(28)');
});
