import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from '../../src/cli/explain';
import { ran } from '../support/commandLine';

const cwd = process.cwd();

test('explain prints the page of a rule, by code or id, in any case', async () => {
  const byCode = await ran(command, ['explain', 'rs306'], { cwd });
  assert.equal(byCode.code, 0);
  assert.match(
    byCode.out,
    /^# RS306 `redshift-delete-all`\n\n\*\*Empty a table with TRUNCATE\.\*\* Redshift, warning/,
  );
  assert.match(byCode.out, /Bad:\n\n```sql\nDELETE FROM staged_cards\n```/);
  assert.equal((await ran(command, ['explain', 'redshift-delete-all'], { cwd })).out, byCode.out);
});

test('explain as JSON has the version and everything a rule says', async () => {
  const { code, out } = await ran(command, ['explain', 'RS201', '--format', 'json'], { cwd });
  assert.equal(code, 0);
  const page = JSON.parse(out) as Record<string, unknown>;
  assert.deepEqual(Object.keys(page).toSorted(), [
    'bad',
    'code',
    'dialects',
    'good',
    'id',
    'severity',
    'sources',
    'title',
    'unconfirmed',
    'version',
    'why',
  ]);
  assert.equal(page['version'], 1);
});

test('a rule that does not exist is one sentence with the nearest name and exit code 2', async () => {
  assert.deepEqual(await ran(command, ['explain', 'RS3O6'], { cwd }), {
    code: 2,
    out: '',
    err: 'lake-workbench: No rule is called RS3O6: did you mean RS306?\n',
  });
  assert.match((await ran(command, ['explain'], { cwd })).err, /explain needs the code or id of one rule/);
});

test('options that do not exist, lack a value or do not know it are one sentence each', async () => {
  const err = async (...args: string[]) => (await ran(command, ['explain', ...args], { cwd })).err;
  assert.equal(
    await err('--fromat', 'json'),
    'lake-workbench: There is no option --fromat: did you mean --format?\n',
  );
  assert.equal(
    await err('RS306', '--format'),
    'lake-workbench: --format needs a value: write --format FORMAT.\n',
  );
  assert.equal(
    await err('--format', '--quiet'),
    'lake-workbench: --format needs a value: write --format FORMAT.\n',
  );
  assert.equal(await err('--format=jsn'), 'lake-workbench: --format does not know jsn: did you mean json?\n');
  assert.equal(await err('--quiet=1'), 'lake-workbench: --quiet takes no value: write just --quiet.\n');
});

test('help and version need nothing else, and an unknown command names the nearest', async () => {
  const help = await ran(command, ['explain', '--help'], { cwd });
  assert.equal(help.code, 0);
  assert.match(help.out, /^lake-workbench explain RULE\n/);
  assert.match(help.out, /-h, --help\s+this page/);
  assert.match((await ran(command, ['--help'], { cwd })).out, /Commands:\n {2}explain {2}why a rule/);
  assert.equal((await ran(command, ['--version'], { cwd })).out, '1.2.3\n');
  assert.deepEqual(await ran(command, ['explian'], { cwd }), {
    code: 2,
    out: '',
    err: 'lake-workbench: There is no command explian: did you mean explain?\n',
  });
});

test('a fault of our own is one sentence and never a stack', async () => {
  const broken = { ...command, run: () => Promise.reject(new TypeError('x is not a function\n    at y')) };
  const { code, err } = await ran(broken, ['explain', 'RS306'], { cwd });
  assert.equal(code, 2);
  assert.equal(
    err,
    'lake-workbench: A fault in lake-workbench itself, please report it: x is not a function\n',
  );
});
