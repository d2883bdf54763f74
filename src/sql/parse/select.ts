import type {
  Expression,
  GroupBy,
  Identifier,
  QualifiedName,
  Select,
  SelectItem,
  TableExpression,
  Window,
} from '../ast';
import { endsItem } from '../words';
import { readFromList } from './from';
import { decoded } from './literals';
import { readName, readLabel, readQualified } from './names';
import { readExclude } from './primary';
import {
  commaList,
  eat,
  eatOne,
  endOf,
  expect,
  expected,
  is,
  next,
  parenthesised,
  peek,
  repair,
  spanFrom,
  startOf,
  textOf,
  type Reader,
  type Writable,
} from './reader';
import { readWindow } from './windows';

const clauses = [
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'UNION',
  'QUALIFY',
  'INTERSECT',
  'EXCEPT',
];

/** SELECT to the end of its last clause; ORDER BY and LIMIT belong to the query around it. */
export function readSelect(r: Reader): Select {
  const start = startOf(r);
  const keyword = is(r, 'SELECT') ? next(r) : { start, end: start };
  const quantifier = readQuantifier(r);
  const items = readItems(r);
  const redshift = r.dialect === 'redshift';
  if (redshift && is(r, 'EXCLUDE')) excludeFrom(r, items);
  let into: QualifiedName | undefined;
  if (redshift && eat(r, 'INTO')) {
    eat(r, 'LOCAL');
    eatOne(r, 'TEMP', 'TEMPORARY');
    eat(r, 'TABLE');
    into = readQualified(r, 'a table name');
  }
  const from: readonly TableExpression[] =
    is(r, 'FROM') || repair(r, clauses) ? (is(r, 'FROM') ? readFromList(r) : []) : [];
  const fromEnd = endOf(r);
  repair(r, clauses);
  if (redshift) hierarchy(r);
  const whereFrom = startOf(r);
  const where = eat(r, 'WHERE') ? r.grammar.expression(r, 0) : undefined;
  const whereSpan = where === undefined ? undefined : spanFrom(r, whereFrom);
  repair(r, clauses);
  if (redshift) hierarchy(r);
  const groupBy = is(r, 'GROUP') ? readGroupBy(r) : undefined;
  repair(r, clauses);
  const having = eat(r, 'HAVING') ? r.grammar.expression(r, 0) : undefined;
  const early = redshift && eat(r, 'QUALIFY') ? r.grammar.expression(r, 0) : undefined;
  const windows = is(r, 'WINDOW') && peek(r, 2).upper === 'AS' ? readWindows(r) : [];
  const qualify = early ?? (redshift && eat(r, 'QUALIFY') ? r.grammar.expression(r, 0) : undefined);
  repair(r, clauses);
  const select: Writable<Select> = {
    kind: 'Select',
    start,
    end: endOf(r),
    keyword: { start: keyword.start, end: keyword.end },
    distinct: quantifier.distinct,
    distinctOn: quantifier.distinctOn,
    items,
    from,
    fromEnd,
    windows,
  };
  if (quantifier.top !== undefined) select.top = quantifier.top;
  if (into !== undefined) select.into = into;
  if (where !== undefined) select.where = where;
  if (whereSpan !== undefined) select.whereSpan = whereSpan;
  if (groupBy !== undefined) select.groupBy = groupBy;
  if (having !== undefined) select.having = having;
  if (qualify !== undefined) select.qualify = qualify;
  r.selects.push(select);
  return select;
}

function readQuantifier(r: Reader): Pick<Select, 'distinct' | 'distinctOn' | 'top'> {
  let top = readTop(r);
  const distinct = eat(r, 'DISTINCT');
  if (!distinct) eat(r, 'ALL');
  const distinctOn =
    distinct && r.dialect === 'redshift' && eat(r, 'ON')
      ? parenthesised(r, () => r.grammar.expression(r, 0))
      : [];
  top ??= readTop(r);
  return top === undefined ? { distinct, distinctOn } : { distinct, distinctOn, top };
}

function readTop(r: Reader): Expression | undefined {
  if (r.dialect !== 'redshift' || !is(r, 'TOP')) return undefined;
  const after = peek(r, 1);
  if (
    after.kind !== 'number' &&
    after.kind !== 'parameter' &&
    after.kind !== 'template' &&
    after.upper !== '('
  )
    return undefined;
  next(r);
  return r.grammar.expression(r, 9);
}

