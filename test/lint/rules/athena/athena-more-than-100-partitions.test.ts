import { test } from 'node:test';
import { athenaMoreThan100Partitions } from '../../../../src/lint/rules/athena/athena-more-than-100-partitions';
import { ruleChecker } from '../../../support/ruleChecker';
import { logins } from './bankTables';

const tables = `${logins} create external table clean (account string) partitioned by (dt string) stored as orc;`;
const check = ruleChecker(athenaMoreThan100Partitions, tables);

test('a range of more than a hundred days, and a list of more than a hundred values, are marked', () => {
  check(`
    insert into clean select account, dt from logins where dt between '2025-01-01' and '2025-04-11'
    --          ^^^^^ warning: up to 101 partitions
  `);
  check(`
    create table c with (partitioned_by = array['dt']) as select account, dt from logins where dt >= '2024-01-01' and dt < '2025-01-01'
    --           ^ warning
  `);
});

test('buckets count as often as there are partitions', () => {
  check(`
    create table c with (partitioned_by = array['dt'], bucketed_by = array['account'], bucket_count = 10) as select account, dt from logins where dt between '2025-01-01' and '2025-01-11'
    --           ^ warning: 11 partitions of 10 buckets
  `);
});

test('a hundred, an unknown number, computed keys, and tables without partitions are left alone', () => {
  check("insert into clean select account, dt from logins where dt between '2025-01-01' and '2025-04-10'");
  check('insert into clean select account, dt from logins');
  check("insert into clean select account, dt from logins where dt > '2025-01-01'");
  check(
    "insert into clean select account, 'x' as dt from logins where dt between '2024-01-01' and '2024-12-31'",
  );
  check("create table c as select account, dt from logins where dt between '2024-01-01' and '2024-12-31'");
});

test('where the partitions are listed they are counted', () => {
  const days = (count: number) =>
    ruleChecker(athenaMoreThan100Partitions, tables, {
      figures: { logins: { partitionValues: Array.from({ length: count }, (_, at) => [`d${at}`]) } },
    });
  days(100)('insert into clean select account, dt from logins');
  days(101)(`
    insert into clean select account, dt from logins
    --          ^^^^^ warning: up to 101 partitions
  `);
  days(500)("insert into clean select account, dt from logins where dt in ('d1', 'd2')");
});
