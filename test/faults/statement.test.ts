import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AwsPorts } from '../../src/ports/awsPorts';
import type { QueryEngine } from '../../src/query/queryEngine';
import { openResult, type ResultRows } from '../../src/query/resultRows';
import { type RunEnd, runStatement } from '../../src/query/run';
import { endless, queriesAt } from './changes';
import { type FaultCase, faultCases, idleMs, lateMs } from './faultList';
import { queryAt, queryEnds, startedQuery } from './operations';
import { assertSentence, database, type Ending, endingOf, never, openWorld, type World } from './world';

const resultBucket = 'centralbank-athena-results';

describe('a statement and its result, with everything that AWS may do to them', () => {
  let world: World;
  let resultId: string;
  before(async () => {
    world = await openWorld();
    resultId = await startedQuery(
      world,
      'select a.customer_id from customers a cross join customers b limit 2500',
    );
    await queryEnds(world, resultId);
  });
  after(() => world.lake.stop());

  const request = (sql: string) => ({
    sql,
    token: `statement-${sql.replaceAll(/\W/g, '').padEnd(40, '-')}`,
    workGroup: 'primary',
    database,
    outputLocation: `s3://${resultBucket}/faults/`,
  });
  const portsFor = (fault: FaultCase, attempts = 2): AwsPorts =>
    world.ports({ attempts, ...(fault.wish.kind === 'latency' ? { idleMs } : {}) });
  /** Until the lake has done what it was asked and gave up answering. */
  const calm = async (fault: FaultCase): Promise<void> => {
    await world.lake.faults();
    if (fault.wish.kind === 'latency') await new Promise((next) => setTimeout(next, lateMs));
  };

  for (const [row, fault] of faultCases.entries()) {
    const passes = fault.passes === 'second attempt';

    test(`${fault.title} at the start: the statement runs once or not at all, and the same start finds it`, async () => {
      const sql = `select ${1000 + row}`;
      const run = (ports: AwsPorts) =>
        endingOf(
          runStatement({ engine: ports.engine, connection: world.connection, wait: soon }, request(sql), {
            signal: never,
          }),
        );
      const started = async () => (await queriesAt(world)).filter((query) => query.sql === sql).length;
      await world.lake.faults({ action: 'athena:StartQueryExecution', ...fault.wish });
      const ending = await run(portsFor(fault));
      await calm(fault);
      if (passes) assert.equal(succeeded(ending).status.state, 'succeeded');
      else assertProblem(ending, fault, ['athena:StartQueryExecution', 'work group primary']);
      assert.equal(await started(), passes || fault.carriedOut ? 1 : 0);
      assert.equal(succeeded(await run(world.ports())).status.state, 'succeeded');
      assert.equal(await started(), 1);
    });

    test(`${fault.title} while it runs: followed to its end, or stopped at the server and told`, async () => {
      const sql = passes ? `select ${2000 + row}` : `${endless} limit ${row + 1}`;
      // New clients for each look: the pace that the SDK keeps after throttling adds nothing here but seconds.
      const status: QueryEngine['status'] = (...look) => portsFor(fault, 1).engine.status(...look);
      const engine = { ...portsFor(fault, 1).engine, status };
      await world.lake.faults({ action: 'athena:GetQueryExecution', ...fault.wish });
      const ending = await endingOf(
        runStatement({ engine, connection: world.connection, wait: soon }, request(sql), { signal: never }),
      );
      await calm(fault);
      if (passes) assert.equal(succeeded(ending).status.state, 'succeeded');
      else assertProblem(ending, fault, ['athena:GetQueryExecution', 'query ']);
      const [query, ...others] = (await queriesAt(world)).filter((one) => one.sql === sql);
      assert.deepEqual(others, []);
      assert.equal(query?.state, passes ? 'SUCCEEDED' : 'CANCELLED');
    });

    test(`${fault.title} at the stop: it is stopped, or the user is told that it may still run`, async () => {
      const sql = `${endless} limit ${100 + row}`;
      const { engine } = portsFor(fault);
      const cancel = new AbortController();
      await world.lake.faults({ action: 'athena:StopQueryExecution', ...fault.wish });
      const { status, stopProblem } = await runStatement(
        { engine, connection: world.connection, wait: soon },
        request(sql),
        { signal: cancel.signal, onStatus: () => cancel.abort() },
      );
      await calm(fault);
      assert.equal(status.state, 'cancelled');
      if (passes) assert.equal(stopProblem, undefined);
      else {
        assert.equal(stopProblem?.kind, fault.kind);
        assert.match(
          stopProblem?.message ?? '',
          /^Query \S+ may still be running, since it could not be stopped: .*\.$/,
        );
        assert.ok(stopProblem?.message.includes('athena:StopQueryExecution'), stopProblem?.message);
      }
      const { state } = await queryAt(world, status.id);
      if (passes || fault.carriedOut) assert.equal(state, 'CANCELLED');
      else {
        assert.match(state, /^(QUEUED|RUNNING)$/);
        await world.ports().engine.stop(world.connection, { id: status.id }, never);
        assert.equal((await queryAt(world, status.id)).state, 'CANCELLED');
      }
    });

    test(`${fault.title} while the result is read: rows that are there stay, and nothing is taken for the whole`, async () => {
      const open = async (): Promise<ResultRows> => {
        const { engine, store } = portsFor(fault);
        const { connection } = world;
        await world.lake.faults();
        const status = await engine.status(connection, { id: resultId }, never);
        await world.lake.faults(...rules);
        return openResult({ engine, store, connection, status }, never);
      };
      let rules = [{ action: 'athena:GetQueryResults', ...fault.wish }];
      const first = await endingOf(open());
      if (passes) assert.equal(first.kind, 'answer');
      else assertProblem(first, fault, ['athena:GetQueryResults', `query ${resultId}`]);

      // The size of the file is not to be had: all rows come from the API.
      rules = [{ action: 's3:HeadObject', ...fault.wish }];
      const paged = await open();
      await paged.done;
      assert.equal(paged.rowCount, 2500);

      rules = [{ action: 's3:GetObject', ...fault.wish }];
      const rows = await open();
      const end = await endingOf(rows.done);
      if (passes || fault.wish.kind === 'denied') {
        assert.equal(end.kind, 'answer');
        assert.equal(rows.rowCount, 2500);
      } else {
        assert.ok(end.kind === 'problem', 'half a file was taken for the whole');
        assertSentence(end.problem, [`s3://${resultBucket}/`]);
        assert.equal(rows.rowCount, 999, 'the first page, without its header, stays');
      }
      await calm(fault);
    });
  }

  test('a status that is lost four times in a row does not end a query', async () => {
    const { engine } = world.ports({ attempts: 1 });
    await world.lake.faults({ action: 'athena:GetQueryExecution', kind: '500', times: 4 });
    const { status } = await runStatement(
      { engine, connection: world.connection, wait: soon },
      request('select 4711'),
      { signal: never },
    );
    assert.equal(status.state, 'succeeded');
  });
});

/** Looks again at once, and gives way to a cancel. */
async function soon(_: number, signal: AbortSignal): Promise<void> {
  await new Promise((next) => setTimeout(next, 5));
  signal.throwIfAborted();
}

function succeeded(ending: Ending): RunEnd {
  if (ending.kind === 'problem') throw ending.problem;
  return ending.answer as RunEnd;
}

function assertProblem(ending: Ending, fault: FaultCase, naming: readonly string[]): void {
  assert.ok(ending.kind === 'problem', 'an answer where there can be none');
  assert.equal(ending.problem.kind, fault.kind);
  assertSentence(ending.problem, naming);
}
