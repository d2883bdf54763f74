import type { Option, UtilityStatement } from '../ast';
import { readName, readQualified } from './names';
import {
  commaList,
  eat,
  endOf,
  expect,
  expected,
  is,
  next,
  parenthesised,
  peek,
  spanFrom,
  startOf,
  type Reader,
} from './reader';

/** EXECUTE name with values: behind USING in Athena, in parentheses in Redshift. */
export function readExecute(r: Reader): UtilityStatement {
  const start = next(r).start;
  const verbSpan = spanFrom(r, start);
  if (r.dialect === 'athena' && is(r, 'IMMEDIATE')) {
    next(r);
    if (peek(r).kind === 'string') next(r);
    else expected(r, 'a statement in quotes');
    return {
      kind: 'UtilityStatement',
      start,
      verb: 'EXECUTE',
      verbSpan,
      options: values(r),
      statements: [],
      end: endOf(r),
    };
  }
  const name = readQualified(r, 'the name of a prepared statement');
  return {
    kind: 'UtilityStatement',
    start,
    verb: 'EXECUTE',
    verbSpan,
    name,
    options: values(r),
    statements: [],
    end: endOf(r),
  };
}

function values(r: Reader): Option[] {
  const options: Option[] = [];
  const read = () => {
    const from = startOf(r);
    const expression = r.grammar.expression(r, 0);
    const span = { start: Math.min(from, endOf(r)), end: endOf(r) };
    options.push({
      kind: 'Option',
      key: 'USING',
      keySpan: span,
      value: r.text.slice(span.start, span.end),
      valueSpan: span,
      expression,
      ...span,
    });
  };
  if (r.dialect === 'athena' && eat(r, 'USING')) commaList(r, read);
  else if (r.dialect === 'redshift' && is(r, '(')) parenthesised(r, read);
  return options;
}

/** Redshift FETCH [NEXT | ALL | FORWARD [count | ALL]] FROM cursor. */
export function readFetch(r: Reader): UtilityStatement {
  const start = next(r).start;
  const verbSpan = spanFrom(r, start);
  const options: Option[] = [];
  const from = startOf(r);
  const forward = eat(r, 'FORWARD');
  const counted = forward && peek(r).kind === 'number';
  if (counted || peek(r).kind === 'parameter' || peek(r).kind === 'template') next(r);
  else if (!eat(r, 'ALL') && !forward) eat(r, 'NEXT');
  if (endOf(r) > from) {
    const span = spanFrom(r, from);
    options.push({
      kind: 'Option',
      key: r.text.slice(span.start, span.end).toUpperCase(),
      keySpan: span,
      ...span,
    });
  }
  if (!eat(r, 'IN')) expect(r, 'FROM');
  const cursor = readName(r, 'a cursor name');
  const name = { kind: 'QualifiedName', start: cursor.start, end: cursor.end, parts: [cursor] } as const;
  return {
    kind: 'UtilityStatement',
    start,
    verb: 'FETCH',
    verbSpan,
    name,
    options,
    statements: [],
    end: endOf(r),
  };
}
