import type { CatalogSnapshot, Table } from '../catalog/catalog';
import type { ParsedStatement, Query, Select, Star, StatementBody, TableRef } from '../sql/ast';
import { attribute, spreadStops, type Attribution } from './attribute';
import { demandWhole, type Binder } from './binder';
import { bindQuery } from './bindQuery';
import { bindTable } from './bindFrom';
import { resolve } from './names';
import { relationsOf, type BoundQuery, type Output, type Relation } from './plan';
import { readConditions, readTerm } from './readTerm';
import type { TableScan } from './scan';
import { columnsIn, someTerm, type ColumnTerm, type Term } from './term';
import { TermNotes } from './termNotes';
import { verdictsOf, type KeyVerdict } from './verdict';

/** All that is known of how a statement reads. */
export interface ScanAnalysis {
  readonly scans: readonly TableScan[];
  /** What each expression of the statement's queries means; those of views are left out. */
  readonly terms: Pick<TermNotes, 'get' | 'entries'>;
  /** The columns that each star stands for. */
  readonly stars: ReadonlyMap<Star, readonly Output[]>;
  /** The columns of the statement's own query, and whether there may be more. */
  readonly outputs: readonly Output[];
  readonly complete: boolean;
}

/** The tables that a statement reads, one entry for each reading. */
export function scansOf(statement: ParsedStatement, catalog: CatalogSnapshot): readonly TableScan[] {
  return analyse(statement, catalog).scans;
}

interface Kept {
  readonly statement: ParsedStatement;
  /** The last one that gave this analysis. */
  catalog: CatalogSnapshot;
  readonly analysis: ScanAnalysis;
  readonly lookups: readonly { readonly parts: readonly string[]; readonly table: Table | undefined }[];
}

// All that asks of one statement asks in a row. To keep the analysis of every statement of a file would cost
// more in memory to move about than to read one again.
let kept: readonly Kept[] = [];
const mostKept = 4;

/** Reads a statement against the catalog; the last few are kept until one of their tables changes. */
export function analyse(statement: ParsedStatement, catalog: CatalogSnapshot): ScanAnalysis {
  let known: Kept | undefined;
  for (let at = 0; at < kept.length; at++) if (kept[at]?.statement === statement) known = kept[at];
  if (known !== undefined) {
    if (known.catalog === catalog && catalog.still === true) return known.analysis;
    // Asked again: whoever watches what is asked of the catalog must see it.
    if (known.lookups.every(({ parts, table }) => catalog.table(parts) === table)) {
      known.catalog = catalog;
      return known.analysis;
    }
  }
  const lookups: { parts: readonly string[]; table: Table | undefined }[] = [];
  const recording: CatalogSnapshot = {
    table: (parts) => {
      const table = catalog.table(parts);
      lookups.push({ parts, table });
      return table;
    },
  };
  const analysis = read(statement, recording);
  const others = known === undefined ? kept.slice(1 - mostKept) : kept.filter((each) => each !== known);
  kept = [...others, { statement, catalog, analysis, lookups }];
  return analysis;
}

const noCtes: Binder['ctes'] = new Map();

function read(statement: ParsedStatement, catalog: CatalogSnapshot): ScanAnalysis {
  const terms = new TermNotes();
  const binder: Binder = {
    catalog,
    text: statement.text,
    ctes: noCtes,
    relations: [],
    rare: { unions: undefined, whole: undefined },
    demand: [],
    stars: new Map(),
    last: undefined,
    notes: terms,
    bindQuery,
  };
  const roots = rootsOf(statement.body, binder);
  const attribution: Attribution = { met: new Map(), stopped: new Map() };
  for (const root of roots) {
    attribute(root.plan, attribution);
    for (const { term } of root.outputs) binder.demand.push(term);
    demandWhole(binder, root.open);
  }
  if (binder.rare.unions !== undefined) spreadStops(attribution, binder.rare.unions);
  const main = roots[0];
  let columns: Demanded | undefined;
  const demanded = (): Demanded => (columns ??= demandedColumns(binder));
  // A root's leaves only: what an abandoned reading left behind is not read.
  const reached = roots.map((root) => relationsOf(root.plan));
  const facts: Facts = { attribution, demanded, binder, isUncertain: isUncertain(statement) };
  const scans: TableScan[] = [];
  for (const relation of binder.relations) {
    const { id, ref } = relation;
    if (ref !== undefined && reached.some((relations) => relations.has(id)))
      scans.push(new Reading(relation, ref, facts));
  }
  return {
    scans,
    terms,
    stars: binder.stars,
    outputs: main?.outputs ?? [],
    complete: (main?.open.length ?? 1) === 0,
  };
}

/** True when text that we cannot read may hold a filter. */
function isUncertain(statement: ParsedStatement): boolean {
  return statement.templated || statement.problems.length > 0;
}

/** By relation: the names of the columns that have to be read. */
type Demanded = readonly (ReadonlySet<string> | undefined)[];

interface Facts {
  readonly attribution: Attribution;
  readonly demanded: () => Demanded;
  readonly binder: Binder;
  readonly isUncertain: boolean;
}

