import type { Call, Expression, Query, Select, SelectItem } from '../../../sql/ast';
import { defineRule } from '../../rule';

const mostColumns = 4;

/** The first row of each group, by numbering them all. */
export const athenaRowNumberFirst = defineRule({
  code: 'ATH136',
  id: 'athena-row-number-first',
  dialects: ['athena'],
  severity: 'hint',
  title: 'max_by() and min_by() instead of row_number() = 1',
  why: 'A window function takes each group to one worker and sorts it there. For a few columns max_by() finds the same row while it passes, though of rows that tie another one.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE order_states (order_id bigint, state string, changed_at timestamp) STORED AS PARQUET',
  bad: 'SELECT order_id, state FROM (SELECT order_id, state, row_number() OVER (PARTITION BY order_id ORDER BY changed_at DESC) AS place FROM order_states) AS ranked WHERE place = 1',
  good: 'SELECT order_id, max_by(state, changed_at) AS state FROM order_states GROUP BY order_id',
  on: {
    Query({ ctes, body }, { report }) {
      if (body.kind !== 'Select' || body.where === undefined) return;
      if (
        body.items.length > mostColumns ||
        body.items.some(({ expression }) => expression.kind !== 'ColumnRef')
      )
        return;
      const call = numberedIn(body, ctes);
      if (call === undefined) return;
      const [over] = call.over?.kind === 'Window' ? call.over.orderBy : [];
      const by = over?.direction === 'DESC' ? 'max_by()' : 'min_by()';
      report(call, `Only the first row of each group is kept: ${by} finds it without numbering the others.`);
    },
  },
});

/** The row_number() that a SELECT keeps the first row of. */
function numberedIn(select: Select, ctes: Query['ctes']): Call | undefined {
  const [from, ...more] = select.from;
  if (from === undefined || more.length > 0 || select.where === undefined) return undefined;
  const name =
    from.kind === 'TableRef' && from.name.parts.length === 1 ? from.name.parts[0]?.name : undefined;
  const query = from.kind === 'Derived' ? from.query : ctes.findLast((cte) => cte.name.name === name)?.query;
  if (query?.body.kind !== 'Select' || query.limit !== undefined) return undefined;
  for (const item of query.body.items) {
    const call = rowNumber(item);
    const alias = item.alias?.name;
    if (call !== undefined && alias !== undefined && keepsFirst(select.where, alias)) return call;
  }
  return undefined;
}

function rowNumber({ expression }: SelectItem): Call | undefined {
  if (expression.kind !== 'Call' || expression.name.parts.at(-1)?.name !== 'row_number') return undefined;
  const { over } = expression;
  return over?.kind === 'Window' && over.partitionBy.length > 0 && over.orderBy.length === 1
    ? expression
    : undefined;
}

function keepsFirst(where: Expression, alias: string): boolean {
  if (where.kind === 'Paren') return keepsFirst(where.inner, alias);
  if (where.kind !== 'Binary') return false;
  const { left, right, operator } = where;
  // Another condition beside it may choose among the first rows only.
  if (operator === 'AND') return keepsFirst(left, alias) || keepsFirst(right, alias);
  return (
    operator === '=' &&
    left.kind === 'ColumnRef' &&
    left.name.parts.at(-1)?.name === alias &&
    right.kind === 'Literal' &&
    right.value === '1'
  );
}
