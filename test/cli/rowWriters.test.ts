import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowWriter } from '../../src/cli/rowWriters';

const columns = [
  { name: 'a', type: 'double' },
  { name: 'b', type: 'boolean' },
  { name: 'c', type: 'decimal(38,2)' },
];
const rows = [
  ['1.50', 'true', '1.50'],
  ['NaN', null, ''],
];

test('CSV quotes what it must and tells NULL from empty', () => {
  const writer = rowWriter('csv');
  const text = writer.begin(columns) + writer.rows([...rows, ['a\nb', ' x', '"']]) + writer.end({});
  assert.equal(text, 'a,b,c\n1.50,true,1.50\nNaN,,""\n"a\nb"," x",""""\n');
});

test('JSON keeps numbers exact: decimals stay text, what is no JSON number too', () => {
  const lines = rowWriter('ndjson');
  assert.equal(
    lines.begin(columns) + lines.rows(rows) + lines.end({}),
    '{"a":1.5,"b":true,"c":"1.50"}\n{"a":"NaN","b":null,"c":""}\n',
  );
  const whole = rowWriter('json');
  const text =
    whole.begin(columns) + whole.rows(rows.slice(0, 1)) + whole.rows(rows.slice(1)) + whole.end({ rows: 2 });
  assert.deepEqual(JSON.parse(text), {
    version: 1,
    columns,
    rows: [
      [1.5, true, '1.50'],
      ['NaN', null, ''],
    ],
    run: { rows: 2 },
  });
});
