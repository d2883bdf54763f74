import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredDialect, isExcluded, readConfig, settingsFor } from '../../src/lint/config';
import { matchesGlob } from '../../src/lint/globs';
import { rules } from '../../src/lint/rules/index';

const read = (text: string) => readConfig(text, { name: '.lake-workbench.json', rules });

test('a configuration names rules by code or id, dialects by glob, and what is left out', () => {
  const { config, problems } = read(`{
    "version": 1,
    "rules": { "RS101": "off", "redshift-delete-all": "error" },
    "dialects": { "warehouse/**": "redshift", "*.sql": "athena" },
    "exclude": ["legacy/"],
    "catalog": ["lake.catalog.json", "ddl/**/*.sql"]
  }`);
  assert.deepEqual(problems, []);
  assert.deepEqual(config.rules, {
    'redshift-distribution-not-chosen': 'off',
    'redshift-delete-all': 'error',
  });
  assert.equal(configuredDialect(config, 'warehouse/load/a.sql'), 'redshift');
  assert.equal(configuredDialect(config, 'queries/a.sql'), 'athena');
  assert.equal(configuredDialect(config, 'queries/a.txt'), undefined);
  assert.ok(isExcluded(config, 'legacy/old/a.sql'));
  assert.ok(!isExcluded(config, 'a.sql'));
  assert.deepEqual(config.catalog, ['lake.catalog.json', 'ddl/**/*.sql']);
});

test('what cannot be used is named in one sentence with the nearest right name, and the rest applies', () => {
  const { config, problems } = read(
    '{ "version": 1, "rules": { "RS1O1": "off", "RS306": "eror", "RS401": "hint" }, "dialect": {}, "dialects": { "a/**": "mysql" }, "exclude": "x" }',
  );
  assert.deepEqual(problems, [
    '.lake-workbench.json has the key dialect, which means nothing: did you mean dialects?',
    '.lake-workbench.json: no rule is called RS1O1: did you mean RS101?',
    '.lake-workbench.json: "eror" is no severity for RS306: did you mean error?',
    '.lake-workbench.json: "mysql" for a/** is no dialect: use athena or redshift.',
    '.lake-workbench.json: exclude must be a list of paths or globs.',
  ]);
  assert.deepEqual(config.rules, { 'redshift-select-star': 'hint' });
});

test('a configuration that is not JSON, no object or of another version says so', () => {
  assert.match(
    read('{ "version": 1, ').problems[0] ?? '',
    /^\.lake-workbench\.json is not valid JSON, so none of it applies: .+\.$/,
  );
  assert.match(read('[]').problems[0] ?? '', /must hold one JSON object/);
  assert.match(read('{}').problems[0] ?? '', /has no "version"/);
  assert.match(read('{"version":2}').problems[0] ?? '', /has version 2 and only version 1 is known/);
});

test('globs meet paths as in .gitignore', () => {
  const cases: readonly (readonly [glob: string, path: string, meets: boolean])[] = [
    ['*.sql', 'a/b.sql', true],
    ['ddl/*.sql', 'ddl/a.sql', true],
    ['ddl/*.sql', 'ddl/x/a.sql', false],
    ['ddl/**/*.sql', 'ddl/a.sql', true],
    ['ddl/**/*.sql', 'ddl/x/y/a.sql', true],
    ['**/tmp/**', 'a/tmp/b/c.sql', true],
    ['/a.sql', 'a.sql', true],
    ['/a.sql', 'b/a.sql', false],
    ['build', 'x/build/a.sql', true],
    ['{raw,temp}/*.sql', 'temp/a.sql', true],
    ['{raw,temp}/*.sql', 'rawtemp/a.sql', false],
    ['a?c.sql', 'abc.sql', true],
    ['a?c.sql', 'a/c.sql', false],
    ['a.sql', 'aXsql', false],
    ['a+b(1).sql', 'a+b(1).sql', true],
  ];
  for (const [glob, path, meets] of cases) {
    assert.equal(matchesGlob(path, glob), meets, `${glob} on ${path}`);
  }
});

test('zones of the code have settings of their own, the last zone that meets a path wins', () => {
  const { config, problems } = read(`{
    "version": 1,
    "rules": { "RS101": "error" },
    "overrides": [
      { "files": ["migrations/**", "*.ddl"], "rules": { "RS101": "off", "RS306": "hint" } },
      { "files": ["migrations/new/**"], "rules": { "RS306": "warning" } }
    ]
  }`);
  assert.deepEqual(problems, []);
  assert.deepEqual(settingsFor(config, 'a.sql'), { 'redshift-distribution-not-chosen': 'error' });
  assert.deepEqual(settingsFor(config, 'migrations/a.sql'), {
    'redshift-distribution-not-chosen': 'off',
    'redshift-delete-all': 'hint',
  });
  assert.equal(settingsFor(config, 'migrations/new/a.sql')['redshift-delete-all'], 'warning');
  assert.equal(settingsFor(config, 'x/a.ddl')['redshift-distribution-not-chosen'], 'off');
});

test('a zone that cannot be used is named, and the others apply', () => {
  const { config, problems } = read(`{
    "version": 1,
    "overrides": [
      { "rules": {} },
      { "files": ["a/**"], "rule": {}, "rules": { "RS1O1": "off", "RS306": "off" } }
    ]
  }`);
  assert.deepEqual(problems, [
    '.lake-workbench.json: overrides[0] needs "files", a list of globs.',
    '.lake-workbench.json: overrides[1] has the key rule, which means nothing: did you mean rules?',
    '.lake-workbench.json: overrides[1]: no rule is called RS1O1: did you mean RS101?',
  ]);
  assert.deepEqual(settingsFor(config, 'a/b.sql'), { 'redshift-delete-all': 'off' });
  assert.match(read('{ "version": 1, "overrides": {} }').problems[0] ?? '', /overrides must be a list/);
});
