import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import * as Athena from '@aws-sdk/client-athena';
import * as Glue from '@aws-sdk/client-glue';
import * as S3 from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type FaultWish, startLake, type TestLake } from '../support/localLake';
import { clientsOf, runQuery } from './clients';

const DatabaseName = 'centralbank_data';

describe('troubles of the local lake', () => {
  let lake: TestLake;
  let clients: ReturnType<typeof clientsOf>;
  before(async () => {
    lake = await startLake();
    clients = clientsOf(lake);
  });
  after(() => lake.stop());
  beforeEach(async () => {
    await lake.faults();
    await lake.clearCalls();
  });

  // The name under which the clients of S3, of Glue and Athena, and of STS see each error, and its HTTP status.
  const errors: Readonly<Partial<Record<FaultWish['kind'], readonly (readonly [string, number])[]>>> = {
    throttle: [
      ['SlowDown', 503],
      ['ThrottlingException', 400],
      ['ThrottlingException', 400],
    ],
    slowdown: [
      ['SlowDown', 503],
      ['SlowDown', 503],
      ['SlowDown', 503],
    ],
    denied: [
      ['AccessDenied', 403],
      ['AccessDeniedException', 400],
      ['AccessDenied', 403],
    ],
    expired: [
      ['ExpiredToken', 400],
      ['ExpiredTokenException', 400],
      ['ExpiredToken', 403],
    ],
    '500': [
      ['InternalError', 500],
      ['InternalServerException', 500],
      ['InternalServerException', 500],
    ],
  };
  for (const [kind, [ofS3, ofJson, ofQuery]] of Object.entries(errors)) {
    test(`${kind}: each service answers it under its own name, and is well again after it`, async () => {
      const calls = [
        [ofS3, () => clients.s3.send(new S3.ListBucketsCommand({}))],
        [ofJson, () => clients.glue.send(new Glue.GetDatabasesCommand({}))],
        [ofJson, () => clients.athena.send(new Athena.ListWorkGroupsCommand({}))],
        [ofQuery, () => clients.sts.send(new GetCallerIdentityCommand({}))],
      ] as const;
      for (const [expected, send] of calls) {
        await lake.faults({ kind: kind as FaultWish['kind'], times: 1 });
        await assert.rejects(send(), (error: S3.S3ServiceException) => {
          assert.deepEqual([error.name, error.$metadata.httpStatusCode], expected);
          return true;
        });
        await send();
      }
    });
  }

  test('a call that hangs is answered never, and only it', async () => {
    await lake.faults({ action: 'glue:GetTables', kind: 'hang' });
    const impatient = { abortSignal: AbortSignal.timeout(300) };
    const hanging = clients.glue.send(new Glue.GetTablesCommand({ DatabaseName }), impatient);
    await clients.glue.send(new Glue.GetDatabasesCommand({}));
    await assert.rejects(hanging, { name: /AbortError|TimeoutError/ });
    assert.deepEqual(
      (await lake.calls()).filter(({ status }) => status === 0).map(({ action }) => action),
      ['glue:GetTables'],
    );
  });

  test('an answer that is none cannot be read, of any service', async () => {
    await lake.faults({ kind: 'malformed' });
    await assert.rejects(clients.s3.send(new S3.ListObjectsV2Command({ Bucket: 'centralbank-data-lake' })));
    await assert.rejects(clients.glue.send(new Glue.GetDatabasesCommand({})), { name: 'SyntaxError' });
    await assert.rejects(clients.athena.send(new Athena.ListWorkGroupsCommand({})), { name: 'SyntaxError' });
    await assert.rejects(clients.sts.send(new GetCallerIdentityCommand({})));
  });

  test('half an answer breaks off, of any service', async () => {
    await lake.faults({ kind: 'half' });
    for (const send of [
      () => clients.s3.send(new S3.ListBucketsCommand({})),
      () => clients.glue.send(new Glue.GetDatabasesCommand({})),
      () => clients.athena.send(new Athena.ListWorkGroupsCommand({})),
      () => clients.sts.send(new GetCallerIdentityCommand({})),
    ])
      await assert.rejects(send(), /aborted|ECONNRESET|socket hang up|terminated/);
  });

  test('latency makes a call slow and changes nothing else', async () => {
    await lake.faults({ action: 'glue:GetDatabases', kind: 'latency', milliseconds: 250 });
    const start = performance.now();
    const { DatabaseList } = await clients.glue.send(new Glue.GetDatabasesCommand({}));
    assert.ok(performance.now() - start >= 249);
    assert.equal(DatabaseList?.length, 2);
  });

  test('a trouble may be that of one table, one bucket or one action only', async () => {
    await lake.faults(
      { action: 'glue:*', table: 'customers', kind: 'denied' },
      { action: 's3:ListObjectsV2', bucket: 'centralbank-data-lake', kind: 'denied' },
    );
    await clients.glue.send(new Glue.GetTableCommand({ DatabaseName, Name: 'accounts' }));
    await assert.rejects(clients.glue.send(new Glue.GetTableCommand({ DatabaseName, Name: 'customers' })), {
      name: 'AccessDeniedException',
    });
    await clients.s3.send(new S3.ListObjectsV2Command({ Bucket: 'centralbank-athena-results' }));
    await clients.s3.send(new S3.HeadBucketCommand({ Bucket: 'centralbank-data-lake' }));
    await assert.rejects(clients.s3.send(new S3.ListObjectsV2Command({ Bucket: 'centralbank-data-lake' })), {
      name: 'AccessDenied',
    });
  });

  test('a wish that names no known trouble is refused in words', async () => {
    await assert.rejects(lake.faults({ kind: 'nope' as FaultWish['kind'] }), /kind must be one of throttle/);
  });

  test('a query that would read more than its work group allows is cancelled, and says so', async () => {
    const group = (BytesScannedCutoffPerQuery: number) =>
      clients.athena.send(
        new Athena.CreateWorkGroupCommand({
          Name: `cutoff-${BytesScannedCutoffPerQuery}`,
          Configuration: {
            ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/cutoff/' },
            BytesScannedCutoffPerQuery,
          },
        }),
      );
    await group(10_000);
    await group(1_000_000_000);
    const sql = 'select * from customer_transactions';
    const stopped = await runQuery(clients.athena, sql, { WorkGroup: 'cutoff-10000' });
    assert.equal(stopped.Status?.State, 'CANCELLED');
    assert.match(stopped.Status?.StateChangeReason ?? '', /Bytes scanned limit was exceeded/);
    assert.equal(stopped.Statistics?.DataScannedInBytes, 10_000);
    const allowed = await runQuery(clients.athena, sql, { WorkGroup: 'cutoff-1000000000' });
    assert.equal(allowed.Status?.State, 'SUCCEEDED');
    assert.ok((allowed.Statistics?.DataScannedInBytes ?? 0) > 10_000);
    const little = await runQuery(clients.athena, 'select 1', { WorkGroup: 'cutoff-10000' });
    assert.equal(little.Status?.State, 'SUCCEEDED');
  });

  test('a million made-up partitions come in pages, each made when it is asked for', async () => {
    const TableName = 'card_payments';
    await lake.synthetic({ partitions: [{ database: DatabaseName, table: TableName, count: 1_000_000 }] });
    const read = (more: Partial<Glue.GetPartitionsCommandInput>) =>
      clients.glue.send(
        new Glue.GetPartitionsCommand({ DatabaseName, TableName, ExcludeColumnSchema: true, ...more }),
      );
    const first = await read({ MaxResults: 1000 });
    assert.equal(first.Partitions?.length, 1000);
    assert.deepEqual(first.Partitions?.[0]?.Values?.at(-1), '0');
    const second = await read({ MaxResults: 1000, NextToken: first.NextToken });
    assert.equal(second.Partitions?.[0]?.Values?.at(-1), '1000');
    let NextToken: string | undefined;
    let seen = 0;
    let last: string | undefined;
    do {
      const page: Glue.GetPartitionsCommandOutput = await read({ MaxResults: 1000, NextToken });
      seen += page.Partitions?.length ?? 0;
      last = page.Partitions?.at(-1)?.Values?.at(-1);
      NextToken = page.NextToken;
      // Only the beginning and the end: reading a million is the client's work, not the lake's.
      if (seen === 20_000) NextToken = Buffer.from('at:990000').toString('base64');
    } while (NextToken !== undefined);
    assert.deepEqual([seen, last], [30_000, '999999']);
    const one = await read({ Expression: "dt = '999999'" });
    assert.deepEqual(
      one.Partitions?.map(({ Values }) => Values?.at(-1)),
      ['999999'],
    );
    const found = await clients.glue.send(
      new Glue.GetPartitionCommand({ DatabaseName, TableName, PartitionValues: ['999999'] }),
    );
    assert.equal(found.Partition?.Values?.[0], '999999');
    await lake.synthetic({});
  });

  test('a token that this lake did not give is refused', async () => {
    await assert.rejects(
      clients.glue.send(
        new Glue.GetPartitionsCommand({ DatabaseName, TableName: 'card_payments', NextToken: 'nope' }),
      ),
      { name: 'InvalidInputException' },
    );
  });

  test('parameters stand where the question marks are, and their number must fit', async () => {
    const sql = "select ? as a, '?' as b, ? + 1 as c -- ?";
    const run = (ExecutionParameters: string[]) => runQuery(clients.athena, sql, { ExecutionParameters });
    const { QueryExecutionId, ExecutionParameters } = await run(["'x'", '41']);
    assert.deepEqual(ExecutionParameters, ["'x'", '41']);
    const { ResultSet } = await clients.athena.send(new Athena.GetQueryResultsCommand({ QueryExecutionId }));
    assert.deepEqual(
      ResultSet?.Rows?.[1]?.Data?.map(({ VarCharValue }) => VarCharValue),
      ['x', '?', '42'],
    );
    const { Status } = await run(["'x'"]);
    assert.equal(Status?.State, 'FAILED');
    assert.match(Status?.StateChangeReason ?? '', /Incorrect number of parameters: expected 2 but found 1/);
  });

  test('a result is taken again when that is asked for, and not when it is too old', async () => {
    const sql = 'select count(*) from customers';
    const reuse = (MaxAgeInMinutes: number) =>
      runQuery(clients.athena, sql, {
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes } },
      });
    const first = await reuse(60);
    const again = await reuse(60);
    assert.deepEqual(
      [first, again].map(({ Statistics }) => Statistics?.ResultReuseInformation?.ReusedPreviousResult),
      [false, true],
    );
    assert.equal(again.Statistics?.DataScannedInBytes, 0);
    assert.equal(again.ResultConfiguration?.OutputLocation, first.ResultConfiguration?.OutputLocation);
    assert.equal((await reuse(0)).Statistics?.ResultReuseInformation?.ReusedPreviousResult, false);
  });

  test('a statement that is to be slow runs until it is stopped, and others run as ever', async () => {
    await lake.slowQueries({ containing: "'slow'", milliseconds: 600_000 });
    const { QueryExecutionId } = await clients.athena.send(
      new Athena.StartQueryExecutionCommand({
        QueryString: "select 'slow'",
        QueryExecutionContext: { Database: DatabaseName },
        ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/' },
      }),
    );
    const state = async () =>
      (await clients.athena.send(new Athena.GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution
        ?.Status?.State;
    assert.equal((await runQuery(clients.athena, 'select 1')).Status?.State, 'SUCCEEDED');
    assert.equal(await state(), 'RUNNING');
    await clients.athena.send(new Athena.StopQueryExecutionCommand({ QueryExecutionId }));
    assert.equal(await state(), 'CANCELLED');
    await lake.slowQueries();
    assert.equal((await runQuery(clients.athena, "select 'slow'")).Status?.State, 'SUCCEEDED');
  });
});
