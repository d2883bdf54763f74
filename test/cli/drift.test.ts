import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { command } from '../../src/cli/drift';
import { awsServer, xml } from '../support/awsServer';
import { runCommand } from '../support/commandRun';

const file = readFileSync('test/fixtures/lake/nested.snappy.parquet');

/** A catalog whose table says `id bigint` for a file of `id int`, and whose one partition says `id string`. */
async function lake() {
  const storage = (Type: string, Location: string) => ({
    Columns: [{ Name: 'id', Type }],
    Location,
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
  });
  const answers: Readonly<Record<string, object>> = {
    'AWSGlue.GetTable': {
      Table: {
        Name: 'visits',
        PartitionKeys: [{ Name: 'day', Type: 'string' }],
        StorageDescriptor: storage('bigint', 's3://lake/visits/'),
      },
    },
    'AWSGlue.GetPartitions': {
      Partitions: [{ Values: ['1'], StorageDescriptor: storage('string', 's3://lake/visits/day=1/') }],
    },
  };
  const server = await awsServer(({ url, headers }, response) => {
    const answer = answers[String(headers['x-amz-target'])];
    if (answer !== undefined) {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    } else if (url.searchParams.has('list-type')) {
      const object = `<Contents><Key>visits/day=1/a.parquet</Key><Size>${file.length}</Size></Contents>`;
      xml(response, `<ListBucketResult><IsTruncated>false</IsTruncated>${object}</ListBucketResult>`);
    } else {
      const [, start = 0, end = 0] = (/^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []).map(Number);
      response.writeHead(206).end(file.subarray(start, end + 1));
    }
  });
  return { server, at: ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'] };
}

test('drift prints what differs and what mends it, and --check tells by its exit code', async (t) => {
  const { server, at } = await lake();
  t.after(() => server.close());
  const { code, out } = await runCommand(command, ['web.visits', ...at]);
  assert.equal(code, 0);
  assert.match(
    out,
    /-- id is bigint in the table, but string in day=1, and a query over it fails\.\n-- {3}Queries fail with HIVE_PARTITION_SCHEMA_MISMATCH\./,
  );
  assert.match(out, /-- price decimal\(18,2\) is in the file, but not in the table\./);
  assert.match(out, /\nALTER TABLE `web`\.`visits` DROP IF EXISTS PARTITION \(`day` = '1'\);\n/);
  assert.equal((await runCommand(command, ['web.visits', '--check', ...at])).code, 1);

  const { out: text } = await runCommand(command, ['web.visits', '--format', 'json', ...at]);
  const { version, table, partitions, files, drifts } = JSON.parse(text) as {
    readonly version: number;
    readonly table: string;
    readonly partitions: object;
    readonly files: number;
    readonly drifts: readonly { readonly kind: string; readonly statements: readonly string[] }[];
  };
  assert.deepEqual([version, table, partitions, files], [1, 'web.visits', { read: 1, all: true }, 1]);
  assert.equal(drifts.find(({ kind }) => kind === 'partition-schema')?.statements.length, 2);
});

test('a drift of no table is one sentence', async () => {
  for (const args of [[], ['visits'], ['a.b', 'c.d']]) {
    const { code, err } = await runCommand(command, args);
    assert.equal(code, 2);
    assert.match(err, /drift needs one table/);
  }
});
