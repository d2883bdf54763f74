import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  GetPartitionsCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { openAws } from '../../src/aws/open';
import type { Column } from '../../src/catalog/catalog';
import type { Connection } from '../../src/connection/connection';
import { applyWithJournal, unfinishedJournal } from '../../src/partitions/journalFolder';
import type { PartitionStore } from '../../src/partitions/partitionStore';
import { isEmpty, type RepairPlan } from '../../src/partitions/plan';
import { planRepair } from '../../src/partitions/planRepair';
import { readUndo, undoWithJournal } from '../../src/partitions/undoRepair';
import type { AwsPorts } from '../../src/ports/awsPorts';
import { isolateEnvironment } from '../support/awsServer';
import { type FaultWish, startLake, type TestLake } from '../support/localLake';

const signal = new AbortController().signal;
const bucket = 'repair-lake';
const database = 'repairs';
const adding = { create: true, remove: false, update: false };
const everything = { create: true, remove: true, update: true };

describe('repairing partitions on the local lake', () => {
  let lake: TestLake;
  let connection: Connection;
  let s3: S3Client;
  let glue: GlueClient;
  let folder: string;

  before(async () => {
    isolateEnvironment();
    lake = await startLake({ empty: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    connection = {
      name: 'repair',
      region: lake.region,
      endpoint: lake.endpoint,
      readOnly: false,
      production: false,
    };
    const { endpoint, region, credentials } = lake;
    s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    glue = new GlueClient({ endpoint, region, credentials });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
    folder = mkdtempSync(join(tmpdir(), 'lake-repairs-'));
  });

  after(async () => {
    s3.destroy();
    glue.destroy();
    rmSync(folder, { recursive: true, force: true });
    await lake.stop();
  });

  /** A table with a file under each of these directories. */
  async function tableWith(
    name: string,
    keys: readonly Column[],
    directories: readonly string[],
  ): Promise<void> {
    await Promise.all(directories.map((directory) => put(name, directory)));
    await glue.send(
      new CreateTableCommand({
        DatabaseName: database,
        TableInput: {
          Name: name,
          TableType: 'EXTERNAL_TABLE',
          PartitionKeys: keys.map((key) => ({ Name: key.name, Type: key.type })),
          StorageDescriptor: {
            Location: `s3://${bucket}/${name}/`,
            Columns: [{ Name: 'id', Type: 'bigint' }],
            InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
            OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
            SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' },
          },
        },
      }),
    );
  }

  async function put(name: string, directory: string): Promise<void> {
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: `${name}/${directory}/part-0.csv`, Body: '1\n' }),
    );
  }

  /** What Glue holds, asked without the product's code: values joined, in order. */
  async function registered(name: string): Promise<readonly string[]> {
    const found: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await glue.send(
        new GetPartitionsCommand({ DatabaseName: database, TableName: name, NextToken }),
      );
      for (const one of page.Partitions ?? [])
        found.push(`${(one.Values ?? []).join('|')} ${one.StorageDescriptor?.Location ?? ''}`);
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return found.toSorted();
  }

  /** Fresh clients for each use, since adaptive retries remember throttling. */
  const open = (): AwsPorts =>
    openAws({ log: { record: () => undefined }, attempts: 2, transport: { proxy: '' } });
  const plan = (name: string): Promise<RepairPlan> =>
    planRepair(open(), { connection, table: { database, name } }, signal);
  const apply = (
    wish: { readonly plan: RepairPlan; readonly choice?: typeof adding; readonly store?: PartitionStore },
    stop: AbortSignal = signal,
  ) =>
    applyWithJournal(
      { ...open(), ...(wish.store === undefined ? {} : { partitions: wish.store }) },
      {
        plan: wish.plan,
        choice: wish.choice ?? adding,
        folder,
        now: new Date(),
        options: { connection, random: () => 0 },
      },
      stop,
    );
  const day: readonly Column[] = [{ name: 'day', type: 'string' }];
  const days = (count: number) => Array.from({ length: count }, (_, index) => `day=${1000 + index}`);
  const expected = (name: string, directories: readonly string[]) =>
    directories.map((one) => `${one.slice('day='.length)} s3://${bucket}/${name}/${one}/`).toSorted();

  test('a plan is applied, a second one is empty, and undo leaves the catalog as it was', async () => {
    await tableWith('plain', day, days(230));
    const first = await plan('plain');
    assert.equal(first.create.length, 230);
    const result = await apply({ plan: first });
    assert.deepEqual([result.created, result.already, result.failed], [230, 0, []]);
    assert.deepEqual(await registered('plain'), expected('plain', days(230)));
    assert.ok(isEmpty(await plan('plain')));
    const path = result.journal ?? '';
    const undo = await readUndo(path, connection);
    const undone = await undoWithJournal(
      open().partitions,
      { undo, path, now: new Date(), options: { connection } },
      signal,
    );
    assert.equal(undone.removed, 230);
    assert.deepEqual(await registered('plain'), []);
  });

  test('a removed and a moved partition are as they were after undo, record and all', async () => {
    await tableWith('moved', day, ['day=1', 'day=2', 'day=3']);
    await apply({ plan: await plan('moved') });
    const intact = await registered('moved');
    const { partitions } = open();
    const table = { database, name: 'moved' };
    const stored = await partitions.describe(connection, { table, values: [['2']] }, signal);
    await partitions.update(
      connection,
      { table, items: stored.map((partition) => ({ partition, location: `s3://${bucket}/nowhere/` })) },
      signal,
    );
    await partitions.create(
      connection,
      { table, items: [{ kind: 'new', values: ['9'], location: `s3://${bucket}/moved/day=9/` }] },
      signal,
    );
    const broken = await registered('moved');
    const found = await plan('moved');
    assert.deepEqual([found.create.length, found.remove.length, found.update.length], [0, 1, 1]);
    const result = await apply({ plan: found, choice: everything });
    assert.deepEqual([result.removed, result.updated, result.failed], [1, 1, []]);
    assert.deepEqual(await registered('moved'), intact);
    assert.ok(isEmpty(await plan('moved')));
    const path = result.journal ?? '';
    const undo = await readUndo(path, connection);
    await undoWithJournal(
      open().partitions,
      { undo, path, now: new Date(), options: { connection } },
      signal,
    );
    assert.deepEqual(await registered('moved'), broken);
  });

  test('throttling on half the calls doubles nothing and loses nothing', async () => {
    await tableWith('throttled', day, days(550));
    const found = await plan('throttled');
    // Rule n lets the n calls between its hits pass: every second call is refused.
    const half: FaultWish[] = Array.from({ length: 10 }, (_, index) => ({
      action: 'glue:BatchCreatePartition',
      kind: 'throttle',
      times: 1,
      after: index,
    }));
    await lake.clearCalls();
    await lake.faults(...half);
    const result = await apply({ plan: found });
    await lake.faults();
    const calls = (await lake.calls()).filter((call) => call.action === 'glue:BatchCreatePartition');
    const refused = calls.filter((call) => call.status !== 200).length;
    assert.ok(refused >= 5, `${refused} of ${calls.length} calls were refused`);
    assert.equal(calls.length - refused, 6, 'each batch of 100 was taken once');
    assert.deepEqual([result.created, result.already, result.failed], [550, 0, []]);
    assert.deepEqual(await registered('throttled'), expected('throttled', days(550)));
    assert.ok(isEmpty(await plan('throttled')));
  });

  test('a kill in the middle is said, applying again goes on, and one undo takes back both', async () => {
    await tableWith('killed', day, days(950));
    const found = await plan('killed');
    const { partitions } = open();
    const kill = new AbortController();
    let calls = 0;
    // The fourth answer never comes back to the journal, though the lake carried it out.
    const dying: PartitionStore = {
      ...partitions,
      create: async (...args) => {
        const outcomes = await partitions.create(...args);
        calls += 1;
        if (calls >= 4) {
          kill.abort();
          throw kill.signal.reason;
        }
        return outcomes;
      },
    };
    await assert.rejects(apply({ plan: found, store: dying }, kill.signal), { name: 'AbortError' });
    const half = (await registered('killed')).length;
    assert.ok(half > 300 && half < 950, `${half} were registered before the kill`);
    const table = { database, name: 'killed' };
    const left = await unfinishedJournal(folder, connection, table);
    assert.ok(left);

    const rest = await plan('killed');
    assert.equal(rest.create.length, 950 - half);
    const result = await apply({ plan: rest });
    assert.equal(result.created, 950 - half);
    assert.equal(result.journal, left.path);
    assert.deepEqual(await registered('killed'), expected('killed', days(950)));
    assert.equal(await unfinishedJournal(folder, connection, table), undefined);

    const undo = await readUndo(left.path, connection);
    await undoWithJournal(
      open().partitions,
      { undo, path: left.path, now: new Date(), options: { connection } },
      signal,
    );
    assert.deepEqual(await registered('killed'), []);
  });

  test('a repair that was cut off after its last change is completed by applying an empty plan', async () => {
    await tableWith('finished', day, days(3));
    const { partitions } = open();
    const dying: PartitionStore = {
      ...partitions,
      create: async (...args) => {
        await partitions.create(...args);
        throw new DOMException('killed', 'AbortError');
      },
    };
    await assert.rejects(apply({ plan: await plan('finished'), store: dying }), { name: 'AbortError' });
    const empty = await plan('finished');
    assert.ok(isEmpty(empty));
    const { journal = '' } = await apply({ plan: empty });
    assert.equal((await readUndo(journal, connection)).remove.length, 3);
  });

  test('names with spaces, %, +, :, =, unicode and mixed case come through both ways, odd ones are reported', async () => {
    // As Spark and Hive write them: reserved characters as %XX, the key in the case of the column.
    const directories = [
      'Region=north east',
      'region=50%25',
      'region=a%3Db',
      'region=Zürich',
      'region=日本',
      'region=Mixed',
      'region=mixed',
      'region=a%2Fb',
      'region=a+b',
      'region=12%3A30',
      'region=__HIVE_DEFAULT_PARTITION__',
    ];
    const values = [
      'north east',
      '50%',
      'a=b',
      'Zürich',
      '日本',
      'Mixed',
      'mixed',
      'a/b',
      'a+b',
      '12:30',
      '__HIVE_DEFAULT_PARTITION__',
    ];
    await tableWith(
      'names',
      [{ name: 'region', type: 'string' }],
      [...directories, '_temporary/0', 'region=x/deep=1', 'region=7:45', '/region=lost', 'region=', '日本'],
    );
    const first = await plan('names');
    assert.deepEqual(
      first.report
        .filter(({ kind }) => kind !== 'case')
        .map(({ location }) => location.replace(`s3://${bucket}/names/`, '')),
      ['/', 'region=/', 'region=7:45/', '日本/'],
    );
    await apply({ plan: first });
    const found = (await registered('names')).map((line) => line.split(' s3://'));
    const want = values.map((value, index) => [value, `${bucket}/names/${directories[index] ?? ''}/`]);
    const own = found.filter(([value]) => value !== 'x');
    assert.deepEqual(own.toSorted(), want.toSorted());
    const second = await plan('names');
    assert.ok(isEmpty(second), JSON.stringify(second.create));
  });

  test('a denied write says so, and what was done before stands in the journal', async () => {
    await tableWith('denied', day, days(250));
    const found = await plan('denied');
    await lake.faults({ action: 'glue:BatchCreatePartition', kind: 'denied', after: 1 });
    await assert.rejects(apply({ plan: found }), (error: Error) => {
      assert.match(error.message, /glue:BatchCreatePartition on repairs\.denied/);
      assert.match(error.message, /What was done before stands in .*\.jsonl; repair again to go on\.$/);
      return true;
    });
    await lake.faults();
    const result = await apply({ plan: await plan('denied') });
    assert.deepEqual(result.failed, []);
    assert.deepEqual(await registered('denied'), expected('denied', days(250)));
  });

  test('a read-only connection changes nothing', async () => {
    await tableWith('readonly', day, days(2));
    const found = await plan('readonly');
    const request = {
      plan: found,
      choice: adding,
      folder,
      now: new Date(),
      options: { connection: { ...connection, readOnly: true } },
    };
    await assert.rejects(applyWithJournal(open(), request, signal), { kind: 'denied' });
    assert.deepEqual(await registered('readonly'), []);
  });
});
