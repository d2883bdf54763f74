import type { Expression, Select } from '../../../sql/ast';
import { defineRule } from '../../rule';

/** GROUP BY and ORDER BY over the same columns in different orders. */
export const redshiftGroupOrderMismatch = defineRule({
  code: 'RS407',
  id: 'redshift-group-order-mismatch',
  dialects: ['redshift'],
  severity: 'hint',
  title: 'List columns alike in GROUP BY and ORDER BY',
  why: 'In the same order, rows that were grouped by sorting are in the order of the result as well; in another they may have to be sorted again. The result is the same, so nothing speaks against it.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html'],
  bad: 'SELECT country, city, COUNT(*) FROM branches GROUP BY city, country ORDER BY country, city',
  good: 'SELECT country, city, COUNT(*) FROM branches GROUP BY country, city ORDER BY country, city',
  on: {
    Query({ body, orderBy }, { report, statement: { text } }) {
      if (body.kind !== 'Select' || body.groupBy === undefined || orderBy.length < 2) return;
      const { items, start, end } = body.groupBy;
      if (items.length !== orderBy.length || /\b(rollup|cube|sets)\b/i.test(text.slice(start, end))) return;
      const key = (expression: Expression): string => meaning(expression, { select: body, text });
      const grouped = items.map(key);
      const ordered = orderBy.map(({ expression }) => key(expression));
      if (new Set(grouped).size !== grouped.length) return;
      if (grouped.join('\0') === ordered.join('\0')) return;
      if (grouped.toSorted().join('\0') !== ordered.toSorted().join('\0')) return;
      const [first, last] = [items[0], items.at(-1)];
      if (first === undefined || last === undefined) return;
      const span = { start: first.start, end: last.end };
      const better = ordered.map((wanted) => {
        const item = items[grouped.indexOf(wanted)];
        return item === undefined ? '' : text.slice(item.start, item.end);
      });
      report(
        span,
        `GROUP BY has the columns of ORDER BY in another order; ${better.join(', ')} may save a sort.`,
        {
          fixes: [{ title: 'Order GROUP BY like ORDER BY', edits: [{ ...span, text: better.join(', ') }] }],
        },
      );
    },
  },
});

// A place or an alias of the select list means its expression.
function meaning(
  expression: Expression,
  { select, text }: { readonly select: Select; readonly text: string },
): string {
  let meant = expression;
  if (expression.kind === 'Literal' && /^\d+$/.test(expression.value)) {
    meant = select.items[Number(expression.value) - 1]?.expression ?? expression;
  } else if (expression.kind === 'ColumnRef' && expression.name.parts.length === 1) {
    const name = expression.name.parts[0]?.name;
    meant = select.items.find(({ alias }) => alias?.name === name)?.expression ?? expression;
  }
  return text.slice(meant.start, meant.end).toLowerCase().replace(/\s+/g, '');
}
