import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readYaml } from '../../src/documents/data/yaml';
import { jsonOf } from '../../src/language/aslJson';

const yaml = 'StartAt: Load # first\nStates:\n  Load: { Type: Pass, Result: !Ref Rate, End: true }\n';

test('a definition in YAML is plain JSON, and each place of it leads back', () => {
  const json = jsonOf(readYaml(yaml));
  assert.deepEqual(JSON.parse(json.text), {
    StartAt: 'Load',
    States: { Load: { Type: 'Pass', Result: { Ref: 'Rate' }, End: true } },
  });
  for (const written of ['StartAt', 'Pass', 'End', 'States']) {
    const place = json.find(written);
    assert.ok(place !== undefined);
    const { start, end } = json.source(place);
    assert.equal(yaml.slice(start, end), written);
  }
});

test('a place that is no value leads to where the value around it begins', () => {
  const json = jsonOf(readYaml(yaml));
  const inside = json.text.indexOf('{"Type"');
  const { start } = json.source({ start: inside, end: inside + 1 });
  assert.equal(yaml.slice(start, start + 6), '{ Type');
});
