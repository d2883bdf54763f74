import { isFields, text } from '../wire/input';
import { tokensOf } from './lexer';
import { errorAt, QueryError } from './queryError';

/** A failure of DuckDB in Athena's words, with the place in the statement the user wrote. */
export function explained(
  error: unknown,
  query: { readonly sql: string; readonly database: string },
): unknown {
  if (error instanceof QueryError || !(error instanceof Error)) return error;
  const { type, message, name } = details(error.message);
  const place = (word: string): { sql: string; offset: number } => ({
    sql: query.sql,
    offset: placeOfWord(query.sql, word),
  });
  const column =
    /Referenced column "([^"]+)" (?:was )?not found/.exec(message)?.[1] ??
    /does not have a column named "([^"]+)"/.exec(message)?.[1];
  if (column !== undefined) {
    return errorAt(
      'COLUMN_NOT_FOUND',
      place(column),
      `Column '${column.toLowerCase()}' cannot be resolved or requester is not authorized to access requested resources`,
    );
  }
  const table = /Table with name (\S+) does not exist/.exec(message)?.[1];
  if (table !== undefined) {
    const [database, bare = ''] = table.includes('.') ? table.split('.') : [query.database, table];
    return errorAt(
      'TABLE_NOT_FOUND',
      place(bare),
      `Table 'awsdatacatalog.${database ?? ''}.${bare.toLowerCase()}' does not exist`,
    );
  }
  const fn = /(?:Scalar|Table|Aggregate)? ?Function with name "?([\w$]+)"? does not exist/i.exec(
    message,
  )?.[1];
  if (fn !== undefined) return errorAt('FUNCTION_NOT_FOUND', place(fn), `Function '${fn}' not registered`);
  const bad = /HIVE_BAD_DATA: (.*)/.exec(message)?.[1];
  if (bad !== undefined) return new QueryError('HIVE_BAD_DATA', bad);
  if (type === 'Conversion') return new QueryError('INVALID_CAST_ARGUMENT', message);
  if (/division by zero/i.test(message)) return new QueryError('DIVISION_BY_ZERO', 'Division by zero');
  const ungrouped = /column "([^"]+)" must appear in the GROUP BY clause/i.exec(message)?.[1];
  if (ungrouped !== undefined)
    return errorAt(
      'EXPRESSION_NOT_AGGREGATE',
      place(ungrouped),
      `'${ungrouped}' must be an aggregate expression or appear in GROUP BY clause`,
    );
  return new QueryError(name, message);
}

function details(raw: string): { readonly type: string; readonly message: string; readonly name: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    parsed = undefined;
  }
  const type = isFields(parsed) ? (text(parsed, 'exception_type') ?? '') : '';
  const message = (isFields(parsed) ? (text(parsed, 'exception_message') ?? raw) : raw).split('\n')[0] ?? raw;
  const name =
    type === 'Parser' || type === 'Binder' || type === 'Catalog' ? 'SYNTAX_ERROR' : 'GENERIC_INTERNAL_ERROR';
  return { type, message, name };
}

function placeOfWord(sql: string, word: string): number {
  const wanted = word.toLowerCase();
  const token = tokensOf(sql).find(
    ({ kind, value }) => (kind === 'word' || kind === 'quoted') && value.toLowerCase() === wanted,
  );
  return token?.start ?? 0;
}
