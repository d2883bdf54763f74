import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import type { CatalogSnapshot } from '../../src/catalog/catalog';
import type { Finding } from '../../src/lint/finding';
import { fixAll } from '../../src/lint/fixAll';
import { lintFile, reviewFile, type FileLintResult } from '../../src/lint/lintFile';
import { languagesOf, openFile, type LakeFile } from '../../src/lint/openFile';
import type { RuleSettings } from '../../src/lint/settings';
import { catalogFrom } from '../support/ruleChecker';

const sales = catalogFrom(
  "CREATE EXTERNAL TABLE sales (id bigint) PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://lake/sales/'",
  'athena',
);
const nobody: CatalogSnapshot = { table: () => undefined };
const catalogs = { athena: sales, redshift: nobody };

async function opened(path: string, text: string, previous?: LakeFile): Promise<LakeFile> {
  const file = await openFile({ path, text }, previous);
  assert.ok(file !== undefined, path);
  return file;
}

async function linted(path: string, text: string, rules: RuleSettings = {}): Promise<FileLintResult> {
  return lintFile(await opened(path, text), { catalogs, config: { rules } });
}

/** Code and marked text of the findings of SQL rules in a file. */
async function found(path: string, text: string, rules: RuleSettings = {}): Promise<readonly string[]> {
  const { findings } = await linted(path, text, rules);
  return findings
    .filter(({ code }) => /^(?:SQL|ATH|RS)/.test(code))
    .map(({ code, start, end }) => `${code} ${text.slice(start, end)}`);
}

function machine(sql: string, state: object = {}): string {
  const run = {
    Type: 'Task',
    Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
    Parameters: { QueryString: sql, WorkGroup: 'etl' },
    End: true,
    ...state,
  };
  return JSON.stringify({ StartAt: 'Run', States: { Run: run } }, undefined, 2);
}

test('SQL inside other files is linted where it stands', async () => {
  const query = 'SELECT id FROM sales';
  assert.deepEqual(await found('a.json', machine(query)), ['ATH101 sales']);
  assert.deepEqual(await found('job.py', `c.start_query_execution(QueryString=f"${query} -- {x}") # boto3`), [
    'ATH101 sales',
  ]);
  const notebook = {
    cells: [{ cell_type: 'code', source: ['%%athena\n', 'SELECT id\n', 'FROM sales'] }],
    metadata: {},
  };
  assert.deepEqual(await found('a.ipynb', JSON.stringify(notebook)), ['ATH101 sales']);
  assert.deepEqual(await found('a.json', machine('SELCT 1')), ['SQL001 SELCT']);
});

test('of Spark’s SQL only a table that is read whole is said, and nothing of what its dialect may allow', async () => {
  const python = (sql: string): string => `from pyspark.sql import SparkSession\nspark.sql("${sql}")\n`;
  assert.deepEqual(await found('job.py', python('SELECT id FROM sales')), ['ATH101 sales']);
  assert.deepEqual(await found('job.py', python("SELECT id FROM sales WHERE day = '2026-01-01'")), []);
  assert.deepEqual(
    await found('job.py', python('SELECT /*+ BROADCAST(s) */ id FROM sales s LATERAL VIEW explode(x) y')),
    [],
  );
  assert.deepEqual(
    await found('job.py', python('INSERT OVERWRITE TABLE sales PARTITION (day) SELECT 1')),
    [],
  );
});

test('a hole in SQL causes no finding', async () => {
  for (const sql of [
    'SELECT id FROM {table}',
    'SELECT {columns} FROM sales WHERE {where}',
    '{query} LIMIT 1',
  ]) {
    assert.deepEqual(
      await found('job.py', `import boto3\nc.start_query_execution(QueryString=f"${sql}")`),
      [],
      sql,
    );
  }
});

test('Jinja in an operator’s SQL causes no finding, and what is wrong beside it is found', async () => {
  const dag = (sql: string): string => `AthenaOperator(task_id="x", query="""\n${sql}\n""")\n`;
  const load = "INSERT INTO {{ params.db }}.daily SELECT id FROM raw.events WHERE dt = '{{ ds }}'";
  assert.deepEqual(await found('dag.py', dag(load)), []);
  assert.deepEqual(await found('dag.py', dag('SELCT 1')), ['SQL001 SELCT']);
});

test('a hole has no name in messages, and no fix writes one', async () => {
  const python = `import boto3\nc.start_query_execution(QueryString=f"MSCK REPAIR TABLE {db}.{table}")\n`;
  const { findings } = await linted('job.py', python);
  const repair = findings.find(({ code }) => code === 'ATH311');
  assert.match(repair?.message ?? '', / … /);
  for (const { message, fixes } of findings) {
    const texts = fixes.flatMap(({ edits }) => edits.map(({ text }) => text));
    assert.ok([message, ...texts].every((text) => !text.includes('hole')));
  }
});

