import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallLog } from '../../../src/locallake/faults/callLog';

test('the inputs of old calls are let go when they add up, the calls and the newest inputs stay', () => {
  const log = new CallLog();
  for (let at = 0; at < 300; at++) {
    const call = { action: 'glue:BatchCreatePartition', status: 200, time: at, requestId: String(at) };
    log.add({ ...call, input: { at } }, 1024 ** 2);
  }
  const all = log.all();
  assert.deepEqual(
    all.map(({ time }) => time),
    Array.from({ length: 300 }, (_, at) => at),
  );
  const kept = all.filter(({ input }) => input !== undefined);
  assert.ok(kept.length >= 100 && kept.length <= 120, `${kept.length} inputs are kept`);
  assert.deepEqual(kept.at(-1)?.input, { at: 299 });
  log.clear();
  assert.deepEqual(log.all(), []);
});
