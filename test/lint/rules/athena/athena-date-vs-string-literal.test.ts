import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaDateVsStringLiteral } from '../../../../src/lint/rules/athena/athena-date-vs-string-literal';
import { ruleChecker } from '../../../support/ruleChecker';
import { logins, transactions } from './bankTables';

const check = ruleChecker(athenaDateVsStringLiteral, transactions + logins);

test('a date or timestamp compared with a string is marked at the string', () => {
  check(`
    select amount from customer_transactions where year = 2024 and transaction_date = '2024-01-15'
    --                                                                                ^^^^^^^^^^^^ error: transaction_date is a date and is compared with a string, which Athena rejects: write DATE '2024-01-15'.
  `);
  check(`
    select account from logins where logged_at between '2024-01-15' and '2024-01-16 10:00:00'
    --                                                 ^^^^^^^^^^^^ error: logged_at is a timestamp
  `);
  check(`
    select account from logins where logged_at > sent_at
    --                                           ^^^^^^^ error: logged_at is a timestamp
  `);
  check(`
    select amount from customer_transactions where transaction_date in ('2024-01-15', date '2024-01-16')
    --                                                                  ^^^^^^^^^^^^ error
  `);
});

test('a string column compared with a date literal is marked', () => {
  check(`
    select account from logins where dt = date '2024-01-15'
    --                                    ^^^^^^^^^^^^^^^^^ error: dt is a string and is compared with a date, which Athena rejects: write '2024-01-15'.
  `);
  check(`
    select account from logins where dt >= current_date - interval '1' day
    --                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: dt is a string
  `);
});

test('dates with dates, and strings with strings, are left alone', () => {
  check("select amount from customer_transactions where transaction_date = date '2024-01-15'");
  check("select account from logins where logged_at >= date '2024-01-15' and dt = '2024-01-15'");
  check("select account from logins where date_parse(dt, '%Y-%m-%d') >= timestamp '2024-01-15 00:00:00'");
  check(
    "select account from logins where from_iso8601_date(dt) = current_date and cast(logged_at as date) = date '2024-01-15'",
  );
  check(
    "select account from logins where cast(logged_at as varchar) like '2024%' and date_format(logged_at, '%Y') = '2024'",
  );
  check('select account from logins where try_cast(sent_at as timestamp) > logged_at');
});

test('what has no known type is left alone', () => {
  check("select a from elsewhere where transaction_date = '2024-01-15'");
  check(
    'select amount from customer_transactions where transaction_date = ? or transaction_date = {{ day }}',
  );
});

test('Redshift reads such strings as dates', () => {
  ruleChecker(athenaDateVsStringLiteral, 'create table t (d date)', { dialect: 'redshift' })(
    "select d from t where d = '2024-01-15'",
  );
});

test('the literal gets its type, and only where it is one', () => {
  assert.equal(
    check.fixed(
      "select 1 from customer_transactions where transaction_date between '2024-01-15' and '2024-01-31'",
    ),
    "select 1 from customer_transactions where transaction_date between DATE '2024-01-15' and DATE '2024-01-31'",
  );
  assert.equal(
    check.fixed("select 1 from logins where logged_at >= '2024-01-15T10:00:00'"),
    "select 1 from logins where logged_at >= TIMESTAMP '2024-01-15 10:00:00'",
  );
  const [finding] = check(`
    select 1 from customer_transactions where transaction_date = '15.01.2024'
    --                                                           ^^^^^^^^^^^^
  `);
  assert.deepEqual(finding?.fixes, []);
});
