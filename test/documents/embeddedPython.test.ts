import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EmbeddedSql } from '../../src/documents/embedded';
import { sqlInPython } from '../../src/documents/embeddedPython';
import { fileEditSpan, fileSpan } from '../../src/documents/mappedText';

/** Engine and text of all SQL in a Python text. */
function found(python: string): readonly string[] {
  return sqlInPython(python).map(
    ({ dialect, text, isSpark }) => `${isSpark === true ? 'spark' : dialect}: ${text}`,
  );
}

function only(python: string): EmbeddedSql {
  const [sql, ...others] = sqlInPython(python);
  assert.ok(sql !== undefined && others.length === 0);
  return sql;
}

test('calls of boto3, awswrangler, drivers, Airflow and Spark are found by their argument', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [`client.start_query_execution(QueryString="SELECT 1 a", WorkGroup='x')`, ['athena: SELECT 1 a']],
    [`wr.athena.start_query_execution("SELECT 1 a", database="d")`, ['athena: SELECT 1 a']],
    [`wr.athena.read_sql_query(sql="SELECT 1 a")`, ['athena: SELECT 1 a']],
    [`wr.redshift.unload("SELECT 1 a", path=p)`, ['redshift: SELECT 1 a']],
    [
      `boto3.client('redshift-data').execute_statement(Database=d, Sql='SELECT 1 a')`,
      ['redshift: SELECT 1 a'],
    ],
    [
      `c.batch_execute_statement(Sqls=["SELECT 1 a", 'SELECT 2 b'])`,
      ['redshift: SELECT 1 a', 'redshift: SELECT 2 b'],
    ],
    [`spark.sql("SELECT 1 a")`, ['spark: SELECT 1 a']],
    [`AthenaOperator(task_id='x', query="SELECT 1 a")`, ['athena: SELECT 1 a']],
    [`import redshift_connector\ncur.execute("SELECT 1 a")`, ['redshift: SELECT 1 a']],
    [`from pyathena import connect\nconnect().cursor().execute("SELECT 1 a")`, ['athena: SELECT 1 a']],
    [
      `import psycopg2\nc = connect(host='x.redshift.amazonaws.com')\ncur.execute("SELECT 1 a")`,
      ['redshift: SELECT 1 a'],
    ],
  ];
  for (const [python, expected] of cases) assert.deepEqual(found(python), expected, python);
});

test('what may be another database, or no SQL, is left alone', () => {
  for (const python of [
    `cur.execute("SELECT 1 a")`,
    `import sqlite3\ncur.execute("SELECT 1 a")`,
    `import psycopg2\ncur.execute("SELECT 1 a")`,
    `import pyathena, redshift_connector\ncur.execute("SELECT 1 a")`,
    `rds.execute_statement(sql="SELECT 1 a")`,
    `RedshiftSQLOperator(sql="queries/load all.sql")`,
    `client.start_query_execution(QueryString=build(), WorkGroup="SELECT 1 a")`,
    `client.start_query_execution(QueryString=b"SELECT 1 a")`,
    `client.start_query_execution(**kwargs)`,
    `print("SELECT 1 a")`,
    `db.sql("SELECT 1 a")`,
  ]) {
    assert.deepEqual(found(python), [], python);
  }
});

test('strings are what Python makes of them, and what only the running program knows is a hole', () => {
  const cases: readonly (readonly [string, string])[] = [
    [`"SELECT 'a\\'b\\\\' \\n x \\x41\\u00e9"`, `SELECT 'a'b\\' \n x Aé`],
    [`r"SELECT '\\d' x"`, `SELECT '\\d' x`],
    [`"""SELECT a,\n  b"""`, `SELECT a,\n  b`],
    [`"SELECT " "a" \\\n  ' b'`, 'SELECT a b'],
    [`("SELECT a "\n "FROM t")`, 'SELECT a FROM t'],
    [`f"SELECT {a} FROM {{x}} {b!r:>{w}}"`, 'SELECT ${hole} FROM {x} ${hole}'],
    [`"SELECT a FROM {} WHERE {{x}} {name}".format(t, name=1)`, 'SELECT a FROM ${hole} WHERE {x} ${hole}'],
    [`"SELECT %s, '100%%' FROM %(t)s" % x`, "SELECT ${hole}, '100%' FROM ${hole}"],
    [`"SELECT a FROM " + table + " WHERE b"`, 'SELECT a FROM ${hole} WHERE b'],
    [`textwrap.dedent("""\n  SELECT a b\n""").strip()`, '\n  SELECT a b\n'],
    [`text("SELECT a b")`, 'SELECT a b'],
  ];
  for (const [expression, expected] of cases) {
    assert.equal(only(`c.start_query_execution(QueryString=${expression})`).text, expected, expression);
  }
});

