import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aslCatchInconsistent } from '../../../../src/lint/rules/asl/asl-catch-inconsistent';
import { aslErrorPathSucceeds } from '../../../../src/lint/rules/asl/asl-error-path-succeeds';
import { aslStatesAllPosition } from '../../../../src/lint/rules/asl/asl-states-all-position';
import { aslTaskNoRetry } from '../../../../src/lint/rules/asl/asl-task-no-retry';
import { documentChecker } from '../../../support/documentChecker';

const noRetry = documentChecker(aslTaskNoRetry, 'asl');
const inconsistent = documentChecker(aslCatchInconsistent, 'asl');
const succeeds = documentChecker(aslErrorPathSucceeds, 'asl');
const position = documentChecker(aslStatesAllPosition, 'asl');

test('a function called in either form without Retry is named, other services are not', async () => {
  await noRetry(
    `StartAt: Rate
States:
  «Rate»: { Type: Task, Resource: arn:aws:states:::lambda:invoke, Parameters: { FunctionName: rate }, Next: Book }
  «Book»: { Type: Task, Resource: 'arn:aws:lambda:eu-west-1:004455667788:function:book', Next: Tell }
  Tell: { Type: Task, Resource: arn:aws:states:::sns:publish, End: true }
`,
    'information: Rate calls a function without Retry',
    'information',
  );
});

test('a Retry of the Map around a function is a retry of the function', async () => {
  const map = (retry: string, mark: string): string => `StartAt: Each
States:
  Each:
    Type: Map
${retry}    ItemProcessor:
      StartAt: Rate
      States:
        ${mark}: { Type: Task, Resource: arn:aws:states:::lambda:invoke, End: true }
    End: true
`;
  await noRetry(map('    Retry: [{ ErrorEquals: [States.TaskFailed] }]\n', 'Rate'));
  await noRetry(map('', '«Rate»'));
});

test('a Retry that a tool fills in is one', async () => {
  await noRetry(
    '{ "StartAt": "Rate", "States": { "Rate": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Retry": "${Retry}", "End": true } } }',
  );
});

const load = (name: string, more: string): string =>
  `  ${name}: { Type: Task, Resource: 'arn:aws:states:::glue:startJobRun.sync', Parameters: { JobName: load }, ${more} }\n`;
const all = 'Catch: [{ ErrorEquals: [States.ALL], Next: Tell }]';
const tell = (more: string): string =>
  `  Tell: { Type: Task, Resource: 'arn:aws:states:::sns:publish', Parameters: { TopicArn: x }, ${more} }\n`;

test('a task before a caught one is reported, one behind it and the handler itself are not', async () => {
  await inconsistent(
    `StartAt: Cards\nStates:\n${load('«Cards»', 'Next: Ledger')}${load('Ledger', `${all}, Next: Sums`)}${load('Sums', 'End: true')}${tell('Next: Stop')}  Stop: { Type: Fail }\n`,
    'warning: Cards has no Catch, though a failure of Ledger goes to Tell',
  );
});

test('a machine in which nothing is caught, or only one foreseen error, is left alone', async () => {
  await inconsistent(
    `StartAt: Cards\nStates:\n${load('Cards', 'Next: Ledger')}${load('Ledger', 'End: true')}`,
  );
  const foreseen = all.replace('States.ALL', 'Glue.ConcurrentRunsExceededException');
  await inconsistent(
    `StartAt: Cards\nStates:\n${load('Cards', 'Next: Ledger')}${load('Ledger', `${foreseen}, End: true`)}${tell('End: true')}`,
  );
});

test('the copied Catch is safe where the handler fails the execution, and a proposal where it does not', async () => {
  const machine = (more: string): string =>
    `StartAt: Cards\nStates:\n${load('Cards', 'Next: Ledger')}${load('Ledger', `${all}, End: true`)}${tell(more)}`;
  const [loose] = await inconsistent.find(machine('End: true'));
  assert.equal(loose?.fixes[0]?.scaffold, true);
  const [safe] = await inconsistent.find(`${machine('Next: Stop')}  Stop: { Type: Fail }\n`);
  assert.equal(safe?.fixes[0]?.scaffold, undefined);
  const fixed = await inconsistent.fixed(`${machine('Next: Stop')}  Stop: { Type: Fail }\n`);
  assert.equal(fixed.match(/States\.ALL/g)?.length, 2);
  assert.deepEqual(await inconsistent.find(fixed), []);
});

