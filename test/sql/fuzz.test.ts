import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzSql } from '../fuzz/sql';

const seed = 20_261_125;

test('20,000 random texts in both dialects are read, linted and edited without a fault', () => {
  const { failures } = fuzzSql({ inputs: 20_000, seed });
  assert.deepEqual(failures, [], `fuzzSql({ inputs: 20000, seed: ${seed} })`);
});
