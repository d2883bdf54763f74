import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Pipeline, PipelineCalls } from '../../src/pipelines/pipeline';
import { readRecent, remember } from '../../src/pipelines/recent';
import { inputToStartWith } from '../../src/pipelines/runInput';
import { connection } from '../support/fakes';
import { fakeCalls, runningJob } from '../support/fakePipelines';

const pipeline: Pipeline = { kind: 'glue-job', name: 'migrate', id: 'migrate' };
const none = readRecent(undefined);
const start = (calls: Partial<PipelineCalls>, recent = none) =>
  inputToStartWith(
    fakeCalls(calls),
    { connection, connectionKey: 'here', pipeline, recent },
    new AbortController().signal,
  );

test('the input last started with here comes first, and nothing is asked', async () => {
  const recent = remember(none, {
    connection: 'here',
    kind: 'glue-job',
    name: 'migrate',
    input: '{"--a":"1"}',
    at: 1,
  });
  assert.equal(await start({}, recent), '{\n  "--a": "1"\n}\n');
});

test('else the newest run tells its input, the single one where the list leaves it out', async () => {
  const newest = runningJob('jr_1');
  assert.equal(
    await start({
      runs: async () => ({ items: [newest] }),
      state: async () => ({ ...newest, input: '{"--day":"2024-01-01"}' }),
    }),
    '{\n  "--day": "2024-01-01"\n}\n',
  );
});

test('without a run, or where runs may not be listed, the kind’s first input is taken', async () => {
  assert.equal(await start({ runs: async () => ({ items: [] }) }), '{}\n');
  const denied = async (): Promise<never> => {
    throw new Problem('Denied.', 'denied');
  };
  assert.equal(await start({ runs: denied }), '{}\n');
});
