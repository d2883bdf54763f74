import { rewritten } from './rewrites';
import { QueryError } from './queryError';
import { isFields } from '../wire/input';

type Library = typeof import('@polyglot-sql/sdk');

let library: Library | undefined;

/** Reads the dialect library, 22 MB of WebAssembly: about 0.4 s the first time, which is why nothing reads it earlier. */
export async function loadTranslator(): Promise<void> {
  library ??= await import('@polyglot-sql/sdk');
}

/** A query of Athena as DuckDB runs it; SYNTAX_ERROR when it cannot be read. `loadTranslator` must have ended. */
export function toDuckDb(sql: string): string {
  if (library === undefined) throw new Error('loadTranslator comes first');
  const { Dialect, generate, parse, transpile } = library;
  const read = parse(sql, Dialect.Trino);
  if (!read.success) throw new QueryError('SYNTAX_ERROR', syntaxMessage(read.error));
  const written = generate(rewritten(read.ast), Dialect.Trino);
  const middle = written.success ? written.sql?.[0] : undefined;
  if (middle === undefined) throw new QueryError('SYNTAX_ERROR', syntaxMessage(written.error));
  const result = transpile(middle, Dialect.Trino, Dialect.DuckDB);
  const duck = result.success ? result.sql?.[0] : undefined;
  if (duck === undefined) throw new QueryError('SYNTAX_ERROR', syntaxMessage(result.error));
  return duck.replace(/INTERVAL (-\d+) (\w+)/g, "INTERVAL '$1' $2").replace(/"?awsdatacatalog"?\./gi, '');
}

/**
 * Which columns of a query have no name of their own: Athena calls them `_col0` and so on by their place. None where a
 * star makes the places unknown.
 */
export function unnamedColumns(sql: string): ReadonlySet<number> {
  if (library === undefined) throw new Error('loadTranslator comes first');
  let query: unknown = library.parse(sql, library.Dialect.Trino).ast;
  for (;;) {
    const [only] = Array.isArray(query) ? query : [query];
    if (!isFields(only)) return new Set();
    const set = only['union'] ?? only['intersect'] ?? only['except'];
    const inner = isFields(set)
      ? set['left']
      : isFields(only['subquery'])
        ? only['subquery']['this']
        : undefined;
    if (inner === undefined) {
      query = only['select'];
      break;
    }
    query = inner;
  }
  const expressions = isFields(query) && Array.isArray(query['expressions']) ? query['expressions'] : [];
  const kinds = expressions.map((expression) =>
    isFields(expression) ? (Object.keys(expression)[0] ?? '') : '',
  );
  if (kinds.includes('star')) return new Set();
  return new Set(
    kinds.flatMap((kind, at) => (kind === 'alias' || kind === 'column' || kind === 'dot' ? [] : [at])),
  );
}

function syntaxMessage(error: unknown): string {
  const message = (typeof error === 'string' ? error : 'the statement cannot be read').split('\n')[0] ?? '';
  const [, line, column, rest] = /^Parse error at line (\d+), column (\d+): (.*)$/.exec(message) ?? [];
  return line === undefined ? `line 1:1: ${message}` : `line ${line}:${column ?? '1'}: ${rest ?? ''}`;
}
