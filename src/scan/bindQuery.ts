import type { Query, QueryBody, SetOperation } from '../sql/ast';
import { addRelation, demandWhole, type Binder, type BoundCte } from './binder';
import { bindTable } from './bindFrom';
import { bindSelect, demandOrder } from './bindSelect';
import type { BoundQuery, Output, Plan } from './plan';

/** Reads a query with its WITH queries, which are read where and as often as they are used. */
export function bindQuery(query: Query, binder: Binder): BoundQuery {
  const inside = query.ctes.length === 0 ? binder : { ...binder, ctes: ctesOf(query, binder) };
  const bound = bindBody(query.body, inside);
  demandOrder(query, inside);
  if (query.limit === undefined && query.offset === undefined) return bound;
  return { ...bound, plan: { kind: 'barrier', obstacle: 'limit', input: bound.plan, passes: () => false } };
}

function ctesOf(query: Query, binder: Binder): ReadonlyMap<string, BoundCte> {
  const ctes = new Map<string, BoundCte>(binder.ctes);
  for (const cte of query.ctes) {
    ctes.set(cte.name.name.toLowerCase(), {
      cte,
      recursive: query.recursive && usesItself(cte.query, cte.name.name, binder.text),
      ctes: new Map(ctes),
    });
  }
  return ctes;
}

function usesItself(query: Query, name: string, text: string): boolean {
  return text.slice(query.start, query.end).toLowerCase().includes(name.toLowerCase());
}

function bindBody(body: QueryBody, binder: Binder): BoundQuery {
  switch (body.kind) {
    case 'Select':
      return bindSelect(body, binder);
    case 'Query':
      return bindQuery(body, binder);
    case 'SetOperation':
      return bindSet(body, binder);
    case 'TableQuery': {
      const ref = {
        kind: 'TableRef',
        name: body.name,
        columnAliases: [],
        start: body.start,
        end: body.end,
      } as const;
      const { plan, sources } = bindTable(ref, { select: undefined, before: [] }, binder);
      return {
        plan,
        outputs: sources.flatMap((source) => source.outputs),
        open: sources.flatMap((source) => source.open),
      };
    }
    case 'Values':
      return { plan: { kind: 'nothing' }, outputs: [], open: [addRelation(binder, {})] };
    case 'Template':
    case 'Error':
    default: {
      const relation = addRelation(binder, {});
      return { plan: { kind: 'leaf', relation }, outputs: [], open: [relation] };
    }
  }
}

/** A long UNION leans to the left: its branches are collected in a loop. */
function bindSet(operation: SetOperation, binder: Binder): BoundQuery {
  const bodies: QueryBody[] = [];
  let first: QueryBody = operation;
  let distinct = false;
  while (first.kind === 'SetOperation') {
    bodies.unshift(first.right);
    if (!first.all) distinct = true;
    first = first.left;
  }
  const branches = [first, ...bodies].map((body) => bindBody(body, binder));
  const [named] = branches;
  const relation = addRelation(binder, {});
  (binder.rare.unions ??= new Map()).set(
    relation,
    branches.map((branch) => branch.outputs),
  );
  if (distinct) {
    for (const branch of branches) binder.demand.push(...branch.outputs.map((output) => output.term));
  }
  const open = branches.flatMap((branch) => branch.open);
  const plan: Plan = { kind: 'union', relation, branches };
  // A branch with unknown columns: positions tell nothing any more.
  if (open.length > 0 || named === undefined) {
    for (const branch of branches) binder.demand.push(...branch.outputs.map((output) => output.term));
    demandWhole(binder, open);
    return { plan, outputs: [], open: [relation] };
  }
  const outputs = named.outputs.map((output, at): Output => {
    const { term } = output;
    const type = term.kind === 'column' || term.kind === 'constant' ? term.type : undefined;
    return { ...output, term: { kind: 'column', relation, name: `#${at}`, type } };
  });
  return { plan, outputs, open: [] };
}