function readItems(r: Reader): SelectItem[] {
  if (is(r, 'FROM') || is(r, 'INTO') || peek(r).kind === 'end' || is(r, ')')) {
    // PostgreSQL takes an empty list, neither engine here does.
    expected(r, 'a column or expression');
    return [];
  }
  return commaList(r, () => readItem(r));
}

function readItem(r: Reader): SelectItem {
  const first = r.grammar.expression(r, 0);
  const expression = first.kind === 'Star' ? readExclude(r, first) : first;
  const alias =
    expression.kind === 'Star' && expression.base === undefined ? undefined : readItemAlias(r, expression);
  if (alias === undefined && is(r, 'AS', '(') && r.dialect === 'athena') parenthesisedAliases(r);
  const { start } = expression;
  const end = Math.max(expression.end, endOf(r));
  if (alias === undefined) return { kind: 'SelectItem', start, end, expression };
  return { kind: 'SelectItem', start, end, expression, alias };
}

/** Trino `ROW(…).* AS (a, b)`. */
function parenthesisedAliases(r: Reader): void {
  next(r);
  parenthesised(r, () => readName(r));
}

function readItemAlias(r: Reader, expression: Expression): Identifier | undefined {
  if (is(r, 'AS') && peek(r, 1).upper !== '(') {
    next(r);
    const token = peek(r);
    if (token.kind === 'string' && r.dialect === 'redshift') {
      next(r);
      return {
        kind: 'Identifier',
        start: token.start,
        end: token.end,
        name: decoded(textOf(r, token), false).toLowerCase(),
        quoted: true,
      };
    }
    return r.dialect === 'redshift' ? readLabel(r, 'an alias') : readName(r, 'an alias');
  }
  if (expression.kind === 'Error' && expression.start === expression.end) return undefined;
  return readBareAlias(r);
}

/** An alias without AS, unless the word begins the next clause or is one misspelt. */
export function readBareAlias(r: Reader): Identifier | undefined {
  const token = peek(r);
  if (token.kind === 'quoted' || token.kind === 'template')
    return token.kind === 'quoted' ? readName(r) : undefined;
  if (token.kind !== 'word' || endsItem(token.upper, r.dialect)) return undefined;
  if (repair(r, clauses)) return undefined;
  return readName(r);
}

/** `SELECT * EXCLUDE col FROM` as well as `SELECT a.*, b.* EXCLUDE (x)`: the star was read without it. */
function excludeFrom(r: Reader, items: readonly SelectItem[]): void {
  void items;
  next(r);
  if (is(r, '(')) parenthesised(r, () => readName(r, 'a column name'));
  else readName(r, 'a column name');
}

/** START WITH … CONNECT BY …, in either order. */
function hierarchy(r: Reader): void {
  for (;;) {
    if (eat(r, 'START', 'WITH')) r.grammar.expression(r, 0);
    else if (eat(r, 'CONNECT', 'BY')) {
      eat(r, 'NOCYCLE');
      r.grammar.expression(r, 0);
    } else return;
  }
}

function readGroupBy(r: Reader): GroupBy {
  const start = next(r).start;
  expect(r, 'BY');
  const all = eat(r, 'ALL');
  if (!all) eat(r, 'DISTINCT');
  const items: Expression[] = [];
  const grouped = is(r, 'GROUPING') || is(r, 'ROLLUP') || is(r, 'CUBE');
  const done =
    all && !grouped && (peek(r).kind === 'end' || endsItem(peek(r).upper, r.dialect) || is(r, ')'));
  if (!done) commaList(r, () => readGrouping(r, items));
  return { kind: 'GroupBy', start, end: endOf(r), all, items };
}

/** An expression, `()`, or GROUPING SETS, ROLLUP and CUBE with what they hold. */
function readGrouping(r: Reader, items: Expression[]): void {
  if (is(r, 'GROUPING', 'SETS')) {
    r.at += 2;
    parenthesised(r, () => readGrouping(r, items));
    return;
  }
  if (is(r, 'ROLLUP', '(') || is(r, 'CUBE', '(')) {
    next(r);
    parenthesised(r, () => readGrouping(r, items));
    return;
  }
  if (is(r, '(', ')')) {
    r.at += 2;
    return;
  }
  items.push(r.grammar.expression(r, 0));
}

function readWindows(r: Reader): { name: Identifier; window: Window }[] {
  next(r);
  return commaList(r, () => {
    const name = readName(r, 'a window name');
    expect(r, 'AS');
    return { name, window: readWindow(r) };
  });
}
