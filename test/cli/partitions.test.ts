import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from '../../src/cli/partitions';
import { awsServer, json, jsonFault, xml, xmlFault } from '../support/awsServer';
import { runCommand } from '../support/commandRun';

/** A table of three days with a gap, of which one day lies empty in S3, and a folder that the catalog lacks. */
async function lakeOf(options: { readonly closed?: 'glue' | 's3' } = {}) {
  const days = ['2024-01-04', '2024-01-01', '2024-01-02'];
  const keys = ['day=2024-01-01/a', 'day=2024-01-02/b', 'day=2024-01-02/c', 'day=2024-01-05/d'];
  return awsServer((request, response) => {
    if (request.operation === 'AWSGlue.GetTable') {
      return json(response, {
        Table: {
          Name: 'sales',
          DatabaseName: 'lake',
          PartitionKeys: [{ Name: 'day', Type: 'string' }],
          StorageDescriptor: { Location: 's3://bucket/sales/', Columns: [] },
        },
      });
    }
    if (request.operation === 'AWSGlue.GetPartitions') {
      if (options.closed === 'glue') return jsonFault(response, 'AccessDeniedException', 'no');
      const expression = /"Expression":"day >= '([^']*)'"/.exec(request.body)?.[1] ?? '';
      return json(response, {
        Partitions: days
          .filter((day) => day >= expression)
          .map((day) => ({
            Values: [day],
            StorageDescriptor: { Location: `s3://bucket/sales/day=${day}/` },
          })),
      });
    }
    if (options.closed === 's3') return xmlFault(response, 'AccessDenied', 403);
    const prefix = request.url.searchParams.get('prefix') ?? '';
    const contents = keys
      .map((key) => `sales/${key}`)
      .filter((key) => key.startsWith(prefix))
      .map(
        (key) =>
          `<Contents><Key>${key}</Key><Size>2048</Size><LastModified>2024-02-03T04:05:06.000Z</LastModified></Contents>`,
      );
    xml(
      response,
      `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
    );
  });
}

test('partitions are listed in the order of their keys, and Glue filters them', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = [
    'lake.sales',
    '--endpoint-url',
    server.connection.endpoint ?? '',
    '--region',
    'eu-west-1',
    '--quiet',
  ];
  assert.deepEqual(await runCommand(command, at), {
    code: 0,
    out: [
      'day\tlocation\tcreated',
      '2024-01-01\ts3://bucket/sales/day=2024-01-01/\t',
      '2024-01-02\ts3://bucket/sales/day=2024-01-02/\t',
      '2024-01-04\ts3://bucket/sales/day=2024-01-04/\t',
      '',
    ].join('\n'),
    err: '',
  });
  const filtered = await runCommand(command, [...at, '--filter', "day >= '2024-01-02'"]);
  assert.equal(filtered.out.split('\n').length, 4);
  const wrong = await runCommand(command, [...at, '--filter', 'day >= 2024-01-02']);
  assert.deepEqual(
    [wrong.code, wrong.err],
    [2, "lake-workbench: --filter: 2024-01-02 is no value: write '2024-01-02' in single quotes.\n"],
  );
});

test('--gaps tells the missing dates and ends with 1, --expect whether the newest is late', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = ['lake.sales', '--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  const run = await runCommand(command, [...at, '--gaps', '--expect', '1d']);
  assert.deepEqual([run.code, run.out], [1, '2024-01-03\n']);
  assert.match(run.err, /^warning: Data ends at 2024-01-05 00:00 UTC, \d+ days later than expected\.$/m);
  assert.equal((await runCommand(command, [...at, '--expect', 'soon'])).code, 2);
});

test('--skew says what it costs, counts each partition and tells what is missing on either side', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = [
    'lake.sales',
    '--endpoint-url',
    server.connection.endpoint ?? '',
    '--region',
    'eu-west-1',
    '--skew',
  ];
  const run = await runCommand(command, at);
  assert.equal(run.code, 1);
  assert.match(
    run.err,
    /^note: Lists every object below s3:\/\/bucket\/sales\/: one LIST request for each 1,000/,
  );
  assert.match(run.err, /warning: 1 partition of the catalog has nothing at its location in S3\./);
  assert.match(
    run.out,
    /2024-01-02\tdata\t2\t4 KB\t2024-02-03 04:05\ts3:\/\/bucket\/sales\/day=2024-01-02\/\t\n/,
  );
  assert.match(run.out, /2024-01-05\tnot in the catalog\t/);
  assert.match(run.out, /Partitions by size:\n {2}2 KB to 4 KB +1 {2}#+\n/);
  const machine = JSON.parse((await runCommand(command, [...at, '--json', '--gaps', '--quiet'])).out) as {
    readonly version: number;
    readonly partitions: readonly {
      readonly values: readonly string[];
      readonly files: number;
      readonly state: string;
    }[];
    readonly orphans: readonly { readonly values: readonly string[] }[];
    readonly gaps: { readonly missing: number };
    readonly skew: { readonly bytes: number; readonly ratio: number };
  };
  assert.deepEqual(
    machine.partitions.map(({ values, files, state }) => [...values, files, state]),
    [
      ['2024-01-01', 1, 'data'],
      ['2024-01-02', 2, 'data'],
      ['2024-01-04', 0, 'missing'],
    ],
  );
  assert.deepEqual(
    [machine.version, machine.orphans[0]?.values, machine.gaps.missing, machine.skew.bytes],
    [1, ['2024-01-05'], 1, 6144],
  );
});

test('a denied listing is named and the partitions are told nevertheless; a denied catalog ends with 2', async (t) => {
  const server = await lakeOf({ closed: 's3' });
  const shut = await lakeOf({ closed: 'glue' });
  t.after(() => Promise.all([server.close(), shut.close()]));
  const at = (endpoint: string | undefined): string[] => [
    'lake.sales',
    '--endpoint-url',
    endpoint ?? '',
    '--region',
    'eu-west-1',
    '--skew',
  ];
  const run = await runCommand(command, at(server.connection.endpoint));
  assert.match(run.out, /2024-01-01\tnot listed\t/);
  assert.match(run.err, /warning: .*s3:ListBucket.*s3:\/\/bucket\/sales\//);
  assert.equal(run.code, 0);
  const denied = await runCommand(command, at(shut.connection.endpoint));
  assert.equal(denied.code, 2);
  assert.match(denied.err, /glue:GetPartitions/);
});

test('a command line without a table says what to write', async () => {
  const run = await runCommand(command, []);
  assert.deepEqual(run.code, 2);
  assert.match(run.err, /write lake-workbench partitions DATABASE\.TABLE\./);
});