test('a name is followed to its last assignment above, when that is certain', () => {
  assert.deepEqual(
    found(
      'q = "SELECT 1 a"\nc.start_query_execution(QueryString=q)\nq = "SELECT 2 b"\nc.start_query_execution(QueryString=q)',
    ),
    ['athena: SELECT 1 a', 'athena: SELECT 2 b'],
  );
  assert.deepEqual(found('Q = "SELECT 1 a"\ndef run():\n    c.start_query_execution(QueryString=Q)\n'), [
    'athena: SELECT 1 a',
  ]);
  assert.deepEqual(
    found(
      'def run(x):\n    q: str = f"SELECT {x} a"\n    if x:\n        c.start_query_execution(QueryString=q)\n',
    ),
    ['athena: SELECT ${hole} a'],
  );
  for (const python of [
    'def run(q):\n    c.start_query_execution(QueryString=q)\nq = "SELECT 1 a"',
    'q = "SELECT 1 a"\nq += " WHERE b"\nc.start_query_execution(QueryString=q)',
    'q = "SELECT 1 a"\nfor q in all:\n    c.start_query_execution(QueryString=q)',
    'if x:\n    q = "SELECT 1 a"\nc.start_query_execution(QueryString=q)',
    'q = "SELECT 1 a"\nfor i in x:\n    c.start_query_execution(QueryString=q)\n    q = next(i)',
    'q = "SELECT 1 a"\nq = "SELECT 2 b"\ndef run():\n    c.start_query_execution(QueryString=q)',
    'c.start_query_execution(QueryString=q)\nq = "SELECT 1 a"',
    'q = q\nc.start_query_execution(QueryString=q)',
  ]) {
    assert.deepEqual(found(python), [], python);
  }
});

test('places lead back to the file through escapes, holes and joined strings', () => {
  const python = `c.start_query_execution(QueryString="SELECT 'a\\tb', {} " 'FROM 😀t'.format(x))`;
  const sql = only(python);
  const at = (part: string): string => {
    const start = sql.text.indexOf(part);
    const span = fileSpan(sql, { start, end: start + part.length });
    return python.slice(span.start, span.end);
  };
  assert.equal(at('SELECT'), 'SELECT');
  assert.equal(at("'a\tb'"), "'a\\tb'");
  assert.equal(at('FROM 😀t'), 'FROM 😀t');
  assert.equal(
    at('SELECT ' + sql.text.slice(7)),
    python.slice(python.indexOf('SELECT'), python.indexOf("'.format")),
  );
});

test('an edit is carried over only where it can be written as it is', () => {
  const sql = only(`c.start_query_execution(QueryString="SELECT a FROM t\\n WHERE b")`);
  const start = sql.text.indexOf('a FROM');
  const end = start + 1;
  assert.deepEqual(fileEditSpan(sql, { start, end, text: 'b' }), { start: 46 - 2, end: 47 - 2 });
  for (const text of ['"x"', 'a\\b', 'a\nb'])
    assert.equal(fileEditSpan(sql, { start, end, text }), undefined);
  const over = sql.text.indexOf('\n');
  assert.equal(fileEditSpan(sql, { start: over - 1, end: over + 1, text: ' ' }), undefined);
});

test('broken and hostile Python is read in time and never throws', () => {
  for (const python of [
    'c.start_query_execution(QueryString="SELECT',
    'spark.sql(',
    'spark.sql(f"{',
    '("'.repeat(3000),
    '',
  ]) {
    assert.doesNotThrow(() => sqlInPython(python));
  }
  const chain = Array.from({ length: 2000 }, (_, at) => `q${at + 1} = q${at} + " x"`).join('\n');
  assert.doesNotThrow(() => sqlInPython(`q0 = "SELECT 1"\n${chain}\nspark.sql(q2000)`));
});
