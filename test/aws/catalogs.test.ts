import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openAws } from '../../src/aws/open';
import { catalogListings } from '../../src/catalog/catalogDirectory';
import { Problem } from '../../src/base/problem';
import type { AwsPorts } from '../../src/ports/awsPorts';
import { describedTable, tableAsKnown } from '../../src/trees/catalogTables';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';

const signal = new AbortController().signal;
const partner = 'glue:444455556666';
const bucket = 's3tables:arn:aws:s3tables:us-east-1:111122223333:bucket/centralbank-tables';
const name = { database: 'centralbank_data', name: 'customers' };

describe('catalogs beside the own, and what is kept of a table, on the local lake', () => {
  let lake: TestLake;
  let ports: AwsPorts;
  let connection: { name: string; region: string; endpoint: string; readOnly: boolean; production: boolean };
  before(async () => {
    isolateEnvironment();
    lake = await startLake({ small: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    connection = {
      name: 'demo',
      region: lake.region,
      endpoint: lake.endpoint,
      readOnly: false,
      production: false,
    };
    ports = openAws({ log: { record: () => undefined }, attempts: 2, transport: { proxy: '' } });
  });
  after(() => lake.stop());

  test('each listing finds its catalogs, and one that is denied says so and leaves the others', async () => {
    const found = async () =>
      Promise.all(
        catalogListings.map(async ({ id: listing }) => {
          const page = await ports.directory
            .catalogs(connection, { listing }, signal)
            .catch((error: unknown) => {
              assert.ok(error instanceof Problem);
              return { items: [{ id: error.kind, name: '', what: '' }] };
            });
          return page.items.map(({ id }) => id);
        }),
      );
    assert.deepEqual(await found(), [[partner], [], ['athena:market_data'], [bucket]]);
    await lake.faults(
      { action: 's3tables:*', kind: 'denied' },
      { action: 'glue:GetCatalogs', kind: 'denied' },
    );
    assert.deepEqual(await found(), [[partner], ['denied'], ['athena:market_data'], ['denied']]);
    await lake.faults();
  });

  test('the catalog of another account is read by its id, and by the data catalog that stands for it', async () => {
    for (const catalog of [partner, 'athena:market_data']) {
      const { items: databases } = await ports.catalog.databases(connection, { catalog }, signal);
      assert.deepEqual(
        databases.map((database) => database.name),
        ['market_reference'],
      );
      const { items: tables } = await ports.catalog.tables(
        connection,
        { catalog, database: 'market_reference', named: 'rate' },
        signal,
      );
      assert.deepEqual(
        tables.map((table) => [table.catalog, table.name, table.format, table.partitionKeys[0]?.name]),
        [[catalog, 'exchange_rates', 'parquet', 'day']],
      );
      const table = { catalog, database: 'market_reference', name: 'exchange_rates' };
      assert.deepEqual((await ports.catalog.partitions(connection, { table }, signal)).items, []);
    }
  });

  test('who may not look a data catalog up reads what Athena tells of it, without partitions', async () => {
    const calm = openAws({ log: { record: () => undefined }, attempts: 2, transport: { proxy: '' } });
    await lake.faults({ action: 'athena:GetDataCatalog', kind: 'denied' });
    const table = { catalog: 'athena:market_data', database: 'market_reference', name: 'exchange_rates' };
    const found = await calm.catalog.table(connection, table, signal);
    assert.deepEqual(
      [found.columns.map((column) => column.name), found.location, found.format],
      [
        ['base_currency', 'quote_currency', 'rate'],
        's3://partner-market-reference/exchange_rates/',
        'parquet',
      ],
    );
    const listed = await calm.catalog.tables(connection, { ...table, named: 'exch*' }, signal);
    assert.equal(listed.items.length, 1);
    await assert.rejects(calm.catalog.partitions(connection, { table }, signal), {
      kind: 'invalid',
      message: /Athena lists no partitions of market_reference\.exchange_rates in catalog market_data/,
    });
    await lake.faults();
  });

  test('a table bucket shows namespaces and tables, and columns from the Iceberg metadata', async () => {
    const { items: databases } = await ports.catalog.databases(connection, { catalog: bucket }, signal);
    assert.deepEqual(databases, [{ name: 'risk' }]);
    const { items: tables } = await ports.catalog.tables(
      connection,
      { catalog: bucket, database: 'risk' },
      signal,
    );
    assert.deepEqual(
      tables.map((table) => [table.name, table.kind, table.columns]),
      [
        ['exposures', 'iceberg', []],
        ['limits', 'iceberg', []],
      ],
    );
    const request = { catalog: bucket, database: 'risk', name: 'exposures' };
    const table = await describedTable(ports, { connection, name: request }, signal);
    assert.deepEqual(
      [table.catalog, table.columns.slice(0, 2), table.partitionFields],
      [
        bucket,
        [
          { name: 'loan_id', type: 'bigint', notNull: true },
          { name: 'event', type: 'string', comment: 'What happened to the loan' },
        ],
        ['month(happened_on)'],
      ],
    );
    await assert.rejects(
      describedTable(ports, { connection, name: { ...request, name: 'limits' } }, signal),
      { kind: 'missing' },
    );
    await lake.faults({ action: 's3:GetObject', kind: 'denied' });
    const known = await tableAsKnown(ports, { connection, name: request }, signal);
    await lake.faults();
    assert.deepEqual([known.table.owner, known.unread?.kind], ['111122223333', 'denied']);
    await assert.rejects(ports.details.versions(connection, { table: request }, signal), {
      message:
        /^risk\.exposures stands in centralbank-tables, of which Glue and Lake Formation keep nothing\.$/,
    });
  });

  test('the partition of a table of another catalog, an unknown catalog and a mistyped one are told apart', async () => {
    await assert.rejects(ports.catalog.databases(connection, { catalog: 'glue:999999999999' }, signal), {
      kind: 'missing',
      message: /catalog 999999999999/,
    });
    await assert.rejects(ports.catalog.databases(connection, { catalog: 'nonsense' }, signal), {
      kind: 'invalid',
    });
    await assert.rejects(ports.directory.dataCatalog(connection, { name: 'nowhere' }, signal), {
      kind: 'missing',
    });
    assert.equal(
      (await ports.directory.dataCatalog(connection, { name: 'market_data' }, signal)).what,
      'Glue',
    );
  });

  test('grants tell whole tables from some columns', async () => {
    const { items } = await ports.details.grants(connection, { table: name }, signal);
    assert.deepEqual(
      items.map(({ principal, permissions, exceptColumns }) => [
        principal.split('/').at(-1),
        permissions.length,
        exceptColumns,
      ]),
      [
        ['DataAnalyst', 1, ['email', 'contact']],
        ['DataEngineer', 5, undefined],
      ],
    );
  });

  test('a description is changed in place, with the version before it kept, and shown as a difference', async () => {
    const earlier = await ports.catalog.table(connection, name, signal);
    const column = earlier.columns[0]?.name ?? '';
    const from = earlier.columns[0]?.comment ?? '';
    await ports.details.changeComment(connection, { table: name, column, from, to: 'Since 2019' }, signal);
    const { items } = await ports.details.versions(connection, { table: name }, signal);
    const [now, then] = items;
    assert.equal(Number(now?.id), Number(then?.id) + 1);
    assert.equal(now?.table.columns[0]?.comment, 'Since 2019');
    assert.equal(then?.table.columns[0]?.comment ?? '', from);
    const later = await ports.catalog.table(connection, name, signal);
    assert.deepEqual(later.columns.slice(1), earlier.columns.slice(1));
    assert.deepEqual(
      [later.parameters, later.location, later.serde, later.owner],
      [earlier.parameters, earlier.location, earlier.serde, earlier.owner],
    );
  });

  test('an Iceberg table is refused with the statement that does it', async () => {
    const table = { database: 'centralbank_data', name: 'loan_events' };
    await assert.rejects(
      ports.details.changeComment(connection, { table, column: 'event', from: 'x', to: 'y' }, signal),
      { kind: 'invalid', message: /CHANGE COLUMN `event` `event` string COMMENT '…' instead\.$/ },
    );
  });
});
