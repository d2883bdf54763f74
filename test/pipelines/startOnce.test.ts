import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, type ProblemKind } from '../../src/base/problem';
import type { Connection } from '../../src/connection/connection';
import type { KindId, Run, StartRequest } from '../../src/pipelines/pipeline';
import { startOnce } from '../../src/pipelines/startOnce';
import { fakeCalls, runningJob } from '../support/fakePipelines';

const signal = new AbortController().signal;
const connection: Connection = { name: 'dev', region: 'eu-west-1', readOnly: false, production: false };
const now = () => new Date('2024-05-01T12:00:00Z');

function request(kind: KindId, input: string): StartRequest & { connection: Connection; now: () => Date } {
  return { connection, now, input, token: 'lake-1', pipeline: { kind, name: 'migrate', id: 'migrate' } };
}

/** A service that carries out a start and loses the answer. */
function losing(kind: ProblemKind, runs: readonly Run[] | 'unreachable') {
  let starts = 0;
  return {
    get starts() {
      return starts;
    },
    calls: fakeCalls({
      start: async () => {
        starts += 1;
        throw new Problem('The connection broke off.', kind);
      },
      runs: async () => {
        if (runs === 'unreachable') throw new Problem('The endpoint cannot be reached.', 'offline');
        return { items: runs };
      },
    }),
  };
}

test('a start whose answer was lost is found among the runs and not started again', async () => {
  const run = { ...runningJob('jr_1'), startedAt: now(), input: '{"--b":"2","--a":"1"}' };
  const service = losing('offline', [run]);
  assert.equal(await startOnce(service.calls, request('glue-job', '{"--a": "1", "--b": "2"}'), signal), run);
  assert.equal(service.starts, 1);
});

test('an earlier run, or one with another input, is not taken for the lost one', async () => {
  const early = { ...runningJob('jr_0'), startedAt: new Date('2024-05-01T11:00:00Z'), input: '{}' };
  const other = { ...runningJob('jr_1'), startedAt: now(), input: '{"--a":"9"}' };
  const service = losing('offline', [early, other]);
  await assert.rejects(startOnce(service.calls, request('glue-job', '{}'), signal), {
    message:
      'The answer to the start of migrate was lost, so it may have been started: no new job run is listed yet; look at its runs before you start it again.',
  });
  assert.equal(service.starts, 1);
});

test('an execution is told by its name', async () => {
  const run: Run = {
    ...runningJob('arn:aws:states:eu-west-1:1:execution:migrate:lake-1'),
    kind: 'state-machine',
  };
  const service = losing('other', [run]);
  assert.equal(await startOnce(service.calls, request('state-machine', '{}'), signal), run);
});

test('when even the runs cannot be read, the message says so and nothing is started again', async () => {
  const service = losing('offline', 'unreachable');
  await assert.rejects(
    startOnce(service.calls, request('crawler', '{}'), signal),
    /may have been started: look at its runs/,
  );
  assert.equal(service.starts, 1);
});

test('a refusal is passed on as it is: nothing was started', async () => {
  for (const kind of ['denied', 'throttled', 'signed-out', 'invalid', 'missing'] as const) {
    const service = losing(kind, 'unreachable');
    await assert.rejects(startOnce(service.calls, request('glue-job', '{}'), signal), { kind });
  }
});

test('a bad input and a read-only connection are refused before any call', async () => {
  const calls = fakeCalls({});
  for (const [kind, input, sentence] of [
    ['state-machine', '{', /^The input of the state machine is no JSON: /],
    [
      'glue-job',
      '[]',
      'The arguments of a Glue job are one object of text, {"--name": "value"}: this is none.',
    ],
    ['glue-job', '{"day":"1"}', /day must be written --day/],
    ['glue-job', '{"--day":1}', /--day must be text in quotes/],
    ['state-machine', JSON.stringify('x'.repeat(262_144)), /at most 262,144 are taken/],
  ] as const) {
    await assert.rejects(startOnce(calls, request(kind, input), signal), {
      message: sentence,
      kind: 'invalid',
    });
  }
  const readOnly = { ...request('glue-job', '{}'), connection: { ...connection, readOnly: true } };
  await assert.rejects(startOnce(calls, readOnly, signal), {
    message: 'The connection dev is read only: migrate was not started.',
  });
});
