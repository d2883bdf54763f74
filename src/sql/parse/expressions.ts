import type { Expression, InList, InQuery, Like, QualifiedName } from '../ast';
import { readQualified } from './names';
import { readPrimary, startsQuery } from './primary';
import {
  complain,
  eat,
  eatOne,
  endOf,
  expected,
  expect,
  is,
  missing,
  enter,
  leave,
  next,
  peek,
  close,
  commaList,
  startOf,
  type Reader,
} from './reader';

// Binding powers, loosest first. Predicates do not chain in Trino: `a = b = c` is an error there.
export const power = {
  lowest: 0,
  or: 1,
  and: 2,
  not: 3,
  predicate: 4,
  operator: 5,
  sum: 6,
  product: 7,
  exponent: 8,
  sign: 9,
};

const comparisons = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);
const binary: ReadonlyMap<string, number> = new Map([
  ['OR', power.or],
  ['AND', power.and],
  ['||', power.operator],
  ['+', power.sum],
  ['-', power.sum],
  ['*', power.product],
  ['/', power.product],
  ['%', power.product],
]);
/** PostgreSQL's operators that Redshift kept. */
const redshiftBinary: ReadonlyMap<string, number> = new Map([
  ['&', power.operator],
  ['|', power.operator],
  ['#', power.operator],
  ['<<', power.operator],
  ['>>', power.operator],
  ['~', power.operator],
  ['~*', power.operator],
  ['!~', power.operator],
  ['!~*', power.operator],
  ['^', power.exponent],
]);

/** An expression whose operators bind at least as tightly as `minimum`. Always gives a node. */
export function readExpression(r: Reader, minimum: number): Expression {
  if (!enter(r)) return missing(r);
  const expression = readOperators(r, readPrefix(r, minimum), minimum);
  leave(r);
  return expression;
}

/** An expression, or a problem that says `what` was expected. */
export function needExpression(r: Reader): Expression {
  return readExpression(r, power.lowest);
}

function readPrefix(r: Reader, minimum: number): Expression {
  const token = peek(r);
  const { upper } = token;
  if (upper === 'NOT') {
    if (minimum > power.not && r.dialect === 'athena')
      complain(r, 'Expected a value, found NOT: put the negated condition in parentheses');
    next(r);
    const operand = r.grammar.expression(r, power.not);
    return { kind: 'Unary', start: token.start, end: endOf(r), operator: 'NOT', operand };
  }
  if (upper === '-' || upper === '+') {
    next(r);
    const operand = r.grammar.expression(r, power.sign);
    return { kind: 'Unary', start: token.start, end: endOf(r), operator: upper, operand };
  }
  if (r.dialect === 'redshift' && (upper === '~' || upper === '@' || upper === '|/')) {
    next(r);
    const operand = r.grammar.expression(r, power.sign);
    return { kind: 'Unary', start: token.start, end: endOf(r), operator: upper, operand };
  }
  if (upper === 'PRIOR' && r.dialect === 'redshift' && peek(r, 1).kind === 'word') {
    next(r);
    const operand = r.grammar.expression(r, power.sign);
    return { kind: 'Unary', start: token.start, end: endOf(r), operator: 'PRIOR', operand };
  }
  return readPrimary(r);
}

function readOperators(r: Reader, first: Expression, minimum: number): Expression {
  let left = first;
  let predicates = 0;
  for (;;) {
    const token = peek(r);
    const { upper } = token;
    if (upper === '') return left;
    const bound = binary.get(upper) ?? (r.dialect === 'redshift' ? redshiftBinary.get(upper) : undefined);
    if (bound !== undefined) {
      if (bound < minimum) return left;
      next(r);
      const right = r.grammar.expression(r, bound + 1);
      left = {
        kind: 'Binary',
        start: left.start,
        end: Math.max(left.end, endOf(r)),
        operator: upper,
        left,
        right,
        operatorSpan: { start: token.start, end: token.end },
      };
      if (bound <= power.and) predicates = 0;
      continue;
    }
    if (minimum > power.predicate) return left;
    if (predicates > 0 && r.dialect === 'athena') return left;
    const result = readPredicate(r, left);
    if (result === undefined) return left;
    left = result;
    predicates++;
  }
}

function readPredicate(r: Reader, left: Expression): Expression | undefined {
  const token = peek(r);
  const { upper } = token;
  if (comparisons.has(upper)) return readComparison(r, left);
  const negated = upper === 'NOT';
  const word = negated ? peek(r, 1).upper : upper;
  const start = left.start;
  switch (word) {
    case 'BETWEEN': {
      r.at += negated ? 2 : 1;
      if (r.dialect === 'redshift') eat(r, 'SYMMETRIC');
      const low = r.grammar.expression(r, power.operator);
      expect(r, 'AND');
      const high = r.grammar.expression(r, power.operator);
      return { kind: 'Between', start, end: endOf(r), operand: left, low, high, negated };
    }
    case 'IN':
      r.at += negated ? 2 : 1;
      return readIn(r, left, negated);
    case 'LIKE':
    case 'ILIKE':
    case 'SIMILAR':
    case 'RLIKE':
      if ((word !== 'LIKE' && r.dialect === 'athena') || word === 'RLIKE') return undefined;
      r.at += negated ? 2 : 1;
      return readLike(r, { left, word, negated });
    case 'IS':
      return negated ? undefined : readIs(r, left);
    case 'ISNULL':
    case 'NOTNULL':
      if (r.dialect === 'athena' || negated) return undefined;
      next(r);
      return {
        kind: 'IsTest',
        start,
        end: endOf(r),
        operand: left,
        test: 'NULL',
        negated: word === 'NOTNULL',
      };
    case 'OVERLAPS': {
      if (r.dialect === 'athena' || negated) return undefined;
      next(r);
      const right = r.grammar.expression(r, power.operator);
      return {
        kind: 'Binary',
        start,
        end: endOf(r),
        operator: 'OVERLAPS',
        left,
        right,
        operatorSpan: { start: token.start, end: token.end },
      };
    }
    default:
      return undefined;
  }
}

