import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aslHistoryLimit } from '../../../../src/lint/rules/asl/asl-history-limit';
import { aslJobNotSync } from '../../../../src/lint/rules/asl/asl-job-not-sync';
import { aslMapConcurrency } from '../../../../src/lint/rules/asl/asl-map-concurrency';
import { aslNoTimeout } from '../../../../src/lint/rules/asl/asl-no-timeout';
import { documentChecker } from '../../../support/documentChecker';

const noTimeout = documentChecker(aslNoTimeout, 'asl');
const notSync = documentChecker(aslJobNotSync, 'asl');
const history = documentChecker(aslHistoryLimit, 'asl');
const concurrency = documentChecker(aslMapConcurrency, 'asl');

const one = (name: string, more: string): string =>
  `StartAt: Ask\nStates:\n  ${name}: { Type: Task, ${more}, End: true }\n`;

test('an answer that may never come is a warning, a job that may hang a hint', async () => {
  await noTimeout(
    one('«Ask»', "Resource: 'arn:aws:states:eu-west-1:004455667788:activity:ask'"),
    'warning: hangs',
  );
  await noTimeout(one('«Ask»', 'Resource: arn:aws:states:::ecs:runTask.waitForTaskToken'), 'warning');
  await noTimeout(one('«Ask»', 'Resource: arn:aws:states:::ecs:runTask.sync'), 'hint: so does the execution');
});

test('what has a limit of some kind is not reported', async () => {
  const token = 'Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken';
  await noTimeout(one('Ask', `${token}, TimeoutSeconds: 60`));
  await noTimeout(one('Ask', `${token}, TimeoutSecondsPath: $.limit`));
  await noTimeout(one('Ask', `${token}, HeartbeatSeconds: 60`));
  await noTimeout(`TimeoutSeconds: 3600\n${one('Ask', token)}`);
  await noTimeout(one('Ask', 'Resource: arn:aws:states:::lambda:invoke'));
  await noTimeout(one('Ask', 'Resource: arn:aws:states:::athena:startQueryExecution.sync'));
  await noTimeout(
    one(
      'Ask',
      'Resource: arn:aws:states:::glue:startJobRun.sync, Parameters: { JobName: load, Timeout: 60 }',
    ),
  );
  await noTimeout(one('Ask', 'Resource: "${Job}"'));
});

const start = (more: string, rest: string): string =>
  `StartAt: Load\nStates:\n  Load: { Type: Task, ${more}, Next: Sum }\n${rest}`;
const glue = "Resource: «'arn:aws:states:::glue:startJobRun'»";
const sum =
  "  Sum: { Type: Task, Resource: 'arn:aws:states:::athena:startQueryExecution.sync', End: true }\n";

test('a job whose end nobody waits for is reported where more work follows', async () => {
  await notSync(start(glue, sum), 'warning: only starts the job');
  const ecs = glue.replace('glue:startJobRun', 'ecs:runTask');
  await notSync(start(ecs, '  Sum: { Type: Map, Iterator: {}, End: true }\n'));
});

test('with .sync, through the SDK, at the end, or before a notice only, a start is enough', async () => {
  const plain = glue.replaceAll(/[«»]/g, '');
  await notSync(start(plain.replace('startJobRun', 'startJobRun.sync'), sum));
  await notSync(start(plain.replace('glue:', 'aws-sdk:glue:'), sum));
  await notSync(start(plain, '  Sum: { Type: Succeed }\n'));
  await notSync(start(plain, "  Sum: { Type: Task, Resource: 'arn:aws:states:::sns:publish', End: true }\n"));
});

test('a job that is asked after, or started on purpose without waiting, is not reported', async () => {
  const plain = glue.replaceAll(/[«»]/g, '');
  await notSync(
    start(plain, "  Sum: { Type: Task, Resource: 'arn:aws:states:::aws-sdk:glue:getJobRun', End: true }\n"),
  );
  await notSync(
    start(plain, `  Sum: { Type: Wait, Seconds: 600, Next: More }\n${sum.replace('Sum', 'More')}`),
  );
  await notSync(start(`Comment: fire and forget, ${plain}`, sum));
});

