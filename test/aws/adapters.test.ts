import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awsServer, json, jsonFault, xml } from '../support/awsServer';

const signal = new AbortController().signal;

test('keys come back decoded, and only where the store encoded them', async () => {
  const list = (encoding: string, key: string) =>
    `<ListBucketResult><IsTruncated>false</IsTruncated>${encoding}<Contents><Key>${key}</Key><Size>5</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;e&quot;</ETag><StorageClass>GLACIER</StorageClass></Contents><CommonPrefixes><Prefix>a%2Bb+c/</Prefix></CommonPrefixes></ListBucketResult>`;
  const server = await awsServer((_request, response, count) =>
    xml(
      response,
      count === 0 ? list('<EncodingType>url</EncodingType>', 'x+y%2Bz%C3%BC%0A') : list('', 'x+y%2Bz'),
    ),
  );
  const { store } = server.ports;
  const request = { bucket: 'b', prefix: 'x', delimiter: '/', limit: 7, startAfter: 's' } as const;
  const encoded = await store.list(server.connection, request, signal);
  assert.deepEqual(encoded.objects, [
    {
      key: 'x y+zü\n',
      bytes: 5,
      modifiedAt: new Date('2026-01-02T03:04:05Z'),
      etag: '"e"',
      storageClass: 'GLACIER',
    },
  ]);
  assert.deepEqual(encoded.prefixes, ['a+b c/']);
  const plain = await store.list(server.connection, request, signal);
  assert.equal(plain.objects[0]?.key, 'x+y%2Bz');
  const query = server.seen[0]?.url.searchParams;
  assert.equal(server.seen[0]?.url.pathname, '/b/', 'path style');
  assert.deepEqual(
    [query?.get('prefix'), query?.get('delimiter'), query?.get('max-keys'), query?.get('start-after')],
    ['x', '/', '7', 's'],
  );
  await server.close();
});

test('a range is half-open, and a store that ignores it is cut to it', async () => {
  const server = await awsServer((request, response) => {
    if (request.headers.range === undefined || request.url.pathname.endsWith('whole')) {
      response.writeHead(200).end('0123456789');
    } else {
      response.writeHead(206, { 'content-range': 'bytes 2-4/10' }).end('234');
    }
  });
  const read = async (key: string, range?: { start: number; end: number }) =>
    Buffer.from(
      await server.ports.store.read(
        server.connection,
        { bucket: 'b', key, ...(range === undefined ? {} : { range }) },
        signal,
      ),
    ).toString();
  assert.equal(await read('k', { start: 2, end: 5 }), '234');
  assert.equal(server.seen[0]?.headers.range, 'bytes=2-4');
  assert.equal(await read('whole', { start: 2, end: 5 }), '234');
  assert.equal(await read('k'), '0123456789');
  assert.equal(await read('k', { start: 5, end: 5 }), '');
  assert.equal(server.seen.length, 3, 'an empty range asks nothing');
  await server.close();
});

test('a body that breaks off is offline, not half an object', async () => {
  const server = await awsServer((_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    setTimeout(() => response.destroy(), 10);
  });
  await assert.rejects(server.ports.store.read(server.connection, { bucket: 'b', key: 'k' }, signal), {
    kind: 'offline',
  });
  await server.close();
});

