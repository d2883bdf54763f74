import type { Table } from '../catalog/catalog';
import type { ParsedStatement, TableRef } from '../sql/ast';
import { parseStatement } from '../sql/parse';
import type { Binder } from './binder';
import type { BoundQuery, Output } from './plan';

/** Views of views of views: deeper ones are taken as tables nothing is known of. */
const deepest = 20;

const parsed = new WeakMap<Table, ParsedStatement | undefined>();

/** Reads the query of a view in its own text; `undefined` when there is none that can be read. */
export function bindView(view: Table, ref: TableRef, binder: Binder): BoundQuery | undefined {
  const depth = (binder.view?.depth ?? 0) + 1;
  const statement = depth > deepest ? undefined : readView(view);
  const body = statement?.body;
  if (statement === undefined || statement.problems.length > 0 || statement.templated) return undefined;
  if (body?.kind !== 'SelectStatement' && body?.kind !== 'CreateView') return undefined;
  const { outer: _outer, ...rest } = binder;
  const inside: Binder = {
    ...rest,
    text: statement.text,
    ctes: new Map(),
    stars: new Map(),
    last: undefined,
    notes: undefined,
    view: { name: view.name, database: view.database, ref, depth },
  };
  const bound = inside.bindQuery(body.query, inside);
  const names = body.kind === 'CreateView' ? body.columns : [];
  const outputs = bound.outputs.map((output, at): Output => {
    const name = names[at]?.name ?? output.name;
    // Whoever wrote the view chose its columns.
    return { term: output.term, ...(name === undefined ? {} : { name: name.toLowerCase() }) };
  });
  return { plan: bound.plan, outputs, open: bound.open };
}

function readView(view: Table): ParsedStatement | undefined {
  if (view.viewSql === undefined) return undefined;
  if (!parsed.has(view)) parsed.set(view, parseStatement(view.viewSql, 'athena'));
  return parsed.get(view);
}
