import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callLine } from '../../src/connection/callLog';

test('a call is one line with what is known of it', () => {
  const entry = { action: 'glue:GetTables', target: 'bank', connection: 'prod', ms: 34.4 };
  assert.equal(
    callLine({ ...entry, outcome: 'done', status: 200, retries: 0, requestId: 'r-1' }),
    'glue:GetTables bank · 200 · 34 ms · prod · r-1',
  );
  assert.equal(
    callLine({ ...entry, outcome: 'throttled', status: 400, retries: 2 }),
    'glue:GetTables bank · throttled · 400 · 34 ms · 2 retries · prod',
  );
  assert.equal(
    callLine({ ...entry, outcome: 'cancelled', retries: 1 }),
    'glue:GetTables bank · cancelled · 34 ms · 1 retry · prod',
  );
});