test('Glue tables are told apart, and what Glue leaves out stays out', async () => {
  const view = Buffer.from(
    JSON.stringify({ originalSql: 'SELECT 1 AS x', catalog: 'awsdatacatalog' }),
  ).toString('base64');
  const server = await awsServer((_request, response) =>
    json(response, {
      TableList: [
        { Name: 'bare' },
        {
          Name: 'hive',
          TableType: 'EXTERNAL_TABLE',
          PartitionKeys: [{ Name: 'Year', Type: 'INT' }],
          Parameters: { 'projection.enabled': 'true', totalSize: '5' },
          StorageDescriptor: {
            Columns: [{ Name: 'Id', Type: 'BIGINT', Comment: 'key' }],
            Location: 's3://b/t/',
            InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
            SerdeInfo: {
              SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
            },
          },
        },
        {
          Name: 'ice',
          Parameters: { table_type: 'iceberg' },
          StorageDescriptor: {
            Columns: [
              { Name: 'now', Type: 'int', Parameters: { 'iceberg.field.current': 'true' } },
              { Name: 'dropped', Type: 'int', Parameters: { 'iceberg.field.current': 'false' } },
            ],
          },
        },
        { Name: 'v', TableType: 'VIRTUAL_VIEW', ViewOriginalText: `/* Presto View: ${view} */` },
        { Name: 'broken', TableType: 'VIRTUAL_VIEW', ViewOriginalText: '/* Presto View: AAAA */' },
        {
          Name: 'csv',
          Parameters: { sizeKey: '100', recordCount: '7', classification: 'csv' },
          StorageDescriptor: {
            SerdeInfo: {
              SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
              Parameters: { 'field.delim': ',' },
            },
          },
        },
        { Name: 'del', Parameters: { 'spark.sql.sources.provider': 'delta' } },
      ],
      NextToken: 'more',
    }),
  );
  const page = await server.ports.catalog.tables(server.connection, { database: 'd', next: 'x' }, signal);
  assert.equal(page.next, 'more');
  assert.match(server.seen[0]?.body ?? '', /"NextToken":"x"/);
  const [bare, hive, ice, v, broken, csv, del] = page.items;
  assert.deepEqual(bare, {
    database: 'd',
    name: 'bare',
    columns: [],
    partitionKeys: [],
    kind: 'hive',
    parameters: {},
    serdeParameters: {},
  });
  assert.deepEqual(hive?.columns, [{ name: 'id', type: 'bigint', comment: 'key' }]);
  assert.deepEqual(hive?.partitionKeys, [{ name: 'year', type: 'int' }]);
  assert.equal(hive?.format, 'parquet');
  assert.equal(hive?.parameters?.['projection.enabled'], 'true');
  assert.equal(hive?.bytes, undefined, 'statistics of a partitioned table tell of some partitions only');
  assert.equal(ice?.kind, 'iceberg');
  assert.deepEqual(
    ice?.columns.map((column) => column.name),
    ['now'],
  );
  assert.equal(v?.viewSql, 'SELECT 1 AS x');
  assert.equal(broken?.viewSql, undefined);
  assert.deepEqual([csv?.format, csv?.bytes, csv?.rows], ['csv', 100, 7]);
  assert.equal(del?.kind, 'delta');
  await server.close();
});

test('partitions are asked for without their columns, filtered and segmented on the server', async () => {
  const server = await awsServer((_request, response) =>
    json(response, { Partitions: [{ Values: ['2024'], StorageDescriptor: { Location: 's3://b/x/' } }] }),
  );
  const page = await server.ports.catalog.partitions(
    server.connection,
    {
      table: { database: 'd', name: 't' },
      limit: 5000,
      expression: 'year = 2024',
      segment: { number: 1, total: 4 },
    },
    signal,
  );
  assert.deepEqual(page, { items: [{ values: ['2024'], location: 's3://b/x/' }] });
  assert.deepEqual(JSON.parse(server.seen[0]?.body ?? ''), {
    DatabaseName: 'd',
    TableName: 't',
    MaxResults: 1000,
    Expression: 'year = 2024',
    Segment: { SegmentNumber: 1, TotalSegments: 4 },
    ExcludeColumnSchema: true,
  });
  await server.close();
});

test('a query is started with its token, which a repeated start carries again', async () => {
  const server = await awsServer((_request, response, count) => {
    if (count === 0) jsonFault(response, 'InternalServerException', 'oops', 500);
    else json(response, { QueryExecutionId: 'q-1' });
  });
  const id = await server.ports.engine.start(
    server.connection,
    {
      sql: 'select ?',
      workGroup: 'wg',
      database: 'd',
      outputLocation: 's3://r/',
      token: 'k'.repeat(32),
      parameters: ["'x'"],
    },
    signal,
  );
  assert.equal(id, 'q-1');
  const bodies = server.seen.map((request) => JSON.parse(request.body) as Record<string, unknown>);
  assert.equal(bodies.length, 2);
  assert.deepEqual(bodies[0], bodies[1]);
  assert.deepEqual(bodies[0], {
    QueryString: 'select ?',
    WorkGroup: 'wg',
    ClientRequestToken: 'k'.repeat(32),
    QueryExecutionContext: { Database: 'd' },
    ResultConfiguration: { OutputLocation: 's3://r/' },
    ExecutionParameters: ["'x'"],
  });
  await server.close();
});

