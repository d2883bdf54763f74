import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableInput } from '../../src/aws/glueComments';
import { awsServer, json, jsonFault } from '../support/awsServer';

const signal = new AbortController().signal;
const name = { database: 'bank', name: 'tx' };

/** A table with everything that Glue may tell of one and that can be written again. */
const full = {
  Name: 'tx',
  DatabaseName: 'bank',
  Description: 'Payments',
  Owner: 'etl',
  CreateTime: 1_700_000_000,
  UpdateTime: 1_700_000_100,
  LastAccessTime: 1_700_000_200,
  LastAnalyzedTime: 1_700_000_300,
  Retention: 7,
  StorageDescriptor: {
    Columns: [
      { Name: 'id', Type: 'bigint', Comment: 'Key', Parameters: { origin: 'core' } },
      { Name: 'Amount', Type: 'decimal(18,2)' },
    ],
    Location: 's3://bank/tx/',
    AdditionalLocations: ['s3://bank/tx-old/'],
    InputFormat: 'in',
    OutputFormat: 'out',
    Compressed: true,
    NumberOfBuckets: 4,
    SerdeInfo: { Name: 'serde', SerializationLibrary: 'lib', Parameters: { 'serialization.format': '1' } },
    BucketColumns: ['id'],
    SortColumns: [{ Column: 'id', SortOrder: 1 }],
    Parameters: { a: 'b' },
    SkewedInfo: {
      SkewedColumnNames: ['id'],
      SkewedColumnValues: ['1'],
      SkewedColumnValueLocationMaps: { '1': 's3://bank/skewed/' },
    },
    StoredAsSubDirectories: true,
    SchemaReference: { SchemaVersionId: 'v', SchemaVersionNumber: 2 },
  },
  PartitionKeys: [{ Name: 'day', Type: 'date', Comment: 'Booking day' }],
  ViewOriginalText: 'o',
  ViewExpandedText: 'e',
  TableType: 'EXTERNAL_TABLE',
  Parameters: { EXTERNAL: 'TRUE', classification: 'parquet', comment: 'Payments' },
  CreatedBy: 'arn:aws:sts::1:assumed-role/etl/x',
  IsRegisteredWithLakeFormation: true,
  CatalogId: '111122223333',
  VersionId: '12',
};
type Raw = typeof full;

/** Glue with one table, which each answer of `overtaken` changes before an update is taken. */
async function glue(first: Raw, overtaken: readonly ((table: Raw) => Raw)[] = []) {
  let table = first;
  const updates: Record<string, unknown>[] = [];
  const waiting = [...overtaken];
  const server = await awsServer((request, response) => {
    const body = JSON.parse(request.body) as Record<string, unknown>;
    if (request.operation.endsWith('GetTable')) return json(response, { Table: table });
    const other = waiting.shift();
    if (other !== undefined) table = { ...other(table), VersionId: String(Number(table.VersionId) + 1) };
    if (body['VersionId'] !== table.VersionId) {
      return jsonFault(response, 'ConcurrentModificationException', 'Update table failed.');
    }
    updates.push(body);
    table = {
      ...table,
      ...(body['TableInput'] as Partial<Raw>),
      VersionId: String(Number(table.VersionId) + 1),
    };
    json(response, {});
  });
  return { server, updates, now: () => table };
}

test('every member that can be written goes back as it came, but for the one description', async () => {
  const { server, updates } = await glue(full);
  const { details } = server.ports;
  await details.changeComment(
    server.connection,
    { table: name, column: 'amount', from: '', to: 'In EUR' },
    signal,
  );
  await details.changeComment(
    server.connection,
    { table: name, column: 'day', from: 'Booking day', to: '' },
    signal,
  );
  await details.changeComment(
    server.connection,
    { table: name, from: 'Payments', to: 'All payments' },
    signal,
  );
  const {
    DatabaseName: _d,
    CreateTime: _c,
    UpdateTime: _u,
    CreatedBy: _b,
    IsRegisteredWithLakeFormation: _l,
    CatalogId: _i,
    VersionId: _v,
    ...input
  } = full;
  const [id, amount] = input.StorageDescriptor.Columns;
  const described = { ...input.StorageDescriptor, Columns: [id, { ...amount, Comment: 'In EUR' }] };
  assert.deepEqual(updates[0], {
    DatabaseName: 'bank',
    TableInput: { ...input, StorageDescriptor: described },
    VersionId: '12',
  });
  const keyless = { ...input, StorageDescriptor: described, PartitionKeys: [{ Name: 'day', Type: 'date' }] };
  assert.deepEqual(updates[1]?.['TableInput'], keyless);
  assert.deepEqual(updates[2]?.['TableInput'], {
    ...keyless,
    Description: 'All payments',
    Parameters: { ...input.Parameters, comment: 'All payments' },
  });
  assert.equal('SkipArchive' in (updates[2] ?? {}), false, 'the version before it is kept');
  await server.close();
});

test('what only Glue writes is not sent, and nothing else is left out', () => {
  const dated = {
    ...full,
    CreateTime: undefined,
    UpdateTime: undefined,
    LastAccessTime: new Date(1),
    LastAnalyzedTime: new Date(2),
  };
  assert.deepEqual(Object.keys(tableInput(dated as never)).toSorted(), [
    'Description',
    'LastAccessTime',
    'LastAnalyzedTime',
    'Name',
    'Owner',
    'Parameters',
    'PartitionKeys',
    'Retention',
    'StorageDescriptor',
    'TableType',
    'ViewExpandedText',
    'ViewOriginalText',
  ]);
});

