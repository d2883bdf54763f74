import type { Table } from '../catalog/catalog';
import type { Identifier, Join, Query, Select, TableExpression, TableRef } from '../sql/ast';
import { addRelation, demandWhole, type Binder } from './binder';
import { bindView } from './bindView';
import { lowerParts, resolve, tableOf, type Names, type Source } from './names';
import { allColumns, type BoundQuery, type Condition, type Output, type Plan, type Relation } from './plan';
import { readConditions, readTerm, type TermReader } from './readTerm';
import { readType } from './sqlType';
import { apply } from './term';

/** What a FROM clause reads, and what columns can be taken from it. */
export interface BoundFrom {
  readonly plan: Plan;
  readonly sources: readonly Source[];
}

/** Reads a FROM clause; tables separated by commas are crossed. */
export function bindFrom(select: Select, binder: Binder): BoundFrom {
  let result: BoundFrom = { plan: { kind: 'nothing' }, sources: [] };
  for (const item of select.from)
    result = crossed(result, bindTable(item, { select, before: result.sources }, binder));
  return result;
}

interface Place {
  readonly select: Select | undefined;
  /** What stands left of it: LATERAL and UNNEST may use it. */
  readonly before: readonly Source[];
}

function crossed(left: BoundFrom, right: BoundFrom): BoundFrom {
  if (left.plan.kind === 'nothing') return right;
  return {
    plan: { kind: 'join', type: 'INNER', left: left.plan, right: right.plan, on: [] },
    sources: [...left.sources, ...right.sources],
  };
}

/** Reads one item of a FROM clause. */
export function bindTable(table: TableExpression, place: Place, binder: Binder): BoundFrom {
  switch (table.kind) {
    case 'TableRef':
      return bindName(table, place, binder);
    case 'Derived': {
      const inside = table.lateral ? { ...binder, outer: namesAt(place.before, binder) } : binder;
      return named(inside.bindQuery(table.query, inside), table);
    }
    case 'Join':
      return bindJoin(table, place, binder);
    case 'ParenTable': {
      const inner = bindTable(table.inner, place, binder);
      if (table.alias === undefined) return inner;
      const outputs = inner.sources.flatMap((source) => source.outputs);
      return named(
        { plan: inner.plan, outputs, open: inner.sources.flatMap((source) => source.open) },
        table,
      );
    }
    case 'Reshaped': {
      // All of what it reads may come out under other names.
      const inner = bindTable(table.source, place, binder);
      binder.demand.push(...inner.sources.flatMap((source) => source.outputs.map((output) => output.term)));
      demandWhole(
        binder,
        inner.sources.flatMap((source) => source.open),
      );
      const open = bindOpen(table, binder);
      const blocked: Plan = {
        kind: 'barrier',
        obstacle: 'aggregate',
        input: inner.plan,
        passes: () => false,
      };
      return {
        plan: { kind: 'join', type: 'INNER', left: blocked, right: open.plan, on: [] },
        sources: open.sources,
      };
    }
    case 'Unnest': {
      const reader = plainReader(namesAt(place.before, binder), binder);
      for (const arg of table.args) binder.demand.push(readTerm(arg, reader));
      return bindOpen(table, binder);
    }
    case 'TableFunction': {
      const reader = plainReader(namesAt(place.before, binder), binder);
      for (const arg of table.call.args) binder.demand.push(readTerm(arg, reader));
      return bindOpen(table, binder);
    }
    case 'Navigation':
      binder.demand.push(readTerm(table.expression, plainReader(namesAt(place.before, binder), binder)));
      return bindOpen(table, binder);
    case 'ValuesTable':
      return bindOpen(table, binder);
    case 'Template':
    case 'Error':
    default:
      return bindOpen({ columnAliases: [] }, binder);
  }
}

interface Aliased {
  readonly alias?: Identifier;
  readonly columnAliases: readonly Identifier[];
}

