import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnAccess, widens } from '../../src/catalog/columnAccess';
import { schemaDiff, schemaDiffLines } from '../../src/catalog/schemaDiff';
import { tableOf } from '../support/fakes';

const parquet = { kind: 'hive', format: 'parquet' } as const;
const csv = { kind: 'hive', format: 'csv' } as const;

test('added, removed, retyped and moved columns are told apart', () => {
  const diff = schemaDiff(
    tableOf('t(a int, b string, c date, d double) by day date', parquet),
    tableOf('t(b string, a bigint, e map<string>, d double) by day date', parquet),
  );
  assert.deepEqual(schemaDiffLines(diff), [
    '~ a: int → bigint',
    '+ e map<string>',
    '- c date',
    '~ order: a, b, d → b, a, d',
  ]);
  assert.deepEqual(diff.dangers, [], 'Parquet goes by name, and int widens to bigint');
});

test('a column of the same type at the same place is a rename, which Parquet by name reads as NULL', () => {
  const [before, after] = ['t(a int, b string)', 't(a int, c string)'];
  const diff = schemaDiff(tableOf(before, parquet), tableOf(after, parquet));
  assert.deepEqual(schemaDiffLines(diff), ['~ b → c']);
  assert.match(
    diff.dangers.join(),
    /^b became c, and parquet files are read by column name: .* NULL in c\.$/,
  );
  const byIndex = { ...parquet, serdeParameters: { 'parquet.column.index.access': 'true' } };
  assert.deepEqual(schemaDiff(tableOf(before, byIndex), tableOf(after, byIndex)).dangers, []);
});

test('files read by position suffer from every change that is not at the end', () => {
  const dangers = (after: string): number =>
    schemaDiff(tableOf('t(a int, b string)', csv), tableOf(after, csv)).dangers.length;
  assert.equal(dangers('t(a int, b string, c date)'), 0);
  assert.equal(dangers('t(c date, a int, b string)'), 1);
  assert.equal(dangers('t(b string)'), 1);
  assert.equal(dangers('t(a int)'), 0);
  assert.equal(dangers('t(b string, a int)'), 1);
});

test('a type that does not widen and other partition keys are dangers', () => {
  const narrowed = schemaDiff(tableOf('t(a bigint)', parquet), tableOf('t(a int)', parquet));
  assert.match(narrowed.dangers.join(), /a was bigint and is int/);
  const keys = schemaDiff(
    tableOf('t(a int) by y int', parquet),
    tableOf('t(a int) by y int, m int', parquet),
  );
  assert.deepEqual(schemaDiffLines(keys), ['+ partition key m int']);
  assert.match(keys.dangers.join(), /partition keys changed/);
});

test('changed properties are facts, and what each write changes is none', () => {
  const table = tableOf('t(a int)', {
    ...parquet,
    location: 's3://b/1/',
    parameters: { x: '1', transient_lastDdlTime: '1' },
  });
  const diff = schemaDiff(table, {
    ...table,
    location: 's3://b/2/',
    parameters: { y: '2', transient_lastDdlTime: '2' },
  });
  assert.deepEqual(diff.facts, [
    { name: 'location', before: 's3://b/1/', after: 's3://b/2/' },
    { name: 'property x', before: '1' },
    { name: 'property y', after: '2' },
  ]);
  assert.deepEqual(schemaDiff(table, table), { columns: [], partitionKeys: [], facts: [], dangers: [] });
});

test('types widen without loss only', () => {
  for (const [from, to] of [
    ['int', 'bigint'],
    ['float', 'double'],
    ['varchar(3)', 'string'],
    ['decimal(9,2)', 'decimal(12, 2)'],
    ['integer', 'INT'],
  ] as const) {
    assert.ok(widens(from, to), `${from} to ${to}`);
  }
  for (const [from, to] of [
    ['bigint', 'int'],
    ['int', 'string'],
    ['decimal(9,2)', 'decimal(12,3)'],
    ['int', 'double'],
  ] as const) {
    assert.ok(!widens(from, to), `${from} to ${to}`);
  }
});

test('how columns are found follows the format and the property that turns it round', () => {
  assert.equal(columnAccess(tableOf('t(a int)', { kind: 'hive', format: 'orc' })), 'position');
  const named = { 'orc.column.index.access': 'false' };
  assert.equal(columnAccess(tableOf('t(a int)', { format: 'orc', serdeParameters: named })), 'name');
  assert.equal(columnAccess(tableOf('t(a int)', { kind: 'iceberg', format: 'parquet' })), 'id');
  assert.equal(columnAccess(tableOf('t(a int)')), undefined);
});