test('a fix is carried over only where its text can stand in the string as it is', async () => {
  const python = 'import boto3\nc.start_query_execution(QueryString="SELCT 1")\n';
  const { findings } = await linted('job.py', python);
  assert.equal(fixAll(python, findings), python.replace('SELCT', 'SELECT'));
  const escaped = machine('SELECT "a"\nFORM t');
  for (const { fixes } of (await linted('a.json', escaped)).findings) {
    for (const { edits } of fixes) assert.doesNotThrow(() => void JSON.parse(applyEdits(escaped, edits)));
  }
});

test('a text that is broken is one finding at its place, and no rule is asked', async () => {
  const text = '{ "StartAt": "A", "States": { "A": { "Type": "Task", } } }';
  const { findings } = await linted('a.asl.json', text);
  assert.deepEqual(
    findings.map(({ code, severity, start }) => [code, severity, text.charAt(start)]),
    [['SQL001', 'error', ',']],
  );
  assert.match(findings[0]?.message ?? '', /^This JSON cannot be read: this comma is one too many/);
});

test('comments of each language switch rules off, and a name that no rule has is told', async () => {
  const call = `wr.athena.read_sql_query(\n    """\n    SELECT id\n    FROM sales\n    """,\n)`;
  const python = (before: string, behind = ''): string =>
    `import awswrangler as wr\n${before}${call}${behind}\n`;
  assert.deepEqual(await found('a.py', python('')), ['ATH101 sales']);
  assert.deepEqual(await found('a.py', python('# lake-ignore ATH101: all of it is wanted\n')), []);
  assert.deepEqual(await found('a.py', python('# lake-ignore-file\nx = 1\n')), []);
  assert.deepEqual(await found('a.py', python('# lake-ignore ATH121\n')), ['ATH101 sales']);
  assert.deepEqual(await found('a.py', python('# lake-ignore ATH1O1\n')), ['SQL002 ATH1O1', 'ATH101 sales']);
  assert.deepEqual(await found('a.py', python('x = 1 # lake-ignore ATH101\n')), ['ATH101 sales']);
  assert.deepEqual(
    await found('a.json', machine('SELECT id FROM sales', { Comment: 'lake-ignore ATH101' })),
    [],
  );
  assert.deepEqual(await found('a.json', machine('-- lake-ignore ATH101\nSELECT id FROM sales')), []);
  const yaml = `StartAt: Run\nStates:\n  # lake-ignore ATH101\n  Run:\n    Type: Task\n    Resource: arn:aws:states:::athena:startQueryExecution.sync\n    Parameters:\n      QueryString: SELECT id FROM sales\n    End: true\n`;
  assert.deepEqual(await found('a.asl.yaml', yaml), []);
  assert.deepEqual(await found('a.asl.yaml', yaml.replace('  # lake-ignore ATH101\n', '')), ['ATH101 sales']);
});

test('settings hold for SQL in other files and for their own rules', async () => {
  assert.deepEqual(
    await found('a.json', machine('SELECT id FROM sales'), { 'athena-missing-partition-filter': 'off' }),
    [],
  );
});

test('tables that nobody knows are named once for Athena', async () => {
  const { unknownTables } = await linted(
    'a.json',
    machine('SELECT id FROM lake.orders JOIN orders2 USING (id)'),
  );
  assert.deepEqual(unknownTables, [['lake', 'orders'], ['orders2']]);
});

test('a file says what it was checked as; what is not ours is not opened', async () => {
  assert.deepEqual(languagesOf(await opened('a.json', machine('SELECT 1'))), ['asl', 'athena']);
  assert.equal(await openFile({ path: 'a.json', text: '{ "name": "x" }' }), undefined);
  assert.equal(await openFile({ path: 'a.sql', text: 'SELECT 1' }), undefined, 'SQL of no known dialect');
  assert.equal((await openFile({ path: 'a.sql', text: 'SELECT 1', dialect: 'athena' }))?.kind, 'sql');
});

test('SQL that has not changed is not read again', async () => {
  const before = await opened('a.json', machine('SELECT id FROM sales'));
  const after = await opened('a.json', machine('SELECT id FROM sales', { TimeoutSeconds: 60 }), before);
  assert.ok(before.kind === 'document' && after.kind === 'document');
  assert.equal(
    after.embedded[0]?.document.statements[0]?.parsed,
    before.embedded[0]?.document.statements[0]?.parsed,
  );
});

test('the second opinion weakens syntax errors in other files too, at their place there', async () => {
  const text = 'import boto3\nc.start_query_execution(QueryString="SELECT a FROM b")\n';
  const file = await opened('a.py', text);
  const options = { catalogs, config: { rules: {} } };
  const result = lintFile(file, options);
  const [sql] = result.sql;
  assert.ok(sql !== undefined);
  assert.equal(await reviewFile(file, result, options), result.findings, 'nothing to look at');
  const claimed: Finding = {
    rule: 'syntax',
    code: 'SQL001',
    severity: 'error',
    message: 'Wrong.',
    fixes: [],
    start: 7,
    end: 8,
  };
  const doubted = { ...result, sql: [{ ...sql, findings: [claimed] }] };
  const [reviewed] = await reviewFile(file, doubted, options);
  assert.equal(reviewed?.severity, 'hint');
  assert.equal(text.slice(reviewed?.start, reviewed?.end), 'a');
});
