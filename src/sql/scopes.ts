import type { ColumnRef, ParsedStatement, Query, TableExpression } from './ast';
import { buildScopes, type Built } from './scopes/build';
import type { ColumnsOf, Outputs, Passed, Resolution, Scope, Source } from './scopes/model';
import type { OutputCache } from './scopes/cache';
import { outputNamed, outputsOf } from './scopes/outputs';
import { columnsOfSource, resolveRef } from './scopes/resolve';

export type * from './scopes/model';

/** Who can see which names in one statement. */
export interface Scopes {
  /** Every scope, outer before inner, in source order. */
  readonly all: readonly Scope[];
  /** Every reference to a table or view of the catalog, in source order. */
  readonly tables: readonly Source[];
  readonly scopeOf: (owner: Scope['owner']) => Scope | undefined;
  readonly sourceOf: (node: TableExpression) => Source | undefined;
  /** The innermost scope around an offset of the statement. */
  readonly at: (offset: number) => Scope | undefined;
  readonly resolve: (ref: ColumnRef, columnsOf: ColumnsOf) => Resolution;
  /** Column names of a source in their order, or undefined when they are not all known. */
  readonly columns: (source: Source, columnsOf: ColumnsOf) => readonly string[] | undefined;
  /** The columns a query gives; output i passes exactly column c of a source when it has `passes`. */
  readonly outputs: (query: Query, columnsOf: ColumnsOf) => Outputs;
  /**
   * The base columns that a source's column is, unchanged, through any CTEs and derived tables:
   * several through a UNION; undefined when some expression computes it or it is unknown.
   */
  readonly origins: (source: Source, column: string, columnsOf: ColumnsOf) => readonly Passed[] | undefined;
}

const memo = new WeakMap<ParsedStatement, Scopes>();

/** The scopes of a statement; made once for each tree. */
export function scopesOf(parsed: ParsedStatement): Scopes {
  let scopes = memo.get(parsed);
  if (scopes === undefined) {
    scopes = scopesFrom(buildScopes(parsed.body));
    memo.set(parsed, scopes);
  }
  return scopes;
}

function scopesFrom(built: Built): Scopes {
  const caches = new WeakMap<ColumnsOf, OutputCache>();
  const cacheOf = (columnsOf: ColumnsOf): OutputCache => {
    let cache = caches.get(columnsOf);
    if (cache === undefined) {
      cache = { built, columnsOf, done: new Map(), busy: new Set(), outputs: outputsOf };
      caches.set(columnsOf, cache);
    }
    return cache;
  };
  return {
    all: built.scopes,
    tables: [...built.sources.values()]
      .filter((source) => source.kind === 'table')
      .sort((a, b) => a.node.start - b.node.start),
    scopeOf: (owner) => built.owners.get(owner),
    sourceOf: (node) => built.sources.get(node),
    at: (offset) => innermost(built.scopes, offset),
    resolve: (ref, columnsOf) => resolveRef(cacheOf(columnsOf), ref),
    columns: (source, columnsOf) => columnsOfSource(cacheOf(columnsOf), source),
    outputs: (query, columnsOf) => outputsOf(cacheOf(columnsOf), query),
    origins: (source, column, columnsOf) => originsOf(cacheOf(columnsOf), { source, column }),
  };
}

function innermost(scopes: readonly Scope[], offset: number): Scope | undefined {
  let best: Scope | undefined;
  for (const scope of scopes) {
    const { start, end } = scope.owner;
    if (start > offset || offset > end) continue;
    if (best === undefined || end - start <= best.owner.end - best.owner.start) best = scope;
  }
  return best;
}

function originsOf(cache: OutputCache, first: Passed): readonly Passed[] | undefined {
  const found: Passed[] = [];
  const waiting: Passed[] = [first];
  const seen = new Set<string>();
  for (let at = waiting.pop(), steps = 0; at !== undefined; at = waiting.pop(), steps++) {
    const { source, column } = at;
    if (steps > 10_000) return undefined;
    if (source.kind === 'table') {
      found.push(baseColumn(cache, at));
      continue;
    }
    if (source.query === undefined) return undefined;
    // A recursive query passes its own column on: nothing new.
    const key = `${source.node.start}.${column}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const passed = passedThrough(cache, source, column);
    if (passed === undefined) return undefined;
    waiting.push(...passed);
  }
  return found;
}

/** `FROM t AS x (a, b)`: the name under which the table has it. */
function baseColumn(cache: OutputCache, { source, column }: Passed): Passed {
  const index = source.columnAliases.findIndex((alias) => alias.name === column);
  const own = index < 0 || source.ref === undefined ? undefined : cache.columnsOf(source.ref)?.[index];
  return { source, column: own ?? column };
}

function passedThrough(cache: OutputCache, source: Source, column: string): readonly Passed[] | undefined {
  if (source.query === undefined) return undefined;
  const outputs = outputsOf(cache, source.query);
  const aliases = source.columnAliases.length > 0 ? source.columnAliases : (source.cte?.columns ?? []);
  const index = aliases.findIndex((alias) => alias.name === column);
  // A renamed column is found by its place, which a star of unknown width before it would move.
  if (index >= 0 && outputs.open.length > 0) return undefined;
  const output = index >= 0 ? outputs.columns[index] : outputNamed(outputs, column);
  if (output === undefined) return undefined;
  const found: Passed[] = [];
  const waiting = [output];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.branches !== undefined) waiting.push(...at.branches);
    else if (at.passes === undefined) return undefined;
    else found.push(at.passes);
  }
  return found;
}
