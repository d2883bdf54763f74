import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definedTable } from '../../src/language/definedTable';
import { readDocument } from '../../src/sql/document';

function defined(sql: string, database?: string): string | undefined {
  const [statement] = readDocument(sql, 'athena').statements;
  assert.ok(statement);
  const table = definedTable(statement.parsed, database);
  return table === undefined ? undefined : `${table.database}.${table.name}`;
}

test('what makes, changes or drops a table or view names it', () => {
  for (const sql of [
    "create external table Bank.Payments (id int) location 's3://b/p/'",
    "create table bank.payments with (format = 'parquet') as select 1 as a",
    'create or replace view bank.payments as select 1 as a',
    'alter table bank.payments add columns (b int)',
    'drop table if exists bank.payments',
    'drop view bank.payments',
    'msck repair table bank.payments',
  ]) {
    assert.equal(defined(sql), 'bank.payments', sql);
  }
});

test('a name without database is that of the run, and nothing without one', () => {
  assert.equal(defined('drop table payments', 'Bank'), 'bank.payments');
  assert.equal(defined('drop table payments'), undefined);
});

test('statements that read or write rows define nothing', () => {
  assert.equal(defined('select * from bank.payments'), undefined);
  assert.equal(defined('insert into bank.payments select 1'), undefined);
});
