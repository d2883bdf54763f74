import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaIcebergNoPartitionSourceFilter } from '../../../../src/lint/rules/athena/athena-iceberg-no-partition-source-filter';
import { ruleChecker } from '../../../support/ruleChecker';
import { iceberg } from './icebergTables';

const columns = 'id bigint, at timestamp, shop string';
const by = (partitions: string, figures = {}) =>
  ruleChecker(athenaIcebergNoPartitionSourceFilter, iceberg(columns, partitions), {
    figures: { orders: figures },
  });
const check = by('day(at), shop');

test('a table read without a filter on a source column is marked', () => {
  check(`
    select id from orders
    --             ^^^^^^ warning: no partition filter: it is partitioned by day(at) and shop
  `);
  check(`
    select id from orders where id = 1
    --             ^^^^^^ warning
  `);
});

test('a filter on any source column is enough, and one that is not known might be', () => {
  check("select id from orders where at >= timestamp '2025-03-09 00:00:00'");
  check("select id from orders where shop = 'S-1'");
  check('select id from orders where shop = ?');
  check('select id from orders where {{ filter }}');
  check("select id from (select * from orders) o where o.shop = 'S-1'");
});

test('buckets need single values, and an expression is left to ATH502', () => {
  by('bucket(16, id)')('select id from orders where id in (1, 2)');
  by('bucket(16, id)')(`
    select id from orders where id > 7
    --             ^^^^^^ warning
  `);
  by('day(at)')("select id from orders where date_format(at, '%Y') = '2025'");
});

test('unpartitioned tables, unknown fields, the past, and changes of rows are left alone', () => {
  by('')('select id from orders');
  ruleChecker(athenaIcebergNoPartitionSourceFilter, [{ name: 'orders', kind: 'iceberg' }])(
    'select 1 from orders',
  );
  check("select id from orders for timestamp as of timestamp '2025-03-09 00:00:00 UTC'");
  check('delete from orders where id = 1');
});

test('small tables are worth a hint, and views are information', () => {
  by('day(at)', { bytes: 1_000_000 })(`
    select id from orders
    --             ^^^^^^ hint
  `);
  check(`
    create view v as select id, at from orders
    --                                  ^^^^^^ information
  `);
});

test('a range of the source column is a scaffold', () => {
  assert.equal(
    check.fixed('select id from orders'),
    "select id from orders WHERE at >= current_date - INTERVAL '1' DAY",
  );
});
