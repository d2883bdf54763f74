import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Connection } from '../../src/connection/connection';
import { follower, type RunChange } from '../../src/pipelines/follow';
import type { Run } from '../../src/pipelines/pipeline';
import { fakeCalls, runningJob } from '../support/fakePipelines';

const connection: Connection = { name: 'dev', region: 'eu-west-1', readOnly: false, production: false };

/** A follower on a clock of its own: waiting moves the clock, nothing else does. */
function followed(state: (run: Run, look: number) => Run, until: number) {
  let clock = 0;
  let over: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    over = resolve;
  });
  const looks: { readonly at: number; readonly id: string }[] = [];
  const changes: RunChange[] = [];
  const follow = follower({
    calls: async () =>
      fakeCalls({
        state: async (_, { run }) => {
          looks.push({ at: clock, id: run.id });
          return state(run, looks.filter((one) => one.id === run.id).length);
        },
      }),
    onChange: (change) => changes.push(change),
    now: () => clock,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      clock += ms;
      if (clock < until) return;
      over();
      await new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
  });
  return { follow, looks, changes, finished };
}

test('twenty runs stay under two requests a second, and none is forgotten', async () => {
  const { follow, looks, finished } = followed((run) => run, 120_000);
  for (let n = 0; n < 20; n += 1) follow.add(connection, runningJob(`jr_${n}`));
  await finished;
  follow.dispose();
  for (let from = 0; from < 120_000; from += 1000) {
    const inSecond = looks.filter((one) => one.at >= from && one.at < from + 1000).length;
    assert.ok(inSecond <= 2, `${inSecond} requests in the second from ${from} ms`);
  }
  assert.ok(looks.length <= 120 * 1.5 + 1);
  assert.equal(new Set(looks.map((one) => one.id)).size, 20);
});

test('a run is followed to its end, told once a change, and then let go', async () => {
  const { follow, changes, looks } = followed(
    (run, look) => (look < 3 ? run : { ...run, state: 'succeeded' }),
    1e9,
  );
  follow.add(connection, runningJob('jr_1'));
  follow.add(connection, runningJob('jr_1'));
  while (follow.runs.length > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(
    changes.map((change) => change.run.state),
    ['succeeded'],
  );
  assert.equal(looks.length, 3);
  follow.dispose();
});

test('a look that fails is told and the run is followed on', async () => {
  const { follow, changes } = followed((run, look) => {
    if (look === 1) throw new Problem('You are signed out.', 'signed-out');
    return { ...run, state: 'failed', problem: 'out of memory' };
  }, 1e9);
  follow.add(connection, runningJob('jr_1'));
  while (follow.runs.length > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(
    changes.map((change) => change.problem?.kind ?? change.run.state),
    ['signed-out', 'failed'],
  );
  follow.dispose();
});

test('a run that AWS no longer knows is let go with its problem', async () => {
  const { follow, changes } = followed(() => {
    throw new Problem('There is no such run.', 'missing');
  }, 1e9);
  follow.add(connection, runningJob('jr_1'));
  while (follow.runs.length > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(changes[0]?.problem?.kind, 'missing');
  follow.dispose();
});
