import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  BatchDeletePartitionCommand,
  CreateTableCommand,
  DeleteTableCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import { command } from '../../src/cli/repair';
import { isolateEnvironment } from '../support/awsServer';
import { type CommandRun, runCommand } from '../support/commandRun';
import { startLake, type TestLake } from '../support/localLake';

const table = 'centralbank_data.customer_transactions';

interface Plan {
  readonly version: number;
  readonly table: string;
  readonly create: readonly { readonly values: readonly string[]; readonly location: string }[];
  readonly remove: readonly unknown[];
  readonly update: readonly unknown[];
  readonly calls: { readonly glueWrite: number };
  readonly iam: readonly string[];
  readonly done?: { readonly created: number; readonly removed: number };
  readonly failed?: readonly unknown[];
  readonly journal?: string;
}

describe('lake-workbench repair on the local lake', () => {
  let lake: TestLake;
  let folder: string;
  let glue: GlueClient;
  let first: readonly (readonly string[])[];

  before(async () => {
    isolateEnvironment();
    lake = await startLake({ small: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    const { endpoint, region, credentials } = lake;
    glue = new GlueClient({ endpoint, region, credentials });
    folder = mkdtempSync(join(tmpdir(), 'lake-journals-'));
    // What the demo lake is to be mended of, for a start from a catalog that agrees with S3.
    await run('--apply', '--remove-stale', '--update-moved');
    first = [
      ['2024', '11', '02'],
      ['2024', '11', '03'],
    ];
  });
  after(async () => {
    glue.destroy();
    rmSync(folder, { recursive: true, force: true });
    await lake.stop();
  });

  const run = (...args: readonly string[]): Promise<CommandRun> =>
    runCommand(command, [
      table,
      '--endpoint-url',
      lake.endpoint,
      '--region',
      lake.region,
      '--journals',
      folder,
      ...args,
    ]);
  const json = async (...args: readonly string[]): Promise<Plan> => {
    const { out, err } = await run('--format', 'json', ...args);
    assert.equal(err, '');
    return JSON.parse(out) as Plan;
  };
  test('a database is repaired table by table, with a line for each and a problem for what is refused', async () => {
    const whole = (...args: readonly string[]): Promise<CommandRun> =>
      runCommand(command, [
        '--all',
        'centralbank_data',
        '--endpoint-url',
        lake.endpoint,
        '--region',
        lake.region,
        '--journals',
        folder,
        ...args,
      ]);
    await breakTable();
    const plan = await whole();
    assert.equal(plan.code, 0, plan.err);
    assert.match(plan.out, /^centralbank_data\.customer_transactions: 2 to add, 0 to remove, 0 to move/m);
    assert.match(plan.out, /^centralbank_data: \d+ partitioned tables?/m);
    await lake.faults({ action: 'glue:GetPartitions', table: 'customer_transactions', kind: 'denied' });
    const refused = await whole('--format', 'json');
    await lake.faults();
    assert.equal(refused.code, 1);
    const { version, tables } = JSON.parse(refused.out) as {
      readonly version: number;
      readonly tables: readonly { readonly table: string; readonly problem?: string }[];
    };
    assert.equal(version, 1);
    assert.match(tables.find((one) => one.table === table)?.problem ?? '', /glue:GetPartitions/);
    const done = await whole('--apply');
    assert.equal(done.code, 0, done.err + done.out);
    assert.match(
      done.out,
      /^centralbank_data\.customer_transactions: 2 added, 0 removed, 0 moved \(--undo /m,
    );
    assert.match((await whole()).out, /^centralbank_data\.customer_transactions: nothing to do/m);
  });

  const breakTable = () =>
    glue.send(
      new BatchDeletePartitionCommand({
        DatabaseName: 'centralbank_data',
        TableName: 'customer_transactions',
        PartitionsToDelete: first.map((values) => ({ Values: [...values] })),
      }),
    );

  test('a table that agrees with S3 has an empty plan, and --check is content', async () => {
    const checked = await run('--check');
    assert.equal(checked.code, 0, checked.err);
    assert.match(checked.out, /They agree: there is nothing to do\./);
  });

  test('what is missing is planned, checked, added, and taken back by the journal', async () => {
    await breakTable();
    assert.equal((await run('--check')).code, 1);
    const plan = await json();
    assert.deepEqual([plan.version, plan.table, plan.create.map((one) => one.values)], [1, table, first]);
    assert.equal(plan.calls.glueWrite, 1);
    assert.ok(plan.iam.includes('glue:BatchCreatePartition'));
    assert.match((await run()).out, /^## Add 2$/m);

    const applied = await json('--apply');
    assert.deepEqual([applied.done?.created, applied.failed], [2, []]);
    assert.ok(readdirSync(folder).some((name) => applied.journal?.endsWith(name)));
    assert.equal((await run('--check')).code, 0);

    const undone = await run('--undo', applied.journal ?? '');
    assert.match(undone.out, /^centralbank_data\.customer_transactions: 2 removed\.\nJournal: /);
    assert.equal((await run('--check')).code, 1);
    await run('--apply');
  });

  test('--remove-stale and --update-moved alone are refused, since they would do nothing', async () => {
    const refused = await run('--remove-stale');
    assert.equal(refused.code, 2);
    assert.match(refused.err, /only together with --apply: add it\.\n$/);
  });

  test('directories that are not key=value are read by a template, and one that does not fit is refused', async () => {
    const put = (key: string): Promise<Response> =>
      fetch(`${lake.endpoint}/custom-layout/${key}`, { method: 'PUT', body: 'x' });
    await fetch(`${lake.endpoint}/custom-layout`, { method: 'PUT' });
    await Promise.all(['d/2024/01/05/a', 'd/2024/01/06/a'].map(put));
    await glue.send(
      new CreateTableCommand({
        DatabaseName: 'centralbank_data',
        TableInput: {
          Name: 'custom_layout',
          PartitionKeys: [{ Name: 'dt', Type: 'date' }],
          StorageDescriptor: { Location: 's3://custom-layout/d/', Columns: [{ Name: 'id', Type: 'bigint' }] },
        },
      }),
    );
    const on = (...args: readonly string[]): Promise<CommandRun> =>
      runCommand(command, [
        'centralbank_data.custom_layout',
        '--endpoint-url',
        lake.endpoint,
        '--region',
        lake.region,
        '--journals',
        folder,
        ...args,
      ]);
    assert.match((await on()).out, /2024 is not a dt=… directory/);
    const wrong = await on('--template', '${year}/');
    assert.deepEqual(
      [wrong.code, /\$\{year\} is none of its keys, which are dt\./.test(wrong.err)],
      [2, true],
      wrong.err,
    );
    const done = await on('--template', '${dt:yyyy/MM/dd}/', '--apply', '--format', 'json');
    const { create, done: counts } = JSON.parse(done.out) as Plan;
    assert.deepEqual(
      create.map(({ values, location }) => `${values.join('|')} ${location}`),
      ['2024-01-05 s3://custom-layout/d/2024/01/05/', '2024-01-06 s3://custom-layout/d/2024/01/06/'],
    );
    assert.equal(counts?.created, 2);

    // Its files are gone: taking all of it out of the catalog has to be said twice.
    await Promise.all(
      ['d/2024/01/05/a', 'd/2024/01/06/a'].map((key) =>
        fetch(`${lake.endpoint}/custom-layout/${key}`, { method: 'DELETE' }),
      ),
    );
    const remove = ['--template', '${dt:yyyy/MM/dd}/', '--apply', '--remove-stale'];
    const refused = await on(...remove);
    assert.equal(refused.code, 2);
    assert.match(
      refused.err,
      /would take 2 of the 2 partitions out of .* give --confirm-removals 2 if its data is really gone\.\n$/,
    );
    const removed = await on(...remove, '--confirm-removals', '2');
    assert.match(removed.out, /2 removed/, removed.err);
    await glue.send(new DeleteTableCommand({ DatabaseName: 'centralbank_data', Name: 'custom_layout' }));
  });

  test('a table without its database, a journal of another connection and no journal are wrong use', async () => {
    const bare = await runCommand(command, ['customer_transactions']);
    assert.deepEqual(
      [bare.code, bare.err],
      [2, 'lake-workbench: repair needs one table: write lake-workbench repair DATABASE.TABLE.\n'],
    );
    const journal = readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '';
    const other = await runCommand(command, [
      '--undo',
      join(folder, journal),
      '--region',
      'eu-west-1',
      '--endpoint-url',
      lake.endpoint,
    ]);
    assert.equal(other.code, 2);
    assert.match(other.err, /is of another connection/);
    const none = await run('--undo', join(folder, 'none.jsonl'));
    assert.equal(none.code, 2);
    assert.match(none.err, /none\.jsonl cannot be read/);
  });

  test('a table that is not there is one sentence', async () => {
    const { code, err } = await runCommand(command, [
      'centralbank_data.no_such_table',
      '--endpoint-url',
      lake.endpoint,
      '--region',
      lake.region,
    ]);
    assert.equal(code, 2);
    assert.match(err, /^lake-workbench: [^\n]*no_such_table[^\n]*\.\n$/);
  });
});
