import assert from 'node:assert/strict';
import { test } from 'node:test';
import { billedBytes, bytesFor, runCost, scanCost } from '../../src/query/cost';

test('bytes are billed in whole megabytes, ten at least, and nothing read costs nothing', () => {
  assert.equal(billedBytes(0), 0);
  assert.equal(billedBytes(1), 10 * 2 ** 20);
  assert.equal(billedBytes(10 * 2 ** 20 + 1), 11 * 2 ** 20);
});

test('a terabyte is 2^40 bytes and costs five dollars', () => {
  assert.equal(scanCost(2 ** 40), 5);
  assert.equal(scanCost(2 ** 39), 2.5);
  assert.equal(scanCost(2 ** 40, 9), 9);
  assert.equal(bytesFor(5), 2 ** 40);
});

test('failures, DDL and reused results are free; what a cancelled query read is billed', () => {
  const run = { id: 'q', bytesScanned: 2 ** 40 };
  assert.equal(runCost({ ...run, state: 'succeeded' }), 5);
  assert.equal(runCost({ ...run, state: 'cancelled' }), 5);
  assert.equal(runCost({ ...run, state: 'failed' }), 0);
  assert.equal(runCost({ ...run, state: 'succeeded', statementType: 'ddl' }), 0);
  assert.equal(runCost({ ...run, state: 'succeeded', reusedResult: true }), 0);
  assert.equal(runCost({ id: 'q', state: 'running' }), undefined);
});
