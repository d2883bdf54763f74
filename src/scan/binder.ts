import type { CatalogSnapshot } from '../catalog/catalog';
import type { Cte, Expression, Query, Select, Star, TableRef } from '../sql/ast';
import type { Names, Source } from './names';
import type { BoundQuery, Output, Relation } from './plan';
import { readTerm, type TermReader } from './readTerm';
import type { Term } from './term';

/** A WITH query and what its own names mean. */
export interface BoundCte {
  readonly cte: Cte;
  readonly recursive: boolean;
  /** Inside the recursive query its own name means the rows so far. */
  readonly self?: true;
  readonly ctes: ReadonlyMap<string, BoundCte>;
}

/** What is carried while a statement is read; the lists are filled on the way. */
export interface Binder {
  readonly catalog: CatalogSnapshot;
  /** The text that the nodes' offsets count in. */
  readonly text: string;
  /** Set while the query of a view is read: its name, its database, and where it stands in the statement. */
  readonly view?: {
    readonly name: string;
    readonly database: string;
    readonly ref: TableRef;
    readonly depth: number;
  };
  readonly outer?: Names;
  readonly ctes: ReadonlyMap<string, BoundCte>;
  readonly relations: Relation[];
  /** Unions by their relation: what their columns come from. */
  readonly unions: Map<number, BoundQuery['outputs'][]>;
  /** Every term whose columns have to be read. */
  readonly demand: Term[];
  /** Relations of which all columns have to be read, known or not. */
  readonly whole: Set<number>;
  readonly stars: Map<Star, readonly Output[]>;
  readonly selects: Map<Select, { readonly names: Names; readonly outputs: readonly Output[] }>;
  readonly seen: (expression: Expression, term: Term) => void;
  readonly bindQuery: (query: Query, binder: Binder) => BoundQuery;
}

/** A relation that columns can be taken from, with the next number. */
export function addRelation(binder: Binder, relation: Omit<Relation, 'id'>): number {
  const id = binder.relations.length;
  binder.relations.push({ ...relation, id });
  return id;
}

/** The columns that a select list gives, stars written out. */
export function outputsOf(
  from: { readonly select: Select; readonly sources: readonly Source[]; readonly reader: TermReader },
  binder: Binder,
): { readonly outputs: readonly Output[]; readonly open: readonly number[] } {
  const outputs: Output[] = [];
  const open: number[] = [];
  for (const { expression, alias } of from.select.items) {
    if (expression.kind === 'Star') {
      const sources = starSources(expression, from.sources);
      const excluded = new Set(expression.exclude.map((each) => each.name));
      const columns = sources.flatMap((source) =>
        source.outputs.filter(
          ({ name }) =>
            name === undefined ||
            (!excluded.has(name) && (expression.qualifier !== undefined || !source.merged.has(name))),
        ),
      );
      binder.stars.set(expression, columns);
      outputs.push(...columns);
      open.push(...sources.flatMap((source) => source.open));
      continue;
    }
    const name =
      alias?.name ?? (expression.kind === 'ColumnRef' ? expression.name.parts.at(-1)?.name : undefined);
    outputs.push({
      term: bounded(readTerm(expression, from.reader), binder),
      ...(name === undefined ? {} : { name: name.toLowerCase() }),
    });
  }
  return { outputs, open };
}

function starSources(star: Star, sources: readonly Source[]): readonly Source[] {
  const qualifier = star.qualifier?.parts.map((part) => part.name.toLowerCase());
  if (qualifier === undefined) return sources;
  const source = sources.find(
    (each) => each.names.slice(-qualifier.length).join('\0') === qualifier.join('\0'),
  );
  return source === undefined ? [] : [source];
}

const largest = 5000;

/** A term that grew too large through names of names is followed no further; its columns are still read. */
function bounded(term: Term, binder: Binder): Term {
  if (term.kind === 'column' || term.kind === 'constant') return term;
  let size = 0;
  const open: Term[] = [term];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (++size > largest) {
      binder.demand.push(term);
      return { kind: 'opaque', why: 'syntax', parts: [] };
    }
    if (next.kind === 'apply')
      open.push(...(next.args.length > largest ? next.args.slice(0, largest) : next.args));
    else if (next.kind === 'opaque') open.push(...next.parts);
  }
  return term;
}
