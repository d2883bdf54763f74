import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatCount, formatDuration, formatUsd } from '../../src/base/format';

test('bytes are short and never show 1,024 of a unit', () => {
  assert.deepEqual([0, 1, 1023, 1024, 1536, 88 * 2 ** 30, 2 ** 30 - 1, 1.2 * 2 ** 40].map(formatBytes), [
    '0 B',
    '1 B',
    '1,023 B',
    '1 KB',
    '1.5 KB',
    '88 GB',
    '1 GB',
    '1.2 TB',
  ]);
});

test('counts are grouped', () => {
  assert.deepEqual([0, 999, 1000, 2000000].map(formatCount), ['0', '999', '1,000', '2,000,000']);
});

test('durations go from milliseconds to hours', () => {
  assert.deepEqual([0, 340, 3400, 40000, 59900, 660000, 8040000, 3600000].map(formatDuration), [
    '0 ms',
    '340 ms',
    '3.4 s',
    '40 s',
    '1 min',
    '11 min',
    '2 h 14 min',
    '1 h',
  ]);
});

test('what costs something never shows as zero', () => {
  assert.deepEqual([0, 0.00004, 0.0019, 0.05, 0.434, 20.5, 1234.5].map(formatUsd), [
    '$0',
    '<$0.001',
    '$0.002',
    '$0.05',
    '$0.43',
    '$20.50',
    '$1,234.50',
  ]);
});