function readComparison(r: Reader, left: Expression): Expression {
  const token = next(r);
  const operator = token.upper === '!=' ? '<>' : token.upper;
  const quantifier = peek(r).upper;
  if ((quantifier === 'ANY' || quantifier === 'ALL' || quantifier === 'SOME') && peek(r, 1).upper === '(') {
    r.at += 2;
    const argument = startsQuery(r) ? r.grammar.query(r) : r.grammar.expression(r, power.lowest);
    close(r);
    return {
      kind: 'Quantified',
      start: left.start,
      end: endOf(r),
      operator,
      operand: left,
      quantifier,
      argument,
    };
  }
  const right = r.grammar.expression(r, power.operator);
  return {
    kind: 'Binary',
    start: left.start,
    end: Math.max(left.end, endOf(r)),
    operator,
    left,
    right,
    operatorSpan: { start: token.start, end: token.end },
  };
}

function readIn(r: Reader, operand: Expression, negated: boolean): InList | InQuery | Expression {
  const start = operand.start;
  const token = peek(r);
  if (token.kind === 'template' || token.kind === 'parameter') {
    const items = [r.grammar.expression(r, power.operator)];
    return { kind: 'InList', start, end: endOf(r), operand, items, negated };
  }
  if (!expect(r, '(')) {
    return { kind: 'InList', start, end: endOf(r), operand, items: [], negated };
  }
  if (startsQuery(r)) {
    const query = r.grammar.query(r);
    close(r);
    return { kind: 'InQuery', start, end: endOf(r), operand, query, negated };
  }
  const items = is(r, ')') ? [] : commaList(r, () => needExpression(r));
  if (items.length === 0) expected(r, 'a value or a query');
  close(r);
  return { kind: 'InList', start, end: endOf(r), operand, items, negated };
}

function readLike(
  r: Reader,
  given: {
    readonly left: Expression;
    readonly word: 'LIKE' | 'ILIKE' | 'SIMILAR';
    readonly negated: boolean;
  },
): Like {
  const { left, word, negated } = given;
  if (word === 'SIMILAR') expect(r, 'TO');
  const quantified = word !== 'SIMILAR' && (is(r, 'ANY', '(') || is(r, 'ALL', '('));
  if (quantified) next(r);
  const pattern = r.grammar.expression(r, power.operator);
  const escape = eat(r, 'ESCAPE') ? r.grammar.expression(r, power.operator) : undefined;
  return {
    kind: 'Like',
    start: left.start,
    end: endOf(r),
    operator: word === 'SIMILAR' ? 'SIMILAR TO' : word,
    operand: left,
    pattern,
    ...(escape === undefined ? {} : { escape }),
    negated,
  };
}

function readIs(r: Reader, operand: Expression): Expression {
  next(r);
  const negated = eat(r, 'NOT');
  const start = operand.start;
  if (is(r, 'DISTINCT', 'FROM')) {
    r.at += 2;
    const other = r.grammar.expression(r, power.operator);
    return { kind: 'IsTest', start, end: endOf(r), operand, test: 'DISTINCT FROM', other, negated };
  }
  const test = peek(r).upper;
  if (
    test === 'NULL' ||
    (r.dialect === 'redshift' && (test === 'TRUE' || test === 'FALSE' || test === 'UNKNOWN'))
  ) {
    next(r);
    return { kind: 'IsTest', start, end: endOf(r), operand, test, negated };
  }
  if (test === 'JSON') {
    next(r);
    eatOne(r, 'OBJECT', 'ARRAY', 'SCALAR', 'VALUE');
    return { kind: 'IsTest', start, end: endOf(r), operand, test, negated };
  }
  expected(r, r.dialect === 'redshift' ? 'NULL, TRUE, FALSE or DISTINCT FROM' : 'NULL or DISTINCT FROM');
  return { kind: 'IsTest', start, end: endOf(r), operand, test: 'NULL', negated };
}

/** `SET column = value, …`. */
export function readAssignments(r: Reader): { column: QualifiedName; value: Expression }[] {
  return commaList(r, () => {
    const start = startOf(r);
    const column = readQualified(r, 'a column name');
    expect(r, '=');
    const value = eat(r, 'DEFAULT')
      ? ({ kind: 'Error', start: endOf(r) - 7, end: endOf(r) } as const)
      : needExpression(r);
    return { column, value, start };
  });
}
