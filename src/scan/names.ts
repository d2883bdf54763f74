import type { CatalogSnapshot, Table } from '../catalog/catalog';
import type { QualifiedName } from '../sql/ast';
import type { Output } from './plan';
import type { Term } from './term';

/** Something in a FROM clause that columns can be taken from. */
export interface Source {
  /** Its alias, or the parts of the table's name; empty when it has neither. */
  readonly names: readonly string[];
  readonly outputs: readonly Output[];
  readonly open: readonly number[];
  /** Columns that USING or NATURAL gave to another source: they need their qualifier here. */
  readonly merged: ReadonlySet<string>;
}

/** What names mean at one place; `outer` is the query around a subquery. */
export interface Names {
  readonly sources: readonly Source[];
  readonly outer?: Names;
}

/** The parts of a name in lower case. */
export function lowerParts({ parts }: QualifiedName): readonly string[] {
  const first = parts[0];
  const second = parts[1];
  if (first === undefined || parts.length > 2) return parts.map((part) => part.name.toLowerCase());
  return second === undefined
    ? [first.name.toLowerCase()]
    : [first.name.toLowerCase(), second.name.toLowerCase()];
}

/** The term a column's name stands for; `unresolved` when it may be one of several, or of something unknown. */
export function resolve(name: QualifiedName, names: Names): Term {
  const parts = lowerParts(name);
  for (let scope: Names | undefined = names; scope !== undefined; scope = scope.outer) {
    const found = inScope(parts, scope.sources);
    if (found !== undefined) return found;
  }
  return { kind: 'opaque', why: 'unresolved', parts: [], name: parts.at(-1) ?? '' };
}

function inScope(parts: readonly string[], sources: readonly Source[]): Term | undefined {
  const column = parts.at(-1) ?? '';
  if (parts.length > 1) {
    const source = parts.length === 2 ? aliased(parts[0], sources) : qualified(parts.slice(0, -1), sources);
    if (source !== undefined) return fromSource(column, source);
    // Not a source: a field of a structured column, which is followed no further than the column.
    const base = unqualified(parts[0] ?? '', sources) ?? nested(parts, sources);
    return base === undefined ? undefined : { kind: 'opaque', why: 'syntax', parts: [base] };
  }
  return unqualified(column, sources);
}

/** `t.address.city`: the column behind the source's name. */
function nested(parts: readonly string[], sources: readonly Source[]): Term | undefined {
  const source = sources.find((each) => isNamed(each, parts.slice(0, 1)));
  return source === undefined || parts.length < 3 ? undefined : fromSource(parts[1] ?? '', source);
}

/** As `qualified` for the one name that nearly all are qualified by. */
function aliased(name: string | undefined, sources: readonly Source[]): Source | undefined {
  for (let at = 0; at < sources.length; at++) {
    const source = sources[at];
    if (source !== undefined && source.names.length > 0 && source.names.at(-1) === name) return source;
  }
  return undefined;
}

function qualified(qualifier: readonly string[], sources: readonly Source[]): Source | undefined {
  return sources.find((each) => isNamed(each, qualifier));
}

function isNamed(source: Source, qualifier: readonly string[]): boolean {
  const skipped = source.names.length - qualifier.length;
  return skipped >= 0 && qualifier.every((part, at) => part === source.names[skipped + at]);
}

function unqualified(column: string, sources: readonly Source[]): Term | undefined {
  let found: Output | undefined;
  let relation: number | undefined;
  let several = false;
  let open = 0;
  for (let each = 0; each < sources.length; each++) {
    const source = sources[each];
    if (source === undefined) continue;
    open += source.open.length;
    relation ??= source.open[0];
    if (source.merged.size > 0 && source.merged.has(column)) continue;
    // By index: a wide table is gone through for each name.
    for (let at = 0; at < source.outputs.length; at++) {
      const output = source.outputs[at];
      if (output?.name !== column) continue;
      if (found !== undefined) several = true;
      found = output;
    }
  }
  if (found !== undefined && !several) return found.term;
  if (several || open > 1) return { kind: 'opaque', why: 'unresolved', parts: [], name: column };
  return relation === undefined
    ? hiddenColumn(column, sources)
    : { kind: 'column', relation, name: column, type: undefined };
}

function fromSource(column: string, source: Source): Term {
  let found: Output | undefined;
  let count = 0;
  for (let at = 0; at < source.outputs.length; at++) {
    const output = source.outputs[at];
    if (output?.name !== column) continue;
    found = output;
    count++;
  }
  if (count === 1 && found !== undefined) return found.term;
  const relation = source.open[0];
  if (count === 0 && relation !== undefined && source.open.length === 1) {
    return { kind: 'column', relation, name: column, type: undefined };
  }
  return hiddenColumn(column, [source]) ?? { kind: 'opaque', why: 'unresolved', parts: [], name: column };
}

/** `"$path"` and the like belong to the only table there is, without being listed. */
function hiddenColumn(column: string, sources: readonly Source[]): Term | undefined {
  if (!column.startsWith('$') || sources.length > 1) return undefined;
  const first = sources[0]?.outputs.find((output) => output.term.kind === 'column')?.term;
  return first?.kind === 'column'
    ? { kind: 'column', relation: first.relation, name: column, type: undefined }
    : undefined;
}

/** The table a name, in lower case, means in the catalog; `undefined` for metadata tables and for other catalogs than Glue's own. */
export function tableOf(parts: readonly string[], catalog: CatalogSnapshot): Table | undefined {
  if (parts.some((part) => part.includes('$')) || parts.includes('information_schema')) return undefined;
  if (parts.length > 3 || (parts.length === 3 && parts[0] !== 'awsdatacatalog')) return undefined;
  return catalog.table(parts);
}
