import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logicalLineEnd } from '../../src/lint/logicalLine';

/** The first statement of a Python text. */
const first = (text: string): string => text.slice(0, logicalLineEnd(text, 0));

test('a Python statement ends with the line in which nothing is open any more', () => {
  assert.equal(first('x = 1\ny = 2'), 'x = 1');
  assert.equal(first('f(\n  1,\n)\ny'), 'f(\n  1,\n)');
  assert.equal(first('x = """a\nb"""\ny'), 'x = """a\nb"""');
  assert.equal(first("x = 'it''s (' # )\ny"), "x = 'it''s (' # )");
  assert.equal(first('x = "\\"("\ny'), 'x = "\\"("');
  assert.equal(first('x = 1 + \\\n  2\ny'), 'x = 1 + \\\n  2');
  assert.equal(first('x = 1 + \\\r\n  2\r\ny'), 'x = 1 + \\\r\n  2\r');
  assert.equal(first('f(  # (\n1)\ny'), 'f(  # (\n1)');
});

test('what is never closed ends with the text', () => {
  for (const text of ['f(\n1\n', 'x = """a\n', '']) assert.equal(first(text), text);
  assert.equal(first('x = "a\ny'), 'x = "a', 'but a plain string ends with its line');
});
