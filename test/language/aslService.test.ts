import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../src/documents/data/json';
import { readYaml } from '../../src/documents/data/yaml';
import { completeAsl, hoverAsl, validateAsl } from '../../src/language/aslService';
import { structureFindings } from '../../src/language/aslStructure';
import { aslGraph } from '../../src/lint/rules/asl/asl-graph';
import { documentChecker } from '../support/documentChecker';
import { graphCases } from './aslMachines';

const check = documentChecker(aslGraph, 'asl');

function placeOf(text: string, wrong: string): number {
  const [written = '', times = '0'] = wrong.split('#');
  let at = text.indexOf(written);
  for (let left = Number(times); left > 0; left--) at = text.indexOf(written, at + 1);
  assert.ok(at >= 0, `${wrong} is not in ${text}`);
  return at;
}

for (const { name, machine, wrong, isOnlyOurs } of graphCases) {
  test(`our rule and the service of AWS agree on ${name}`, async () => {
    const text = JSON.stringify(machine);
    const ours = await check.find(text);
    assert.deepEqual(
      ours.map(({ start }) => start),
      wrong.map((one) => placeOf(text, one)),
      JSON.stringify(ours),
    );
    const theirs = await validateAsl(readJson(text));
    assert.deepEqual(
      theirs.filter(({ isGraph }) => !isGraph),
      [],
    );
    assert.equal(theirs.length > 0, wrong.length > 0 && isOnlyOurs !== true, JSON.stringify(theirs));
    assert.deepEqual(await structureFindings(readJson(text)), [], 'one defect is one finding');
  });
}

const loading = {
  StartAt: 'Load',
  States: {
    Load: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'load-ledger' },
      End: true,
    },
  },
};

test('an unknown field, a missing one and a wrong value are found by the schema and told under ASL07', async () => {
  const { Load } = loading.States;
  const text = JSON.stringify({
    StartAt: 'Load',
    States: {
      Load: { ...Load, Paramters: {}, End: undefined, Next: 'Sum' },
      Sum: { Type: 'Task', Next: 'Kind' },
      Kind: { Type: 'Taks', End: true },
    },
  });
  const found = await structureFindings(readJson(text));
  assert.deepEqual(
    found.map(({ code, severity, start, end, message }) => [
      code,
      severity,
      text.slice(start, end),
      message.split(' Valid')[0],
    ]),
    [
      ['ASL07', 'warning', '"Paramters"', 'Paramters: Field is not supported.'],
      ['ASL07', 'warning', '"Sum"', 'Sum: Missing property "Resource".'],
      ['ASL07', 'warning', '"Taks"', 'Taks: Value is not accepted.'],
    ],
  );
});

test('values that a deployment fills in are not held against a definition', async () => {
  const wait = { Type: 'Wait', Seconds: '${Pause}', Next: 'Load' };
  const text = JSON.stringify({ StartAt: 'Pause', States: { Pause: wait, ...loading.States } });
  assert.deepEqual(await structureFindings(readJson(text)), []);
  const yaml =
    'StartAt: Load\nStates:\n  Load:\n    Type: Task\n    Resource: !GetAtt Load.Arn\n    End: true\n';
  assert.deepEqual(await structureFindings(readYaml(yaml)), []);
});

test('YAML is read as JSON is', async () => {
  const yaml = 'StartAt: Load\nStates:\n  Load:\n    Type: Pass\n    Inputt: 1\n    End: true\n';
  const found = await structureFindings(readYaml(yaml));
  assert.deepEqual(
    found.map(({ start, end }) => yaml.slice(start, end)),
    ['Inputt'],
  );
});

test('the states of the machine are proposed for Next, and what is taken leaves valid JSON', async () => {
  const text = JSON.stringify({
    StartAt: 'Load',
    States: { Load: { Type: 'Pass', Next: '' }, Done: { Type: 'Succeed' } },
  });
  const items = await completeAsl(text, text.indexOf('"Next":"') + 8, 'json');
  const done = items.find(({ label }) => label === 'Done');
  assert.equal(done?.kind, 'state');
  const after = text.slice(0, done.start) + done.text + text.slice(done.end);
  assert.equal(JSON.parse(after).States.Load.Next, 'Done');
});

test('the states of the machine are proposed for Next in YAML', async () => {
  const text = 'StartAt: Load\nStates:\n  Load:\n    Type: Pass\n    Next: \n  Done:\n    Type: Succeed\n';
  const items = await completeAsl(text, text.indexOf('Next: ') + 6, 'yaml');
  const done = items.find(({ label }) => label === 'Done');
  assert.ok(done !== undefined);
  assert.match(text.slice(0, done.start) + done.text + text.slice(done.end), /^ {4}Next: Done\n {2}Done:/m);
});

test('the fields of a state are proposed with what they do', async () => {
  const text = '{"StartAt":"Load","States":{"Load":{"Type":"Task", }}}';
  const items = await completeAsl(text, text.indexOf('"Task", ') + 8, 'json');
  const field = items.find(({ label }) => label === 'TimeoutSeconds');
  assert.equal(field?.kind, 'field');
  assert.ok(field.documentation.length > 20);
  const yaml = 'StartAt: Load\nStates:\n  Load:\n    Type: Task\n    Time\n';
  const inYaml = (await completeAsl(yaml, yaml.indexOf('Time\n') + 4, 'yaml')).find(
    ({ label }) => label === 'TimeoutSeconds',
  );
  assert.ok(inYaml !== undefined);
  assert.equal(yaml.slice(inYaml.start, inYaml.end), 'Time');
});

test('a field is explained where it stands, in JSON and YAML, and a value of ours is not', async () => {
  const yaml = 'StartAt: Load\nStates:\n  Load:\n    Type: Pass\n    ResultPath: $.load\n    End: true\n';
  const hover = await hoverAsl(readYaml(yaml), yaml.indexOf('ResultPath') + 3);
  assert.ok(hover !== undefined);
  assert.equal(yaml.slice(hover.start, hover.end), 'ResultPath');
  assert.match(hover.text, /where to place the Result/);
  const json = JSON.stringify(loading);
  assert.ok((await hoverAsl(readJson(json), json.indexOf('StartAt') + 1)) !== undefined);
  assert.equal(await hoverAsl(readYaml(yaml), yaml.indexOf('\n  Load') + 1), undefined);
});