test('a column that somebody adds meanwhile is kept: the table is read and written again', async () => {
  const added = (table: Raw): Raw => ({
    ...table,
    StorageDescriptor: {
      ...table.StorageDescriptor,
      Columns: [...table.StorageDescriptor.Columns, { Name: 'officer', Type: 'string' }],
    },
  });
  const { server, updates, now } = await glue(full, [added]);
  await server.ports.details.changeComment(
    server.connection,
    { table: name, column: 'id', from: 'Key', to: 'Number' },
    signal,
  );
  assert.equal(updates.length, 1);
  assert.deepEqual(
    now().StorageDescriptor.Columns.map((column) => [column.Name, column.Comment]),
    [
      ['id', 'Number'],
      ['Amount', undefined],
      ['officer', undefined],
    ],
  );
  await server.close();
});

test('a description that somebody changed meanwhile is not overwritten, and the same one is no conflict', async () => {
  const described =
    (text: string) =>
    (table: Raw): Raw => ({
      ...table,
      Description: text,
      Parameters: { ...table.Parameters, comment: text },
    });
  const theirs = await glue(full, [described('Theirs')]);
  const change = { table: name, from: 'Payments', to: 'Mine' };
  await assert.rejects(theirs.server.ports.details.changeComment(theirs.server.connection, change, signal), {
    kind: 'changed',
    message: 'The description of bank.tx was changed meanwhile, to “Theirs”: edit it again from there.',
  });
  assert.equal(theirs.updates.length, 0);
  const same = await glue(full, [described('Mine')]);
  await same.server.ports.details.changeComment(same.server.connection, change, signal);
  assert.equal(same.updates.length, 0);
  await Promise.all([theirs.server.close(), same.server.close()]);
});

test('a table that is changed without end is left alone after three attempts', async () => {
  const touched = (table: Raw): Raw => ({ ...table, Retention: table.Retention + 1 });
  const { server, updates } = await glue(full, [touched, touched, touched, touched]);
  await assert.rejects(
    server.ports.details.changeComment(
      server.connection,
      { table: name, from: 'Payments', to: 'Mine' },
      signal,
    ),
    { message: /ConcurrentModificationException/ },
  );
  assert.equal(updates.length, 0);
  await server.close();
});

test('a view of several dialects, a lost column and a text that is too long are refused before anything is written', async () => {
  const view = await glue({ ...full, ViewDefinition: { IsProtected: false } } as Raw);
  const ask = (change: { column?: string; from: string; to: string }) =>
    view.server.ports.details.changeComment(view.server.connection, { table: name, ...change }, signal);
  await assert.rejects(ask({ from: 'Payments', to: 'Mine' }), { message: /view of several dialects/ });
  await view.server.close();
  const plain = await glue(full);
  const askPlain = (change: { column?: string; from: string; to: string }) =>
    plain.server.ports.details.changeComment(plain.server.connection, { table: name, ...change }, signal);
  await assert.rejects(askPlain({ column: 'gone', from: '', to: 'x' }), { kind: 'missing' });
  await assert.rejects(askPlain({ column: 'id', from: 'Key', to: 'é'.repeat(128) }), {
    message: /255 bytes .* has 256/,
  });
  assert.equal(plain.updates.length + view.updates.length, 0);
  await plain.server.close();
});

test('statistics of every type of column are told in plain figures', async () => {
  const data = (Type: string, member: string, values: object) => ({
    AnalyzedTime: 1_700_000_000,
    StatisticsData: { Type, [member]: values },
  });
  const counts = { NumberOfNulls: 3, NumberOfDistinctValues: 9 };
  const server = await awsServer((_request, response) =>
    json(response, {
      ColumnStatisticsList: [
        {
          ColumnName: 'l',
          ...data('LONG', 'LongColumnStatisticsData', { MinimumValue: -5, MaximumValue: 7, ...counts }),
        },
        {
          ColumnName: 'd',
          ...data('DECIMAL', 'DecimalColumnStatisticsData', {
            // -1.05 and 0.07
            MinimumValue: { UnscaledValue: Buffer.from([0xff, 0x97]).toString('base64'), Scale: 2 },
            MaximumValue: { UnscaledValue: Buffer.from([0x07]).toString('base64'), Scale: 2 },
            ...counts,
          }),
        },
        {
          ColumnName: 't',
          ...data('DATE', 'DateColumnStatisticsData', { MinimumValue: 1_704_067_200, ...counts }),
        },
        {
          ColumnName: 's',
          ...data('STRING', 'StringColumnStatisticsData', { MaximumLength: 4, AverageLength: 2, ...counts }),
        },
        {
          ColumnName: 'b',
          ...data('BOOLEAN', 'BooleanColumnStatisticsData', {
            NumberOfTrues: 1,
            NumberOfFalses: 2,
            NumberOfNulls: 0,
          }),
        },
      ],
      Errors: [{ ColumnName: 'x', Error: { ErrorCode: 'EntityNotFoundException' } }],
    }),
  );
  const columns = Array.from({ length: 101 }, (_, at) => `c${at}`);
  const found = await server.ports.details.statistics(server.connection, { table: name, columns }, signal);
  assert.deepEqual(found.columns, {
    l: { nulls: 3, distinct: 9, min: '-5', max: '7' },
    d: { nulls: 3, distinct: 9, min: '-1.05', max: '0.07' },
    t: { nulls: 3, distinct: 9, min: '2024-01-01' },
    s: { nulls: 3, distinct: 9 },
    b: { nulls: 0 },
  });
  assert.equal(server.seen.length, 2, 'a hundred columns a request');
  assert.deepEqual(found.at, new Date(1_700_000_000_000));
  await server.close();
});