function namesAt(sources: readonly Source[], binder: Binder): Names {
  return binder.outer === undefined ? { sources } : { sources, outer: binder.outer };
}

function plainReader(names: Names, binder: Binder): TermReader {
  return { column: (name) => resolve(name, names), notes: binder.notes, subquery: () => [] };
}

/** Something whose columns are not known, unless its alias lists them. */
function bindOpen(table: Aliased, binder: Binder): BoundFrom {
  const relation = addRelation(binder, {});
  const outputs = table.columnAliases.map(({ name }): Output => ({
    name,
    term: { kind: 'column', relation, name, type: undefined },
  }));
  return {
    plan: { kind: 'leaf', relation },
    sources: [
      makeSource(
        table.alias === undefined ? [] : [table.alias.name],
        outputs,
        outputs.length > 0 ? [] : [relation],
      ),
    ],
  };
}

const nothingMerged: ReadonlySet<string> = new Set();

function makeSource(names: readonly string[], outputs: readonly Output[], open: readonly number[]): Source {
  const only = names[0];
  const lower =
    only !== undefined && names.length === 1 ? [only.toLowerCase()] : names.map((name) => name.toLowerCase());
  return { names: lower, outputs, open, merged: nothingMerged };
}

function named(bound: BoundQuery, table: Aliased): BoundFrom {
  const outputs = renamed(bound.outputs, table.columnAliases);
  return {
    plan: bound.plan,
    sources: [makeSource(table.alias === undefined ? [] : [table.alias.name], outputs, bound.open)],
  };
}

function renamed(outputs: readonly Output[], names: readonly Identifier[]): readonly Output[] {
  if (names.length === 0) return outputs;
  return outputs.map((output, at) => {
    const name = names[at]?.name;
    return name === undefined ? output : { ...output, name };
  });
}

function bindName(table: TableRef, place: Place, binder: Binder): BoundFrom {
  const parts = lowerParts(table.name);
  const cte = parts.length === 1 ? binder.ctes.get(parts[0] ?? '') : undefined;
  const alias = table.alias === undefined ? parts : [table.alias.name];
  const asNamed = ({ plan, outputs, open }: BoundQuery): BoundFrom => ({
    plan,
    sources: [makeSource(alias, renamed(outputs, table.columnAliases), open)],
  });
  if (cte !== undefined && binder.relations.length < 2000) {
    if (cte.self === true) {
      const { columns } = cte.cte;
      return bindOpen(
        {
          alias: table.alias ?? cte.cte.name,
          columnAliases: table.columnAliases.length > 0 ? table.columnAliases : columns,
        },
        binder,
      );
    }
    let { ctes } = cte;
    if (cte.recursive) ctes = new Map(ctes).set(parts[0] ?? '', { ...cte, self: true });
    const { outer: _outer, ...rest } = binder;
    const bound = rest.bindQuery(cte.cte.query, { ...rest, ctes });
    const outputs = renamed(bound.outputs, cte.cte.columns);
    const plan: Plan = cte.recursive
      ? { kind: 'barrier', obstacle: 'recursive', input: bound.plan, passes: () => false }
      : bound.plan;
    return asNamed({ plan, outputs, open: bound.open });
  }

  const found =
    (binder.view !== undefined && parts.length === 1
      ? binder.catalog.table([binder.view.database, parts[0] ?? ''])
      : undefined) ?? tableOf(parts, binder.catalog);
  const ref = binder.view?.ref ?? table;
  if (found?.kind === 'view') {
    const bound = bindView(found, ref, binder);
    if (bound !== undefined) return asNamed(bound);
  }
  const use: { -readonly [K in keyof Relation]: Relation[K] } = { id: 0, ref };
  if (found !== undefined && found.kind !== 'view') use.table = found;
  if (binder.view !== undefined) use.view = binder.view.name;
  else if (place.select !== undefined) use.select = place.select;
  const relation = addRelation(binder, use);
  const outputs = found === undefined ? noOutputs : tableOutputs(found, relation);
  return asNamed({ plan: { kind: 'leaf', relation }, outputs, open: outputs.length === 0 ? [relation] : [] });
}

