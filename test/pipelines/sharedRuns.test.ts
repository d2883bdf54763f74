import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run } from '../../src/pipelines/pipeline';
import {
  mergeShared,
  orphans,
  readShared,
  type SharedRun,
  writeShared,
} from '../../src/pipelines/sharedRuns';
import { connection } from '../support/fakes';
import { runningJob } from '../support/fakePipelines';

const now = Date.UTC(2026, 0, 10);
const shared = (id: string, lookedAt: number, run: Partial<Run> = {}): SharedRun => ({
  connection,
  run: { ...runningJob(id), startedAt: new Date(now - 60_000), ...run },
  window: 'a',
  lookedAt,
});

test('runs come back from the file as they were, dates included and inputs left out', () => {
  const run = shared('jr_1', now, { input: '{"--password":"x"}', targets: ['s3://lake/x/'] });
  const text = writeShared([run], now);
  assert.doesNotMatch(text, /password/);
  const { input: _, ...kept } = run.run;
  assert.deepEqual(readShared(text), { kind: 'read', runs: [{ ...run, run: kept }] });
});

test('a missing, damaged or foreign file has no runs, and a newer one is left alone', () => {
  for (const text of [
    undefined,
    '',
    '{',
    '[]',
    '{"runs":[]}',
    '{"version":1,"runs":[{"run":{"id":1}},null,7]}',
  ])
    assert.deepEqual(readShared(text), { kind: 'read', runs: [] }, text);
  assert.deepEqual(readShared('{"version":2,"runs":[]}'), { kind: 'newer' });
});

test('of two looks at one run the later one counts, and an end is never undone', () => {
  const early = shared('jr_1', now - 10);
  const late = shared('jr_1', now, { state: 'stopping' });
  assert.deepEqual(mergeShared([late], [early]), [late]);
  const ended = shared('jr_1', now - 20, { state: 'succeeded' });
  assert.equal(mergeShared([ended], [late])[0]?.run.state, 'succeeded');
  assert.equal(mergeShared([late], [ended])[0]?.run.state, 'succeeded');
});

test('the input that only one window knows survives the other’s look', () => {
  const own = shared('jr_1', now - 10, { input: '{"--a":"1"}' });
  const other = shared('jr_1', now, { state: 'succeeded' });
  assert.equal(mergeShared([own], [other])[0]?.run.input, '{"--a":"1"}');
});

test('equal ids of two connections are two runs, the newest start first', () => {
  const a = shared('jr_1', now, { startedAt: new Date(now - 5000) });
  const b = {
    ...shared('jr_1', now, { startedAt: new Date(now) }),
    connection: { ...connection, name: 'other' },
  };
  assert.deepEqual(mergeShared([a], [b]), [b, a]);
});

test('a going run whose window has not looked for long may be taken over, others not', () => {
  const lost = shared('lost', now - 100_000);
  const fresh = shared('fresh', now - 30_000);
  const over = shared('over', now - 100_000, { state: 'failed' });
  assert.deepEqual(orphans([lost, fresh, over], now), [lost]);
});

test('the file keeps the newest fifty of the last week', () => {
  const old = shared('old', now, { startedAt: new Date(now - 8 * 24 * 3600 * 1000) });
  const many = Array.from({ length: 60 }, (_, index) => shared(`jr_${index}`, now));
  const read = readShared(writeShared([old, ...many], now));
  assert.equal(read.kind === 'read' && read.runs.length, 50);
  assert.ok(read.kind === 'read' && read.runs.every(({ run }) => run.id !== 'old'));
});
