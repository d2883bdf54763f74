import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describedTable, tableAsKnown } from '../../src/trees/catalogTables';
import { catalogTree } from '../../src/trees/catalogTree';
import { tablePage } from '../../src/trees/tablePage';
import { awsServer, json } from '../support/awsServer';
import { connection, fakeStore } from '../support/fakes';
import { nodeAt, outline } from '../support/outline';

const signal = new AbortController().signal;

test('a resource link shows the columns of the table it links to, under its own name', async () => {
  const target = { CatalogId: '444455556666', DatabaseName: 'market', Name: 'rates' };
  const link = { Name: 'fx', TargetTable: target };
  const rates = {
    Name: 'rates',
    StorageDescriptor: { Columns: [{ Name: 'rate', Type: 'double' }], Location: 's3://partner/rates/' },
    PartitionKeys: [{ Name: 'day', Type: 'date' }],
  };
  const asked: unknown[] = [];
  const server = await awsServer((request, response) => {
    const { CatalogId, DatabaseName, Name } = JSON.parse(request.body) as Record<string, string | undefined>;
    asked.push([request.operation.split('.').at(-1), CatalogId, DatabaseName, Name]);
    if (request.operation.endsWith('GetDatabases'))
      return json(response, { DatabaseList: [{ Name: 'shared' }] });
    if (request.operation.endsWith('GetTables')) return json(response, { TableList: [link] });
    json(response, { Table: CatalogId === undefined ? link : rates });
  });
  const from = { catalog: server.ports.catalog, store: fakeStore({}) };
  const at = { connection: server.connection, name: { database: 'shared', name: 'fx' } };
  const table = await describedTable(from, at, signal);
  assert.deepEqual(asked, [
    ['GetTable', undefined, 'shared', 'fx'],
    ['GetTable', '444455556666', 'market', 'rates'],
  ]);
  assert.deepEqual(
    [table.database, table.name, table.catalog, table.columns[0]?.name, table.partitionKeys[0]?.name],
    ['shared', 'fx', undefined, 'rate', 'day'],
  );
  assert.match(tablePage(table), /- \*\*Links to\*\*: market\.rates in 444455556666/);
  const { root } = catalogTree({
    catalog: server.ports.catalog,
    connection: async () => server.connection,
    describe: (_, name, stop) => describedTable(from, { connection: server.connection, name }, stop),
  });
  assert.equal(
    await outline(await nodeAt(root, ['shared', 'fx'])),
    'fx  link to 444455556666 · market.rates\n  columns\n    rate  double',
  );
  await server.close();
});

test('a link that leads to nothing fails with the sentence of what it leads to', async () => {
  const link = { Name: 'fx', TargetTable: { DatabaseName: 'gone', Name: 'rates' } };
  const server = await awsServer((request, response) => {
    const { DatabaseName } = JSON.parse(request.body) as Record<string, string>;
    json(response, DatabaseName === 'gone' ? {} : { Table: link });
  });
  const request = { connection, name: { database: 'shared', name: 'fx' } };
  await assert.rejects(
    describedTable(
      { catalog: server.ports.catalog, store: fakeStore({}) },
      { ...request, connection: server.connection },
      signal,
    ),
    { kind: 'missing', message: /^Glue has no table gone\.rates/ },
  );
  const known = await tableAsKnown(
    { catalog: server.ports.catalog, store: fakeStore({}) },
    { ...request, connection: server.connection },
    signal,
  );
  assert.deepEqual([known.table.name, known.unread?.kind], ['fx', 'missing'], 'what is known of it stays');
  await server.close();
});