test('the status of a query carries state, figures, reason and result file', async () => {
  const server = await awsServer((_request, response) =>
    json(response, {
      QueryExecution: {
        StatementType: 'DML',
        Status: {
          State: 'FAILED',
          StateChangeReason: 'SYNTAX_ERROR: line 1:8: x',
          SubmissionDateTime: 1767225600,
        },
        Statistics: {
          DataScannedInBytes: 42,
          EngineExecutionTimeInMillis: 5,
          TotalExecutionTimeInMillis: 9,
          ResultReuseInformation: { ReusedPreviousResult: false },
        },
        ResultConfiguration: { OutputLocation: 's3://r/q.csv' },
      },
    }),
  );
  assert.deepEqual(await server.ports.engine.status(server.connection, { id: 'q' }, signal), {
    id: 'q',
    state: 'failed',
    bytesScanned: 42,
    engineMs: 5,
    totalMs: 9,
    reason: 'SYNTAX_ERROR: line 1:8: x',
    resultLocation: 's3://r/q.csv',
    statementType: 'dml',
    reusedResult: false,
    submittedAt: new Date('2026-01-01T00:00:00Z'),
  });
  await server.close();
});

for (const [type, rows] of [
  ['DML', [['1', null]]],
  [
    'UTILITY',
    [
      ['a', 'b'],
      ['1', null],
    ],
  ],
] as const) {
  test(`the first row of a ${type} result is ${type === 'DML' ? 'its header and left out' : 'data, even where it looks like a header'}`, async () => {
    const server = await awsServer((request, response) => {
      if (request.operation.endsWith('GetQueryExecution')) {
        json(response, { QueryExecution: { StatementType: type, Status: { State: 'SUCCEEDED' } } });
      } else {
        json(response, {
          ResultSet: {
            ResultSetMetadata: {
              ColumnInfo: [
                { Name: 'a', Label: 'a', Type: 'decimal', Precision: 18, Scale: 2 },
                { Name: 'b', Label: 'b', Type: 'varchar', Precision: 2147483647 },
              ],
            },
            Rows: [
              { Data: [{ VarCharValue: 'a' }, { VarCharValue: 'b' }] },
              { Data: [{ VarCharValue: '1' }, {}] },
            ],
          },
        });
      }
    });
    const page = await server.ports.engine.results(server.connection, { id: 'q', limit: 10 }, signal);
    assert.deepEqual(page.items, rows);
    assert.deepEqual(page.columns, [
      { name: 'a', type: 'decimal(18,2)' },
      { name: 'b', type: 'varchar' },
    ]);
    assert.match(server.seen[0]?.body ?? '', /"MaxResults":11/);
    await server.close();
  });
}

test('an unknown work group and an unknown query are missing, a broken statement is not', async () => {
  let said = '';
  const server = await awsServer((_request, response) =>
    jsonFault(response, 'InvalidRequestException', said),
  );
  const { engine } = server.ports;
  said = 'WorkGroup is not found.';
  await assert.rejects(engine.workGroup(server.connection, { name: 'x' }, signal), { kind: 'missing' });
  said = 'Query has not yet finished. Current state: RUNNING';
  await assert.rejects(engine.results(server.connection, { id: 'q' }, signal), {
    kind: 'invalid',
    message: 'Athena did not accept athena:GetQueryResults on query q: Query has not yet finished.',
  });
  await server.close();
});

test('the caller is account, ARN and the short name', async () => {
  const arn = 'arn:aws:sts::111122223333:assumed-role/analyst/jane';
  const server = await awsServer((_request, response) =>
    xml(
      response,
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>u</UserId><Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
    ),
  );
  assert.deepEqual(await server.ports.identity.caller(server.connection, signal), {
    account: '111122223333',
    arn,
    principal: 'role/analyst',
  });
  await server.close();
});