const noOutputs: readonly Output[] = [];

// The statements of a file read the same tables, most of them one or two, and a table may be hundreds of columns wide.
const columnsRead = new WeakMap<Table, (readonly Output[])[]>();
const mostKept = 8;

/** The columns of a table as a reading of it with this number gives them. */
function tableOutputs(table: Table, relation: number): readonly Output[] {
  if (table.kind === 'view' && table.columns.length === 0) return noOutputs;
  let byRelation = columnsRead.get(table);
  if (byRelation === undefined) columnsRead.set(table, (byRelation = []));
  const known = byRelation[relation];
  if (known !== undefined) return known;
  const outputs = allColumns(table).map(({ name, type }): Output => ({
    name,
    term: { kind: 'column', relation, name, type: readType(type) },
    starred: true,
  }));
  // In order, so that the list stays one without holes.
  if (relation === byRelation.length && relation < mostKept) byRelation.push(outputs);
  return outputs;
}

function bindJoin(join: Join, place: Place, binder: Binder): BoundFrom {
  const left = bindTable(join.left, place, binder);
  const right = bindTable(join.right, { ...place, before: [...place.before, ...left.sources] }, binder);
  const type = join.type === 'CROSS' ? 'INNER' : join.type;
  const merged = mergedColumns(join, left, right);
  const on: Condition[] = [];
  for (const name of merged) {
    const [a, b] = [left, right].map((side) => resolve(asName(name), { sources: side.sources }));
    if (a !== undefined && b !== undefined) on.push({ term: apply('=', a, b) });
  }
  const hide = (side: BoundFrom): readonly Source[] =>
    merged.length === 0
      ? side.sources
      : side.sources.map((each) => ({ ...each, merged: new Set([...each.merged, ...merged]) }));
  // Of a full join's merged columns either side may be the NULL one: unqualified they stay unresolved.
  const sources = [
    ...(join.type === 'RIGHT' || join.type === 'FULL' ? hide(left) : left.sources),
    ...(join.type === 'RIGHT' ? right.sources : hide(right)),
  ];
  const subqueries: { query: Plan; equal: readonly Condition[] }[] = [];
  if (join.on !== undefined) {
    const names = namesAt([...place.before, ...sources], binder);
    const reader: TermReader = {
      column: (name) => resolve(name, names),
      notes: binder.notes,
      subquery: (query: Query) => {
        const bound = binder.bindQuery(query, { ...binder, outer: names });
        const terms = bound.outputs.map((output) => output.term);
        binder.demand.push(...terms);
        subqueries.push({ query: bound.plan, equal: [] });
        return [];
      },
    };
    for (const condition of readConditions(join.on, { reader, inView: binder.view !== undefined }))
      on.push(condition);
  }
  for (const { term } of on) binder.demand.push(term);
  let plan: Plan = { kind: 'join', type, left: left.plan, right: right.plan, on };
  for (const { query, equal } of subqueries) plan = { kind: 'semi', input: plan, query, equal };
  return { plan, sources };
}

function mergedColumns(join: Join, left: BoundFrom, right: BoundFrom): readonly string[] {
  if (!join.natural) return join.using.map(({ name }) => name.toLowerCase());
  const names = (side: BoundFrom) =>
    side.sources.flatMap((each) => each.outputs.map((output) => output.name ?? ''));
  const rightNames = new Set(names(right));
  return [...new Set(names(left))].filter((name) => name !== '' && rightNames.has(name));
}

function asName(name: string): Parameters<typeof resolve>[0] {
  const part = { kind: 'Identifier', name, quoted: false, start: 0, end: 0 } as const;
  return { kind: 'QualifiedName', parts: [part], start: 0, end: 0 };
}
