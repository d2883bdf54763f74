import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, type ProblemKind } from '../../src/base/problem';
import { eachItem, eachUntilStop } from '../../src/transfer/eachItem';
import { pacedCalls } from '../../src/transfer/pacedCalls';

const never = new AbortController().signal;
const numbers = Array.from({ length: 40 }, (_, at) => at);

async function tick(): Promise<void> {
  await new Promise((next) => setImmediate(next));
}

function failing(kinds: (at: number) => ProblemKind | undefined) {
  const begun: number[] = [];
  const run = async (at: number): Promise<void> => {
    begun.push(at);
    await tick();
    const kind = kinds(at);
    if (kind !== undefined) throw new Problem(`${at} is ${kind}.`, kind);
  };
  return { begun, run };
}

test('an item that fails is told and the others go on, no more side by side than the width', async () => {
  let open = 0;
  let most = 0;
  const failures = await eachItem(
    {
      items: numbers,
      width: 5,
      run: async (at) => {
        open += 1;
        most = Math.max(most, open);
        await tick();
        open -= 1;
        if (at % 10 === 3) throw new Problem('no', 'denied');
      },
    },
    never,
  );
  assert.deepEqual([failures.map(({ item }) => item), most], [[3, 13, 23, 33], 5]);
});

test('a lost sign-in ends it, and so does an endpoint that stays away; one that comes back does not', async () => {
  const signedOut = failing((at) => (at === 4 ? 'signed-out' : undefined));
  await assert.rejects(eachItem({ items: numbers, width: 2, run: signedOut.run }, never), {
    kind: 'signed-out',
  });
  assert.ok(signedOut.begun.length <= 7, signedOut.begun.join());

  const away = failing(() => 'offline');
  const { failures, stopped } = await eachUntilStop({ items: numbers, width: 1, run: away.run }, never);
  assert.deepEqual([failures.length, stopped instanceof Problem], [8, true]);

  const flaky = failing((at) => (at % 2 === 0 ? 'offline' : undefined));
  assert.equal((await eachItem({ items: numbers, width: 1, run: flaky.run }, never)).length, 20);
});

test('items that are worth nothing without each other end at the first failure', async () => {
  const { begun, run } = failing((at) => (at === 2 ? 'denied' : undefined));
  await assert.rejects(eachItem({ items: numbers, width: 1, run, together: true }, never), {
    kind: 'denied',
  });
  assert.deepEqual(begun, [0, 1, 2]);
});

test('a cancel is told as one, waits for what is under way, and a bug is thrown', async () => {
  const stop = new AbortController();
  let open = 0;
  const cancelled = await eachUntilStop(
    {
      items: numbers,
      width: 3,
      run: async (at) => {
        open += 1;
        await tick();
        if (at === 5) stop.abort();
        await tick();
        open -= 1;
      },
    },
    stop.signal,
  );
  assert.deepEqual([cancelled.stopped, open], ['cancelled', 0]);
  const bug = async (): Promise<void> => {
    throw new TypeError('ours');
  };
  await assert.rejects(eachUntilStop({ items: [1], width: 1, run: bug }, never), TypeError);
});

test('a throttled call is made again, in the end told, and other failures at once', async () => {
  const calls = pacedCalls({ width: 4, random: () => 0 }, never);
  let made = 0;
  const throttled = async (): Promise<never> => {
    made += 1;
    throw new Problem('slow', 'throttled');
  };
  await assert.rejects(calls(throttled), { kind: 'throttled' });
  assert.equal(made, 13);
  made = 0;
  const denied = async (): Promise<never> => {
    made += 1;
    throw new Problem('no', 'denied');
  };
  await assert.rejects(calls(denied), { kind: 'denied' });
  assert.equal(made, 1);
  assert.equal(await calls(async () => 'well'), 'well');
});
