import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openAws } from '../../src/aws/open';
import { crawlChanges } from '../../src/crawlers/crawlChanges';
import { crawlerInput, proposedConfiguration } from '../../src/crawlers/proposal';
import { checkDrift } from '../../src/inference/checkDrift';
import { crawlShape } from '../../src/inference/crawlShape';
import { ddlLetter } from '../../src/inference/ddlLetter';
import { inferTable, type InferredTable } from '../../src/inference/inferTable';
import type { AwsPorts } from '../../src/ports/awsPorts';
import { readDocument } from '../../src/sql/document';
import { crawlChangesPage } from '../../src/trees/crawlChangesPage';
import { clientsOf, rowsOf, runQuery } from '../contract/clients';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';
import { fixture } from './objects';

const bucket = 'centralbank-data-lake';
const database = 'centralbank_data';
const { signal } = new AbortController();

describe('tables and crawlers from files, on the local lake', () => {
  let lake: TestLake;
  let ports: AwsPorts;
  let clients: ReturnType<typeof clientsOf>;
  const connection = () => ({
    name: 'demo',
    region: lake.region,
    endpoint: lake.endpoint,
    readOnly: false,
    production: false,
  });
  const put = async (key: string, body: string | Uint8Array): Promise<void> => {
    await fetch(`${lake.endpoint}/${bucket}/${key}`, { method: 'PUT', body: Buffer.from(body) });
  };
  before(async () => {
    isolateEnvironment();
    lake = await startLake({ small: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    ports = openAws({ log: { record: () => undefined }, transport: { proxy: '' } });
    clients = clientsOf(lake);
  });
  after(() => lake.stop());

  /** Infers a table and runs the statement of its letter. */
  const make = async (prefix: string, name: string): Promise<InferredTable> => {
    const inferred = await inferTable(
      ports.store,
      { connection: connection(), uri: `s3://${bucket}/${prefix}`, name: { database, name } },
      signal,
    );
    const letter = ddlLetter(inferred);
    const [statement] = readDocument(letter, 'athena').statements;
    assert.ok(statement);
    const { Status } = await runQuery(clients.athena, letter.slice(statement.start, statement.end));
    assert.equal(Status?.State, 'SUCCEEDED', `${Status?.StateChangeReason ?? ''}\n${letter}`);
    return inferred;
  };

  test('the statements that are proposed run, and the tables give the rows of the files', async () => {
    await Promise.all([
      put('made/csv/a.csv', 'id;name;amount\n1;x;1.5\n2;y;2.5\n'),
      put('made/quoted/a.csv', 'id,note\n1,"a, b"\n2,"c"\n'),
      put('made/json/a.json', '{"Order-Id":1,"at":"2024-01-01"}\n{"Order-Id":2,"at":"2024-01-02"}\n'),
      put('made/days/day=2024-01-01/a.parquet', fixture('nested.snappy.parquet')),
      put('made/days/day=2024-01-02/a.parquet', fixture('nested.snappy.parquet')),
    ]);
    const [, , , days] = await Promise.all([
      make('made/csv/', 'made_csv'),
      make('made/quoted/', 'made_quoted'),
      make('made/json/', 'made_json'),
      make('made/days/', 'made_days'),
    ]);
    assert.equal(days.layout, 'hive');
    await runQuery(clients.athena, 'MSCK REPAIR TABLE made_days');
    const [, row] = await rowsOf(
      clients.athena,
      `select (select sum(amount) from made_csv), (select max(note) from made_quoted),
        (select count(*) from made_json), (select count(distinct day) from made_days where id is not null)`,
    );
    assert.deepEqual(row, ['4.0', 'c', '2', '2']);
  });

  test('a partition that has come to differ from its table is found, through Glue itself', async () => {
    const report = await checkDrift(
      ports,
      { connection: connection(), table: { database, name: 'accounts' } },
      signal,
    );
    assert.ok(
      report.drifts.some(({ kind, column }) => kind === 'partition-schema' && column === 'branch_code'),
    );
    assert.ok(report.partitions.read > 1 && report.partitions.all && report.files > 1);
    assert.deepEqual(report.unread, []);
  });

  test('a crawler is proposed, made and run, and what its crawls changed is told from the catalog', async () => {
    const crawl = async (name: string): Promise<string> => {
      const calls = ports.pipelines.crawler;
      const pipeline = { kind: 'crawler' as const, name, id: name };
      let run = await calls.start(
        connection(),
        { pipeline, input: '{}', token: String(Math.random()) },
        signal,
      );
      for (let looks = 0; run.state === 'running' && looks < 400; looks++) {
        await new Promise((next) => setTimeout(next, 20));
        run = await calls.state(connection(), { run }, signal);
      }
      assert.equal(run.state, 'succeeded', run.problem);
      return crawlChangesPage(
        await crawlChanges(ports, { connection: connection(), name }, signal),
        new Date(),
      );
    };
    await put('crawled/visits/a.csv', 'id,name\n1,x\n');
    const place = { connection: connection(), bucket, prefix: 'crawled/visits/' };
    const shape = await crawlShape(ports.store, place, signal);
    const [role] = await ports.crawlers.roles(connection(), signal);
    assert.ok(role, 'the demo crawler has one');
    const text = proposedConfiguration({ ...shape, ...place, database, role, name: 'visits' });
    const input = crawlerInput(text);
    assert.ok(input);
    await ports.crawlers.create(connection(), { input }, signal);
    await assert.rejects(
      ports.crawlers.create(connection(), { input }, signal),
      /There is a crawler visits already/,
    );
    const kept = await ports.crawlers.configuration(connection(), { name: 'visits' }, signal);
    assert.deepEqual(JSON.parse(kept), { ...(JSON.parse(text) as object) });

    assert.match(await crawl('visits'), /1 table added\.[^]*## Table visits added[^]*\| `id` \| `bigint` \|/);
    await put('crawled/visits/a.csv', 'id,name,late\n1,x,5\n');
    await new Promise((next) => setTimeout(next, 1100)); // versions are told apart by seconds
    assert.match(await crawl('visits'), /1 table updated\.[^]*## Table visits updated\n\n- `\+ late bigint`/);
  });
});
