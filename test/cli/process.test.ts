import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { once } from '../../src/base/once';
import { inFolder } from '../support/commandLine';
import { startLake, type TestLake } from '../support/localLake';

// The program as it is shipped, built once for all tests of this file: inside the project, so that it finds its
// packages, and one folder below the package.json that tells its version.
const folderOfProgram = resolve('dist', 'test', `cli-${process.pid}`);
const program = once(async (): Promise<string> => {
  // A name that the bundler cannot see: esbuild does not work from inside a bundle.
  const bundler: string = 'esbuild';
  const { build } = (await import(bundler)) as typeof import('esbuild');
  const settings: string = resolve('esbuild.mjs');
  const { shared } = (await import(settings)) as { readonly shared: Parameters<typeof build>[0] };
  const outdir = join(folderOfProgram, 'dist');
  await build({
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir,
    splitting: true,
    sourcemap: false,
  });
  copyFileSync('package.json', join(folderOfProgram, 'package.json'));
  return join(outdir, 'cli.mjs');
});

/** A table with files in so many directories and not one partition in the catalog; its name with the database. */
async function brokenTable(
  { endpoint, region, credentials }: TestLake,
  directories: number,
): Promise<string> {
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const glue = new GlueClient({ endpoint, region, credentials });
  const bucket = 'centralbank-data-lake';
  for (let n = 0; n < directories; n += 50) {
    const keys = Array.from({ length: 50 }, (_, at) => `processed/killed/n=${n + at}/part.csv`);
    await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: '1' }))));
  }
  await glue.send(
    new CreateTableCommand({
      DatabaseName: 'centralbank_data',
      TableInput: {
        Name: 'killed',
        TableType: 'EXTERNAL_TABLE',
        PartitionKeys: [{ Name: 'n', Type: 'int' }],
        StorageDescriptor: {
          Columns: [{ Name: 'v', Type: 'string' }],
          Location: `s3://${bucket}/processed/killed/`,
        },
      },
    }),
  );
  s3.destroy();
  glue.destroy();
  return 'centralbank_data.killed';
}

