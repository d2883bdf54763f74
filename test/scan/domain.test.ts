import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comparison,
  complement,
  contains,
  everything,
  intersection,
  isEverything,
  isNothing,
  nothing,
  setOf,
  union,
  valuesOf,
} from '../../src/scan/domain';
import { whole } from '../../src/scan/value';

const number = (value: number) => ({ kind: 'whole', whole: BigInt(value) }) as const;
const domain = (operator: string, value: number) => comparison(operator, number(value)) ?? nothing;
const members = (of: typeof everything) =>
  [0, 1, 2, 3, 4, 5].filter((value) => contains(of, whole(value)) === true);

test('sets and ranges of values are joined, cut and turned around', () => {
  assert.deepEqual(members(intersection(domain('>=', 1), domain('<', 4))), [1, 2, 3]);
  assert.deepEqual(members(union(domain('<', 1), domain('>', 4))), [0, 5]);
  assert.deepEqual(members(complement(union(domain('<', 1), domain('>', 4)))), [1, 2, 3, 4]);
  assert.deepEqual(members(complement(setOf([number(2), number(4), number(2)]))), [0, 1, 3, 5]);
  assert.deepEqual(members(domain('<>', 3)), [0, 1, 2, 4, 5]);
});

test('what covers everything or nothing is known to', () => {
  assert.equal(
    isEverything(union(union(domain('<', 3), domain('>=', 3)), complement(everything))),
    false,
    'NULL is missing',
  );
  assert.equal(isEverything(union(domain('<', 3), everything)), true);
  assert.equal(isNothing(intersection(domain('<', 3), domain('>', 3))), true);
  assert.equal(isNothing(complement(everything)), true);
});

test('a finite set gives its values, a range none', () => {
  assert.deepEqual(valuesOf(intersection(setOf([number(3), number(1)]), domain('>', 1))), [number(3)]);
  assert.equal(valuesOf(domain('>', 1)), undefined);
});

test('a value of another family cannot be told', () => {
  assert.equal(contains(domain('>', 1), { kind: 'text', text: 'a' }), undefined);
});
