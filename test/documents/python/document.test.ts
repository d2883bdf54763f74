import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awsCalls } from '../../../src/documents/python/awsClients';
import { readPython } from '../../../src/documents/python/document';
import { languagesOf } from '../../../src/documents/python/languages';
import type { PyCall, PythonDocument } from '../../../src/documents/python/model';
import { pathOf, resolved } from '../../../src/documents/python/names';
import { argumentOf, statementsAt, textOf, wholeText } from '../../../src/documents/python/values';

function callOf(document: PythonDocument, name: string): PyCall {
  const found = document.calls.find(
    ({ callee }) => (callee.kind === 'name' || callee.kind === 'member') && callee.name === name,
  );
  assert.ok(found !== undefined, `no call of ${name}`);
  return found;
}

/** The text of the first argument of `use(…)`. */
function used(text: string): string | undefined {
  const document = readPython(text);
  const value = callOf(document, 'use').arguments[0]?.value;
  return value === undefined ? undefined : textOf(document, value)?.text;
}

test('a call is named through imports, as they are called in the file', () => {
  const text =
    'import pyspark.sql.functions as F\nfrom urllib.parse import (quote as q, unquote)\nimport a.b\nF.col("x")\nq(1)\na.b.c(1)\n';
  const document = readPython(text);
  assert.deepEqual(
    document.calls.map(({ callee }) => pathOf(document, callee)),
    ['pyspark.sql.functions.col', 'urllib.parse.quote', 'a.b.c'],
  );
});

test('a name that the file itself binds is not that of an import', () => {
  const document = readPython('from x import col\ndef f(col):\n    col("a")\n');
  assert.equal(pathOf(document, callOf(document, 'col').callee), 'col');
});

test('a text is followed through names, +, f-strings and literals that stand next to each other', () => {
  assert.equal(
    used('zone = "raw"\npath = f"s3://bank/{zone}/" + "cards" \'/\'\nuse(path)'),
    's3://bank/raw/cards/',
  );
  assert.equal(used('use(f"s3://bank/{day}/" + other)'), 's3://bank/${hole}/${hole}');
  assert.equal(used('use("a\\n" r"\\n")'), 'a\n\\n');
  assert.equal(used('use(b"bytes")'), undefined);
});

test('of several assignments the one that surely ran last counts, and none where that is open', () => {
  assert.equal(used('a = "1"\na = "2"\nuse(a)\na = "3"'), '2');
  assert.equal(used('a = "1"\nif x:\n    a = "2"\nuse(a)'), undefined);
  assert.equal(used('if x:\n    a = "2"\n    use(a)'), '2');
  assert.equal(used('a = "1"\nfor i in x:\n    use(a)\n    a = "2"'), undefined);
  assert.equal(used('a = "1"\na += "2"\nuse(a)'), undefined);
  assert.equal(used('for a in b:\n    use(a)'), undefined);
  assert.equal(used('a = "1"\ndef f(a):\n    use(a)'), undefined);
  assert.equal(used('a = "1"\ndef f():\n    use(a)'), '1');
  assert.equal(used('with open(x) as a:\n    use(a)'), undefined);
  assert.equal(used('a, b = "1", "2"\nuse(a)'), undefined);
});

test('arguments are found by name and by place, and not behind a *', () => {
  const document = readPython('f(1, "b", *rest, c="d", **more)');
  const call = callOf(document, 'f');
  assert.equal(wholeText(document, argumentOf(call, 'second', 1)?.value), 'b');
  assert.equal(argumentOf(call, 'third', 2), undefined);
  assert.equal(wholeText(document, argumentOf(call, 'c')?.value), 'd');
});

test('a client of AWS is known by what it was made from, or by its name', () => {
  const text =
    'import boto3\nclass Jobs:\n    def __init__(self):\n        self.api = boto3.client("glue")\n    def go(self):\n        self.api.start_job_run(JobName="a")\n\ndef run(glue_client, emr):\n    glue_client.start_job_run(JobName="b")\n    emr.start_job_run(name="c")\n';
  const document = readPython(text);
  assert.deepEqual(
    awsCalls(document, 'glue', ['start_job_run']).map(({ call }) =>
      wholeText(document, argumentOf(call, 'JobName')?.value),
    ),
    ['a', 'b'],
  );
});

test('a script is one of Glue by its imports or its client, and a handler makes a Lambda function', () => {
  const of = (text: string): readonly string[] => languagesOf(readPython(text));
  assert.deepEqual(of('from awsglue.job import Job\n'), ['glue']);
  assert.deepEqual(of('import pyspark.sql\n'), ['glue']);
  assert.deepEqual(of('import boto3\nclient = boto3.Session().client(service_name="glue")\n'), ['glue']);
  assert.deepEqual(of('import boto3\nboto3.client("glue")\ndef handler(event, context):\n    pass\n'), [
    'glue',
    'lambda',
  ]);
  assert.deepEqual(
    of('import boto3\nboto3.client("s3")\ndef handler(event, context, more):\n    pass\n'),
    [],
  );
});

test('the statements around a place are told from the outermost to the innermost', () => {
  const text = 'def f():\n    if a:\n        for b in c:\n            use(b)\n';
  const around = statementsAt(readPython(text), text.indexOf('use'));
  assert.deepEqual(
    around.map(({ kind }) => kind),
    ['function', 'if', 'for', 'expression'],
  );
});

test('what is assigned to itself is followed to an end', () => {
  const document = readPython('a = b\nb = a\nwhile x:\n    a = b\n    b = a\nuse(b)');
  const [argument] = callOf(document, 'use').arguments;
  assert.ok(argument !== undefined);
  assert.equal(resolved(document, argument.value).kind, 'name');
});

test('broken and hostile texts are read without an error and in time', () => {
  const nested = `x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`;
  const chained = `x = df${'.filter("a")'.repeat(2000)}\n`;
  const sum = `x = ${Array.from({ length: 20_000 }, () => '"a"').join(' + ')}\nuse(x)\n`;
  const deep = Array.from({ length: 500 }, (_, at) => `${' '.repeat(at)}if a:\n`).join('');
  const broken = 'def (:\n  x = [1, {"a": }\n use(  \n\u0000 f"{" \'';
  const doubling = Array.from({ length: 60 }, (_, at) => `a${at + 1} = a${at} + a${at}\n`).join('');
  for (const text of [
    nested,
    chained,
    sum,
    deep,
    broken,
    '',
    '\uFEFFimport a',
    `a0 = "1"\n${doubling}use(a60)\n`,
  ]) {
    const document = readPython(text);
    for (const call of document.calls) for (const { value } of call.arguments) textOf(document, value);
  }
  const large = 'df = spark.read.parquet("s3://bank-lake/cards/").filter(F.col("amount") > 0)\n'.repeat(3000);
  assert.equal(readPython(large).calls.length, 9000);
});
