import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAsl } from '../../../src/documents/asl/document';
import { startJobRunTasks } from '../../../src/documents/asl/glueJobs';
import { everyState, failureOnly, isWhole, reachable, statesAround } from '../../../src/documents/asl/graph';
import { resourceOf } from '../../../src/documents/asl/resource';
import { sqlOf } from '../../../src/documents/asl/sql';
import { readJson } from '../../../src/documents/data/json';
import { readYaml } from '../../../src/documents/data/yaml';

const nested = `StartAt: Both
QueryLanguage: JSONata
States:
  Both:
    Type: Parallel
    Branches:
      - StartAt: Each
        States:
          Each:
            Type: Map
            ItemProcessor:
              StartAt: Load
              States:
                Load:
                  Type: Task
                  QueryLanguage: JSONPath
                  Resource: arn:aws:states:::glue:startJobRun.sync
                  Parameters: { JobName: load-cards, Timeout: 60 }
                  Comment: nightly
                  End: true
            End: true
      - StartAt: Sum
        States:
          Sum: { Type: Task, Resource: arn:aws:states:::athena:startQueryExecution.sync, Arguments: { QueryString: SELECT 1 }, End: true }
    Catch: [{ ErrorEquals: [States.ALL], Next: Tell }]
    End: true
  Tell: { Type: Task, Resource: arn:aws:states:::sns:publish, End: true }
`;

test('branches and the processors of Maps are machines of their own, parents first', () => {
  const document = readAsl(readYaml(nested));
  assert.deepEqual(
    document.machines.map(({ role, parent, states }) => [role, parent?.name, [...states.keys()]]),
    [
      ['definition', undefined, ['Both', 'Tell']],
      ['branch', 'Both', ['Each']],
      ['processor', 'Each', ['Load']],
      ['branch', 'Both', ['Sum']],
    ],
  );
  const load = document.machines[2];
  assert.ok(load !== undefined);
  assert.deepEqual(
    statesAround(document, load).map(({ name }) => name),
    ['Each', 'Both'],
  );
});

test('the query language goes down to the states inside, and a state may have its own', () => {
  const languages = everyState(readAsl(readYaml(nested))).map(({ state }) => [state.name, state.language]);
  assert.deepEqual(Object.fromEntries(languages), {
    Both: 'jsonata',
    Tell: 'jsonata',
    Each: 'jsonata',
    Load: 'jsonpath',
    Sum: 'jsonata',
  });
});

test('what a failure alone leads to is told from the plan', () => {
  const [machine] = readAsl(readYaml(nested)).machines;
  assert.ok(machine !== undefined);
  assert.deepEqual(
    [...reachable(machine)].map(({ name }) => name),
    ['Both', 'Tell'],
  );
  assert.deepEqual(
    [...failureOnly(machine)].map(({ name }) => name),
    ['Tell'],
  );
  assert.ok(isWhole(machine));
});

test('started Glue jobs are found at any depth, with their request', () => {
  const tasks = startJobRunTasks(readAsl(readYaml(nested)));
  assert.deepEqual(
    tasks.map(({ jobName, comment, state, request }) => [
      jobName,
      comment,
      state.name,
      request.properties.length,
    ]),
    [['load-cards', 'nightly', 'Load', 2]],
  );
});

test('the SQL of a task has its place in the file', () => {
  const [sql] = sqlOf(readAsl(readYaml(nested)));
  assert.equal(sql?.text, 'SELECT 1');
  assert.equal(sql?.dialect, 'athena');
  assert.equal(sql?.parts[0]?.at.start, nested.indexOf('SELECT 1'));
});

test('a Resource is a service with its pattern, a function, an activity, or unknown', () => {
  const of = (text: string) => {
    const resource = resourceOf({ kind: 'text', value: text, start: 0, end: text.length });
    return resource?.kind === 'service'
      ? `${resource.isSdk ? 'sdk ' : ''}${resource.service} ${resource.action} ${resource.pattern}`
      : resource?.kind;
  };
  assert.equal(of('arn:aws:states:::glue:startJobRun.sync'), 'glue startJobRun sync');
  assert.equal(of('arn:aws:states:::states:startExecution.sync:2'), 'states startExecution sync');
  assert.equal(of('arn:aws-cn:states:::lambda:invoke.waitForTaskToken'), 'lambda invoke token');
  assert.equal(of('arn:${AWS::Partition}:states:::aws-sdk:s3:getObject'), 'sdk s3 getObject request');
  assert.equal(of('arn:aws:states:::http:invoke'), 'http invoke request');
  assert.equal(of('arn:aws:lambda:eu-west-1:004455667788:function:rate'), 'function');
  assert.equal(of('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:rate:live'), 'function');
  assert.equal(of('arn:aws:states:eu-west-1:004455667788:activity:rate'), 'activity');
  assert.equal(of('${RateFunctionArn}'), undefined);
  assert.equal(of('something else'), undefined);
});

test('values of a wrong kind are left out, and nothing is thrown', () => {
  for (const text of [
    '',
    '[]',
    '{"States": 1}',
    '{"StartAt": 1, "States": {"A": 1, "B": {"Type": 5, "Next": {}, "Catch": {"a": 1}}}}',
    '{"StartAt": "A", "States": {"A": {"Type": "Map", "Iterator": []}, "B": {"Type": "Parallel", "Branches": [1]}}}',
    '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": [], "Retry": [1, {"ErrorEquals": 1}]}',
  ]) {
    const document = readAsl(readJson(text));
    for (const machine of document.machines) {
      reachable(machine);
      isWhole(machine);
    }
    startJobRunTasks(document);
    sqlOf(document);
  }
});
