import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementsOf, withParameters } from '../../src/query/parameters';

test('statements end at semicolons outside strings, names and comments', () => {
  assert.deepEqual(statementsOf('select \';\', "a;b" -- ;\n/* ; */ from t; ; -- end\n'), [
    'select \';\', "a;b" -- ;\n/* ; */ from t',
  ]);
  assert.deepEqual(statementsOf('a;b'), ['a', 'b']);
  assert.deepEqual(statementsOf(''), []);
  assert.deepEqual(statementsOf("select 'never closed;"), ["select 'never closed;"]);
});

test('values keep numbers, words and literals, and quote everything else', () => {
  const values = new Map(
    Object.entries({
      a: '1.5e3',
      b: 'true',
      c: "date '2026-01-01'",
      d: '2026-01-01',
      e: '',
      f: "'007'",
      g: "x'; drop",
    }),
  );
  const { sql, parameters } = withParameters('select :a,:b,:c,:d,:e,:f,:g', values);
  assert.deepEqual(parameters, [
    '1.5e3',
    'true',
    "date '2026-01-01'",
    "'2026-01-01'",
    "''",
    "'007'",
    "'x''; drop'",
  ]);
  assert.equal(sql, 'select ? ,? ,? ,? ,? ,? ,? ');
});

test('a statement without parameters stays as it is', () => {
  assert.deepEqual(withParameters('select a::b, :c', new Map()), { sql: 'select a::b, :c', parameters: [] });
  assert.equal(withParameters('select a::x, :x', new Map([['x', '1']])).sql, 'select a::x, ? ');
});
