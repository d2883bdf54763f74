import { test } from 'node:test';
import { athenaPartitionKeyOnlyInJoin } from '../../../../src/lint/rules/athena/athena-partition-key-only-in-join';
import { ruleChecker } from '../../../support/ruleChecker';
import { customers, logins, transactions } from './bankTables';

const check = ruleChecker(athenaPartitionKeyOnlyInJoin, transactions + logins + customers);

test('a key that only an inner join limits is marked', () => {
  check(`
    select l.account from logins l join customers c on l.dt = c.name
    --                    ^^^^^^ information: Only a join limits dt
  `);
  check(`
    select l.account from logins l, customers c where l.dt = c.name
    --                    ^^^^^^ information
  `);
});

test('a bound of constants, here or on the other side, is enough', () => {
  check("select l.account from logins l join customers c on l.dt = c.name where l.dt > '2025-01-01'");
  check("select l.account from logins l join customers c on l.dt = c.name where c.name = '2025-03-09'");
});

test('a join that keeps all rows of the table limits nothing, which ATH101 says', () => {
  check('select l.account from logins l left join customers c on l.dt = c.name');
});

test('a small table is worth a hint, and one partition nothing', () => {
  const sized = (figures: object) =>
    ruleChecker(athenaPartitionKeyOnlyInJoin, logins + customers, { figures: { logins: figures } });
  sized({ bytes: 1_000_000 })(`
    select l.account from logins l join customers c on l.dt = c.name
    --                    ^^^^^^ hint
  `);
  sized({ partitionCount: 1 })('select l.account from logins l join customers c on l.dt = c.name');
});
