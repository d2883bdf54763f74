import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaInsertSelectStarPartitioned } from '../../../../src/lint/rules/athena/athena-insert-select-star-partitioned';
import { ruleChecker } from '../../../support/ruleChecker';
import { logins } from './bankTables';

const check = ruleChecker(
  athenaInsertSelectStarPartitioned,
  `${logins} create external table same (login_id string, account string, logged_at timestamp, sent_at string, succeeded boolean, dt string) stored as orc; create external table other (x string, y string) stored as orc; create external table swapped (dt string, y string) stored as orc;`,
);

test('a star whose last columns are unknown, or are no keys, is marked', () => {
  check(`
    insert into logins select * from landing
    --                        ^ warning: become dt of logins
  `);
  check(`
    insert into logins select * from other
    --                        ^ warning
  `);
});

test('the same columns at the end, keys named behind the star, and key order known elsewhere are left alone', () => {
  check('insert into logins select * from same');
  check("insert into logins select l.*, '2025-03-09' as dt from landing l");
  check('insert into logins select * from swapped');
  check('insert into logins (login_id, dt) select * from landing');
  check('insert into other select * from landing');
  check('insert into elsewhere select * from landing');
  check('insert into logins select * from {{ ref("landing") }}');
});

test('the columns of the target are written out', () => {
  assert.equal(
    check.fixed('insert into logins select * from landing'),
    'insert into logins select login_id, account, logged_at, sent_at, succeeded, dt from landing',
  );
});
