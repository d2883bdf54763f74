import type { Call, Expression, Identifier, OrderItem, QualifiedName, Window } from '../ast';
import { isName, readName, readQualified } from './names';
import {
  close,
  commaList,
  complain,
  eat,
  endOf,
  expect,
  expected,
  is,
  next,
  peek,
  startOf,
  type Reader,
  type Writable,
} from './reader';
import { readType } from './types';
import { readOrderBy, readWindow } from './windows';

interface Begun {
  readonly name: QualifiedName;
  readonly start: number;
  readonly args: readonly Expression[];
  readonly distinct?: boolean;
  readonly orderBy?: readonly OrderItem[];
}

/** A call whose name was read; the opening parenthesis is next. */
export function readCall(r: Reader, name: QualifiedName): Call {
  next(r);
  const distinct = is(r, 'DISTINCT') && peek(r, 1).upper !== ')' && eat(r, 'DISTINCT');
  if (!distinct && is(r, 'ALL') && peek(r, 1).upper !== ')') next(r);
  const called = name.parts.at(-1)?.name ?? '';
  const args = is(r, ')') ? [] : commaList(r, () => readArgument(r, called));
  return finishCall(r, { name, start: name.start, args, distinct });
}

function readArgument(r: Reader, name: string): Expression {
  const start = startOf(r);
  if (peek(r, 1).upper === '=>' || (peek(r, 1).upper === ':=' && r.dialect === 'redshift')) {
    const label = readName(r, 'an argument name');
    next(r);
    const value = tableArgument(r) ?? r.grammar.expression(r, 0);
    return { kind: 'NamedArgument', start, end: endOf(r), name: label, value };
  }
  const table = tableArgument(r);
  if (table !== undefined) return table;
  if (is(r, 'SELECT') || is(r, 'WITH', 'RECURSIVE')) {
    // A query straight in a call's parentheses: only some functions of PostgreSQL take one.
    complain(r, `A query as an argument of ${name} needs parentheses of its own`);
    const query = r.grammar.query(r);
    return { kind: 'Subquery', start, end: endOf(r), query };
  }
  const value = r.grammar.expression(r, 0);
  // Hive and Redshift type arguments: CAST-like functions with AS are forms of their own.
  if (r.dialect === 'redshift' && name === 'object_transform') return objectTransform(r, value);
  return value;
}

/** Redshift OBJECT_TRANSFORM(input KEEP … SET …). */
function objectTransform(r: Reader, value: Expression): Expression {
  if (eat(r, 'KEEP')) commaList(r, () => r.grammar.expression(r, 0));
  if (eat(r, 'SET')) commaList(r, () => r.grammar.expression(r, 0));
  return value;
}

/** TABLE(name) or TABLE(query) with PARTITION BY, ORDER BY and the like; DESCRIPTOR(a, b type). */
function tableArgument(r: Reader): Expression | undefined {
  if (r.dialect !== 'athena') return undefined;
  const start = startOf(r);
  if (is(r, 'TABLE', '(')) {
    r.at += 2;
    // A table's name reads as a column does; neither means one here.
    if (is(r, 'SELECT') || is(r, 'WITH')) r.grammar.query(r);
    else readQualified(r, 'a table name');
    close(r);
    if (eat(r, 'AS')) readName(r);
    else if (isName(r) && !is(r, 'PARTITION') && !is(r, 'PRUNE') && !is(r, 'KEEP') && !is(r, 'COPARTITION'))
      readName(r);
    for (;;) {
      if (eat(r, 'PARTITION', 'BY')) {
        r.grammar.expression(r, 0);
      } else if (is(r, 'PRUNE', 'WHEN', 'EMPTY') || is(r, 'KEEP', 'WHEN', 'EMPTY')) r.at += 3;
      else if (is(r, 'ORDER')) readOrderBy(r);
      else break;
    }
    return { kind: 'Error', start, end: endOf(r) };
  }
  if (is(r, 'DESCRIPTOR', '(')) {
    r.at += 2;
    commaList(r, () => {
      readName(r, 'a column name');
      if (!is(r, ',') && !is(r, ')')) readType(r);
    });
    close(r);
    return { kind: 'Error', start, end: endOf(r) };
  }
  return undefined;
}

/** Everything behind a call's arguments: ORDER BY inside, WITHIN GROUP, FILTER, null treatment, OVER. */
export function finishCall(r: Reader, begun: Begun): Call {
  const orderBy: OrderItem[] = begun.orderBy === undefined ? [] : [...begun.orderBy];
  if (is(r, 'ORDER', 'BY')) orderBy.push(...readOrderBy(r));
  nullTreatment(r);
  overflow(r);
  close(r);
  if (is(r, 'WITHIN', 'GROUP')) {
    r.at += 2;
    expect(r, '(');
    orderBy.push(...readOrderBy(r));
    close(r);
  } else if (
    r.dialect === 'athena' &&
    begun.name.parts.length === 1 &&
    begun.name.parts[0]?.name === 'listagg'
  )
    expected(r, 'WITHIN GROUP');
  let filter: Expression | undefined;
  if (is(r, 'FILTER', '(')) {
    r.at += 2;
    expect(r, 'WHERE');
    filter = r.grammar.expression(r, 0);
    close(r);
  }
  nullTreatment(r);
  const over = is(r, 'OVER') ? readOver(r) : undefined;
  const call: Writable<Call> = {
    kind: 'Call',
    start: begun.start,
    end: endOf(r),
    name: begun.name,
    args: begun.args,
    distinct: begun.distinct === true,
    orderBy,
  };
  if (filter !== undefined) call.filter = filter;
  if (over !== undefined) call.over = over;
  return call;
}

function nullTreatment(r: Reader): void {
  if (is(r, 'IGNORE', 'NULLS') || is(r, 'RESPECT', 'NULLS')) r.at += 2;
}

/** LISTAGG's ON OVERFLOW ERROR, or TRUNCATE ['…'] WITH|WITHOUT COUNT. */
function overflow(r: Reader): void {
  if (!eat(r, 'ON', 'OVERFLOW')) return;
  if (eat(r, 'ERROR')) return;
  expect(r, 'TRUNCATE');
  if (peek(r).kind === 'string') next(r);
  if (!eat(r, 'WITH') && !eat(r, 'WITHOUT')) expected(r, 'WITH or WITHOUT');
  expect(r, 'COUNT');
}

function readOver(r: Reader): Window | Identifier {
  next(r);
  return is(r, '(') ? readWindow(r) : readName(r, 'a window in parentheses');
}
