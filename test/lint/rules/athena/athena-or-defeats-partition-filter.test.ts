import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaOrDefeatsPartitionFilter } from '../../../../src/lint/rules/athena/athena-or-defeats-partition-filter';
import { ruleChecker } from '../../../support/ruleChecker';
import { logins, transactions } from './bankTables';

const check = ruleChecker(athenaOrDefeatsPartitionFilter, transactions + logins);

test('an OR of a key with another column is marked', () => {
  check(`
    select account from logins where dt = '2025-03-09' or account = 'A-17'
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: filter on dt is undone
  `);
  check(`
    select amount from customer_transactions where amount > 1 and (year = 2024 or customer_id = 'C' or month = 1)
    --                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: filter on year
  `);
  check(`
    with s as (select * from logins) select account from s where not (dt <> 'x' and account = 'A')
    --                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  `);
});

test('an OR that leaves a set of partitions is left alone', () => {
  check(`select account from logins where dt = 'a' or dt = 'b'`);
  check(`select account from logins where (dt = 'a' and account = 'A') or (dt = 'b' and account = 'B')`);
  check(`select amount from customer_transactions where year = 2024 or month = 1`);
  check(`select account from logins where dt >= '2025-03-01' and (dt = '2025-03-09' or account = 'A')`);
  check(`select amount from customer_transactions where day = 2 and (year = 2024 or customer_id = 'C')`);
});

test('an OR with something unknown is left alone', () => {
  check(`select account from logins where dt = 'a' or {{ more }}`);
  check(`select account from logins where dt = ? or account = '\${account}'`);
});

test('a bound beside the OR is offered from the newest partition', () => {
  const known = ruleChecker(athenaOrDefeatsPartitionFilter, [
    {
      name: 'logins',
      columns: [{ name: 'account', type: 'string' }],
      partitionKeys: [{ name: 'dt', type: 'string' }],
      newestPartition: ['2025-03-09'],
    },
  ]);
  assert.equal(
    known.fixed("select account from logins where dt = 'x' or account = 'A'"),
    "select account from logins where (dt = 'x' or account = 'A') AND dt >= '2025-03-09'",
  );
});
