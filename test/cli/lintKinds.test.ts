import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command } from '../../src/cli/lint';
import { inFolder, ran } from '../support/commandLine';

const ddl =
  "-- dialect: athena\nCREATE EXTERNAL TABLE sales (id bigint) PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://lake/sales/';\n";

function machine(sql: string): string {
  const run = {
    Type: 'Task',
    Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
    Parameters: { QueryString: sql, WorkGroup: 'etl' },
    End: true,
  };
  return JSON.stringify({ StartAt: 'Run', States: { Run: run } }, undefined, 2);
}

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly dialect: string | null;
    readonly findings: readonly { readonly code: string; readonly start: { readonly line: number } }[];
  }[];
}

async function report(cwd: string, ...args: readonly string[]): Promise<Report> {
  const { out } = await ran(command, ['lint', '--format', 'json', ...args], { cwd });
  return JSON.parse(out) as Report;
}

test('a folder is checked in all languages with the DDL of its SQL, and other files are passed over', async () => {
  const files = {
    'tables.sql': ddl,
    'pipelines/load.asl.json': machine('SELECT id FROM sales'),
    'jobs/load.py': 'import boto3\nc.start_query_execution(QueryString="SELECT id FROM sales")\n',
    'jobs/plain.py': 'print("hello")\n',
    'package.json': '{ "name": "x" }',
    'data/points.json': '[1, 2, 3]',
    'values.yaml': 'replicas: 3\n',
  };
  await inFolder(files, async (cwd) => {
    const { files: linted } = await report(cwd);
    assert.deepEqual(
      linted.map(({ path, dialect }) => [path, dialect]),
      [
        ['jobs/load.py', 'python'],
        ['pipelines/load.asl.json', 'asl'],
        ['tables.sql', 'athena'],
      ],
    );
    for (const { path, findings } of linted.slice(0, 2)) {
      assert.ok(
        findings.some(({ code }) => code === 'ATH101'),
        `the table is known in ${path}`,
      );
    }
  });
});

test('a named file that nothing is known in is said to be so, in words that fit it', async () => {
  await inFolder({ 'a.json': '{}', 'b.sql': 'SELECT 1' }, async (cwd) => {
    const { err, code } = await ran(command, ['lint', 'a.json', 'b.sql'], { cwd });
    assert.equal(code, 0);
    assert.match(err, /dialect is not known: b\.sql\. /);
    assert.match(err, /nothing in them is known to lint: a\.json\.\n/);
  });
});

test('standard input may be a document too', async () => {
  const { out } = await ran(command, ['lint', '-', '--format', 'json'], {
    cwd: process.cwd(),
    stdin: machine('SELCT 1'),
  });
  const { files } = JSON.parse(out) as Report;
  assert.equal(files[0]?.dialect, 'asl');
  assert.ok(files[0]?.findings.some(({ code }) => code === 'SQL001'));
});

test('--fix mends SQL inside other files, and a second run changes nothing', async () => {
  await inFolder({ 'a.asl.json': machine('SELCT 1') }, async (cwd) => {
    await ran(command, ['lint', '--fix', '--rule', 'ASL02=off'], { cwd });
    const once = readFileSync(join(cwd, 'a.asl.json'), 'utf8');
    assert.match(once, /"SELECT 1"/);
    assert.doesNotThrow(() => void JSON.parse(once));
    await ran(command, ['lint', '--fix'], { cwd });
    assert.equal(readFileSync(join(cwd, 'a.asl.json'), 'utf8'), once);
  });
});

test('sarif and github name the place in a file that is not SQL', async () => {
  await inFolder({ 'a.asl.json': machine('SELCT 1') }, async (cwd) => {
    const { out } = await ran(command, ['lint', '--format', 'github'], { cwd });
    const line =
      machine('SELCT 1')
        .split('\n')
        .findIndex((text) => text.includes('SELCT')) + 1;
    assert.match(out, new RegExp(`::error file=a\\.asl\\.json,line=${line},.*SQL001 syntax`));
    const sarif = await ran(command, ['lint', '--format', 'sarif'], { cwd });
    assert.match(sarif.out, new RegExp(`"startLine": ${line}`));
  });
});

test('zones of the configuration have their own severities', async () => {
  const config = {
    version: 1,
    dialects: { '**': 'redshift' },
    overrides: [{ files: ['migrations/**'], rules: { RS306: 'off' } }],
  };
  const files = {
    '.lake-workbench.json': JSON.stringify(config),
    'migrations/a.sql': 'DELETE FROM orders;',
    'b.sql': 'DELETE FROM orders;',
  };
  await inFolder(files, async (cwd) => {
    const { files: linted } = await report(cwd);
    assert.deepEqual(
      linted.map(({ path, findings }) => [path, findings.some(({ code }) => code === 'RS306')]),
      [
        ['b.sql', true],
        ['migrations/a.sql', false],
      ],
    );
    const asked = await report(cwd, '--rule', 'RS306=error');
    assert.ok(asked.files.every(({ findings }) => findings.some(({ code }) => code === 'RS306')));
  });
});

