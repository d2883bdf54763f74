import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueExpression, longestExpression } from '../../src/scan/glueExpression';
import { scan, tableOf } from './tables';

const table = tableOf(
  't(x bigint) by region string, "order" string, n int, d date'.replace('"order"', 'order'),
);
const of = (condition: string) => glueExpression(scan(`select x from t where ${condition}`, table), 0);

test('conditions on text keys become an expression, others do not', () => {
  assert.equal(of("region = 'eu' and n = 1 and d = date '2024-01-15'"), "region = 'eu'");
  assert.equal(of("region >= 'a' and region < 'b'"), "(region >= 'a' AND region < 'b')");
  assert.equal(of("region = 'O''Brien'"), "region = 'O''Brien'");
  assert.equal(of('n = 1'), undefined);
  assert.equal(of('x = 1'), undefined);
});

test('a key whose name Glue cannot read is left out', () => {
  assert.equal(of(`"order" = 'a' and region = 'b'`), "region = 'b'");
});

test('NULL, and a condition that nothing meets, are left to the evaluation', () => {
  assert.equal(of('region is null'), undefined);
  assert.equal(of("region = 'a' and region = 'b'"), undefined);
});

test('an expression never grows over what Glue takes, counted in bytes', () => {
  const list = (count: number) =>
    Array.from({ length: count }, (_, at) => `'ü${String(at).padStart(3, '0')}'`).join(', ');
  const fits = of(`region in (${list(200)})`);
  assert.ok(fits !== undefined && new TextEncoder().encode(fits).length <= longestExpression);
  assert.equal(of(`region in (${list(250)})`), undefined);
});
