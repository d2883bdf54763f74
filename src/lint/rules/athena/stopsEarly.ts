import type { Expression, Query, Select } from '../../../sql/ast';
import { walk } from '../../../sql/walk';

const aggregates = new Set(
  'count sum avg min max approx_distinct array_agg max_by min_by arbitrary any_value stddev variance listagg'.split(
    ' ',
  ),
);

/** True for a plain `SELECT … FROM t LIMIT n`, which ends after the first files that have rows. */
export function stopsEarly(query: Query): boolean {
  const { body, limit, orderBy } = query;
  if (limit === undefined || orderBy.length > 0 || body.kind !== 'Select' || query.ctes.length > 0)
    return false;
  const [only, ...more] = body.from;
  return only?.kind === 'TableRef' && more.length === 0 && body.where === undefined && !needsAllRows(body);
}

/** True when the first row cannot be given before the last one is read. */
export function needsAllRows(select: Select): boolean {
  return (
    select.distinct ||
    select.groupBy !== undefined ||
    select.items.some(({ expression }) => hasAggregate(expression) || hasWindow(expression))
  );
}

/** Whether an expression is computed from many rows, other than by a window. */
export function hasAggregate(expression: Expression): boolean {
  return some(expression, (name, over) => !over && aggregates.has(name));
}

function hasWindow(expression: Expression): boolean {
  return some(expression, (_, over) => over);
}

function some(expression: Expression, test: (name: string, over: boolean) => boolean): boolean {
  let found = false;
  walk(expression, (node) => {
    // What a subquery counts is its own.
    if (found || node.kind === 'Query') return false;
    if (
      node.kind === 'Call' &&
      test(node.name.parts.at(-1)?.name.toLowerCase() ?? '', node.over !== undefined)
    )
      found = true;
    return !found;
  });
  return found;
}
