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
    smallBytes: 2 ** 20,
    sizes: [
      { under: 2 ** 17, objects: 1, bytes: 100 },
      { under: 2 ** 20, objects: 0, bytes: 0 },
      { under: 2 ** 24, objects: 1, bytes: 2 * 2 ** 20 },
      { under: 2 ** 27, objects: 0, bytes: 0 },
      { under: 2 ** 30, objects: 0, bytes: 0 },
      { objects: 0, bytes: 0 },
    ],
    formats: { CSV: { objects: 2, bytes: 2 * 2 ** 20 + 100 } },
    storageClasses: { STANDARD: { objects: 2, bytes: 2 * 2 ** 20 + 100 } },
    partitions: [],
    largest: [
      { key: 'raw/a.csv', bytes: 2 * 2 ** 20 },
      { key: 'raw/b.csv.gz', bytes: 100 },
    ],
    newest: '2026-01-02T03:04:05.000Z',
    oldest: '2026-01-02T03:04:05.000Z',
    cost: { requests: 1, usd: 0.000_005 },
  });
});

test('--statistics of one place tells more, and lists no buckets', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1', '--statistics'];
  const text = await runCommand(command, [...at, 's3://lake/raw/']);
  assert.deepEqual(text, {
    code: 0,
    out: `s3://lake/raw/: 2 objects, 2 MB
under 1 MB: 1 (50 %)
written: 2026-01-02 to 2026-01-02
formats: CSV 2 MB in 2
storage classes: STANDARD 2 MB in 2
largest: raw/a.csv 2 MB
largest: raw/b.csv.gz 100 B
1 request, <$0.001 at list price
`,
    err: 'note: listing takes about 1,082 requests ($0.005 at list price) for each million objects\n',
  });
  assert.ok(server.seen.every(({ url }) => url.pathname.startsWith('/lake')));
  const { out } = await runCommand(command, [...at, 's3://lake/raw/', '--format', 'json', '--quiet']);
  const { version, uri, statistics } = JSON.parse(out) as Record<string, unknown>;
  assert.deepEqual([version, uri], [1, 's3://lake/raw/']);
  assert.equal((statistics as { objects: number }).objects, 2);
});

test('--search prints what matches a glob, and what it cost', async (t) => {
  const server = await lakeOf();
  t.after(() => server.close());
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  const run = await runCommand(command, [...at, '--search', 's3://lake/raw/**/*.csv']);
  assert.deepEqual(run, {
    code: 0,
    out: 's3://lake/raw/a.csv\n',
    err: 'note: Lists every object below s3://lake/raw/, a request for each 1,000: how many there are is not known; $0.005 for 1,000 requests.\nnote: 1 request, <$0.001 at list price\n',
  });
  const json = await runCommand(command, [
    ...at,
    '--search',
    's3://lake/raw/**',
    '--format',
    'json',
    '--quiet',
  ]);
  assert.deepEqual(JSON.parse(json.out), {
    version: 1,
    search: 's3://lake/raw/**',
    objects: [
      { uri: 's3://lake/raw/a.csv', bytes: 2 * 2 ** 20, modifiedAt: '2026-01-02T03:04:05.000Z' },
      { uri: 's3://lake/raw/b.csv.gz', bytes: 100, modifiedAt: '2026-01-02T03:04:05.000Z' },
    ],
    cost: { requests: 1, usd: 0.000_005 },
  });
});

test('a place that is none, and two places, are wrong use', async () => {
  for (const given of [
    ['--statistics', 'lake/raw'],
    ['s3://lake/raw'],
    ['--search', 'raw/*'],
    ['s3://a/', 's3://b/'],
  ]) {
    const run = await runCommand(command, [...given, '--region', 'eu-west-1']);
    assert.deepEqual([run.code, run.out], [2, ''], given.join(' '));
    assert.match(run.err, /write .*s3:\/\//);
  }
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
