import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../src/documents/data/json';
import { readYaml } from '../../src/documents/data/yaml';
import { sqlInStates } from '../../src/documents/embeddedAsl';
import { fileSpan } from '../../src/documents/mappedText';

const athena = 'arn:aws:states:::athena:startQueryExecution.sync';

function task(resource: string, parameters: object): string {
  const states = { Run: { Type: 'Task', Resource: resource, Parameters: parameters, End: true } };
  return JSON.stringify({ StartAt: 'Run', States: states }, undefined, 2);
}

function found(json: string): readonly string[] {
  return sqlInStates(readJson(json)).map(({ dialect, text }) => `${dialect}: ${text}`);
}

test('QueryString is Athena’s SQL, Sql and Sqls are Redshift’s', () => {
  assert.deepEqual(found(task(athena, { QueryString: 'SELECT 1', WorkGroup: 'x' })), ['athena: SELECT 1']);
  assert.deepEqual(
    found(task('arn:aws-cn:states:::aws-sdk:athena:startQueryExecution', { QueryString: 'SELECT 1' })),
    ['athena: SELECT 1'],
  );
  assert.deepEqual(
    found(task('arn:aws:states:::aws-sdk:redshiftdata:executeStatement', { Sql: 'SELECT 1' })),
    ['redshift: SELECT 1'],
  );
  assert.deepEqual(
    found(
      task('arn:aws:states:::aws-sdk:redshiftdata:batchExecuteStatement', { Sqls: ['SELECT 1', 'SELECT 2'] }),
    ),
    ['redshift: SELECT 1', 'redshift: SELECT 2'],
  );
  assert.deepEqual(found(task('arn:aws:states:::lambda:invoke', { QueryString: 'SELECT 1', Sql: 'x' })), []);
});

test('the fields of States.Format are holes; other expressions are left alone', () => {
  const format = String.raw`States.Format('SELECT \'a\' FROM t WHERE day = \'{}\' AND x = \{{}\}', $.day, $.x)`;
  assert.deepEqual(found(task(athena, { 'QueryString.$': format })), [
    "athena: SELECT 'a' FROM t WHERE day = '${hole}' AND x = {${hole}}",
  ]);
  assert.deepEqual(found(task(athena, { 'QueryString.$': '$.sql' })), []);
  assert.deepEqual(found(task(athena, { QueryString: "{% 'SELECT ' & $x %}" })), []);
});

test('places lead back to the file through the escapes of JSON and of the intrinsic', () => {
  const json = task(athena, { QueryString: 'SELECT "a"\nFROM t' });
  const [sql] = sqlInStates(readJson(json));
  assert.ok(sql !== undefined);
  const span = fileSpan(sql, { start: 7, end: 10 });
  assert.equal(json.slice(span.start, span.end), '\\"a\\"');
  const from = fileSpan(sql, { start: sql.text.indexOf('FROM'), end: sql.text.indexOf('FROM') + 4 });
  assert.equal(json.slice(from.start, from.end), 'FROM');
});

test('YAML blocks, quoted and folded texts lead back to the file', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['|\n          SELECT a,\n            b\n          FROM t\n', 'SELECT a,\n  b\nFROM t\n'],
    ['|-\r\n          SELECT a,\r\n          FROM t\r\n', 'SELECT a,\nFROM t'],
    ['>\n          SELECT a,\n          b\n          FROM t\n', 'SELECT a, b FROM t\n'],
    ["'SELECT ''a'' FROM t'\n", "SELECT 'a' FROM t"],
    ['"SELECT \\"a\\" FROM t"\n', 'SELECT "a" FROM t'],
    ['SELECT a FROM t\n', 'SELECT a FROM t'],
    ['!Sub |\n          SELECT ${X} FROM t\n', 'SELECT ${X} FROM t\n'],
  ];
  for (const [form, expected] of forms) {
    const yaml = `StartAt: Run\nStates:\n  Run:\n    Type: Task\n    Resource: ${athena}\n    Parameters:\n      QueryString: ${form}    End: true\n`;
    const [sql] = sqlInStates(readYaml(yaml));
    assert.equal(sql?.text, expected, form);
    assert.ok(sql !== undefined);
    const at = sql.text.indexOf('FROM');
    const span = fileSpan(sql, { start: at, end: at + 4 });
    assert.equal(yaml.slice(span.start, span.end), 'FROM', form);
  }
});
