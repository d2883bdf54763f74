import type { Expression, Identifier, Reshaped, TableExpression } from '../ast';
import { readName, readQualified } from './names';
import { readFrame, readOrderBy } from './windows';
import {
  close,
  commaList,
  eat,
  eatOne,
  endOf,
  expect,
  expected,
  is,
  nested,
  next,
  parenthesised,
  peek,
  type Reader,
} from './reader';

/** `[AS] alias (columns)`: given in, since FROM's rules import this file. */
export type ReadAliases = (r: Reader) => {
  readonly alias?: Identifier;
  readonly columnAliases: readonly Identifier[];
};

/** Redshift PIVOT and UNPIVOT behind a table; undefined when neither is next. */
export function readPivot(r: Reader, source: TableExpression, aliasesOf: ReadAliases): Reshaped | undefined {
  if (r.dialect !== 'redshift' || (!is(r, 'PIVOT') && !is(r, 'UNPIVOT'))) return undefined;
  const operator = next(r).upper === 'PIVOT' ? 'PIVOT' : 'UNPIVOT';
  const expressions: Expression[] = [];
  if (operator === 'UNPIVOT' && (eat(r, 'INCLUDE') || eat(r, 'EXCLUDE'))) expect(r, 'NULLS');
  expect(r, '(');
  if (operator === 'PIVOT') {
    commaList(r, () => aliased(r, expressions));
    expect(r, 'FOR');
  } else {
    readName(r, 'a value column');
    expect(r, 'FOR');
  }
  readQualified(r, 'a column name');
  expect(r, 'IN');
  parenthesised(r, () => aliased(r, expressions));
  close(r);
  return {
    kind: 'Reshaped',
    start: source.start,
    operator,
    source,
    expressions,
    ...aliasesOf(r),
    end: endOf(r),
  };
}

function aliased(r: Reader, expressions: Expression[]): void {
  expressions.push(r.grammar.expression(r, 0));
  if (eat(r, 'AS')) {
    if (peek(r).kind === 'string') next(r);
    else readName(r, 'an alias');
  } else if (peek(r).kind === 'word' && !is(r, 'FOR') && !is(r, 'IN')) readName(r, 'an alias');
}

/** Trino MATCH_RECOGNIZE behind a table; undefined when it is not next. */
export function readRecognition(
  r: Reader,
  source: TableExpression,
  aliasesOf: ReadAliases,
): Reshaped | undefined {
  if (r.dialect !== 'athena' || !is(r, 'MATCH_RECOGNIZE', '(')) return undefined;
  r.at += 2;
  const expressions: Expression[] = [];
  if (eat(r, 'PARTITION')) {
    expect(r, 'BY');
    commaList(r, () => expressions.push(r.grammar.expression(r, 0)));
  }
  if (is(r, 'ORDER')) expressions.push(...readOrderBy(r).map((item) => item.expression));
  if (eat(r, 'MEASURES')) commaList(r, () => named(r, expressions));
  if (eat(r, 'ONE')) {
    expect(r, 'ROW');
    expect(r, 'PER');
    expect(r, 'MATCH');
  } else if (eat(r, 'ALL')) {
    expect(r, 'ROWS');
    expect(r, 'PER');
    expect(r, 'MATCH');
    if (eat(r, 'SHOW') || eat(r, 'OMIT')) {
      expect(r, 'EMPTY');
      expect(r, 'MATCHES');
    } else if (eat(r, 'WITH')) {
      expect(r, 'UNMATCHED');
      expect(r, 'ROWS');
    }
  }
  if (eat(r, 'AFTER')) readSkip(r);
  if (is(r, 'ROWS') || is(r, 'RANGE') || is(r, 'GROUPS')) readFrame(r);
  eatOne(r, 'INITIAL', 'SEEK');
  if (expect(r, 'PATTERN') && expect(r, '(')) {
    readPattern(r);
    close(r);
  }
  if (eat(r, 'SUBSET')) {
    commaList(r, () => {
      readName(r, 'a name');
      expect(r, '=');
      parenthesised(r, () => readName(r, 'a pattern variable'));
    });
  }
  if (expect(r, 'DEFINE')) {
    commaList(r, () => {
      readName(r, 'a pattern variable');
      expect(r, 'AS');
      expressions.push(measure(r));
    });
  }
  close(r);
  return {
    kind: 'Reshaped',
    start: source.start,
    operator: 'MATCH_RECOGNIZE',
    source,
    expressions,
    ...aliasesOf(r),
    end: endOf(r),
  };
}

/** RUNNING and FINAL may stand before a call. */
function measure(r: Reader): Expression {
  if ((is(r, 'RUNNING') || is(r, 'FINAL')) && peek(r, 1).kind === 'word') next(r);
  return r.grammar.expression(r, 0);
}

function named(r: Reader, expressions: Expression[]): void {
  expressions.push(measure(r));
  expect(r, 'AS');
  readName(r, 'a name for the measure');
}

function readSkip(r: Reader): void {
  expect(r, 'MATCH');
  expect(r, 'SKIP');
  if (eat(r, 'PAST')) {
    expect(r, 'LAST');
    expect(r, 'ROW');
  } else if (expect(r, 'TO')) {
    if (eat(r, 'NEXT')) expect(r, 'ROW');
    else {
      eatOne(r, 'FIRST', 'LAST');
      readName(r, 'a pattern variable');
    }
  }
}

/** Row pattern: alternation of sequences of quantified primaries. */
function readPattern(r: Reader): void {
  nested(
    r,
    () => {
      do {
        let count = 0;
        while (readFactor(r)) count++;
        if (count === 0) expected(r, 'a pattern variable');
      } while (eat(r, '|'));
    },
    () => {},
  );
}

function readFactor(r: Reader): boolean {
  if (is(r, '(', ')')) r.at += 2;
  else if (is(r, 'PERMUTE', '(')) {
    r.at += 2;
    commaList(r, () => readPattern(r));
    close(r);
  } else if (eat(r, '(')) {
    readPattern(r);
    close(r);
  } else if (eat(r, '{-')) {
    readPattern(r);
    if (!eat(r, '-}')) expected(r, '-}');
  } else if (eat(r, '^') || eat(r, '$')) return true;
  else if (peek(r).kind === 'word' || peek(r).kind === 'quoted') readName(r, 'a pattern variable');
  else if (peek(r).kind === 'unknown') next(r);
  else return false;
  readQuantity(r);
  return true;
}

function readQuantity(r: Reader): void {
  if (eat(r, '*') || eat(r, '+')) {
    lazy(r);
  } else if (peek(r).kind === 'parameter') {
    next(r);
    lazy(r);
  } else if (eat(r, '{')) {
    if (peek(r).kind === 'number') next(r);
    if (eat(r, ',') && peek(r).kind === 'number') next(r);
    if (!eat(r, '}')) expected(r, '}');
    lazy(r);
  }
}
function lazy(r: Reader): void {
  if (peek(r).kind === 'parameter' && peek(r).end - peek(r).start === 1) next(r);
}
