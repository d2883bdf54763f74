import type { Literal, PartitionSpec } from '../ast';
import { plainString } from './literals';
import { readName } from './names';
import { eat, endOf, expect, expected, next, parenthesised, peek, startOf, type Reader } from './reader';

const comparisons = new Set(['=', '<', '>', '<=', '>=', '<>', '!=']);

/** `PARTITION (year = 2024, month = '01') [LOCATION '…']`; PARTITION is next. */
export function readPartitionSpec(r: Reader): PartitionSpec {
  const start = startOf(r);
  expect(r, 'PARTITION');
  const entries = parenthesised(r, () => {
    const from = startOf(r);
    const key = readName(r, 'a partition column');
    const operator = comparisons.has(peek(r).upper) ? next(r).upper : '';
    if (operator === '')
      return {
        start: from,
        end: endOf(r),
        key,
        operator,
        value: { kind: 'Error', start: endOf(r), end: endOf(r) },
      } as const;
    const value = r.grammar.expression(r, 5);
    return { start: from, end: endOf(r), key, operator, value };
  });
  const location = readLocation(r);
  return {
    kind: 'PartitionSpec',
    start,
    entries,
    ...(location === undefined ? {} : { location }),
    end: endOf(r),
  };
}

function readLocation(r: Reader): Literal | undefined {
  if (!eat(r, 'LOCATION')) return undefined;
  const token = peek(r);
  if (token.kind === 'string' || token.kind === 'quoted') return plainString(r, next(r));
  if (token.kind === 'template') next(r);
  else expected(r, 'a location in quotes');
  return undefined;
}
