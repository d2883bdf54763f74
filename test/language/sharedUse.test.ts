import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withOwnUse } from '../../src/language/sharedUse';
import { useCounts, useFrom } from '../../src/lint/tableUse';
import { readDocument } from '../../src/sql/document';

const document = (sql: string) => readDocument(sql, 'redshift');

test('what other files do with a table is added to what the document does', () => {
  const other = document('select * from sales s join shops p on s.shop_id = p.id; analyze;');
  const others = useFrom(useCounts(other.statements.map(({ parsed }) => parsed)));
  const use = withOwnUse(others, document('select * from sales; select * from sales; analyze sales;'));
  assert.equal(use('sales').read, 3);
  assert.equal(use('sales').joined.get('shop_id'), 1);
  assert.equal(use('sales').analyzed, 2);
  assert.equal(use('shops').read, 1);
});

test('a table that nobody names is used by nobody', () => {
  const use = withOwnUse(useFrom(new Map()), document('select 1'));
  assert.equal(use('sales').read, 0);
});
