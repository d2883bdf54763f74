import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Table } from '../../src/catalog/catalog';
import { catalogPlace } from '../../src/catalog/catalogId';
import { listTables, type Unlisted } from '../../src/catalog/listTables';
import { catalogIndex, type SearchHit } from '../../src/catalog/search';
import { connection, fakeCatalog, fault, pageOf, tableOf } from '../support/fakes';

const never = new AbortController().signal;

function named(hits: readonly SearchHit[]): readonly string[] {
  return hits.map((hit) =>
    hit.kind === 'database'
      ? `database ${hit.database.name}`
      : hit.kind === 'table'
        ? `${hit.table.database}.${hit.table.name}`
        : `${hit.table.database}.${hit.table.name}.${hit.column.name}`,
  );
}

test('every word is looked for in names, types and descriptions, the nearest name first', () => {
  const index = catalogIndex();
  index.addDatabases(undefined, [{ name: 'customer_care', description: 'Calls' }]);
  index.addTables([
    tableOf('bank.old_customers(id bigint)'),
    tableOf('bank.customers(id bigint, email string)', { description: 'Everybody with an account' }),
    tableOf('bank.orders(customer_id bigint, email varchar) by day date'),
    { ...tableOf('risk.customers(score double)'), catalog: 'glue:444455556666' },
  ]);
  assert.deepEqual(named(index.find('customers', 10).hits), [
    'bank.customers',
    'risk.customers',
    'bank.old_customers',
  ]);
  assert.deepEqual(named(index.find('customer', 10).hits), [
    'database customer_care',
    'bank.customers',
    'risk.customers',
    'bank.orders.customer_id',
    'bank.old_customers',
  ]);
  assert.deepEqual(named(index.find('orders email', 10).hits), ['bank.orders.email']);
  assert.deepEqual(named(index.find('email string', 10).hits), ['bank.customers.email']);
  assert.deepEqual(named(index.find('EVERYBODY', 10).hits), ['bank.customers']);
  assert.deepEqual(named(index.find('444455556666', 10).hits), ['risk.customers']);
  assert.deepEqual(named(index.find('orders date', 10).hits), ['bank.orders.day']);
  assert.deepEqual(index.find('  ', 10), { hits: [], isCut: false });
  assert.equal(index.find('customer', 2).isCut, true);
});

test('a table that comes again replaces the one before, and is counted once', () => {
  const index = catalogIndex();
  index.addTables([tableOf('d.t(a int, b int)')]);
  index.addTables([tableOf('d.t(c int)')]);
  assert.deepEqual(index.counts, { databases: 0, tables: 1, columns: 1 });
  assert.deepEqual(named(index.find('b', 10).hits), []);
});

test('ten thousand tables with thirty columns each are searched whole', () => {
  const index = catalogIndex();
  const columns = Array.from({ length: 30 }, (_, at) => ({ name: `attribute_${at}`, type: 'string' }));
  const tables = Array.from({ length: 10_000 }, (_, at): Table => ({
    database: `db_${at % 40}`,
    name: `table_${at}`,
    columns,
    partitionKeys: [],
  }));
  index.addTables(tables);
  const found = (text: string): number => index.find(text, 400_000).hits.length;
  assert.equal(found('table_77'), 111);
  assert.ok(found('attribute_29') >= 10_000);
  assert.equal(found('nothing at all'), 0);
});

test('all databases are listed side by side, and what is denied is told and hides nothing else', async () => {
  const tables = ['a', 'b', 'c'].flatMap((database) =>
    Array.from({ length: 5 }, (_, at) => tableOf(`${database}.t${at}(x int)`)),
  );
  const lake = fakeCatalog({ tables, pageSize: 2 });
  const reader = {
    ...lake,
    databases: async (_: unknown, { catalog, next }: { catalog?: string; next?: string }) => {
      if (catalog !== undefined) throw fault('denied', 'The other catalog is closed.');
      return pageOf([{ name: 'a' }, { name: 'b' }, { name: 'c' }], next, 2);
    },
    tables: async (...args: Parameters<typeof lake.tables>) => {
      if (args[1].database === 'b') throw fault('denied', 'The database is closed.');
      return lake.tables(...args);
    },
  };
  const index = catalogIndex();
  const unlisted: Unlisted[] = [];
  const complete: string[] = [];
  const request = {
    connection,
    catalogs: [undefined, 'glue:444455556666'],
    onDatabases: index.addDatabases,
    onTables: index.addTables,
    onUnlisted: (one: Unlisted) => void unlisted.push(one),
    onComplete: (key: string) => void complete.push(key),
  };
  await listTables(reader, request, never);
  assert.deepEqual(index.counts, { databases: 3, tables: 10, columns: 10 });
  assert.deepEqual(unlisted.map(({ what, why }) => `${what}: ${why.message}`).toSorted(), [
    'b: The database is closed.',
    'catalog 444455556666: The other catalog is closed.',
  ]);
  // A second listing asks only for what is missing.
  lake.requests.length = 0;
  await listTables(reader, { ...request, except: new Set(complete) }, never);
  assert.deepEqual(lake.requests, []);
});

test('what the settings mistype for a catalog is told, and the others are searched', async () => {
  const index = catalogIndex();
  const unlisted: string[] = [];
  const lake = fakeCatalog({ tables: [tableOf('a.t(x int)')] });
  await listTables(
    {
      ...lake,
      databases: async (at, request, stop) => {
        catalogPlace(request.catalog);
        return lake.databases(at, request, stop);
      },
    },
    {
      connection,
      catalogs: ['my catalog', undefined],
      onDatabases: index.addDatabases,
      onTables: index.addTables,
      onUnlisted: ({ what }) => void unlisted.push(what),
    },
    never,
  );
  assert.deepEqual([index.counts.tables, unlisted], [1, ['catalog my catalog']]);
});

test('a lost sign-in ends the listing, and so does a cancel; what was found stays', async () => {
  const tables = [tableOf('a.t(x int)'), tableOf('b.u(x int)')];
  const index = catalogIndex();
  const ignore = { onDatabases: () => undefined, onUnlisted: () => undefined, catalogs: [undefined] };
  const expired = fakeCatalog({
    tables,
    before: (action) => {
      if (action === 'tables') throw fault('signed-out');
    },
  });
  await assert.rejects(
    listTables(expired, { connection, onTables: index.addTables, ...ignore }, never),
    (error: unknown) => error instanceof Problem && error.kind === 'signed-out',
  );
  const stop = new AbortController();
  const slow = fakeCatalog({ tables });
  const stopping = {
    ...slow,
    tables: async (...args: Parameters<typeof slow.tables>) => {
      const page = await slow.tables(...args);
      stop.abort();
      return page;
    },
  };
  await assert.rejects(
    listTables(stopping, { connection, onTables: index.addTables, ...ignore }, stop.signal),
    { name: 'AbortError' },
  );
  assert.ok(index.counts.tables > 0);
});
