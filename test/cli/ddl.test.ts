import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { command } from '../../src/cli/ddl';
import { awsServer, xml, xmlFault } from '../support/awsServer';
import { runCommand } from '../support/commandRun';

const file = readFileSync('test/fixtures/lake/nested.snappy.parquet');

/** A bucket with one Parquet file in a partition, and a catalog with one table. */
async function lake() {
  const server = await awsServer(({ url, headers }, response) => {
    if (headers['x-amz-target'] === 'AWSGlue.GetTable') {
      const Table = {
        Name: 'visits',
        StorageDescriptor: { Columns: [{ Name: 'id', Type: 'int' }], Location: 's3://lake/visits/' },
      };
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ Table }));
    } else if (url.searchParams.has('list-type')) {
      const prefix = url.searchParams.get('prefix') ?? '';
      const key = 'raw/visits/day=2024-01-01/a.parquet';
      const object = `<Contents><Key>${key}</Key><Size>${file.length}</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`;
      const found = key.startsWith(prefix) ? object : '';
      xml(response, `<ListBucketResult><IsTruncated>false</IsTruncated>${found}</ListBucketResult>`);
    } else if (headers.range === undefined) xmlFault(response, 'AccessDenied', 403);
    else {
      const [, start = 0, end = 0] = (/^bytes=(\d+)-(\d+)$/.exec(headers.range) ?? []).map(Number);
      response.writeHead(206).end(file.subarray(start, end + 1));
    }
  });
  return { server, at: ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'] };
}

test('ddl of a prefix prints the statement with what was looked at', async (t) => {
  const { server, at } = await lake();
  t.after(() => server.close());
  const { code, out } = await runCommand(command, ['s3://lake/raw/visits', '--name', 'web.visits', ...at]);
  assert.equal(code, 0);
  assert.match(
    out,
    /^-- dialect: athena\n-- Inferred from 1 of 1 objects below s3:\/\/lake\/raw\/visits\/: /,
  );
  assert.match(out, /\nCREATE EXTERNAL TABLE `web`\.`visits` \(\n {2}`id` int,\n/);
  assert.match(out, /\nPARTITIONED BY \(\n {2}`day` string\n\)\nSTORED AS PARQUET\n/);

  const { out: text } = await runCommand(command, ['s3://lake/raw/visits/', '--format', 'json', ...at]);
  const { version, table, uri, layout, partitionKeys } = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual(
    { version, table, uri, layout, partitionKeys },
    {
      version: 1,
      table: 'default.visits',
      uri: 's3://lake/raw/visits/',
      layout: 'hive',
      partitionKeys: [{ name: 'day', type: 'string' }],
    },
  );
});

test('ddl of a table prints it in the form that is asked for', async (t) => {
  const { server, at } = await lake();
  t.after(() => server.close());
  const { out } = await runCommand(command, ['web.visits', ...at]);
  assert.match(out, /^CREATE EXTERNAL TABLE `web`\.`visits`/);
  const terraform = await runCommand(command, ['web.visits', '--form', 'terraform', ...at]);
  assert.match(terraform.out, /^resource "aws_glue_catalog_table" "web_visits"/);
});

test('an empty prefix and wrong uses are one sentence each, with exit code 2', async (t) => {
  const { server, at } = await lake();
  t.after(() => server.close());
  const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['s3://lake/none/'], /No file lies below s3:\/\/lake\/none\//],
    [['visits'], /neither a place in S3 nor a table/],
    [[], /ddl takes one place or table/],
    [['s3://lake/raw/', '--form', 'hive'], /--form is for tables/],
    [['web.visits', '--form', 'xml'], /form/],
    [['s3://lake/raw/', '--name', 'a b'], /no name of a table/],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await runCommand(command, [...args, ...at]);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(err, message);
    assert.equal(err.trim().split('\n').length, 1, err);
  }
});
