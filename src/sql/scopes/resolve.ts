import type { ColumnRef, Identifier, SelectItem } from '../ast';
import type { Place } from './build';
import type { Resolution, Scope, Source } from './model';
import type { OutputCache } from './cache';

/** Names of a source's columns in order, or undefined when they are not all known. */
export function columnsOfSource(cache: OutputCache, source: Source): readonly string[] | undefined {
  const aliases = source.columnAliases.map((name) => name.name);
  switch (source.kind) {
    case 'table': {
      const names = source.ref === undefined ? undefined : cache.columnsOf(source.ref);
      return names === undefined ? undefined : renamed(names, aliases);
    }
    case 'cte':
    case 'derived': {
      if (source.query === undefined) return undefined;
      const outputs = cache.outputs(cache, source.query);
      const declared = source.cte?.columns.map((name) => name.name) ?? [];
      if (!outputs.complete) return declared.length > 0 ? renamed(declared, aliases) : undefined;
      const names = outputs.columns.map((output, i) => output.name ?? `_col${i}`);
      return renamed(renamed(names, declared), aliases);
    }
    case 'unnest':
    case 'values':
    case 'function':
      return aliases.length > 0 ? aliases : undefined;
    case 'navigation':
    case 'reshaped':
    case 'unknown':
      break;
  }
  return undefined;
}

function renamed(names: readonly string[], aliases: readonly string[]): readonly string[] {
  return aliases.length === 0 ? names : [...aliases, ...names.slice(aliases.length)];
}

/** The meaning of a column reference, from the innermost scope outwards. */
export function resolveRef(cache: OutputCache, ref: ColumnRef): Resolution {
  const place = cache.built.places.get(ref);
  const parts = ref.name.parts;
  const first = parts[0];
  if (place === undefined || first === undefined || first.name === '')
    return { kind: 'unknown', candidates: [] };
  if (place.lambdas.includes(first.name)) return { kind: 'lambda' };
  const early = parts.length === 1 && place.clause === 'orderBy' ? aliasOf(place, first.name) : undefined;
  if (early !== undefined) return { kind: 'alias', item: early };
  let correlated = false;
  for (let scope: Scope | undefined = place.scope; scope !== undefined; scope = scope.parent) {
    const found = inScope(cache, scope, parts);
    // `p.id` over a table of unknown columns: a table called p further out is meant before a column p in here.
    const guessed = found?.kind === 'column' && !found.certain && !namesTable(scope, parts);
    if (found !== undefined && !(guessed && outerNames(scope, parts))) {
      // An item's own alias wins over guessing among unknown tables.
      if (found.kind === 'column' && found.certain)
        return correlated ? { ...found, correlated: true } : found;
      const late = correlated ? undefined : lateAlias(place, parts);
      if (late !== undefined) return { kind: 'alias', item: late };
      return found.kind === 'column' && correlated ? { ...found, correlated: true } : found;
    }
    const late = correlated ? undefined : lateAlias(place, parts);
    if (late !== undefined) return { kind: 'alias', item: late };
    correlated = true;
  }
  return { kind: 'missing' };
}

function namesTable(scope: Scope, parts: readonly Identifier[]): boolean {
  for (let words = Math.min(parts.length - 1, 3); words >= 1; words -= 1) {
    if (scope.sources.some((source) => isNamed(source, parts.slice(0, words)))) return true;
  }
  return false;
}

function outerNames(scope: Scope, parts: readonly Identifier[]): boolean {
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    if (namesTable(outer, parts)) return true;
  }
  return false;
}

/** Redshift lets later items, GROUP BY, QUALIFY and WHERE use an alias; in Trino only ORDER BY may. */
function lateAlias(place: Place, parts: readonly Identifier[]): SelectItem | undefined {
  const name = parts[0]?.name;
  return parts.length > 1 || name === undefined || place.clause === 'from' ? undefined : aliasOf(place, name);
}

