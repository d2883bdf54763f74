import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pipeline } from '../../src/pipelines/pipeline';
import { lastInput, readRecent, recentFirst, remember } from '../../src/pipelines/recent';

const pipeline = (name: string): Pipeline => ({ kind: 'lambda', name, id: name });
const start = (name: string, at: number, connection = 'dev') => ({
  connection,
  kind: 'lambda' as const,
  name,
  input: `{"at":${at}}`,
  at,
});

test('the last started pipelines come first, the others by name', () => {
  let recent = readRecent(undefined);
  recent = remember(recent, start('c', 1));
  recent = remember(recent, start('d', 2));
  recent = remember(recent, start('c', 3));
  recent = remember(recent, start('a', 4, 'prod'));
  assert.deepEqual(
    recentFirst(recent, 'dev', ['a', 'b', 'c', 'd'].map(pipeline)).map((one) => one.name),
    ['c', 'd', 'a', 'b'],
  );
  assert.equal(lastInput(recent, 'dev', pipeline('c')), '{"at":3}');
  assert.equal(lastInput(recent, 'dev', pipeline('a')), undefined);
});

test('what another version kept is not misread', () => {
  assert.deepEqual(readRecent({ version: 2, starts: [{ name: 'x' }] }).starts, []);
  assert.deepEqual(readRecent('rubbish').starts, []);
});

test('only the newest fifty are kept', () => {
  let recent = readRecent(null);
  for (let n = 0; n < 60; n += 1) recent = remember(recent, start(`p${n}`, n));
  assert.equal(recent.starts.length, 50);
  assert.equal(recent.starts[0]?.name, 'p59');
});
