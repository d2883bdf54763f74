import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastLines, logText } from '../../src/pipelines/logText';
import { endSentence } from '../../src/pipelines/runEnd';
import { runningJob } from '../support/fakePipelines';

const at = (second: number) => new Date(Date.UTC(2024, 0, 1, 2, 14, second));
const failed = {
  ...runningJob('jr_1'),
  state: 'failed' as const,
  startedAt: at(0),
  endedAt: at(40),
  step: 'Write',
  problem: 'NoSuchBucket:\n  The bucket is gone.',
};

test('a log says what ran and how it ended, then its lines with their times', () => {
  assert.equal(
    logText(failed, [{ at: at(7), text: 'reading' }, { text: 'done' }]),
    `Glue job migrate
job run jr_1
failed after 40 s at Write
NoSuchBucket:
  The bucket is gone.

2024-01-01T02:14:07.000Z  reading
done
`,
  );
});

test('a log without lines says so', () => {
  assert.match(logText(failed, []), /\n\nThe log has no lines of it, or none yet\.\n$/);
});

test('the last lines leave out empty ones', () => {
  assert.deepEqual(lastLines([{ text: 'a' }, { text: 'b' }, { text: '  ' }, { text: 'c' }], 2), ['b', 'c']);
});

test('the end of a run is one sentence with its reason in one line', () => {
  assert.equal(
    endSentence(failed),
    'The Glue job migrate failed after 40 s at Write: NoSuchBucket: The bucket is gone.',
  );
  assert.equal(
    endSentence({
      ...runningJob('c'),
      kind: 'crawler',
      pipeline: 'nightly',
      state: 'succeeded',
      outcome: '+3 partitions',
    }),
    'The crawler nightly succeeded: +3 partitions.',
  );
  assert.equal(
    endSentence({ ...runningJob('l'), kind: 'lambda', state: 'stopped' }),
    'The Lambda function migrate was stopped.',
  );
  assert.ok(endSentence({ ...failed, problem: 'x'.repeat(5000) }).length < 400);
});
