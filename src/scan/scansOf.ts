import type { CatalogSnapshot, Table } from '../catalog/catalog';
import type { Expression, ParsedStatement, Query, Star, StatementBody } from '../sql/ast';
import { attribute, spreadStops, type Attribution } from './attribute';
import type { Binder } from './binder';
import { bindQuery } from './bindQuery';
import { bindTable } from './bindFrom';
import { resolve } from './names';
import { relationsOf, type BoundQuery, type Output, type Relation } from './plan';
import { readConditions, readTerm } from './readTerm';
import type { TableScan } from './scan';
import { columnsIn, someTerm, type ColumnTerm, type Term } from './term';
import { verdictsOf, type KeyVerdict } from './verdict';

/** All that is known of how a statement reads. */
export interface ScanAnalysis {
  readonly scans: readonly TableScan[];
  /** What each expression of the statement's queries means; those of views are left out. */
  readonly terms: ReadonlyMap<Expression, Term>;
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
  readonly analysis: ScanAnalysis;
  readonly lookups: readonly { readonly parts: readonly string[]; readonly table: Table | undefined }[];
}

// All that asks of one statement asks in a row. To keep the analysis of every statement of a file would cost
// more in memory to move about than to read one again.
const kept = new Map<ParsedStatement, Kept>();
const mostKept = 4;

/** Reads a statement against the catalog; the last few are kept until one of their tables changes. */
export function analyse(statement: ParsedStatement, catalog: CatalogSnapshot): ScanAnalysis {
  const known = kept.get(statement);
  // Asked again each time: whoever watches what is asked of the catalog must see it.
  if (known?.lookups.every(({ parts, table }) => catalog.table(parts) === table) === true)
    return known.analysis;
  const lookups: { parts: readonly string[]; table: Table | undefined }[] = [];
  const recording: CatalogSnapshot = {
    table: (parts) => {
      const table = catalog.table(parts);
      lookups.push({ parts, table });
      return table;
    },
  };
  const analysis = read(statement, recording);
  kept.delete(statement);
  kept.set(statement, { analysis, lookups });
  if (kept.size > mostKept) {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }
  return analysis;
}

function read(statement: ParsedStatement, catalog: CatalogSnapshot): ScanAnalysis {
  const terms = new Map<Expression, Term>();
  const binder: Binder = {
    catalog,
    text: statement.text,
    ctes: new Map(),
    relations: [],
    unions: new Map(),
    demand: [],
    whole: new Set(),
    stars: new Map(),
    selects: new Map(),
    seen: (expression, term) => terms.set(expression, term),
    bindQuery,
  };
  const roots = rootsOf(statement.body, binder);
  const attribution: Attribution = { met: new Map(), stopped: new Map() };
  for (const root of roots) {
    attribute(root.plan, attribution);
    for (const { term } of root.outputs) binder.demand.push(term);
    for (const id of root.open) binder.whole.add(id);
  }
  spreadStops(attribution, binder.unions);
  const main = roots[0];
  const demanded = demandedColumns(binder);
  // A root's leaves only: what an abandoned reading left behind is not read.
  const reached = roots.map((root) => relationsOf(root.plan));
  const facts: Facts = { attribution, demanded, binder, isUncertain: isUncertain(statement) };
  const scans: TableScan[] = [];
  for (const relation of binder.relations) {
    const { id, ref } = relation;
    if (ref !== undefined && reached.some((relations) => relations.has(id)))
      scans.push(scanOf(relation, ref, facts));
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

interface Facts {
  readonly attribution: Attribution;
  readonly demanded: ReadonlyMap<number, ReadonlySet<string>>;
  readonly binder: Binder;
  readonly isUncertain: boolean;
}

function scanOf(relation: Relation, ref: TableScan['ref'], facts: Facts): TableScan {
  const { id, table, view, select } = relation;
  const conditions = facts.attribution.met.get(id) ?? [];
  const stopped = facts.attribution.stopped.get(id) ?? [];
  const keys = table?.partitionKeys ?? [];
  const needed = facts.demanded.get(id) ?? new Set<string>();
  const all = table === undefined || facts.binder.whole.has(id);
  const columns = all ? 'all' : neededColumns(table, needed);
  const verdicts = verdictsOf({ relation: id, keys, conditions, stopped });
  // Spreading what may be absent costs more than all the rest of it.
  const scan: { -readonly [K in keyof TableScan]: TableScan[K] } = {
    relation: id,
    ref,
    conditions,
    stopped,
    columns,
    keysOnly: columns !== 'all' && [...needed].every((name) => keys.some((key) => key.name === name)),
    keys: keys.map((key, at) => ({
      key,
      verdict: silenced(verdicts[at] ?? { kind: 'none' }, facts.isUncertain),
    })),
  };
  if (table !== undefined) scan.table = table;
  if (view !== undefined) scan.view = view;
  if (select !== undefined) scan.select = select;
  return scan;
}

function neededColumns(table: Table, needed: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (const { name } of table.columns) if (needed.has(name)) names.push(name);
  for (const { name } of table.partitionKeys) if (needed.has(name)) names.push(name);
  return names;
}

function silenced(verdict: KeyVerdict, uncertain: boolean): KeyVerdict {
  return uncertain && (verdict.kind === 'none' || verdict.kind === 'blocked')
    ? { kind: 'unknown', why: 'template' }
    : verdict;
}

/** By relation: the columns that have to be read, through unions down to the tables. */
function demandedColumns(binder: Binder): ReadonlyMap<number, ReadonlySet<string>> {
  const demanded = new Map<number, Set<string>>();
  const open: ColumnTerm[] = [];
  const note = (part: Term): boolean => {
    if (part.kind === 'column') open.push(part);
    return false;
  };
  for (const term of binder.demand) someTerm(term, note);
  for (let column = open.pop(); column !== undefined; column = open.pop()) {
    let names = demanded.get(column.relation);
    if (names === undefined) demanded.set(column.relation, (names = new Set<string>()));
    if (names.has(column.name)) continue;
    names.add(column.name);
    const branches = binder.unions.get(column.relation);
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
        seen: binder.seen,
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