test('.sync is only proposed where the answer is read, since its form is another one', async () => {
  const plain = glue.replaceAll(/[«»]/g, '');
  const [free] = await notSync.find(start(plain, sum));
  assert.equal(free?.fixes[0]?.scaffold, undefined);
  const reads = sum
    .replace('.sync', '')
    .replace(', End', ", Parameters: { ClientRequestToken.$: '$.JobRunId' }, End");
  const [tied] = await notSync.find(start(plain, reads));
  assert.equal(tied?.fixes[0]?.scaffold, true);
});

const poll = (seconds: string, choice: string, more = ''): string => `${more}StartAt: Get
States:
  Get: { Type: Task, Resource: 'arn:aws:states:::aws-sdk:glue:getJobRun', ResultPath: $.job, Next: Kind }
  Kind: { Type: Choice, Choices: [{ ${choice}, Next: Done }], Default: Pause }
  Pause: { Type: Wait, Seconds: ${seconds}, Next: Get }
  Done: { Type: Succeed }
`;
const state = 'Variable: $.job.State, StringEquals: SUCCEEDED';

test('a quick poll is told with the hours after which it fails', async () => {
  // Nine events a round of 5 s: 25,000 / 9 * 5 s
  await history(poll('«5»', state), 'information: after about 3.9 h');
});

test('a poll that is slow, counted or limited is not reported', async () => {
  await history(poll('60', state));
  await history(poll('5', 'Variable: $.round, NumericGreaterThan: 20'));
  await history(poll('5', state, 'TimeoutSeconds: 7200\n'));
  await history(poll('«5»', state, 'TimeoutSeconds: 86400\n'));
  await history(poll('$.pause', state));
});

const map = (more: string, inner: string): string => `StartAt: Each
States:
  ${more}
    ItemProcessor:
      ${inner}StartAt: S1
      States:
${[1, 2, 3, 4, 5].map((n) => `        S${n}: { Type: Pass, Next: S${n + 1} }\n`).join('')}        S6: { Type: Task, Resource: 'arn:aws:states:::dynamodb:putItem', End: true }
    End: true
`;

test('an inline Map of many states an item is told, a distributed one and one over few written items are not', async () => {
  await history(map('«Each»:\n    Type: Map', ''), 'information: up to 6 states');
  await history(
    map('Each:\n    Type: Map', 'ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: STANDARD }\n      '),
  );
  await history(map('Each:\n    Type: Map\n    Items: [cards, ledger]', ''));
});

test('a Map that calls a service needs a bound, unless it is distributed or its items are few', async () => {
  await concurrency(map('«Each»:\n    Type: Map', ''), 'hint: DynamoDB');
  await concurrency(map('Each:\n    Type: Map\n    MaxConcurrency: 4', ''));
  await concurrency(map('Each:\n    Type: Map\n    MaxConcurrencyPath: $.most', ''));
  await concurrency(
    map('Each:\n    Type: Map', 'ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: STANDARD }\n      '),
  );
  await concurrency(map('Each:\n    Type: Map\n    Items: [cards, ledger]', ''));
});

test('items that a Pass state writes out are counted', async () => {
  const text = map('Each:\n    Type: Map\n    ItemsPath: $.tables', '')
    .replace('StartAt: Each', 'StartAt: Tables')
    .replace(
      'States:\n',
      'States:\n  Tables: { Type: Pass, Result: { tables: [cards, ledger] }, Next: Each }\n',
    );
  await concurrency(text);
  await concurrency(text.replace('tables: [', 'others: [').replace('Each:\n', '«Each»:\n'));
});

test('a Map that calls no service needs no bound', async () => {
  await concurrency(`StartAt: Each
States:
  Each: { Type: Map, Iterator: { StartAt: One, States: { One: { Type: Pass, End: true } } }, End: true }
`);
});
