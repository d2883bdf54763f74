import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileSpan } from '../../src/documents/mappedText';
import { readNotebook } from '../../src/documents/notebook';

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

function notebook(cells: readonly Cell[], kernel = 'python3', language = 'python'): string {
  const metadata = { kernelspec: { name: kernel, language } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
}

const code = (...source: readonly string[]): Cell => ({ cell_type: 'code', source });

test('cells with a magic are SQL of its engine, without the line of the magic', () => {
  const text = notebook([
    code('%%athena -o out\n', 'SELECT "a"\n', 'FROM t'),
    code('%%redshift\n', 'SELECT 1'),
    code('%%bash\n', 'ls'),
    { cell_type: 'markdown', source: ['%%athena\n', 'SELECT 2'] },
  ]);
  const { sql, python } = readNotebook(text);
  assert.deepEqual(
    sql.map(({ dialect, text: content }) => [dialect, content]),
    [
      ['athena', 'SELECT "a"\nFROM t'],
      ['redshift', 'SELECT 1'],
    ],
  );
  assert.equal(python, undefined);
  const [first] = sql;
  assert.ok(first !== undefined);
  const at = first.text.indexOf('FROM t');
  const span = fileSpan(first, { start: at, end: at + 6 });
  assert.equal(text.slice(span.start, span.end), 'FROM t');
});

test('%%sql belongs to the engine of the connection, to Spark in Glue, and else to nobody that is known', () => {
  const of = (...cells: readonly Cell[]): unknown => {
    const { sql } = readNotebook(notebook([...cells, code('%%sql\n', 'SELECT 1')]));
    return sql.map(({ dialect, isSpark }) => (isSpark === true ? 'spark' : dialect));
  };
  assert.deepEqual(of(), [undefined]);
  assert.deepEqual(of(code('%sql redshift+redshift_connector://x')), ['redshift']);
  assert.deepEqual(of(code('%sql awsathena+rest://x')), ['athena']);
  assert.deepEqual(of(code('%glue_version 4.0\n', 'from awsglue.context import GlueContext')), ['spark']);
});

test('the Python of all cells is one text, magics and shell lines are comments in it', () => {
  const text = notebook([
    code('%pip install x\n', '!ls\n', 'q = "SELECT 1 a"'),
    { cell_type: 'code', source: 'c.start_query_execution(QueryString=q)' },
  ]);
  const { python, sql } = readNotebook(text);
  assert.equal(
    python?.text,
    '#pip install x\n#ls\nq = "SELECT 1 a"\nc.start_query_execution(QueryString=q)\n',
  );
  assert.deepEqual(
    sql.map(({ dialect, text: content }) => [dialect, content]),
    [['athena', 'SELECT 1 a']],
  );
  const [first] = sql;
  assert.ok(first !== undefined);
  const span = fileSpan(first, { start: 0, end: 8 });
  assert.equal(text.slice(span.start, span.end), 'SELECT 1');
});

test('a notebook of another language, and broken JSON, hold nothing', () => {
  for (const text of [notebook([code('x = 1')], 'scala', 'scala'), '{"cells": [', '[]', '']) {
    assert.deepEqual(readNotebook(text), { python: undefined, sql: [] });
  }
});
