import type { Expression, OrderItem, Window } from '../ast';
import { isName, readName } from './names';
import {
  close,
  commaList,
  eat,
  endOf,
  expect,
  expected,
  is,
  next,
  peek,
  spanFrom,
  startOf,
  type Reader,
  type Writable,
} from './reader';

/** `( [name] [PARTITION BY …] [ORDER BY …] [frame] )`. */
export function readWindow(r: Reader): Window {
  const start = startOf(r);
  expect(r, '(');
  const base =
    isName(r) && !frameWords.has(peek(r).upper) && !is(r, 'PARTITION', 'BY') ? readName(r) : undefined;
  let partitionBy: readonly Expression[] = [];
  if (eat(r, 'PARTITION')) {
    expect(r, 'BY');
    partitionBy = commaList(r, () => r.grammar.expression(r, 0));
  }
  const orderBy = is(r, 'ORDER') ? readOrderBy(r) : [];
  const from = startOf(r);
  const framed = frameWords.has(peek(r).upper);
  if (framed) readFrame(r);
  const frame = framed ? spanFrom(r, from) : undefined;
  close(r);
  return {
    kind: 'Window',
    start,
    ...(base === undefined ? {} : { base }),
    partitionBy,
    orderBy,
    ...(frame === undefined ? {} : { frame }),
    end: endOf(r),
  };
}
const frameWords = new Set(['ROWS', 'RANGE', 'GROUPS']);

/** ROWS|RANGE|GROUPS bound or BETWEEN bound AND bound, with an exclusion in PostgreSQL only. */
export function readFrame(r: Reader): void {
  next(r);
  if (eat(r, 'BETWEEN')) {
    readBound(r);
    expect(r, 'AND');
  }
  readBound(r);
}

function readBound(r: Reader): void {
  if (eat(r, 'UNBOUNDED')) {
    if (!eat(r, 'PRECEDING') && !eat(r, 'FOLLOWING')) expected(r, 'PRECEDING or FOLLOWING');
  } else if (eat(r, 'CURRENT')) expect(r, 'ROW');
  else {
    r.grammar.expression(r, 4);
    if (!eat(r, 'PRECEDING') && !eat(r, 'FOLLOWING')) expected(r, 'PRECEDING or FOLLOWING');
  }
}

/** ORDER BY with its items; ORDER is next. */
export function readOrderBy(r: Reader): OrderItem[] {
  expect(r, 'ORDER');
  if (r.dialect === 'redshift') eat(r, 'SIBLINGS');
  expect(r, 'BY');
  return commaList(r, () => readOrderItem(r));
}

function readOrderItem(r: Reader): OrderItem {
  const expression = r.grammar.expression(r, 0);
  const direction = eat(r, 'ASC') ? 'ASC' : eat(r, 'DESC') ? 'DESC' : undefined;
  let nulls: 'FIRST' | 'LAST' | undefined;
  if (eat(r, 'NULLS')) {
    if (eat(r, 'FIRST')) nulls = 'FIRST';
    else if (eat(r, 'LAST')) nulls = 'LAST';
    else expected(r, 'FIRST or LAST');
  }
  const { start } = expression;
  const end = Math.max(expression.end, endOf(r));
  const item: Writable<OrderItem> = { kind: 'OrderItem', start, end, expression };
  if (direction !== undefined) item.direction = direction;
  if (nulls !== undefined) item.nulls = nulls;
  return item;
}
