import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CreateJobCommand, GetJobRunCommand, GlueClient } from '@aws-sdk/client-glue';
import { command } from '../../src/cli/run';
import { isolateEnvironment } from '../support/awsServer';
import { type CommandRun, runCommand } from '../support/commandRun';
import { startLake, type TestLake } from '../support/localLake';

interface Answer {
  readonly version: number;
  readonly kind: string;
  readonly name: string;
  readonly run: { readonly id: string; readonly state: string; readonly problem?: string };
  readonly log?: readonly string[];
}

test('a kind that is not known, and what does not fit the kind, is wrong use in one sentence', async () => {
  const refused = async (...args: readonly string[]) => {
    const { code, out, err } = await runCommand(command, args);
    assert.deepEqual([code, out], [2, '']);
    return err.replace(/^lake-workbench: (.*)\n$/, '$1');
  };
  assert.equal(
    await refused('glue-workflow', 'nightly'),
    'run does not start the kind glue-workflow: it knows state-machine, glue-job, crawler, lambda.',
  );
  assert.equal(await refused('lamda', 'f'), 'run does not start the kind lamda: did you mean lambda?');
  assert.equal(
    await refused('glue-job'),
    'run needs a kind and a name: write lake-workbench run state-machine NAME.',
  );
  assert.equal(await refused('crawler', 'c', '--input', '{}'), 'A crawler takes no --input.');
  assert.equal(
    await refused('lambda', 'f', '--arg', 'a=1'),
    '--arg is for Glue jobs: give a Lambda function --input.',
  );
  assert.equal(
    await refused('glue-job', 'j', '--arg', 'novalue'),
    '--arg takes NAME=VALUE and not novalue: write --arg target=s3://bucket/prefix/.',
  );
  assert.equal(
    await refused('lambda', 'f', '--name', 'x'),
    '--name is for state machines: only their executions have names.',
  );
  assert.match(await refused('state-machine', 's', '--name', 'a b'), /^a b cannot name an execution/);
  assert.match(
    await refused('state-machine', 's', '--input', '{'),
    /^The input of the state machine is no JSON/,
  );
  assert.match(await refused('glue-job', 'j', '--input', '{"a":"1"}'), /a must be written --a/);
  assert.match(await refused('lambda', 'f', '--input', '@missing.json'), /missing\.json cannot be opened/);
});

describe('lake-workbench run on the local lake', () => {
  let lake: TestLake;
  let folder: string;
  let glue: GlueClient;

  before(async () => {
    isolateEnvironment();
    lake = await startLake({ small: true });
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    const { endpoint, region, credentials } = lake;
    glue = new GlueClient({ endpoint, region, credentials });
    folder = mkdtempSync(join(tmpdir(), 'lake-run-'));
  });
  after(async () => {
    glue.destroy();
    rmSync(folder, { recursive: true, force: true });
    await lake.stop();
  });

  const run = (args: readonly string[], signal?: AbortSignal): Promise<CommandRun> =>
    runCommand(command, [...args, '--endpoint-url', lake.endpoint, '--region', lake.region], {
      cwd: folder,
      ...(signal === undefined ? {} : { signal }),
    });

  test('a job is started with its arguments and followed to its end', async () => {
    const { code, out, err } = await run([
      'glue-job',
      'migrate-legacy-data',
      '--arg',
      'execution_date=2025-01-06',
      '--wait',
    ]);
    assert.equal(code, 0, err);
    assert.match(out, /^The Glue job migrate-legacy-data succeeded after [\d.]+ (ms|s)\.\n$/);
  });

  test('a run that failed exits 1 with the reason and the last log lines', async () => {
    const args = ['glue-job', 'migrate-legacy-data', '--arg', 'execution_date=1999-01-01', '--wait'];
    const text = await run(args);
    assert.equal(text.code, 1, text.err);
    assert.match(
      text.out,
      /^The Glue job migrate-legacy-data failed after .*Nothing to process for 1999-01-01/,
    );
    assert.match(text.out, /\n {2}\S+Z {2}ERROR Nothing to process/);
    const answer = JSON.parse((await run([...args, '--format', 'json'])).out) as Answer;
    assert.deepEqual(
      [answer.version, answer.kind, answer.name, answer.run.state],
      [1, 'glue-job', 'migrate-legacy-data', 'failed'],
    );
    assert.match(answer.run.problem ?? '', /Nothing to process/);
    assert.ok(answer.log?.some((line) => line.includes('ERROR')));
  });

  test('without --wait the run’s id is printed and nothing is followed', async () => {
    writeFileSync(join(folder, 'day.json'), '{"execution_date":"2025-01-06"}');
    await lake.clearCalls();
    const { code, out, err } = await run([
      'state-machine',
      'banking-data-etl',
      '--input',
      '@day.json',
      '--name',
      'nightly-1',
    ]);
    assert.equal(code, 0, err);
    assert.match(out, /^Started banking-data-etl: arn:aws:states:\S+:nightly-1\n$/);
    const actions = (await lake.calls()).map((call) => call.action);
    assert.ok(!actions.includes('states:DescribeExecution'), actions.join());
    const waited = await run([
      'state-machine',
      'banking-data-etl',
      '--input',
      '@day.json',
      '--name',
      'nightly-1',
      '--wait',
    ]);
    // The same name and input: the same execution, not a second one.
    assert.equal(waited.code, 0, waited.err);
    const starts = (await lake.calls()).filter((call) => call.action === 'states:StartExecution');
    assert.equal(starts.length, 2);
  });

  test('a function is over with its start', async () => {
    const { code, out, err } = await run([
      'lambda',
      'validate-banking-data',
      '--input',
      '{"execution_date":"2025-01-06"}',
    ]);
    assert.equal(code, 0, err);
    assert.match(out, /^The Lambda function validate-banking-data succeeded after /);
  });

  test('Ctrl-C while waiting stops the run on the server and exits 130', async () => {
    await glue.send(
      new CreateJobCommand({
        Name: 'sleeper',
        Role: 'arn:aws:iam::111122223333:role/glue',
        Command: { Name: 'glueetl', ScriptLocation: 's3://lake-scripts/sleep.py' },
      }),
    );
    const stop = new AbortController();
    await lake.clearCalls();
    const running = run(['glue-job', 'sleeper', '--arg', 'seconds=60', '--wait'], stop.signal);
    while (!(await lake.calls()).some((call) => call.action === 'glue:GetJobRun'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    const { code, err } = await running;
    assert.equal(code, 130);
    const id = /asked AWS to stop sleeper \((jr_\w+)\)/.exec(err)?.[1];
    assert.ok(id, err);
    let state = '';
    for (let looks = 0; state !== 'STOPPED' && looks < 100; looks += 1) {
      const answer = await glue.send(new GetJobRunCommand({ JobName: 'sleeper', RunId: id }));
      state = answer.JobRun?.JobRunState ?? '';
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(state, 'STOPPED');
  });

  test('a state machine that is not there is told with the nearest name', async () => {
    const { code, err } = await run(['state-machine', 'banking-data-elt']);
    assert.equal(code, 2);
    assert.match(err, /There is no state machine banking-data-elt in \S+: did you mean banking-data-etl\?/);
  });
});
