import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { command } from '../../src/cli/preview';
import { awsServer, xmlFault } from '../support/awsServer';
import { runCommand } from '../support/commandRun';

const file = readFileSync('test/fixtures/lake/payments.codecs.parquet');

/** A bucket with one Parquet file, which it gives in ranges only. */
async function bucket() {
  const ranges: string[] = [];
  const server = await awsServer(({ url, headers }, response) => {
    if (url.pathname !== '/lake/raw/payments.parquet') {
      xmlFault(response, 'NoSuchKey', 404);
      return;
    }
    const { range } = headers;
    if (typeof range !== 'string') {
      response.writeHead(200, { 'content-length': file.length }).end(); // HEAD
      return;
    }
    ranges.push(range);
    const [, start = 0, end = 0] = (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).map(Number);
    response
      .writeHead(206, { 'content-range': `bytes ${start}-${end}/${file.length}` })
      .end(file.subarray(start, end + 1));
  });
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  return { server, ranges, at };
}

test('an object is shown from ranged reads, with what they cost', async (t) => {
  const { server, ranges, at } = await bucket();
  t.after(() => server.close());
  const { code, out } = await runCommand(command, ['s3://lake/raw/payments.parquet', ...at]);
  assert.equal(code, 0);
  assert.match(
    out,
    /^s3:\/\/lake\/raw\/payments\.parquet\nParquet, ZSTD, .* · 34 KB · 2,000 rows\nRead for this page: /,
  );
  assert.match(out, /\n {2}payment_id +int64 +/);
  assert.match(out, /\n {2}1 +CUST-000000 +ATM +NULL +2024-01-01 /);
  assert.ok(ranges.length > 0 && ranges.every((range) => range.startsWith('bytes=')));
});

test('--format json says the same for programs', async (t) => {
  const { server, at } = await bucket();
  t.after(() => server.close());
  const { out } = await runCommand(command, ['s3://lake/raw/payments.parquet', '--format', 'json', ...at]);
  const parsed = JSON.parse(out) as Record<string, unknown>;
  assert.equal(parsed['version'], 1);
  assert.equal(parsed['uri'], 's3://lake/raw/payments.parquet');
  assert.equal(parsed['rows'], 2000);
  assert.equal((parsed['sample'] as unknown[]).length, 100);
});

test('an object that is not there, and what is no object, are one sentence each', async (t) => {
  const { server, at } = await bucket();
  t.after(() => server.close());
  const gone = await runCommand(command, ['s3://lake/raw/gone.parquet', ...at]);
  assert.equal(gone.code, 2);
  assert.match(gone.err, /s3:\/\/lake\/raw\/gone\.parquet/);
  const bucketOnly = await runCommand(command, ['s3://lake', ...at]);
  assert.match(bucketOnly.err, /preview takes one object or one table/);
});
