import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaJoinOrder } from '../../../../src/lint/rules/athena/athena-join-order';
import { ruleChecker } from '../../../support/ruleChecker';
import type { Table } from '../../../../src/catalog/catalog';

const columns = [{ name: 'id', type: 'string' }];
const checker = (more: Partial<Table> = {}) =>
  ruleChecker(athenaJoinOrder, [
    { name: 'big', columns, bytes: 40 * 1024 ** 3, ...more },
    { name: 'little', columns, bytes: 1024 ** 2, ...more },
  ]);
const check = checker({ columnStatistics: false });

test('a much larger table on the right of an inner join is marked', () => {
  check(`
    select b.id from little l join big b on b.id = l.id
    --                        ^^^^ information: big (about 40 GB read) is larger than little (1 MB)
  `);
});

test('outer joins, the right order, and statistics on both sides are left alone', () => {
  check('select b.id from big b join little l on b.id = l.id');
  check('select b.id from little l left join big b on b.id = l.id');
  checker({ columnStatistics: true })('select b.id from little l join big b on b.id = l.id');
  checker()('select b.id from little l join big b on b.id = l.id');
});

test('queries in the place of a table are left alone', () => {
  check('select b.id from (select id from little) l join big b on b.id = l.id');
});

test('the two are swapped, unless a star would turn around', () => {
  assert.equal(
    check.fixed('select b.id from little l join big b on b.id = l.id'),
    'select b.id from big b join little l on b.id = l.id',
  );
  assert.equal(check.find('select * from little l join big b on b.id = l.id')[0]?.fixes.length, 0);
});
