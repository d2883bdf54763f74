import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aslChoiceNoDefault } from '../../../../src/lint/rules/asl/asl-choice-no-default';
import { aslGraph } from '../../../../src/lint/rules/asl/asl-graph';
import { aslLambdaDirectArn } from '../../../../src/lint/rules/asl/asl-lambda-direct-arn';
import { nearestName } from '../../../../src/lint/rules/asl/nearestName';
import { documentChecker } from '../../../support/documentChecker';

const direct = documentChecker(aslLambdaDirectArn, 'asl');
const graph = documentChecker(aslGraph, 'asl');
const choice = documentChecker(aslChoiceNoDefault, 'asl');

const call = (resource: string, more = ''): string =>
  JSON.stringify({
    StartAt: 'Rate',
    States: { Rate: { Type: 'Task', Resource: resource, ...JSON.parse(`{${more}}`), End: true } },
  });
const arn = 'arn:aws:lambda:eu-west-1:004455667788:function:rate:live';

test('only a function ARN as Resource is the older form', async () => {
  await direct(
    call(arn).replace(`"${arn}"`, (text) => `«${text}»`),
    'hint: Rate calls its function',
  );
  await direct(call('arn:aws:states:::lambda:invoke'));
  await direct(call('arn:aws:states:eu-west-1:004455667788:activity:rate'));
  await direct(call('${RateFunctionArn}'));
});

test('the newer call gets the same input and hands on the same output', async () => {
  const rate = async (text: string): Promise<unknown> => JSON.parse(await direct.fixed(text)).States.Rate;
  const invoke = 'arn:aws:states:::lambda:invoke';
  assert.deepEqual(await rate(call(arn)), {
    Type: 'Task',
    Resource: invoke,
    Parameters: { FunctionName: arn, 'Payload.$': '$' },
    End: true,
    OutputPath: '$.Payload',
  });
  assert.deepEqual(await rate(call(arn, '"Parameters": { "day.$": "$.day" }, "ResultPath": null')), {
    Type: 'Task',
    Resource: invoke,
    Parameters: { FunctionName: arn, Payload: { 'day.$': '$.day' } },
    ResultPath: null,
    End: true,
  });
  assert.deepEqual(await rate(call(arn, '"QueryLanguage": "JSONata", "Arguments": { "day": 1 }')), {
    Type: 'Task',
    Resource: invoke,
    QueryLanguage: 'JSONata',
    Arguments: { FunctionName: arn, Payload: { day: 1 } },
    End: true,
    Output: '{% $states.result.Payload %}',
  });
});

test('where no field could unwrap the answer, nothing is proposed', async () => {
  const [found] = await direct.find(call(arn, '"ResultPath": "$.rate"'));
  assert.deepEqual(found?.fixes, []);
});

test('a target that a tool fills in is not missing, and makes no state unreachable', async () => {
  await graph('StartAt: Load\nStates:\n  Load: { Type: Pass, Next: "${After}" }\n  Sum: { Type: Succeed }\n');
  await graph('StartAt: "${First}"\nStates:\n  Load: { Type: Pass, End: true }\n  Sum: { Type: Succeed }\n');
  await graph('StartAt: Load\nStates:\n  Load: { Type: Pass, Next: !Ref After }\n  Sum: { Type: Succeed }\n');
});

test('states that a transform includes may be anywhere', async () => {
  await graph(
    'StartAt: Load\nStates:\n  Fn::Transform: { Name: AWS::Include }\n  Load: { Type: Pass, Next: After }\n',
  );
});

test('one slip in a name is one finding, and its fix is the nearest name', async () => {
  const text =
    'StartAt: Load\nStates:\n  Load: { Type: Pass, Next: «SumCrads» }\n  SumCards: { Type: Succeed }\n';
  await graph(text, 'error: SumCards is the nearest');
  assert.match(await graph.fixed(text.replaceAll(/[«»]/g, '')), /Next: SumCards \}/);
});

