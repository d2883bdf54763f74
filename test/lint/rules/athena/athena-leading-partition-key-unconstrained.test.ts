import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaLeadingPartitionKeyUnconstrained } from '../../../../src/lint/rules/athena/athena-leading-partition-key-unconstrained';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins, transactions } from './bankTables';

const check = ruleChecker(athenaLeadingPartitionKeyUnconstrained, transactions + logins + customers);

test('a day or month without its year is marked', () => {
  check(`
    select amount from customer_transactions where day = 9
    --                 ^^^^^^^^^^^^^^^^^^^^^ information: by day but not by year
  `);
  check(`
    select amount from customer_transactions where month in (3, 4) and day = 9
    --                 ^^^^^^^^^^^^^^^^^^^^^ information: by month
  `);
});

test('a year, a comparison of years, and no filter at all are left alone', () => {
  check('select amount from customer_transactions where year = 2025 and day = 9');
  check('select year, sum(amount) from customer_transactions where month = 12 group by 1');
  check('select sum(amount) from customer_transactions where month = 12 group by year');
  check('select c.name from customer_transactions t join customers c on t.year = c.score where t.month = 12');
  check('select amount from customer_transactions where amount > 1');
  check('select amount from customer_transactions where month = 12 and {{ more }}');
});

test('keys of equal rank may be filtered in any order', () => {
  ruleChecker(athenaLeadingPartitionKeyUnconstrained, [
    { name: 't', partitionKeys: ['region', 'dt'].map((name) => ({ name, type: 'string' })), kind: 'hive' },
  ])("select 1 from t where dt = '2025-03-09'");
});

test('where the partitions are listed, it takes three times as many as the newest year has', () => {
  const years = (...all: readonly string[]) =>
    ruleChecker(athenaLeadingPartitionKeyUnconstrained, transactions, {
      figures: {
        customer_transactions: {
          partitionValues: all.map((year) => [year, '3', '9']),
          newestPartition: ['2025', '3', '9'],
        },
      },
    });
  years('2024', '2025')('select amount from customer_transactions where day = 9');
  const { fixed } = years('2023', '2024', '2025');
  assert.equal(
    fixed('select amount from customer_transactions where day = 9'),
    'select amount from customer_transactions where day = 9 AND year = 2025',
  );
});
