import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import { knownCatalog, withoutRepeats, type CatalogSource } from '../../src/catalog/known';

function table(database: string, name: string, rest: Partial<Table> = {}): Table {
  return { database, name, columns: [], partitionKeys: [], kind: 'hive', ...rest };
}
function source(name: string, ...tables: readonly Table[]): CatalogSource {
  return { name, tables: tables.map((one, index) => ({ table: one, origin: `${name}/${index}` })) };
}
const column = (name: string) => ({ name, type: 'int' });

test('the strongest source says what a table is, and a weaker one adds figures only', () => {
  const ddl = table('lake', 'trades', { columns: [column('a')] });
  const live = table('lake', 'trades', { columns: [column('b')], rows: 7, partitionCount: 3 });
  const known = knownCatalog([source('ddl', ddl), source('glue', live, table('lake', 'other'))]);
  assert.deepEqual(known.table(['trades']), { ...ddl, rows: 7, partitionCount: 3 });
  assert.equal(known.table(['LAKE', 'Other'])?.name, 'other');
  assert.equal(known.table(['nothing']), undefined);
  assert.equal(known.tables().length, 2);
});

test('partition figures are not taken over for other keys', () => {
  const ddl = table('lake', 'trades', { partitionKeys: [column('year')] });
  const live = table('lake', 'trades', { partitionKeys: [column('day')], newestPartition: ['1'], bytes: 5 });
  assert.deepEqual(knownCatalog([source('ddl', ddl), source('glue', live)]).table(['trades']), {
    ...ddl,
    bytes: 5,
  });
});

test('a table defined twice differently within one source is unknown, and the conflict says where', () => {
  const known = knownCatalog([
    source('ddl', table('lake', 'trades'), table('lake', 'trades', { columns: [column('a')] })),
    source('glue', table('lake', 'trades')),
  ]);
  assert.equal(known.table(['lake', 'trades']), undefined);
  assert.deepEqual(
    known.conflict(['trades'])?.definitions.map(({ origin }) => origin),
    ['ddl/0', 'ddl/1'],
  );
  assert.equal(known.conflict(['trades'])?.source, 'ddl');
});

test('the same definition twice is no conflict', () => {
  const known = knownCatalog([source('ddl', table('lake', 'trades'), table('lake', 'trades'))]);
  assert.equal(known.table(['trades'])?.name, 'trades');
  assert.equal(known.conflict(['trades']), undefined);
});

test('of tables that files make again only the first definition is passed on, and every one that differs', () => {
  const news = withoutRepeats();
  const other = table('lake', 'trades', { columns: [column('a')] });
  const origins = (name: string, ...tables: readonly Table[]) =>
    news(source(name, ...tables).tables).map(({ origin }) => origin);
  assert.deepEqual(origins('first', table('lake', 'trades'), table('lake', 'trades'), other), [
    'first/0',
    'first/2',
  ]);
  assert.deepEqual(origins('second', other, table('lake', 'trades'), table('lake', 'fees')), ['second/2']);
});

test('a name without a database means the default one, else the only table of that name', () => {
  const sources = [source('glue', table('raw', 'trades'), table('curated', 'trades'), table('raw', 'one'))];
  assert.equal(knownCatalog(sources).table(['trades']), undefined);
  assert.equal(knownCatalog(sources).table(['one'])?.database, 'raw');
  const withDefault = knownCatalog(sources, { defaultDatabase: 'Curated' });
  assert.equal(withDefault.table(['trades'])?.database, 'curated');
  assert.equal(withDefault.table(['one']), undefined);
});

test('a table of another data source is not the one of that name in Glue', () => {
  const known = knownCatalog([
    source('glue', table('sales', 'orders'), table('public', 'n', { kind: 'native' })),
  ]);
  assert.equal(known.table(['cmdb', 'sales', 'orders']), undefined);
  assert.equal(known.table(['AwsDataCatalog', 'sales', 'orders'])?.name, 'orders');
  assert.equal(known.table(['dev', 'public', 'n'])?.name, 'n');
});