function aliasOf(place: Place, name: string): SelectItem | undefined {
  const { owner } = place.scope;
  if (owner.kind !== 'Select') return undefined;
  const until = place.item ?? owner.items.length;
  return owner.items.find((item, i) => i < until && item.alias?.name === name);
}

function inScope(cache: OutputCache, scope: Scope, parts: readonly Identifier[]): Resolution | undefined {
  const first = parts[0]?.name ?? '';
  for (let words = Math.min(parts.length - 1, 3); words >= 1; words--) {
    const owners = scope.sources.filter((source) => isNamed(source, parts.slice(0, words)));
    const own = parts[words];
    if (owners.length > 1) return { kind: 'ambiguous', candidates: owners };
    const source = owners[0];
    if (source !== undefined && own !== undefined)
      return columnIn(cache, source, { column: own.name, fields: parts.slice(words + 1) });
  }
  // A Redshift navigation's alias is the value itself.
  const value = scope.sources.find((source) => source.kind === 'navigation' && source.name === first);
  if (value !== undefined) return column(value, { column: first, fields: parts.slice(1), certain: true });
  return unqualified(cache, scope, parts);
}

function isNamed(source: Source, parts: readonly Identifier[]): boolean {
  if (parts.length === 1) return source.name === parts[0]?.name;
  const own = source.ref?.name.parts;
  if (own === undefined || source.alias !== undefined || own.length < parts.length) return false;
  return parts.every((part, i) => part.name === own[own.length - parts.length + i]?.name);
}

type Found = { readonly column: string; readonly fields: readonly Identifier[] };

function column(
  source: Source,
  found: Found & { readonly certain: boolean; readonly merged?: readonly Source[] },
): Resolution {
  return {
    kind: 'column',
    source,
    column: found.column,
    fields: found.fields,
    correlated: false,
    merged: found.merged ?? [source],
    certain: found.certain,
  };
}

function columnIn(cache: OutputCache, source: Source, found: Found): Resolution {
  const names = columnsOfSource(cache, source);
  if (names !== undefined && !names.includes(found.column) && source.kind !== 'table')
    return { kind: 'missing' };
  return column(source, { ...found, certain: names === undefined || names.includes(found.column) });
}

function unqualified(cache: OutputCache, scope: Scope, parts: readonly Identifier[]): Resolution | undefined {
  const name = parts[0]?.name ?? '';
  const found: Found = { column: name, fields: parts.slice(1) };
  const having: Source[] = [];
  const blind: Source[] = [];
  for (const source of scope.sources) {
    const names = columnsOfSource(cache, source);
    if (names === undefined) blind.push(source);
    else if (names.includes(name)) having.push(source);
  }
  const only = having[0];
  if (only !== undefined) {
    if (having.length === 1) return column(only, { ...found, certain: true });
    const merged = mergedBy(having, name);
    return merged === undefined
      ? { kind: 'ambiguous', candidates: having }
      : column(merged, { ...found, certain: true, merged: having });
  }
  const joined = blind.filter((source) =>
    source.joins.some(({ join }) => join.using.some((used) => used.name === name)),
  );
  const left = mergedBy(joined, name);
  if (left !== undefined) return column(left, { ...found, certain: true, merged: joined });
  const guess = blind[0];
  if (guess === undefined) return undefined;
  // In a subquery the name may also be one of the query around it, so one unknown table is a guess there.
  if (blind.length === 1)
    return column(guess, { ...found, certain: scope.sources.length === 1 && scope.parent === undefined });
  return { kind: 'unknown', candidates: blind };
}

/** The side whose value a merged column has: the preserved one; none when a FULL join mixes them. */
function mergedBy(sources: readonly Source[], name: string): Source | undefined {
  const merging = sources.flatMap((source) =>
    source.joins.filter(({ join }) => join.natural || join.using.some((used) => used.name === name)),
  );
  if (sources.length < 2 || merging.length === 0) return undefined;
  if (merging.some(({ join }) => join.type === 'FULL')) return undefined;
  return sources.find((source) => !source.nullable) ?? sources[0];
}
