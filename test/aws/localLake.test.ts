import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isCancel, Problem } from '../../src/base/problem';
import { openAws } from '../../src/aws/open';
import type { Connection } from '../../src/connection/connection';
import type { LakePorts } from '../../src/query/lakePorts';
import { runStatement } from '../../src/query/run';
import { catalogTree } from '../../src/trees/catalogTree';
import { zonesTree } from '../../src/trees/zonesTree';
import { defaultPatterns } from '../../src/zones/zones';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';
import { nodeAt, outline } from '../support/outline';

const signal = new AbortController().signal;
describe('the adapters on the local lake', () => {
  let lake: TestLake;
  let ports: LakePorts;
  let connection: Connection;

  before(async () => {
    isolateEnvironment();
    lake = await startLake({ small: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    connection = {
      name: 'demo',
      region: lake.region,
      endpoint: lake.endpoint,
      readOnly: false,
      production: false,
    };
  });

  after(async () => lake.stop());

  /** Fresh clients for each test, since adaptive retries remember throttling. */
  function fresh(idleMs = 5000): LakePorts {
    return openAws({ log: { record: () => undefined }, attempts: 2, transport: { idleMs, proxy: '' } });
  }

  function trees() {
    ports = fresh();
    const open = async (): Promise<Connection> => connection;
    return {
      zones: zonesTree({
        store: ports.store,
        connection: open,
        patterns: () => defaultPatterns,
        pageSize: 100,
      }),
      catalog: catalogTree({ catalog: ports.catalog, connection: open, pageSize: 50 }),
    };
  }

  test('both trees show the lake down to objects and partitions', async () => {
    const { zones, catalog } = trees();
    assert.match(
      await outline(zones.root, 2),
      /^Zones\n {2}raw {2}1 place\n {4}centralbank-data-lake\/raw\n/,
    );
    const year = await nodeAt(zones.root, [
      'processed',
      'centralbank-data-lake/processed',
      'transactions/',
      'year=2024',
    ]);
    assert.match(await outline(year, 3), /\n {2}month=12\n {4}day=01\n {6}\S+\.parquet {2}[\d.]+ KB\n/);
    const table = await nodeAt(catalog.root, ['centralbank_data', 'customer_transactions']);
    const text = await outline(table, 2);
    assert.match(
      text,
      /^customer_transactions {2}Parquet\n {2}columns {2}\d+\n {4}transaction_id {2}string\n/,
    );
    assert.match(text, /\n {2}partitions\n {4}year=2024\/month=11\/day=0?1\n/);
    assert.match(text, /\n {4}Load more… {2}50 loaded$/);
  });

  test('100,000 objects are paged, and credentials that expire in between lose nothing that is shown', async () => {
    await lake.synthetic({
      keys: [{ bucket: 'centralbank-data-lake', prefix: 'raw/many/', count: 100_000 }],
    });
    const { zones } = trees();
    const node = await nodeAt(zones.root, ['raw', 'centralbank-data-lake/raw', 'many/']);
    const shown = async () => (await node.children?.(signal)) ?? [];
    assert.equal((await shown()).length, 101);
    zones.more(node.id);
    assert.equal((await shown()).length, 201);
    await lake.faults({ action: 's3:*', kind: 'expired' });
    zones.more(node.id);
    const expired = await shown();
    assert.equal(expired.length, 201);
    assert.equal(expired.at(-1)?.label, 'Sign in');
    assert.equal(
      expired.at(-1)?.hint,
      'S3 refused s3:ListBucket on s3://centralbank-data-lake/raw/many/, since the sign-in of demo has expired: sign in again.',
    );
    await lake.faults();
    ports.forget(connection);
    zones.more(node.id);
    const again = await shown();
    assert.equal(again.length, 301);
    assert.equal(new Set(again.map((one) => one.id)).size, 301);
    await lake.synthetic({});
  });

  for (const [what, kind, label] of [
    ['a denial', 'denied', 'Not permitted'],
    ['throttling on every call', 'throttle', 'AWS asks to slow down: try again'],
    ['expired credentials', 'expired', 'Sign in'],
    ['faults of the service', '500', 'Not reachable: try again'],
    ['connections that break off', 'reset', 'Not reachable: try again'],
    ['half an answer', 'half', 'Not reachable: try again'],
    ['answers that are none', 'malformed', 'Not reachable: try again'],
  ] as const) {
    test(`${what} of S3 and Glue: each tree says so in one sentence, and recovers`, async () => {
      const { zones, catalog } = trees();
      await lake.faults({ kind });
      for (const { root } of [zones, catalog]) {
        const [node, ...others] = (await root.children?.(signal)) ?? [];
        assert.deepEqual(others, []);
        assert.equal(node?.label, label);
        assert.match(node?.hint ?? '', /^[A-Z][^\n]*\.$/);
      }
      await lake.faults();
      assert.match(await outline(catalog.root, 1), /centralbank_data/);
      assert.match(await outline(zones.root, 1), /raw/);
    });
  }

  test('a server that hangs ends as offline, and a cancel does not wait for it', async () => {
    await lake.faults({ kind: 'hang' });
    const quick = fresh(200);
    await assert.rejects(quick.catalog.databases(connection, {}, signal), { kind: 'offline' });
    const controller = new AbortController();
    const waiting = fresh(60_000).catalog.databases(connection, {}, controller.signal);
    controller.abort();
    await assert.rejects(waiting, (error) => isCancel(error));
    await lake.faults();
  });

  test('a table whose name is unknown is missing, by that name', async () => {
    const request = { database: 'centralbank_data', name: 'nope' };
    await assert.rejects(fresh().catalog.table(connection, request, signal), (error) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.kind, 'missing');
      assert.match(error.message, /^Glue has no centralbank_data\.nope in us-east-1 /);
      return true;
    });
  });

  /** A statement on the demo lake. */
  function start(sql: string) {
    return {
      sql,
      workGroup: 'primary',
      database: 'centralbank_data',
      outputLocation: 's3://centralbank-athena-results/test/',
      token: crypto.randomUUID(),
    };
  }

  test('a statement runs to its rows, header left out and NULL told from empty', async () => {
    const { engine } = fresh();
    const sql = "select 1 as n, cast(null as varchar) as nothing, '' as empty";
    const end = await runStatement({ engine, connection }, start(sql), { signal });
    assert.equal(end.status.state, 'succeeded', end.status.reason);
    const page = await engine.results(connection, { id: end.status.id }, signal);
    assert.deepEqual(page.items, [['1', null, '']]);
    assert.deepEqual(
      page.columns.map((column) => column.name),
      ['n', 'nothing', 'empty'],
    );
  });

  test('the same token starts one query only', async () => {
    const { engine } = fresh();
    const request = start('select 2');
    const first = await engine.start(connection, request, signal);
    assert.equal(await engine.start(connection, request, signal), first);
  });

  test('a cancel stops the query at the lake', async () => {
    const { engine } = fresh();
    await lake.clearCalls();
    const controller = new AbortController();
    const sql =
      'select count(*) from customer_transactions a cross join customer_transactions b cross join customer_transactions c';
    const end = await runStatement({ engine, connection }, start(sql), {
      signal: controller.signal,
      onStatus: (status) => {
        if (status.state === 'running') controller.abort();
      },
    });
    assert.equal(end.status.state, 'cancelled');
    assert.equal(end.stopProblem, undefined);
    const calls = (await lake.calls()).map((call) => call.action);
    assert.ok(calls.includes('athena:StopQueryExecution'), calls.join());
    const status = await engine.status(connection, { id: end.status.id }, signal);
    assert.equal(status.state, 'cancelled', 'as the lake says');
  });
});
