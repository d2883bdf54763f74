import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileKind, nameKind } from '../../src/documents/kind';

/** What a file is, in one word or by its languages. */
async function kind(path: string, text: string): Promise<string | undefined> {
  const found = await fileKind(path, text);
  if (found === undefined) return undefined;
  return found.kind === 'data' ? found.parts.map(({ language }) => language).join(' ') : found.kind;
}

const machine = '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }';

test('SQL, Python and notebooks are told by their names', async () => {
  assert.equal(await kind('a/B.SQL', ''), 'sql');
  assert.equal(await kind('a.hql', ''), 'sql');
  assert.equal(await kind('a.ddl', ''), 'sql');
  assert.equal(await kind('job.py', 'import boto3'), 'python');
  assert.equal(await kind('job.py', 'print("hello")'), undefined);
  assert.equal(await kind('dag.py', 'AthenaOperator(task_id="x", query="SELECT 1 a")'), 'python');
  assert.equal(
    await kind('run.py', 'def run(client): client.start_query_execution(QueryString=q)'),
    'python',
  );
  assert.equal(await kind('a.ipynb', '{}'), 'notebook');
  assert.equal(await kind('a.txt', machine), undefined);
  assert.equal(await kind('Makefile', machine), undefined);
});

test('a state machine is told by its name, broken or not, and by its content', async () => {
  assert.equal(await kind('a.asl.json', '{ "StartAt": '), 'asl');
  assert.equal(await kind('a.asl.yaml', 'StartAt: A\n'), 'asl');
  assert.equal(await kind('a.asl', machine), 'asl');
  assert.equal(await kind('a.json', machine), 'asl');
  assert.equal(await kind('a.json', `\uFEFF${machine}`), 'asl');
  assert.equal(
    await kind('a.yml', 'Comment: x\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n'),
    'asl',
  );
  assert.equal(await kind('a.json', '{ "StartAt": "A" }'), undefined);
  assert.equal(await kind('a.json', '{ "x": { "StartAt": "A", "States": {} } }'), undefined);
});

test('a text that a tool fills in first is no broken one', async () => {
  for (const text of [
    '{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": ${seconds}, "End": true } } }',
    '{ "StartAt": "A", "States": {\n{% for x in y %}\n"A": { "Type": "Pass" },\n{% endfor %} } }',
    '{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": {{ seconds }} } } }',
  ]) {
    assert.equal(await kind('a.asl.json', text), undefined, text);
  }
  assert.equal(
    await kind('a.asl.yaml', 'StartAt: A\nStates:\n  {{- range .Values.x }}\n  A: {}\n'),
    undefined,
  );
  assert.equal(await kind('a.json', '{ "StartAt": "A", "States": { "A": { "Type": "Pass", } } }'), 'asl');
});

test('a lifecycle configuration is told by rules that do what only its rules do', async () => {
  const rule = '{ "ID": "a", "Status": "Enabled", "Expiration": { "Days": 7 } }';
  assert.equal(await kind('a.json', `{ "Rules": [${rule}] }`), 's3-lifecycle');
  assert.equal(
    await kind('a.json', `{ "Bucket": "b", "LifecycleConfiguration": { "Rules": [${rule}] } }`),
    's3-lifecycle',
  );
  assert.equal(await kind('a.json', '{ "Rules": [{ "Transitions": [{ "Days": 3 }] }] }'), 's3-lifecycle');
  for (const text of [
    '{ "Rules": [{ "Name": "x" }] }',
    '{ "Rules": [] }',
    '{ "Rules": [{ "Expiration": "never" }] }',
    `{ "Rules": [${rule}], "Listeners": [] }`,
    `{ "Resources": { "B": { "Rules": [${rule}] } } }`,
    `[${rule}]`,
  ]) {
    assert.equal(await kind('a.json', text), undefined, text);
  }
});

test('a WLM configuration is told by keys that only its queues have', async () => {
  assert.equal(await kind('a.json', '[{ "query_concurrency": 5 }]'), 'redshift-wlm');
  assert.equal(await kind('a.json', '[{ "auto_wlm": true }, { "short_query_queue": true }]'), 'redshift-wlm');
  assert.equal(
    await kind('a.json', '{ "query_group": ["a"], "query_group_wildcard": 1, "memory_percent": 30 }'),
    'redshift-wlm',
  );
  for (const text of [
    '{ "user_group": "x" }',
    '[{ "query_group": "x", "name": "y" }]',
    '[1, { "auto_wlm": true }]',
    '{ "a": { "auto_wlm": true } }',
  ]) {
    assert.equal(await kind('a.json', text), undefined, text);
  }
});

test('state machines in templates keep the places of the file', async () => {
  const yaml = `Resources:
  One:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States: { A: { Type: Pass, End: true } }
  Two:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub |
        { "StartAt": "B",
          "States": { "B": { "Type": "Task", "Resource": "\${Fn.Arn}", "End": true } } }
  Three:
    Type: AWS::S3::Bucket
`;
  const found = await fileKind('template.yaml', yaml);
  assert.ok(found?.kind === 'data');
  assert.deepEqual(
    found.parts.map(({ language, data }) => [
      language,
      yaml.slice(data.root?.start, data.root?.end).slice(0, 14),
    ]),
    [
      ['asl', 'StartAt: A\n   '],
      ['asl', '{ "StartAt": "'],
    ],
  );
  const text = JSON.stringify({
    Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: machine } } },
  });
  assert.equal(await kind('template.json', text), undefined, 'JSON inside a JSON text is not followed');
});

test('files of every repository are not looked into, and neither is what is too large', async () => {
  for (const path of [
    'package-lock.json',
    'web/package.json',
    'tsconfig.base.json',
    '.eslintrc.json',
    'a.schema.json',
    'pnpm-lock.yaml',
    '.github.yml',
  ]) {
    assert.equal(nameKind(path), undefined, path);
  }
  assert.equal(nameKind('pipelines/load.json'), 'json');
  assert.equal(await kind('a.json', machine + ' '.repeat(4_000_000)), undefined);
});