/** A reading whose columns are worked out when they are asked for, as few rules do of few: so it is not to be spread. */
class Reading implements TableScan {
  readonly relation: number;
  readonly ref: TableRef;
  readonly table?: Table;
  readonly view?: string;
  readonly select?: Select;
  readonly conditions: TableScan['conditions'];
  readonly stopped: TableScan['stopped'];
  readonly keys: TableScan['keys'];
  readonly #facts: Facts;
  #columns: TableScan['columns'] | undefined;

  constructor(relation: Relation, ref: TableRef, facts: Facts) {
    const { id, table, view, select } = relation;
    const keys = table?.partitionKeys ?? [];
    this.relation = id;
    this.ref = ref;
    if (table !== undefined) this.table = table;
    if (view !== undefined) this.view = view;
    if (select !== undefined) this.select = select;
    this.conditions = facts.attribution.met.get(id) ?? [];
    this.stopped = facts.attribution.stopped.get(id) ?? [];
    const { conditions, stopped } = this;
    const verdicts = verdictsOf({ relation: id, keys, conditions, stopped });
    this.keys = keys.map((key, at) => ({
      key,
      verdict: silenced(verdicts[at] ?? { kind: 'none' }, facts.isUncertain),
    }));
    this.#facts = facts;
  }

  get columns(): TableScan['columns'] {
    const { table, relation } = this;
    const isWhole = table === undefined || this.#facts.binder.rare.whole?.has(relation) === true;
    return (this.#columns ??= isWhole ? 'all' : neededColumns(table, this.#needed()));
  }

  get keysOnly(): boolean {
    if (this.columns === 'all') return false;
    const keys = this.table?.partitionKeys ?? [];
    return [...this.#needed()].every((name) => keys.some((key) => key.name === name));
  }

  #needed(): ReadonlySet<string> {
    return this.#facts.demanded()[this.relation] ?? noNames;
  }
}

const noNames: ReadonlySet<string> = new Set();

function neededColumns(table: Table, needed: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < table.columns.length; at++) {
    const name = table.columns[at]?.name;
    if (name !== undefined && needed.has(name)) names.push(name);
  }
  for (const { name } of table.partitionKeys) if (needed.has(name)) names.push(name);
  return names;
}

function silenced(verdict: KeyVerdict, uncertain: boolean): KeyVerdict {
  return uncertain && (verdict.kind === 'none' || verdict.kind === 'blocked')
    ? { kind: 'unknown', why: 'template' }
    : verdict;
}

/** By relation: the columns that have to be read, through unions down to the tables. */
function demandedColumns(binder: Binder): Demanded {
  const demanded: (Set<string> | undefined)[] = binder.relations.map(() => undefined);
  const open: ColumnTerm[] = [];
  const note = (part: Term): boolean => {
    if (part.kind === 'column') open.push(part);
    return false;
  };
  const { demand } = binder;
  for (let at = 0; at < demand.length; at++) {
    const term = demand[at];
    if (term !== undefined) someTerm(term, note);
  }
  for (let column = open.pop(); column !== undefined; column = open.pop()) {
    const names = (demanded[column.relation] ??= new Set());
    if (names.has(column.name)) continue;
    names.add(column.name);
    const branches = binder.rare.unions?.get(column.relation);
    if (branches === undefined) continue;
    const index = Number(column.name.slice(1));
    for (const outputs of branches) {
      const output = outputs[index];
      if (output !== undefined) open.push(...columnsIn(output.term));
    }
  }
  return demanded;
}

/** The queries that a statement runs. */
function rootsOf(body: StatementBody, binder: Binder): readonly BoundQuery[] {
  const query = (each: Query | undefined) => (each === undefined ? [] : [bindQuery(each, binder)]);
  switch (body.kind) {
    case 'SelectStatement':
    case 'InsertStatement':
    case 'CreateTableAs':
    case 'CreateView':
    case 'UnloadStatement':
      return query(body.query);
    case 'WrapperStatement':
      return rootsOf(body.statement, binder);
    case 'UtilityStatement':
      return body.statements.flatMap((statement) => rootsOf(statement, binder));
    case 'DeleteStatement':
    case 'UpdateStatement':
    case 'MergeStatement': {
      const tables =
        body.kind === 'MergeStatement'
          ? [body.target, body.source]
          : [body.target, ...(body.kind === 'UpdateStatement' ? body.from : body.using)];
      const bound = tables.map((table) => bindTable(table, { select: undefined, before: [] }, binder));
      const sources = bound.flatMap((each) => each.sources);
      const reader = {
        column: (name: Parameters<typeof resolve>[0]) => resolve(name, { sources }),
        notes: binder.notes,
        subquery: () => [],
      };
      const where = body.kind === 'MergeStatement' ? body.on : body.where;
      const conditions = where === undefined ? [] : readConditions(where, { reader, inView: false });
      if (body.kind === 'UpdateStatement') {
        for (const { value } of body.assignments) binder.demand.push(readTerm(value, reader));
      }
      binder.demand.push(...conditions.map(({ term }) => term));
      // MERGE keeps source rows without a match, so only DELETE and UPDATE filter what they read.
      const filters = body.kind === 'MergeStatement' ? [] : conditions;
      return bound.map(({ plan }) => ({
        plan: { kind: 'filter', input: plan, conditions: filters.map(({ term }) => ({ term })) },
        outputs: [],
        open: sources.flatMap((source) => source.open),
      }));
    }
    case 'CreateTable':
    case 'CopyStatement':
    case 'AlterTable':
    case 'Error':
    default:
      return [];
  }
}
