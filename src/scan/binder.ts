import type { CatalogSnapshot } from '../catalog/catalog';
import type { Cte, Query, Select, Star, TableRef } from '../sql/ast';
import type { Names, Source } from './names';
import type { BoundQuery, Output, Relation } from './plan';
import { readTerm, type TermReader } from './readTerm';
import type { Term } from './term';
import type { TermNotes } from './termNotes';

/** A WITH query and what its own names mean. */
export interface BoundCte {
  readonly cte: Cte;
  readonly recursive: boolean;
  /** Inside the recursive query its own name means the rows so far. */
  readonly self?: true;
  readonly ctes: ReadonlyMap<string, BoundCte>;
}

/** What few statements have anything of, so that nothing is made for it before. */
export interface Rare {
  /** Unions by their relation: what their columns come from. */
  unions: Map<number, BoundQuery['outputs'][]> | undefined;
  /** Relations of which all columns have to be read, known or not. */
  whole: Set<number> | undefined;
}

/** All columns of these relations have to be read. */
export function demandWhole({ rare }: Pick<Binder, 'rare'>, relations: readonly number[]): void {
  if (relations.length === 0) return;
  rare.whole ??= new Set();
  for (const id of relations) rare.whole.add(id);
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
  /** Every term whose columns have to be read. */
  readonly demand: Term[];
  readonly rare: Rare;
  readonly stars: Map<Star, readonly Output[]>;
  /** The SELECT that was read last, for the ORDER BY behind it. */
  last: { readonly select: Select; readonly names: Names; readonly outputs: readonly Output[] } | undefined;
  /** Takes down what each expression was read as; absent inside a view, whose text is another. */
  readonly notes: TermNotes | undefined;
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
  const { items } = from.select;
  // By index, as below in all that is read for each statement: an iterator makes an object for each step.
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item === undefined) continue;
    const { expression, alias } = item;
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
    const term = bounded(readTerm(expression, from.reader), binder);
    outputs.push(name === undefined ? { term } : { term, name: name.toLowerCase() });
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
