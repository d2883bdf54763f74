import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shares, threadsFor } from '../../src/cli/lintWorkers';

test('threads are started only where there is enough to do, and never more than cores', () => {
  const small = Array<number>(20).fill(1000);
  assert.equal(threadsFor({ bytes: [] }, 8), 1);
  assert.equal(threadsFor({ bytes: small }, 8), 1);
  assert.equal(threadsFor({ bytes: Array<number>(2000).fill(8000) }, 2), 2);
  assert.equal(threadsFor({ bytes: Array<number>(1000).fill(8000) }, 1), 1);
  assert.equal(threadsFor({ bytes: [5_000_000] }, 4), 1, 'one file is one share');
  assert.equal(threadsFor({ bytes: [900_000, 900_000] }, 4), 2);
});

test('a run of seconds leaves a core to the compiler and the garbage collector', () => {
  const bytes = Array<number>(1000).fill(6000);
  assert.equal(threadsFor({ bytes }, 2), 1);
  assert.equal(threadsFor({ bytes }, 4), 3);
  assert.equal(threadsFor({ bytes: [...bytes, ...bytes] }, 4), 4);
});

test('shares weigh about the same and hold each file once', () => {
  const bytes = Array.from({ length: 101 }, (_, at) => (at % 10 === 0 ? 50_000 : 100 * at));
  const parts = shares(bytes, 4);
  assert.deepEqual(
    parts.flat().toSorted((a, b) => a - b),
    bytes.map((_, at) => at),
  );
  const weights = parts.map((indexes) => indexes.reduce((sum, index) => sum + (bytes[index] ?? 0), 0));
  assert.ok(Math.max(...weights) - Math.min(...weights) <= 50_000);
  for (const indexes of parts)
    assert.deepEqual(
      [...indexes],
      indexes.toSorted((a, b) => a - b),
    );
});
