import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaIcebergExpressionOnSourceColumn } from '../../../../src/lint/rules/athena/athena-iceberg-expression-on-source-column';
import { ruleChecker } from '../../../support/ruleChecker';
import { iceberg } from './icebergTables';

const check = ruleChecker(
  athenaIcebergExpressionOnSourceColumn,
  iceberg('id bigint, at timestamp, shop string', 'day(at), shop'),
);

test('a source column inside a function is marked', () => {
  check(`
    select id from orders where date_format(at, '%Y-%m') = '2025-03'
    --                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: Inside date_format()
  `);
});

test('what newer engines read as a range is a hint', () => {
  check(`
    select id from orders where date_trunc('month', at) = timestamp '2025-03-01 00:00:00'
    --                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint
  `);
  check(`
    select id from orders where year(at) = 2025
    --                          ^^^^^^^^^^^^^^^ hint
  `);
});

test('a cast to a date, bare comparisons beside it, and bare partition columns are left alone', () => {
  check("select id from orders where cast(at as date) = date '2025-03-09'");
  check("select id from orders where date_format(at, '%H') = '07' and at > timestamp '2025-03-09 00:00:00'");
  check("select id from orders where date_format(at, '%H') = '07' and shop = 'S-1'");
  check("select id from orders where lower(shop) = 's-1'");
  check('select id from orders');
});

test('a day or a month in its format becomes a range', () => {
  const after = (condition: string): string =>
    check.fixed(`select id from orders where ${condition}`).replace(/^.*where /, '');
  assert.equal(
    after("format_datetime(at, 'yyyy-MM') = '2025-12'"),
    "at >= TIMESTAMP '2025-12-01 00:00:00' AND at < TIMESTAMP '2026-01-01 00:00:00'",
  );
  assert.equal(
    after("date_format(at, '%Y%m%d') = '20250309'"),
    "at >= TIMESTAMP '2025-03-09 00:00:00' AND at < TIMESTAMP '2025-03-10 00:00:00'",
  );
  const hours = "date_format(at, '%H') = '07'";
  assert.equal(after(hours), hours);
});
