import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueryState } from '../../src/query/queryEngine';
import { runStatement, type Wait } from '../../src/query/run';
import { connection, fakeEngine, fault } from '../support/fakes';

const request = { sql: 'select 1', workGroup: 'primary', token: 't'.repeat(32) };

/** Waits that take no time, noted. */
function waits(): { wait: Wait; asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    wait: async (ms, signal) => {
      asked.push(ms);
      signal.throwIfAborted();
    },
  };
}

test('a run is followed to its end with every status told, waiting longer each time up to two seconds', async () => {
  const engine = fakeEngine([
    { state: 'queued' },
    ...Array.from({ length: 8 }, () => ({ state: 'running' as const })),
    { state: 'succeeded', bytesScanned: 5 },
  ]);
  const { wait, asked } = waits();
  const seen: QueryState[] = [];
  const end = await runStatement({ engine, connection, wait }, request, {
    signal: new AbortController().signal,
    onStatus: (status) => seen.push(status.state),
  });
  assert.equal(end.status.state, 'succeeded');
  assert.equal(end.status.bytesScanned, 5);
  assert.deepEqual(seen, ['queued', ...Array.from({ length: 8 }, () => 'running'), 'succeeded']);
  assert.deepEqual(asked.slice(0, 3), [150, 225, 337.5]);
  assert.equal(asked.at(-1), 2000);
  assert.deepEqual(engine.started, [request]);
});

test('a cancel stops the query on the server and reports it as cancelled', async () => {
  const engine = fakeEngine([{ state: 'running', bytesScanned: 7 }]);
  const controller = new AbortController();
  const end = await runStatement(
    {
      engine,
      connection,
      wait: async (_ms, signal) => {
        controller.abort();
        signal.throwIfAborted();
      },
    },
    request,
    { signal: controller.signal },
  );
  assert.equal(end.status.state, 'cancelled');
  assert.equal(end.status.bytesScanned, 7);
  assert.equal(end.stopProblem, undefined);
  assert.deepEqual(engine.requests, ['start', 'status', 'stop', 'status']);
});

test('a cancel during the start still stops what was started', async () => {
  const controller = new AbortController();
  const engine = fakeEngine([{ state: 'running' }], {
    start: async () => {
      controller.abort();
      return 'q1';
    },
  });
  const end = await runStatement({ engine, connection }, request, { signal: controller.signal });
  assert.equal(end.status.state, 'cancelled');
  assert.deepEqual(engine.requests, ['stop', 'status']);
});

test('a stop that fails is told, since the query may go on and cost', async () => {
  const controller = new AbortController();
  const engine = fakeEngine([{ state: 'running' }], {
    stop: async () => {
      throw fault('denied', 'Athena denied athena:StopQueryExecution.');
    },
  });
  const end = await runStatement({ engine, connection }, request, {
    signal: controller.signal,
    onStatus: () => controller.abort(),
  });
  assert.equal(end.status.state, 'cancelled');
  assert.equal(
    end.stopProblem?.message,
    'Query q1 may still be running, since it could not be stopped: Athena denied athena:StopQueryExecution.',
  );
});

test('throttling while following is waited out; a denial stops the query and is told', async () => {
  let looks = 0;
  const { wait } = waits();
  const throttled = fakeEngine([], {
    status: async () => {
      looks += 1;
      if (looks < 4) throw fault('throttled');
      return { id: 'q1', state: 'succeeded' };
    },
  });
  const signal = new AbortController().signal;
  const end = await runStatement({ engine: throttled, connection, wait }, request, { signal });
  assert.equal(end.status.state, 'succeeded');
  const denied = fakeEngine([], {
    status: async () => {
      throw fault('denied');
    },
  });
  await assert.rejects(runStatement({ engine: denied, connection, wait }, request, { signal }), {
    kind: 'denied',
  });
  assert.deepEqual(denied.requests, ['start', 'stop']);
});

test('the network gone for good ends the run after five more looks', async () => {
  const { wait } = waits();
  let looks = 0;
  const engine = fakeEngine([], {
    status: async () => {
      looks += 1;
      throw fault('offline');
    },
  });
  const signal = new AbortController().signal;
  await assert.rejects(runStatement({ engine, connection, wait }, request, { signal }), { kind: 'offline' });
  assert.equal(looks, 7, 'six while following, one after the stop');
});

test('a run cancelled before it starts starts nothing', async () => {
  const engine = fakeEngine([]);
  await assert.rejects(runStatement({ engine, connection }, request, { signal: AbortSignal.abort() }), {
    name: 'AbortError',
  });
  assert.deepEqual(engine.requests, []);
});

test('a start that never comes back is told and not taken for the user’s cancel', async () => {
  const engine = fakeEngine([], {
    start: async () => {
      throw new DOMException('timed out', 'AbortError');
    },
  });
  const signal = new AbortController().signal;
  await assert.rejects(runStatement({ engine, connection }, request, { signal }), {
    kind: 'offline',
    message: /look for it in the query history/,
  });
});