test('a handler that ends the execution well is reported once, however many states lead to it', async () => {
  await succeeds(
    `StartAt: Cards\nStates:\n${load('Cards', `${all}, Next: Ledger`)}${load('Ledger', `${all}, End: true`)}${tell('End: true').replace('Tell', '«Tell»')}`,
    'warning: ends there as SUCCEEDED: an alarm on failed executions stays silent',
  );
  await succeeds(
    `StartAt: Cards\nStates:\n${load('Cards', `${all}, End: true`)}${tell('Next: Over')}  «Over»: { Type: Succeed }\n`,
  );
});

test('a handler that fails in the end, chooses, goes back or is meant as another way is left alone', async () => {
  const machine = (more: string): string =>
    `StartAt: Cards\nStates:\n${load('Cards', `${all}, Next: Done`)}  Done: { Type: Succeed }\n${more}`;
  await succeeds(`${machine(tell('Next: Stop'))}  Stop: { Type: Fail }\n`);
  await succeeds(
    `${machine(tell('Next: Kind'))}  Kind: { Type: Choice, Choices: [{ Variable: $.known, BooleanEquals: true, Next: Known }], Default: Stop }\n  Known: { Type: Succeed }\n  Stop: { Type: Fail }\n`,
  );
  await succeeds(machine(tell('Next: Done')));
  await succeeds(
    `StartAt: Cards\nStates:\n${load('Cards', 'Catch: [{ ErrorEquals: [States.ALL], Next: RollBack }], Next: Done')}  Done: { Type: Succeed }\n${load('RollBack', 'End: true')}`,
  );
});

test('the end of a wait was foreseen: its handler alone asks nothing of other tasks and may end well', async () => {
  const late = all.replace('States.ALL', 'States.Timeout');
  await inconsistent(
    `StartAt: Cards\nStates:\n${load('Cards', 'Next: Ledger')}${load('Ledger', `${late}, End: true`)}${tell('End: true')}`,
  );
  await succeeds(`StartAt: Cards\nStates:\n${load('Cards', `${late}, End: true`)}${tell('End: true')}`);
});

test('an error that was foreseen may end well, and so may an item of a Map', async () => {
  await succeeds(
    `StartAt: Cards\nStates:\n${load('Cards', 'Catch: [{ ErrorEquals: [NothingToLoad], Next: Tell }], End: true')}${tell('End: true')}`,
  );
  await succeeds(`StartAt: Each
States:
  Each:
    Type: Map
    ItemProcessor:
      StartAt: Cards
      States:
        Cards: { Type: Task, Resource: 'arn:aws:states:::glue:startJobRun.sync', ${all}, End: true }
        Tell: { Type: Task, Resource: 'arn:aws:states:::sns:publish', End: true }
    End: true
`);
});

test('the new Fail state has a name of its own', async () => {
  const text = `StartAt: Failed\nStates:\n${load('Failed', `${all}, End: true`)}${tell('End: true')}`;
  const fixed = await succeeds.fixed(text);
  assert.match(fixed, /Next: Failed2 \}/);
  assert.match(fixed, /\n {2}Failed2: \{ ?Type: Fail, Error: PipelineFailed ?\}/);
});

test('States.ALL beside others and before others are two defects, each mended in its place', async () => {
  const text = `StartAt: Cards
States:
  Cards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Retry:
      - ErrorEquals: «[States.ALL]»
        MaxAttempts: 1
      - ErrorEquals: [Glue.ConcurrentRunsExceededException]
    Catch:
      - ErrorEquals: [Glue.AWSGlueException, «States.ALL»]
        Next: Stop
    End: true
  Stop: { Type: Fail }
`;
  await position(text, 'error: must come last in Retry', 'error: must stand alone');
  const fixed = await position.fixed(text.replaceAll(/[«»]/g, ''));
  assert.match(
    fixed,
    /Retry:\n {6}- ErrorEquals: \[Glue.ConcurrentRunsExceededException\]\n {6}- ErrorEquals: \[States.ALL\]\n {8}MaxAttempts: 1\n/,
  );
  assert.match(fixed, /- ErrorEquals: \[States.ALL\]\n {8}Next: Stop/);
  assert.deepEqual(await position.find(fixed), []);
});

test('States.ALL that is alone and last is as it should be', async () => {
  await position(
    '{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "r", "Retry": [{ "ErrorEquals": ["Busy"] }, { "ErrorEquals": ["States.ALL"] }], "End": true } } }',
  );
});
