import type { QualifiedName, TableFunction } from '../ast';
import { identifierOf, readName } from './names';
import {
  close,
  commaList,
  eat,
  endOf,
  expect,
  is,
  nested,
  next,
  parenthesised,
  peek,
  type Reader,
} from './reader';
import type { ReadAliases } from './reshape';
import { readType } from './types';

/** Trino JSON_TABLE(input, path COLUMNS (…)): its columns come from the clause. */
export function readJsonTable(r: Reader, aliasesOf: ReadAliases): TableFunction {
  const { start } = peek(r);
  const word = identifierOf(r, next(r));
  const name: QualifiedName = { kind: 'QualifiedName', start: word.start, end: word.end, parts: [word] };
  next(r);
  const args = commaList(r, () => r.grammar.expression(r, 0));
  if (eat(r, 'AS')) readName(r, 'a path name');
  if (eat(r, 'PASSING')) commaList(r, () => (r.grammar.expression(r, 0), eat(r, 'AS') && readName(r)));
  expect(r, 'COLUMNS');
  readJsonColumns(r);
  if (is(r, 'PLAN')) {
    r.at++;
    eat(r, 'DEFAULT');
    parenthesised(r, () => next(r));
  }
  if (eat(r, 'ERROR') || eat(r, 'EMPTY')) {
    eat(r, 'ARRAY');
    expect(r, 'ON');
    if (!eat(r, 'ERROR')) expect(r, 'EMPTY');
  }
  close(r);
  const call = { kind: 'Call', start, end: endOf(r), name, args, distinct: false, orderBy: [] } as const;
  return { kind: 'TableFunction', start, call, lateral: true, ...aliasesOf(r), end: endOf(r) };
}

function readJsonColumns(r: Reader): void {
  parenthesised(r, () => {
    if (eat(r, 'NESTED')) {
      eat(r, 'PATH');
      next(r);
      if (eat(r, 'AS')) readName(r);
      expect(r, 'COLUMNS');
      nested(
        r,
        () => readJsonColumns(r),
        () => {},
      );
      return;
    }
    readName(r, 'a column name');
    if (eat(r, 'FOR', 'ORDINALITY')) return;
    readType(r);
    while (!is(r, ',') && !is(r, ')') && peek(r).kind !== 'end') next(r);
  });
}
