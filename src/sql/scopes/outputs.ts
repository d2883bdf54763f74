import type { ColumnRef, Query, QueryBody, Select, SelectItem, Star } from '../ast';
import type { OutputCache } from './cache';
import type { Output, Outputs, Source } from './model';
import { columnsOfSource, resolveRef } from './resolve';

const unknown: Outputs = { columns: [], open: [], complete: false };
/** A star over stars can double its columns at every level: what is beyond counts as unknown. */
const maximumColumns = 5000;

/** The columns a query gives, with where each comes from; a recursive query's own columns are unknown inside it. */
export function outputsOf(cache: OutputCache, query: Query): Outputs {
  const found = cache.done.get(query);
  if (found !== undefined) return found;
  if (cache.busy.has(query) || cache.busy.size > 200) return unknown;
  cache.busy.add(query);
  const outputs = bodyOutputs(cache, query.body);
  cache.busy.delete(query);
  cache.done.set(query, outputs);
  return outputs;
}

function bodyOutputs(cache: OutputCache, body: QueryBody): Outputs {
  switch (body.kind) {
    case 'Select':
      return selectOutputs(cache, body);
    case 'Query':
      return outputsOf(cache, body);
    case 'SetOperation': {
      const rights: QueryBody[] = [];
      let first: QueryBody = body;
      while (first.kind === 'SetOperation') {
        rights.push(first.right);
        first = first.left;
      }
      let result = bodyOutputs(cache, first);
      for (const right of rights.toReversed()) result = merged(result, bodyOutputs(cache, right));
      return result;
    }
    case 'Values': {
      const row = body.rows[0];
      const items =
        row === undefined ? [] : row.kind === 'Row' ? row.items : [row.kind === 'Paren' ? row.inner : row];
      return {
        columns: items.map((expression, i) => ({ name: `_col${i}`, expression })),
        open: [],
        complete: true,
      };
    }
    case 'TableQuery':
    case 'Template':
    case 'Error':
      break;
  }
  return unknown;
}

function merged(left: Outputs, right: Outputs): Outputs {
  if (!left.complete || !right.complete) return { columns: [], open: [], complete: false };
  const columns = left.columns.map((output, i): Output => {
    const other = right.columns[i];
    return other === undefined ? { name: output.name } : { name: output.name, branches: [output, other] };
  });
  return { columns, open: [], complete: true };
}

function selectOutputs(cache: OutputCache, select: Select): Outputs {
  const columns: Output[] = [];
  const open: Source[] = [];
  let complete = true;
  for (const item of select.items) {
    const { expression } = item;
    if (expression.kind === 'Star') {
      const expanded = starOutputs(cache, select, expression);
      for (const output of expanded.columns) columns.push({ ...output, item });
      open.push(...expanded.open);
      complete = complete && expanded.complete;
    } else columns.push(itemOutput(cache, item));
    if (columns.length > maximumColumns) return { columns: [], open, complete: false };
  }
  return { columns, open, complete };
}

function itemOutput(cache: OutputCache, item: SelectItem): Output {
  let expression = item.expression;
  while (expression.kind === 'Paren') expression = expression.inner;
  const ref = expression.kind === 'ColumnRef' ? expression : undefined;
  const name = item.alias?.name ?? ref?.name.parts.at(-1)?.name ?? functionName(item);
  const passes = ref === undefined ? undefined : passed(cache, ref);
  return { name, expression: item.expression, item, ...(passes === undefined ? {} : { passes }) };
}

/** Redshift names an output after its function; Trino gives `_col0`, which no query should lean on. */
function functionName(item: SelectItem): string | undefined {
  return item.expression.kind === 'Call' ? item.expression.name.parts.at(-1)?.name : undefined;
}

function passed(cache: OutputCache, ref: ColumnRef): Output['passes'] {
  const found = resolveRef(cache, ref);
  if (found.kind !== 'column' || found.fields.length > 0) return undefined;
  return { source: found.source, column: found.column };
}

function starOutputs(cache: OutputCache, select: Select, star: Star): Outputs {
  if (star.base !== undefined) return unknown;
  const scope = cache.built.owners.get(select);
  const sources = scope?.sources ?? [];
  const qualifier = star.qualifier?.parts;
  const last = qualifier?.at(-1)?.name;
  const meant = qualifier === undefined ? sources : sources.filter((source) => source.name === last);
  if (meant.length === 0) return unknown;
  const excluded = new Set(star.exclude.map((name) => name.name));
  const usings = qualifier === undefined ? usingColumns(meant) : new Set<string>();
  const columns: Output[] = [];
  const open: Source[] = [];
  const seen = new Set<string>();
  for (const source of meant) {
    const names = columnsOfSource(cache, source);
    if (names === undefined) open.push(source);
    for (const name of names ?? []) {
      if (excluded.has(name)) continue;
      // USING gives its column once, from the left.
      if (usings.has(name)) {
        if (seen.has(name)) continue;
        seen.add(name);
      }
      columns.push({ name, passes: { source, column: name } });
    }
  }
  // A NATURAL join or columns of USING come first in the standard's order: positions are not followed there.
  const reordered =
    qualifier === undefined &&
    meant.some((source) => source.joins.some(({ join }) => join.natural || join.using.length > 0));
  return { columns, open, complete: open.length === 0 && !reordered };
}

function usingColumns(sources: readonly Source[]): Set<string> {
  const names = new Set<string>();
  for (const source of sources)
    for (const { join } of source.joins) for (const name of join.using) names.add(name.name);
  return names;
}

/** The output of this name: a known column, or one that only a star of an unknown table can give. */
export function outputNamed(outputs: Outputs, name: string): Output | undefined {
  const found = outputs.columns.find((output) => output.name === name);
  if (found !== undefined) return found;
  const only = outputs.open.length === 1 ? outputs.open[0] : undefined;
  return only === undefined ? undefined : { name, passes: { source: only, column: name } };
}