/** What a run of the program left behind. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the command line as a process', () => {
  let path: string;
  before(async () => {
    path = await program();
  });
  after(() => rmSync(folderOfProgram, { recursive: true, force: true }));

  function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
    const own = { PATH: process.env['PATH'], HOME: cwd, NO_COLOR: '1', ...env };
    return spawn(process.execPath, [path, ...args], { cwd, env: own, stdio: 'pipe' });
  }

  async function ended(child: ChildProcess, input = ''): Promise<Ended> {
    child.stdin?.end(input);
    const code = new Promise<number | null>((done) => child.once('close', done));
    const [out, err] = await Promise.all([
      child.stdout === null ? '' : text(child.stdout),
      child.stderr === null ? '' : text(child.stderr),
    ]);
    return { code: await code, out, err };
  }

  const query = `-- dialect: athena
create external table t (d date) partitioned by (p string) location 's3://b/t/';
select d from t where p = 'x' and d = '2024-01-01';
`;

  test('--version prints the version of the package', () =>
    inFolder({}, async (folder) => {
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
      assert.deepEqual(await ended(start(['--version'], folder)), { code: 0, out: `${version}\n`, err: '' });
    }));

  test('help is on standard output, and a command that there is not is wrong use', () =>
    inFolder({}, async (folder) => {
      const help = await ended(start(['--help'], folder));
      assert.deepEqual([help.code, help.err], [0, '']);
      for (const name of ['lint', 'explain', 'query', 'zones', 'snapshot', 'local'])
        assert.match(help.out, new RegExp(`^ +${name}\\b`, 'm'));
      const wrong = await ended(start(['lnt'], folder));
      assert.deepEqual([wrong.code, wrong.out], [2, '']);
      assert.match(wrong.err, /^lake-workbench: [^\n]+\n$/);
    }));

  test('lint of a file: findings on standard output and 1, no finding and 0, no such file and 2', () =>
    inFolder({ 'bad.sql': query, 'good.sql': query.replace("'2024", "date '2024") }, async (folder) => {
      const bad = await ended(start(['lint', 'bad.sql'], folder));
      assert.equal(bad.code, 1, bad.out + bad.err);
      assert.match(bad.out, /bad\.sql:3:\d+/);
      const good = await ended(start(['lint', 'good.sql'], folder));
      assert.equal(good.code, 0, good.out + good.err);
      const none = await ended(start(['lint', 'none.sql'], folder));
      assert.deepEqual([none.code, none.out], [2, '']);
      assert.match(none.err, /^lake-workbench: [^\n]*none\.sql[^\n]*\n$/);
    }));

  test('lint of standard input, as JSON', () =>
    inFolder({}, async (folder) => {
      const { code, out } = await ended(start(['lint', '-', '--format', 'json'], folder), query);
      assert.equal(code, 1, out);
      assert.match(JSON.stringify(JSON.parse(out)), /ATH109/);
    }));

  test('a reader that goes away early is no failure', () =>
    inFolder({}, async (folder) => {
      const child = start(['explain', 'ATH101'], folder);
      child.stdout?.destroy();
      const code = new Promise<number | null>((done) => child.once('close', done));
      assert.equal(child.stderr === null ? '' : await text(child.stderr), '');
      assert.equal(await code, 0);
    }));

  describe('on a lake', () => {
    let lake: TestLake;
    let env: NodeJS.ProcessEnv;
    before(async () => {
      lake = await startLake();
      env = {
        AWS_ACCESS_KEY_ID: lake.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: lake.credentials.secretAccessKey,
        AWS_REGION: lake.region,
        AWS_ENDPOINT_URL: lake.endpoint,
      };
    });
    after(() => lake.stop());

    const target = ['-d', 'centralbank_data', '--output-location', 's3://centralbank-athena-results/cli/'];
    const endless =
      'select count(*) from ledger_entries a cross join ledger_entries b cross join ledger_entries c';

    test('query prints the rows on standard output and what they cost on standard error', () =>
      inFolder(
        { 'q.sql': "select 1 as n, cast(null as varchar) as nothing, '' as empty" },
        async (folder) => {
          const { code, out, err } = await ended(start(['query', 'q.sql', ...target], folder, env));
          assert.equal(code, 0, err);
          assert.equal(out.replaceAll('\r', ''), 'n,nothing,empty\n1,,""\n');
          assert.match(err, /^1 row · .*scanned/);
        },
      ));

    test('a parameter is bound on the way', () =>
      inFolder({ 'q.sql': 'select :a + 1 as n' }, async (folder) => {
        const { code, out, err } = await ended(
          start(['query', 'q.sql', '-p', 'a=41', ...target], folder, env),
        );
        assert.deepEqual([code, out.replaceAll('\r', '')], [0, 'n\n42\n'], err);
      }));

    test('lint asks Glue for the tables that are named, one request each', () =>
      inFolder(
        {
          'a.sql': `-- dialect: athena
select customer_id from customer_transactions;
with recent as (select * from centralbank_data.customers) select customer_id from recent;
select id from no_such_table;
`,
        },
        async (folder) => {
          await lake.clearCalls();
          const args = ['lint', 'a.sql', '--catalog', 'glue', '-d', 'centralbank_data'];
          const { code, out, err } = await ended(start(args, folder, env));
          assert.equal(code, 0, err);
          assert.match(out, /a\.sql:2:25 {2}warning .*ATH101/);
          const asked = (await lake.calls()).filter((call) => call.action.startsWith('glue:'));
          assert.deepEqual(
            asked.map((call) => call.action),
            ['glue:GetTable', 'glue:GetTable', 'glue:GetTable'],
          );
          const none = await ended(start(['lint', 'a.sql'], folder, env));
          assert.doesNotMatch(none.out, /ATH101/);
        },
      ));

    test('Ctrl-C stops the query at the lake, and the exit code is 130', () =>
      inFolder({ 'q.sql': endless }, async (folder) => {
        await lake.clearCalls();
        const child = start(['query', 'q.sql', ...target], folder, env);
        const end = ended(child);
        const called = async (action: string) =>
          (await lake.calls()).filter((call) => call.action === action);
        while ((await called('athena:GetQueryExecution')).length === 0) {
          assert.equal(child.exitCode, null);
          await new Promise((next) => setTimeout(next, 50));
        }
        child.kill('SIGINT');
        const { code, out } = await end;
        assert.deepEqual([code, out], [130, '']);
        const stops = await called('athena:StopQueryExecution');
        assert.deepEqual(
          stops.map(({ status }) => status),
          [200],
        );
      }));

    test('a repair that is killed in the middle goes on where it stopped, and is undone as a whole', () =>
      inFolder({}, async (folder) => {
        const table = await brokenTable(lake, 900);
        const repair = (...more: string[]) =>
          start(['repair', table, '--journals', 'j', ...more], folder, env);
        const missing = async (): Promise<number> => {
          const { out, err } = await ended(repair('--format', 'json'));
          assert.notEqual(out, '', err);
          return (JSON.parse(out) as { readonly create: readonly unknown[] }).create.length;
        };
        assert.equal(await missing(), 900);

        await lake.faults({ action: 'glue:BatchCreatePartition', kind: 'latency', milliseconds: 700 });
        const child = repair('--apply');
        const end = ended(child);
        const journal = (): string => {
          const [name] = existsSync(join(folder, 'j')) ? readdirSync(join(folder, 'j')) : [];
          return name === undefined ? '' : readFileSync(join(folder, 'j', name), 'utf8');
        };
        while (!journal().includes('"kind":"done"')) {
          assert.equal(child.exitCode, null, 'it ended before it could be killed');
          await new Promise((next) => setTimeout(next, 20));
        }
        child.kill('SIGKILL');
        await end;
        await lake.faults();
        const left = await missing();
        assert.ok(left > 0 && left < 900, `${left} left`);

        const again = await ended(repair('--apply'));
        assert.equal(again.code, 0, again.err);
        assert.equal(await missing(), 0);
        const names = readdirSync(join(folder, 'j'));
        assert.equal(names.length, 1, 'one journal for both halves');
        const undone = await ended(repair('--undo', join('j', names[0] ?? '')));
        assert.match(undone.out, /900 removed/, undone.err);
        assert.equal(await missing(), 900);
      }));

    test('a lake that is gone is one sentence and exit code 2', () =>
      inFolder({}, async (folder) => {
        const nowhere = { ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
        const { code, out, err } = await ended(start(['zones'], folder, nowhere));
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, /^lake-workbench: [A-Z][^\n]+\.\n$/);
      }));
  });
});
