import type { CreateView, Option, StatementBody } from '../ast';
import { readCreateTable, readNames } from './createTable';
import { readQualified } from './names';
import { optionTable, readItems, readOption, readProperties } from './options';
import { eat, endOf, expect, is, next, peek, startOf, type Reader } from './reader';
import { startsQuery } from './primary';
import { readUtility } from './utility';

/** CREATE: tables and views have rules of their own, other things are read as utilities. */
export function readCreate(r: Reader): StatementBody {
  const before = r.at;
  const start = next(r).start;
  const replace = eat(r, 'OR', 'REPLACE');
  const local = eat(r, 'LOCAL') || eat(r, 'GLOBAL');
  const temporary = eat(r, 'TEMPORARY') || eat(r, 'TEMP');
  const external = eat(r, 'EXTERNAL');
  if (eat(r, 'TABLE')) return readCreateTable(r, { start, external, temporary: temporary || local });
  const materialized = eat(r, 'MATERIALIZED');
  eat(r, 'PROTECTED');
  eat(r, 'MULTI', 'DIALECT');
  if (eat(r, 'VIEW')) return readView(r, { start, replace, materialized });
  r.at = before;
  return readUtility(r);
}

const viewOptions = optionTable(`
COMMENT=value
SECURITY DEFINER
SECURITY INVOKER
BACKUP=value
DISTSTYLE=value
DISTKEY=items
SORTKEY AUTO
SORTKEY=items
AUTO REFRESH=value
WITH NO SCHEMA BINDING
`);

function readView(
  r: Reader,
  given: { readonly start: number; readonly replace: boolean; readonly materialized: boolean },
): CreateView {
  eat(r, 'IF', 'NOT', 'EXISTS');
  const name = readQualified(r, 'a view name');
  const columns = is(r, '(') && !startsQuery(r) ? readNames(r) : [];
  const options: Option[] = [];
  readViewOptions(r, options);
  expect(r, 'AS');
  const query = r.grammar.query(r);
  readViewOptions(r, options);
  return { kind: 'CreateView', ...given, name, columns, options, query, end: endOf(r) };
}

function readViewOptions(r: Reader, options: Option[]): void {
  for (;;) {
    if (is(r, 'TBLPROPERTIES')) {
      next(r);
      options.push(...readProperties(r));
      continue;
    }
    if ((is(r, 'COMPOUND') || is(r, 'INTERLEAVED')) && peek(r, 1).upper === 'SORTKEY') {
      const start = startOf(r);
      const style = next(r);
      const word = next(r);
      const items = readItems(r);
      options.push({
        kind: 'Option',
        key: 'SORTKEY',
        keySpan: { start: word.start, end: word.end },
        value: style.upper,
        items,
        start,
        end: endOf(r),
      });
      continue;
    }
    const option = readOption(r, viewOptions);
    if (option === undefined) return;
    options.push(option);
  }
}
