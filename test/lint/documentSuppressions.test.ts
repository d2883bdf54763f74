import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import type { CatalogSnapshot } from '../../src/catalog/catalog';
import { suppressionEdit } from '../../src/lint/documentSuppressions';
import type { Finding } from '../../src/lint/finding';
import { lintFile } from '../../src/lint/lintFile';
import { openFile, type OtherFile } from '../../src/lint/openFile';
import { catalogFrom } from '../support/ruleChecker';

const athena = catalogFrom(
  "CREATE EXTERNAL TABLE sales (id bigint) PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://lake/sales/'",
  'athena',
);
const nobody: CatalogSnapshot = { table: () => undefined };

async function ath101(path: string, text: string): Promise<{ file: OtherFile; found: readonly Finding[] }> {
  const file = await openFile({ path, text });
  assert.ok(file?.kind === 'document');
  const options = { catalogs: { athena, redshift: nobody }, config: { rules: {} } };
  return { file, found: lintFile(file, options).findings.filter(({ code }) => code === 'ATH101') };
}

/** The text after the edit that switches the first finding off; asserts that it does. */
async function switchedOff(path: string, text: string, scope: 'here' | 'file'): Promise<string> {
  const { file, found } = await ath101(path, text);
  const [first] = found;
  assert.ok(first !== undefined, 'nothing was found');
  const edit = suppressionEdit(file, first, scope);
  assert.ok(edit !== undefined);
  const after = applyEdits(text, [edit]);
  const left = (await ath101(path, after)).found;
  assert.equal(left.length, scope === 'file' ? 0 : found.length - 1);
  return after;
}

const python = `#!/usr/bin/env python
import boto3

def run(c):
    c.start_query_execution(
        QueryString="""
            SELECT id
            FROM sales
        """,
    )
    c.start_query_execution(QueryString="SELECT id FROM sales")
`;

test('in Python the comment stands above the statement, with its indent, or at the top', async () => {
  const here = await switchedOff('a.py', python, 'here');
  assert.match(here, /def run\(c\):\n {4}# lake-ignore ATH101\n {4}c\.start_query_execution\(\n/);
  assert.match(await switchedOff('a.py', python, 'file'), /^#!.*\n# lake-ignore-file ATH101\nimport boto3/);
  const crlf = python.replaceAll('\n', '\r\n');
  assert.match(await switchedOff('a.py', crlf, 'here'), /# lake-ignore ATH101\r\n/);
});

const yaml = `StartAt: A
States:
  A:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters:
      QueryString: SELECT id FROM sales
    Next: B
  B:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters:
      QueryString: SELECT id FROM sales
    End: true
`;

test('in YAML the comment stands above the key, or at the top', async () => {
  assert.match(await switchedOff('a.asl.yaml', yaml, 'here'), /\n {6}# lake-ignore ATH101\n {6}QueryString/);
  assert.match(await switchedOff('a.asl.yaml', yaml, 'file'), /^# lake-ignore-file ATH101\nStartAt/);
});

const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
  Parameters: { QueryString: 'SELECT id FROM sales' },
  End: true,
};

test('in a state machine in JSON it is a Comment of the state or of the machine, unless there is one', async () => {
  const json = JSON.stringify({ StartAt: 'A', States: { A: task, B: task } }, undefined, 2);
  const here = JSON.parse(await switchedOff('a.json', json, 'here')) as { States: { A: object; B: object } };
  assert.deepEqual(here.States.A, { ...task, Comment: 'lake-ignore ATH101' });
  assert.deepEqual(here.States.B, task);
  const whole = JSON.parse(await switchedOff('a.json', json, 'file')) as { Comment: string };
  assert.equal(whole.Comment, 'lake-ignore-file ATH101');
  const taken = JSON.stringify({ StartAt: 'A', States: { A: { Comment: 'loads', ...task } } });
  const { file, found } = await ath101('a.json', taken);
  assert.ok(found[0] !== undefined);
  assert.equal(suppressionEdit(file, found[0], 'here'), undefined);
});

test('a notebook has no place for it', async () => {
  const cell = { cell_type: 'code', source: ['%%athena\n', 'SELECT id FROM sales'] };
  const { file, found } = await ath101('a.ipynb', JSON.stringify({ cells: [cell], metadata: {} }));
  assert.ok(found[0] !== undefined);
  assert.equal(suppressionEdit(file, found[0], 'here'), undefined);
});
