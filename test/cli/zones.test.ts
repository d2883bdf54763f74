import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from '../../src/cli/zones';
import { awsServer, isolateEnvironment, xml, xmlFault } from '../support/awsServer';
import { runCommand } from '../support/commandRun';

/** Two buckets, one of which denies its listing when `closed` says so. */
async function lakeOf(closed: (bucket: string) => boolean = () => false) {
  const keys: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
    lake: [
      ['raw/a.csv', 2 * 2 ** 20],
      ['raw/b.csv.gz', 100],
      ['tmp/x', 5],
    ],
    'my-archive': [['old/p.parquet', 2 ** 30]],
  };
  return awsServer((request, response) => {
    const [, bucket = ''] = request.url.pathname.split('/');
    if (bucket === '') {
      const names = Object.keys(keys).map((name) => `<Bucket><Name>${name}</Name></Bucket>`);
      xml(response, `<ListAllMyBucketsResult><Buckets>${names.join('')}</Buckets></ListAllMyBucketsResult>`);
      return;
    }
    if (closed(bucket)) {
      xmlFault(response, 'AccessDenied', 403);
      return;
    }
    const prefix = request.url.searchParams.get('prefix') ?? '';
    const below = (keys[bucket] ?? []).filter(([key]) => key.startsWith(prefix));
    const contents = request.url.searchParams.has('delimiter')
      ? [...new Set(below.map(([key]) => key.split('/')[0]))].map(
          (part) => `<CommonPrefixes><Prefix>${part}/</Prefix></CommonPrefixes>`,
        )
      : below.map(
          ([key, bytes]) =>
            `<Contents><Key>${key}</Key><Size>${bytes}</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`,
        );
    xml(
      response,
      `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
    );
  });
}

test('zones are listed as a table, what no name claims under Other', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  const run = await runCommand(command, at);
  assert.deepEqual(run, {
    code: 0,
    out: 'raw      s3://lake/raw/\narchive  s3://my-archive/\nOther    s3://lake/\n',
    err: '',
  });
});

test('--statistics counts, and counts nothing twice', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1', '--statistics'];
  const text = await runCommand(command, at);
  assert.equal(
    text.out,
    `raw      s3://lake/raw/    2 objects  2 MB  CSV · 50 % under 1 MB · newest 2026-01-02
archive  s3://my-archive/   1 object  1 GB  Parquet · newest 2026-01-02
Other    s3://lake/         1 object   5 B  other · 100 % under 1 MB · newest 2026-01-02
`,
  );
  const { out } = await runCommand(command, [...at, '--format', 'json']);
  const result = JSON.parse(out) as {
    version: number;
    zones: { name: string; places: { statistics: unknown }[] }[];
  };
  assert.equal(result.version, 1);
  assert.deepEqual(result.zones[0]?.places[0]?.statistics, {
    objects: 2,
    bytes: 2 * 2 ** 20 + 100,
    small: 1,
    formats: { CSV: { objects: 2, bytes: 2 * 2 ** 20 + 100 } },
    newest: '2026-01-02T03:04:05.000Z',
  });
});

test('a bucket that denies is named, and the rest is still there', async (t) => {
  const server = await lakeOf((bucket) => bucket === 'lake');
  t.after(() => server.close());
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  const run = await runCommand(command, at);
  assert.equal(run.code, 0);
  assert.equal(run.out, 'archive  s3://my-archive/\nOther    s3://lake/\n');
  assert.match(
    run.err,
    /^note: S3 denied s3:ListBucket on s3:\/\/lake\/ for connection environment: [^\n]*\n$/,
  );
});

test('own zone names come before the usual ones', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  const run = await runCommand(command, [...at, '--zone', 'scratch=t?p,junk*']);
  assert.match(run.out, /^scratch {2}s3:\/\/lake\/tmp\/\n/);
});

test('without a region the command asks for one', async () => {
  isolateEnvironment();
  const run = await runCommand(command, ['--endpoint-url', 'http://127.0.0.1:1']);
  assert.deepEqual(run, {
    code: 2,
    out: '',
    err: 'lake-workbench: The environment names no region: choose one, or set region in the profile or AWS_REGION.\n',
  });
});
