import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  DeleteJobCommand,
  GetJobBookmarkCommand,
  GetJobCommand,
  GetJobRunsCommand,
  GetJobsCommand,
  ListJobsCommand,
  ResetJobBookmarkCommand,
  StartJobRunCommand,
  UpdateJobCommand,
} from '@aws-sdk/client-glue';
import { startLake, type TestLake } from '../support/localLake';
import { jobRun, keysUnder, linesOf, type PipelineClients, pipelineClients, until } from './pipelineClients';

describe('Glue jobs on the local lake', () => {
  let lake: TestLake;
  let clients: PipelineClients;
  const job = async (Name: string, ScriptLocation: string, more: object = {}): Promise<void> => {
    await clients.glue.send(
      new CreateJobCommand({ Name, Role: 'r', Command: { Name: 'glueetl', ScriptLocation }, ...more }),
    );
  };
  const start = async (
    JobName: string,
    Arguments: Record<string, string> = {},
  ): Promise<string | undefined> =>
    (await clients.glue.send(new StartJobRunCommand({ JobName, Arguments }))).JobRunId;
  before(async () => {
    lake = await startLake();
    clients = pipelineClients(lake);
  });
  after(() => lake.stop());

  test('a run of the demo job that is stopped while it waits writes no folder', async () => {
    const id = await start('migrate-legacy-data', {
      '--execution_date': '2025-01-06',
      '--pause_seconds': '60',
    });
    await until(
      () => linesOf(clients, '/aws-glue/jobs/output', id).catch((): readonly string[] => []),
      (lines) => lines.includes('INFO Waiting for 60 s before the write'),
    );
    await clients.glue.send(
      new BatchStopJobRunCommand({ JobName: 'migrate-legacy-data', JobRunIds: [id ?? ''] }),
    );
    assert.equal((await jobRun(clients, 'migrate-legacy-data', id)).JobRunState, 'STOPPED');
    assert.deepEqual(await keysUnder(clients, 'processed/transactions/year=2025/'), []);
  });

  test('a run of the demo job cleans a day of legacy data into a new folder of the transactions', async () => {
    const folder = 'processed/transactions/year=2025/month=01/day=06/';
    assert.deepEqual(await keysUnder(clients, folder), []);
    const id = await start('migrate-legacy-data', { '--execution_date': '2025-01-06' });
    const run = await jobRun(clients, 'migrate-legacy-data', id);
    assert.equal(run.JobRunState, 'SUCCEEDED', run.ErrorMessage);
    assert.deepEqual(run.Arguments, { '--execution_date': '2025-01-06' });
    assert.equal(run.MaxCapacity, 10);
    assert.ok(
      run.CompletedOn !== undefined && run.StartedOn !== undefined && run.CompletedOn >= run.StartedOn,
    );
    assert.deepEqual(await keysUnder(clients, folder), [`${folder}part-00000.snappy.parquet`]);
    const output = await linesOf(clients, '/aws-glue/jobs/output', id);
    assert.ok(
      output.includes('INFO 260 rows read, 38 without customer or amount, 18 repeated'),
      output.join('\n'),
    );
  });

  test('a run that finds nothing to process fails and its error log says why', async () => {
    const id = await start('migrate-legacy-data', { '--execution_date': '2025-01-07' });
    const run = await jobRun(clients, 'migrate-legacy-data', id);
    assert.equal(run.JobRunState, 'FAILED');
    assert.equal(
      run.ErrorMessage,
      'Nothing to process for 2025-01-07: none of 60 rows has a customer and an amount above zero',
    );
    const [line = ''] = await linesOf(clients, '/aws-glue/jobs/error', id);
    assert.equal(
      line,
      'ERROR Nothing to process: all 60 rows of 2025-01-07 lack a customer or an amount above zero',
    );
    assert.deepEqual(await keysUnder(clients, 'processed/transactions/year=2025/month=01/day=07/'), []);
  });

  test('a job whose script has no handler fails by name', async () => {
    await job('spark-only', 's3://centralbank-data-lake/scripts/unknown.py');
    const run = await jobRun(clients, 'spark-only', await start('spark-only'));
    assert.equal(run.JobRunState, 'FAILED');
    assert.match(
      run.ErrorMessage ?? '',
      /no handler for the script s3:\/\/centralbank-data-lake\/scripts\/unknown\.py/,
    );
  });

  test('a stopped run writes no further line and no further object', async () => {
    await job('slow', 's3://lake-scripts/sleep.py', {
      DefaultArguments: { '--seconds': '60', '--bucket': 'centralbank-data-lake' },
    });
    const id = await start('slow');
    const lines = () => linesOf(clients, '/aws-glue/jobs/output', id);
    await jobRun(clients, 'slow', id, ['RUNNING']);
    await until(
      () => keysUnder(clients, 'ticks/'),
      (keys) => keys.length > 1,
    );
    await assert.rejects(start('slow'), { name: 'ConcurrentRunsExceededException' });
    const answer = await clients.glue.send(
      new BatchStopJobRunCommand({ JobName: 'slow', JobRunIds: [id ?? '', 'jr_none'] }),
    );
    assert.deepEqual(answer.SuccessfulSubmissions, [{ JobName: 'slow', JobRunId: id }]);
    assert.equal(answer.Errors?.[0]?.ErrorDetail?.ErrorCode, 'EntityNotFoundException');
    const run = await jobRun(clients, 'slow', id);
    assert.equal(run.JobRunState, 'STOPPED');
    const [written, objects] = [await lines(), await keysUnder(clients, 'ticks/')];
    await new Promise((next) => setTimeout(next, 200));
    assert.deepEqual([await lines(), await keysUnder(clients, 'ticks/')], [written, objects]);
  });

  test('runs come newest first and in pages', async () => {
    await job('echo', 's3://lake-scripts/echo.py', {
      ExecutionProperty: { MaxConcurrentRuns: 5 },
      DefaultArguments: { '--a': '1', '--b': '2' },
    });
    const ids = [await start('echo', { '--b': '3' }), await start('echo'), await start('echo')];
    for (const id of ids) await jobRun(clients, 'echo', id);
    const first = await clients.glue.send(new GetJobRunsCommand({ JobName: 'echo', MaxResults: 2 }));
    const second = await clients.glue.send(
      new GetJobRunsCommand({ JobName: 'echo', MaxResults: 2, NextToken: first.NextToken }),
    );
    assert.deepEqual(
      [...(first.JobRuns ?? []), ...(second.JobRuns ?? [])].map(({ Id }) => Id),
      ids.toReversed(),
    );
    assert.equal(second.NextToken, undefined);
    const [line = ''] = await linesOf(clients, '/aws-glue/jobs/output', ids[0]);
    assert.match(line, /"--a":"1","--b":"3"/);
  });

  test('a failed run is tried again as often as the job says', async () => {
    await job('stubborn', 's3://lake-scripts/fail.py', {
      MaxRetries: 1,
      DefaultArguments: { '--message': 'no luck' },
    });
    const id = await start('stubborn');
    const runs = async () =>
      (await clients.glue.send(new GetJobRunsCommand({ JobName: 'stubborn' }))).JobRuns ?? [];
    await until(runs, (found) => found.length === 2);
    const again = await jobRun(clients, 'stubborn', `${id}_attempt_1`);
    const JobRuns = await runs();
    assert.deepEqual(
      JobRuns.map(({ Attempt, PreviousRunId }) => [Attempt, PreviousRunId]),
      [
        [1, id],
        [0, undefined],
      ],
    );
    assert.equal(again.ErrorMessage, 'no luck');
  });

  test('jobs are made, changed, listed and removed', async () => {
    await assert.rejects(job('slow', 's3://x/y.py'), { name: 'AlreadyExistsException' });
    await clients.glue.send(
      new UpdateJobCommand({
        JobName: 'slow',
        JobUpdate: { Role: 'r2', Command: { Name: 'glueetl' }, WorkerType: 'G.2X', NumberOfWorkers: 3 },
      }),
    );
    const { Job } = await clients.glue.send(new GetJobCommand({ JobName: 'slow' }));
    assert.deepEqual([Job?.Role, Job?.MaxCapacity], ['r2', 6]);
    await clients.glue.send(new DeleteJobCommand({ JobName: 'slow' }));
    await assert.rejects(clients.glue.send(new GetJobCommand({ JobName: 'slow' })), {
      name: 'EntityNotFoundException',
    });
    await assert.rejects(start('slow'), { name: 'EntityNotFoundException' });
    const { JobNames = [] } = await clients.glue.send(new ListJobsCommand({}));
    const { Jobs = [] } = await clients.glue.send(new GetJobsCommand({ MaxResults: 100 }));
    assert.deepEqual(
      JobNames,
      Jobs.map(({ Name }) => Name),
    );
    assert.ok(JobNames.includes('migrate-legacy-data') && !JobNames.includes('slow'));
  });

  test('a bookmark is written by a run that asks for one, and reset', async () => {
    await assert.rejects(clients.glue.send(new GetJobBookmarkCommand({ JobName: 'echo' })), {
      name: 'EntityNotFoundException',
    });
    const id = await start('echo', { '--job-bookmark-option': 'job-bookmark-enable' });
    await jobRun(clients, 'echo', id);
    const { JobBookmarkEntry } = await clients.glue.send(new GetJobBookmarkCommand({ JobName: 'echo' }));
    assert.equal(JobBookmarkEntry?.RunId, id);
    await clients.glue.send(new ResetJobBookmarkCommand({ JobName: 'echo' }));
    const reset = await clients.glue.send(new GetJobBookmarkCommand({ JobName: 'echo' }));
    assert.equal(reset.JobBookmarkEntry?.JobBookmark, '{}');
  });

  test('a start whose answer gets lost is one run, and one that is refused is none', async () => {
    await job('lossy', 's3://lake-scripts/echo.py', { ExecutionProperty: { MaxConcurrentRuns: 5 } });
    for (const kind of ['half', 'throttle', 'reset'] as const) {
      await lake.faults({ action: 'glue:StartJobRun', kind, times: 1 });
      await assert.rejects(start('lossy'));
    }
    const { JobRuns = [] } = await clients.glue.send(new GetJobRunsCommand({ JobName: 'lossy' }));
    assert.equal(JobRuns.length, 1);
    const calls = (await lake.calls()).filter(
      ({ input }) => (input as { JobName?: string } | undefined)?.JobName === 'lossy',
    );
    assert.deepEqual(
      calls.filter(({ action }) => action === 'glue:StartJobRun').map(({ status }) => status),
      [200, 400, 0],
    );
  });
});
