import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withRuleOff } from '../../src/language/configEdit';
import { readConfig, settingsFor } from '../../src/lint/config';
import { rules } from '../../src/lint/rules/index';

const rule = 'athena-missing-partition-filter';

/** What the text says of the rule for a path; a text that is not understood fails. */
function settingIn(text: string, path: string): string | undefined {
  const { config, problems } = readConfig(text, { name: 'test', rules });
  assert.deepEqual(problems, []);
  return settingsFor(config, path)[rule];
}

test('a configuration that is not there yet is made whole', () => {
  const text = withRuleOff(undefined, rule);
  assert.equal(settingIn(text, 'a.sql'), 'off');
  assert.match(
    text,
    /^\{\n {2}"version": 1,\n {2}"rules": \{\n {4}"athena-missing-partition-filter": "off"\n {2}\}\n\}\n$/,
  );
});

test('a rule is switched off in place, and everything else keeps its form', () => {
  const before =
    '{\r\n\t"version": 1,\r\n\t"exclude": [ "old/**" ],\r\n\t"rules": { "athena-missing-partition-filter": "hint", "RS101": "error" }\r\n}\r\n';
  const after = withRuleOff(before, rule);
  assert.equal(after, before.replace('"hint"', '"off"'));
});

test('a rule that the configuration does not name yet is added with its own indent and line ends', () => {
  const before = '{\r\n    "version": 1,\r\n    "rules": {\r\n        "RS101": "error"\r\n    }\r\n}\r\n';
  assert.equal(
    withRuleOff(before, rule),
    '{\r\n    "version": 1,\r\n    "rules": {\r\n        "RS101": "error",\r\n        "athena-missing-partition-filter": "off"\r\n    }\r\n}\r\n',
  );
});

test('for a folder the rule is switched off there alone, by an override at the end', () => {
  const text = withRuleOff('{ "version": 1 }', rule, 'migrations/**');
  assert.equal(settingIn(text, 'migrations/1.sql'), 'off');
  assert.equal(settingIn(text, 'queries/1.sql'), undefined);
});

test('a second rule of a folder joins the override that is about this folder alone', () => {
  const once = withRuleOff('{\n  "version": 1\n}\n', rule, 'migrations/**');
  const twice = withRuleOff(once, 'athena-date-filter-without-partition-filter', 'migrations/**');
  const { config } = readConfig(twice, { name: 'test', rules });
  assert.equal(config.overrides.length, 1);
  assert.deepEqual(config.overrides[0]?.rules, {
    [rule]: 'off',
    'athena-date-filter-without-partition-filter': 'off',
  });
});

test('an override further up is not used where a later one would win over it', () => {
  const before = JSON.stringify({
    version: 1,
    overrides: [
      { files: ['migrations/**'], rules: {} },
      { files: ['**/*.sql'], rules: { [rule]: 'error' } },
    ],
  });
  assert.equal(settingIn(withRuleOff(before, rule, 'migrations/**'), 'migrations/1.sql'), 'off');
});

test('switching off twice is the same as once', () => {
  for (const glob of [undefined, 'queries/**']) {
    const once = withRuleOff(undefined, rule, glob);
    assert.equal(withRuleOff(once, rule, glob), once);
  }
});
