import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openAws } from '../../src/aws/open';
import type { Connection } from '../../src/connection/connection';
import {
  isOver,
  type KindId,
  type Pipeline,
  type PipelineCalls,
  type Run,
} from '../../src/pipelines/pipeline';
import { startOnce } from '../../src/pipelines/startOnce';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';

const signal = new AbortController().signal;
const day = '{"execution_date":"2025-01-06"}';

describe('the pipelines of the local lake', () => {
  let lake: TestLake;
  let connection: Connection;
  let calls: Readonly<Record<KindId, PipelineCalls>>;

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
    calls = openAws({ log: { record: () => undefined }, transport: { proxy: '' } }).pipelines;
  });
  after(async () => lake.stop());

  async function pipeline(kind: KindId, name: string): Promise<Pipeline> {
    const { items } = await calls[kind].list(connection, {}, signal);
    const found = items.find((one) => one.name === name);
    assert.ok(found, `${name} is not among ${items.map((one) => one.name).join(', ')}`);
    return found;
  }
  const start = async (kind: KindId, name: string, input: string): Promise<Run> =>
    startOnce(
      calls[kind],
      {
        connection,
        pipeline: await pipeline(kind, name),
        input,
        token: `test-${Math.floor(performance.now() * 1000)}`,
        now: () => new Date(),
      },
      signal,
    );
  async function ended(run: Run): Promise<Run> {
    let now = run;
    for (let looks = 0; !isOver(now); looks += 1) {
      assert.ok(looks < 600, `${run.pipeline} is still ${now.state}`);
      await wait(100);
      now = await calls[run.kind].state(connection, { run: now }, signal);
    }
    return now;
  }
  const log = async (run: Run): Promise<string> =>
    (await calls[run.kind].log(connection, { run, limit: 500 }, signal)).map(({ text }) => text).join('\n');

  test('every kind is listed with its pipelines', async () => {
    assert.equal(
      (await pipeline('state-machine', 'banking-data-etl')).id.split(':').at(-1),
      'banking-data-etl',
    );
    await pipeline('glue-job', 'migrate-legacy-data');
    const crawler = await pipeline('crawler', 'banking-data-crawler');
    assert.equal(crawler.schedule, 'cron(0 4 * * ? *)');
    assert.deepEqual(crawler.targets, ['s3://centralbank-data-lake/processed/transactions/']);
    await pipeline('lambda', 'validate-banking-data');
  });

  test('a state machine runs to its end, and its log holds that of the job it started', async () => {
    const run = await ended(await start('state-machine', 'banking-data-etl', day));
    assert.equal(run.state, 'succeeded', run.problem);
    assert.ok(run.startedAt && run.endedAt && run.endedAt >= run.startedAt);
    assert.deepEqual(JSON.parse(run.input ?? ''), JSON.parse(day));
    const lines = await log(run);
    assert.match(lines, /Task State Entered · RunGlueJob/);
    assert.match(
      lines,
      /Glue · INFO \d+ rows written to s3:\/\/centralbank-data-lake\/processed\/transactions\//,
    );
    const { items } = await calls['state-machine'].runs(
      connection,
      { pipeline: await pipeline('state-machine', 'banking-data-etl') },
      signal,
    );
    assert.equal(items[0]?.id, run.id);
  });

  test('a state machine that fails tells the state and the reason in words', async () => {
    const run = await ended(
      await start('state-machine', 'banking-data-etl', '{"execution_date":"1999-01-01"}'),
    );
    assert.equal(run.state, 'failed');
    assert.match(run.step ?? '', /^(ValidateFiles|RunGlueJob)$/);
    assert.match(run.problem ?? '', /1999-01-01/);
    assert.doesNotMatch(run.problem ?? '', /[{}]/);
  });

  test('a Glue job runs, moves data and writes a log; its arguments come back with the run', async () => {
    const run = await ended(
      await start('glue-job', 'migrate-legacy-data', '{"--execution_date":"2025-01-06"}'),
    );
    assert.equal(run.state, 'succeeded', run.problem);
    assert.equal((JSON.parse(run.input ?? '{}') as Record<string, string>)['--execution_date'], '2025-01-06');
    assert.match(await log(run), /INFO \d+ rows read/);
  });

  test('a Glue job that fails says why, in the run and in its log', async () => {
    const run = await ended(
      await start('glue-job', 'migrate-legacy-data', '{"--execution_date":"1999-01-01"}'),
    );
    assert.equal(run.state, 'failed');
    assert.match(run.problem ?? '', /Nothing to process for 1999-01-01/);
    assert.match(await log(run), /ERROR Nothing to process/);
  });

  test('a crawler runs, and tells what it changed', async () => {
    const run = await ended(await start('crawler', 'banking-data-crawler', '{}'));
    assert.equal(run.state, 'succeeded', run.problem);
    assert.deepEqual(run.targets, ['s3://centralbank-data-lake/processed/transactions/']);
    const { items } = await calls.crawler.runs(
      connection,
      { pipeline: await pipeline('crawler', 'banking-data-crawler') },
      signal,
    );
    assert.equal(items[0]?.state, 'succeeded');
    assert.notEqual(await log(run), '');
  });

  test('a function is over when its start comes back, and its log is that of the invocation', async () => {
    const run = await start('lambda', 'validate-banking-data', day);
    assert.equal(run.state, 'succeeded', run.problem);
    assert.match(await log(run), /^START RequestId: [\s\S]*\nREPORT RequestId: /m);
    const failed = await start('lambda', 'refresh-views', '{"execution_date":"1999-01-01"}');
    assert.equal(failed.state, 'failed');
    assert.ok(failed.problem);
    const { items } = await calls.lambda.runs(
      connection,
      { pipeline: await pipeline('lambda', 'validate-banking-data') },
      signal,
    );
    assert.equal(items[0]?.id, run.id);
  });

  test('a stop really stops: the service says so afterwards', async () => {
    const run = await start('state-machine', 'banking-data-etl', '{"execution_date":"2025-01-07"}');
    await calls['state-machine'].stop(connection, { run }, signal);
    const over = await ended(run);
    assert.equal(over.state, 'stopped');
    const asked = (await lake.calls()).filter((call) => call.action === 'states:StopExecution');
    assert.deepEqual(
      asked.map((call) => call.status),
      [200],
    );
  });

  test('a start whose answer is lost is found again and not started twice', async () => {
    const machine = await pipeline('state-machine', 'banking-data-etl');
    const count = async () =>
      (await calls['state-machine'].runs(connection, { pipeline: machine, limit: 100 }, signal)).items.length;
    const earlier = await count();
    // The service does it, and the connection breaks before the answer.
    await lake.faults({ action: 'states:StartExecution', kind: 'half' });
    const run = await start('state-machine', 'banking-data-etl', day);
    await lake.faults();
    assert.match(run.id, /:test-\d+$/);
    assert.ok((await count()) - earlier <= 1);
    await ended(run);
  });

  test('what is denied names the action and the pipeline', async () => {
    await lake.faults({ action: 'glue:StartJobRun', kind: 'denied' });
    await assert.rejects(start('glue-job', 'migrate-legacy-data', '{}'), (error: Error) => {
      assert.match(error.message, /glue:StartJobRun on migrate-legacy-data/);
      return true;
    });
    await lake.faults();
  });
});
