import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeValue } from '../../src/scan/cast';
import { evaluate } from '../../src/scan/evaluate';
import { typeOf } from '../../src/scan/typeOf';
import { analysed } from './tables';

const now = Date.UTC(2024, 2, 31, 12, 30);

function term(expression: string) {
  const [output] = analysed(`select ${expression} as v`).outputs;
  if (output === undefined) throw new Error(`${expression} gives nothing`);
  return output.term;
}

/** As the engine writes it; `NULL`; `?` when it cannot be told. */
function value(expression: string): string {
  const result = evaluate(term(expression), { column: () => undefined, now });
  if (result === undefined) return '?';
  return result === null ? 'NULL' : (writeValue(result) ?? result.kind);
}

const values: readonly (readonly [expression: string, value: string])[] = [
  ["substr('2024-01-15', 1, 4)", '2024'],
  ["substr('abc', -2)", 'bc'],
  ["substr('abc', 0, 2)", ''],
  ["substring('abc' from 2 for 1)", 'b'],
  ["'a' || 'b' || 'c'", 'abc'],
  ["concat('a', null)", 'NULL'],
  ["upper(trim(' ab '))", 'AB'],
  ["lpad('7', 2, '0')", '07'],
  ["length('😀b')", '2'],
  ["strpos('😀b', 'b')", '2'],
  ["replace('2024-01', '-', '')", '202401'],
  ['7 / 2', '3'],
  ['-7 % 4', '-3'],
  ['1 / 0', '?'],
  ['0.1 + 0.2 = 0.3', 'true'],
  ['1.10 * 2', '2.20'],
  ["cast('07' as integer)", '7'],
  ["cast('x' as integer)", '?'],
  ['cast(300 as tinyint)', '?'],
  ['cast(2.5 as integer)', '3'],
  ['cast(-2.5 as integer)', '-3'],
  ["cast(date '2024-01-05' as varchar)", '2024-01-05'],
  ["date_format(date_parse('20240115', '%Y%m%d'), '%Y-%m-%d')", '2024-01-15'],
  ["date_parse('2024-02-30', '%Y-%m-%d')", '?'],
  ["date '2024-01-31' + interval '1' month", '2024-02-29'],
  ["date_add('month', -1, date '2024-03-31')", '2024-02-29'],
  ["date_trunc('week', date '2024-03-31')", '2024-03-25'],
  ["date_trunc('quarter', date '2024-06-30')", '2024-04-01'],
  ["last_day_of_month(date '2023-02-03')", '2023-02-28'],
  ['year(current_date) * 100 + month(current_date)', '202403'],
  ["extract(day from date '2024-01-15')", '15'],
  ["date_diff('day', date '2024-02-28', date '2024-03-01')", '2'],
  ["timestamp '2024-01-15 10:00:00' > date '2024-01-15'", 'true'],
  ["cast(now() as date) = date '2024-03-31'", 'true'],
  ["coalesce(null, 'a', 'b')", 'a'],
  ["nullif('a', 'a')", 'NULL'],
  ['greatest(1, 3, 2)', '3'],
  ["case when 1 = 2 then 'a' when null then 'b' else 'c' end", 'c'],
  ["case 2 when 1 then 'a' when 2 then 'b' end", 'b'],
  ["if(1 = 1, 'a', 'b')", 'a'],
  ["'a%b' like 'a!%b' escape '!'", 'true'],
  ["'axb' like 'a!%b' escape '!'", 'false'],
  ["'a.b' like 'a_b'", 'true'],
  ["'ab' like 'a.b'", 'false'],
  ['null = null', 'NULL'],
  ['null is distinct from 1', 'true'],
  ['1 in (2, null)', 'NULL'],
  ['1 not in (2, null)', 'NULL'],
  ['1 in (1, null)', 'true'],
  ['null and false', 'false'],
  ['null or true', 'true'],
  ['not (null and true)', 'NULL'],
  ['false and unknown_function(1) = 2', 'false'],
  ['true and unknown_function(1) = 2', '?'],
  ['null = unknown_function(1)', 'NULL'],
  ["'1' = 1", '?'],
  ["'é' > 'z'", 'true'],
  ["'\u{1F600}' > '\uFF5E'", 'true'],
];

test('expressions have the values that the engine gives them', () => {
  for (const [expression, expected] of values) assert.equal(value(expression), expected, expression);
});

test('without a day for it, what depends on the day is not known', () => {
  assert.equal(evaluate(term("current_date > date '2024-01-01'"), { column: () => undefined }), undefined);
});

test('types are known where they are certain, and only there', () => {
  const type = (expression: string) => typeOf(term(expression))?.base;
  assert.equal(type("'a' || 'b'"), 'varchar');
  assert.equal(type("date '2024-01-15' + interval '1' day"), 'date');
  assert.equal(type("date_trunc('month', timestamp '2024-01-15 00:00:00')"), 'timestamp');
  assert.equal(type("cast('1' as decimal(10,2))"), 'decimal');
  assert.equal(type("coalesce(null, 'a')"), 'varchar');
  assert.equal(type('unknown_function(1)'), undefined);
  assert.equal(type("case when true then 'a' end"), undefined);
  assert.equal(type('?'), undefined);
});