test('where SQLFluff is set up, rules that say the same are off unless they are named', async () => {
  const union = '-- dialect: athena\nSELECT id FROM a UNION SELECT id FROM b;\n';
  const codes = async (
    files: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<string> =>
    inFolder({ 'q/a.sql': union, ...files }, async (cwd) => {
      const { files: linted } = await report(cwd, ...args);
      return linted.flatMap(({ findings }) => findings.map(({ code }) => code)).join(' ');
    });
  assert.equal(await codes({}), 'ATH132');
  assert.equal(await codes({ '.sqlfluff': '[sqlfluff]\n' }), '');
  assert.equal(await codes({ 'pyproject.toml': '[tool.sqlfluff.core]\n' }), '');
  assert.equal(await codes({ 'setup.cfg': '[metadata]\n[sqlfluff]\ndialect = athena\n' }), '');
  assert.equal(await codes({ 'pyproject.toml': '[tool.black]\n' }), 'ATH132');
  assert.equal(await codes({ '.sqlfluff': '' }, '--rule', 'ATH132=hint'), 'ATH132');
  const config = '{ "version": 1, "rules": { "ATH132": "warning" } }';
  assert.equal(await codes({ '.sqlfluff': '', '.lake-workbench.json': config }), 'ATH132');
});

test('models of a dbt project have the dialect of its adapter, and their templates cause no finding', async () => {
  const model =
    "{{ config(materialized='table') }}\nSELECT * FROM {{ ref('orders') }} WHERE {{ var('x') }}\n{% if y %} AND z = 1 {% endif %}\n";
  const project = 'name: shop\nprofile: shop\n';
  const profiles =
    'other:\n  outputs:\n    dev:\n      type: postgres\nshop:\n  target: dev\n  outputs:\n    dev:\n      type: athena\n';
  const dialects = async (files: Readonly<Record<string, string>>): Promise<unknown> =>
    inFolder({ 'models/a.sql': model, ...files }, async (cwd) => {
      const { files: linted } = await report(cwd);
      assert.deepEqual(linted[0]?.findings, []);
      return linted[0]?.dialect;
    });
  assert.equal(await dialects({ 'dbt_project.yml': project, 'profiles.yml': profiles }), 'athena');
  assert.equal(
    await dialects({ 'dbt_project.yml': project, 'profiles.yml': profiles.replace('athena', 'redshift') }),
    'redshift',
  );
  assert.equal(
    await dialects({ 'dbt_project.yml': project, 'profiles.yml': profiles.replace('athena', 'snowflake') }),
    null,
  );
  assert.equal(await dialects({ 'dbt_project.yml': project }), null);
});

test('an unreadable file is named, the rest is checked, and the exit code is 2', async () => {
  const files = { 'a.sql': '-- dialect: redshift\nDELETE FROM orders;', 'b.sql': Buffer.from([0, 1, 2, 0]) };
  await inFolder(files, async (cwd) => {
    const { code, out, err } = await ran(command, ['lint'], { cwd });
    assert.equal(code, 2);
    assert.match(out, /RS306/);
    assert.match(err, /^lake-workbench: b\.sql holds binary data.*\n$/);
  });
});

test('in a folder, what is called JSON or Python and is no text is passed over; named, it is a sentence', async () => {
  await inFolder({ 'a.json': Buffer.from([123, 0, 1]), 'b.py': Buffer.from([0, 2]) }, async (cwd) => {
    assert.deepEqual(await ran(command, ['lint'], { cwd }), { code: 0, out: '', err: '' });
    const named = await ran(command, ['lint', 'a.json'], { cwd });
    assert.equal(named.code, 2);
    assert.match(named.err, /^lake-workbench: a\.json holds binary data.*\n$/);
  });
});

test('a catalog that cannot be used is one sentence', async () => {
  await inFolder({ 'a.sql': 'SELECT 1', 'half.json': '{ "version": 1, "tables": [ { "data' }, async (cwd) => {
    const half = await ran(command, ['lint', '--catalog', 'half.json'], { cwd });
    assert.equal(half.code, 2);
    assert.match(half.err, /^lake-workbench: half\.json [^\n]+\.\n$/);
    const live = await ran(command, ['lint', '--catalog', 'redshift'], { cwd });
    assert.equal(live.code, 2);
    assert.match(live.err, /^lake-workbench: --catalog redshift is not read live by lint: [^\n]+\.\n$/);
  });
});