test('a name of another part is told as that, and not taken for a slip', async () => {
  const [found] = await graph(`StartAt: Both
States:
  Both:
    Type: Parallel
    Branches:
      - StartAt: Cards
        States:
          Cards: { Type: Pass, Next: «Done» }
          Dane: { Type: Succeed }
    Next: Done
  Done: { Type: Succeed }
`);
  assert.match(found?.message ?? '', /a state of another part/);
  assert.deepEqual(found?.fixes, []);
});

test('a name stands once in the whole definition', async () => {
  await graph(
    `StartAt: Load
States:
  Load:
    Type: Map
    Iterator: { StartAt: Load, States: { «Load»: { Type: Pass, End: true } } }
    End: true
`,
    'error: two states called Load',
  );
});

test('a state without a way on gets the next one or the end', async () => {
  const text = 'StartAt: Load\nStates:\n  «Load»: { Type: Pass }\n  «Sum»: { Type: Pass }\n';
  await graph(text, 'error: neither Next nor End', 'error');
  const fixed = await graph.fixed(text.replaceAll(/[«»]/g, ''));
  assert.match(fixed, /Load: \{ Type: Pass, Next: Sum \}\n {2}Sum: \{ Type: Pass, End: true \}/);
  assert.deepEqual(await graph.find(fixed), []);
});

test('a Catch leads to a state as Next does', async () => {
  await graph(
    `StartAt: Load
States:
  Load: { Type: Task, Resource: x, Catch: [{ ErrorEquals: [States.ALL], Next: Stop }], End: true }
  Stop: { Type: Fail }
`,
  );
});

test('the nearest name is one of few letters off, and only when it is the only one', () => {
  assert.equal(nearestName('LoadLegder', ['LoadCards', 'LoadLedger']), 'LoadLedger');
  assert.equal(nearestName('loadledger', ['LoadLedger']), 'LoadLedger');
  assert.equal(nearestName('LoadX', ['LoadA', 'LoadB']), undefined);
  assert.equal(nearestName('Notify', ['LoadLedger']), undefined);
});

const decide = (name: string, choices: string, more = ''): string =>
  `StartAt: Kind\nStates:\n  ${name}: { Type: Choice, Choices: [${choices}]${more} }\n  Done: { Type: Succeed }\n`;

test('a Choice whose rules leave something out needs a Default', async () => {
  await choice(
    decide('«Kind»', '{ Variable: $.n, NumericGreaterThan: 5, Next: Done }'),
    'warning: NoChoiceMatched',
  );
  await choice(
    decide(
      '«Kind»',
      '{ Variable: $.n, NumericLessThan: 5, Next: Done }, { Variable: $.n, NumericGreaterThan: 5, Next: Done }',
    ),
  );
  await choice(
    decide(
      '«Kind»',
      '{ Variable: $.a, IsPresent: true, Next: Done }, { Variable: $.b, IsPresent: false, Next: Done }',
    ),
  );
  await choice(`QueryLanguage: JSONata\n${decide('«Kind»', "{ Condition: '{% $x = 1 %}', Next: Done }")}`);
});

test('rules that always match, one or the other, need none', async () => {
  const pairs = [
    '{ Variable: $.n, NumericLessThan: 5, Next: Done }, { Variable: $.n, NumericGreaterThanEquals: 5, Next: Done }',
    '{ Variable: $.a, BooleanEquals: true, Next: Done }, { Variable: $.a, BooleanEquals: false, Next: Done }',
    '{ Variable: $.a, IsPresent: true, Next: Done }, { Not: { Variable: $.a, IsPresent: true }, Next: Done }',
    "{ Condition: '{% $x = 1 %}', Next: Done }, { Condition: '{% $not($x = 1) %}', Next: Done }",
    "{ Condition: '{% true %}', Next: Done }",
  ];
  for (const pair of pairs) await choice(decide('Kind', pair));
});

test('a Default and rules that a tool fills in are left alone', async () => {
  await choice(decide('Kind', '{ Variable: $.n, NumericGreaterThan: 5, Next: Done }', ', Default: Done'));
  await choice(decide('Kind', '!Ref Rules'));
});
