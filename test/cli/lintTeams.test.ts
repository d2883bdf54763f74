import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { optionsOf, readArguments } from '../../src/cli/arguments';
import { command } from '../../src/cli/lint';
import { nameKind } from '../../src/documents/kind';
import { inFolder } from '../support/commandLine';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
}

test('each pre-commit hook calls the program that the package installs, with options that exist', () => {
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  assert.ok(hooks.length > 0);
  for (const { id, entry, language, files } of hooks) {
    const [program = '', name, ...options] = entry.split(' ');
    assert.ok(Object.hasOwn(bin, program), id);
    assert.equal(language, 'node');
    assert.equal(name, command.name);
    assert.doesNotThrow(() => readArguments(options, optionsOf(command)), id);
    const wanted = new RegExp(files);
    for (const path of ['a.sql', 'b/c.hql', 'd.ddl', 'e.py', 'f.ipynb', 'g.json', 'h.yml', 'i.yaml']) {
      assert.ok(wanted.test(path) && nameKind(path) !== undefined, path);
    }
    assert.ok(!wanted.test('a.md'));
  }
});

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

/** What the lint step hands to the program, which a script stands in for here. */
function handed(inputs: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const action = parse(readFileSync('action.yml', 'utf8')) as Action;
  const step = action.runs.steps.find(({ run = '' }) => run.includes('cli.mjs" lint'));
  assert.ok(step?.run !== undefined && step.env !== undefined);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(step.env)) {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? '';
    assert.ok(Object.hasOwn(action.inputs, input), `${name} takes an input that is not there`);
    env[name] = inputs[input] ?? action.inputs[input]?.default ?? '';
  }
  const script = step.run;
  return inFolder({}, async (folder) => {
    mkdirSync(join(folder, 'bin'));
    const node = join(folder, 'bin', 'node');
    writeFileSync(node, '#!/bin/sh\nshift\nfor word in "$@"; do echo "$word"; done\n');
    chmodSync(node, 0o755);
    const out = execFileSync('bash', ['--norc', '-e', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...env,
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        GITHUB_ACTION_PATH: folder,
        GITHUB_OUTPUT: join(folder, 'output'),
      },
    });
    const text =
      env['FORMAT'] === 'sarif' ? readFileSync(join(folder, env['SARIF_FILE'] ?? ''), 'utf8') : out;
    return text.trim().split('\n');
  });
}

test('the GitHub Action runs lint with options that exist, its defaults included', async () => {
  for (const inputs of [
    {},
    { format: 'sarif', 'fail-on': 'warning' },
    { paths: 'sql jobs/load.py', catalog: 'lake.catalog.json ddl.sql', config: 'x.json', dialect: 'athena' },
  ]) {
    const [name, ...words] = await handed(inputs);
    assert.equal(name, command.name);
    assert.doesNotThrow(() => readArguments(words, optionsOf(command)), words.join(' '));
  }
  const words = await handed({ paths: 'sql jobs/load.py', catalog: 'a.json b.sql' });
  const { options, positionals } = readArguments(words.slice(1), optionsOf(command));
  assert.deepEqual(positionals, ['sql', 'jobs/load.py']);
  assert.deepEqual(options['catalog'], ['a.json', 'b.sql']);
  assert.equal(options['fail-on'], 'error');
});

test('what stands in an input of the Action is never run', async () => {
  const words = await handed({ paths: '$(touch hacked) `id`', catalog: '' });
  assert.ok(words.includes('$(touch') && words.includes('`id`'));
});
